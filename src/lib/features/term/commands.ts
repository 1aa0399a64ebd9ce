/** What a coordinator does to a term: made, changed, opened, closed and opened again. Each says so once it is kept. */
import type { Author, Group, Occurrence, Snapshot, Term, Volunteer } from '$lib/domain/documents.ts';
import { cancelOccurrence, moveOccurrence } from '$lib/domain/occurrence-edits.ts';
import { withChange } from '$lib/domain/changes.ts';
import { renumbered, type Gained } from '$lib/domain/calendar-change.ts';
import { newShifts } from '$lib/domain/groups.ts';
import { opaqueKey, termDocId, type DocId, type GroupId, type TermCode } from '$lib/domain/ids.ts';
import { signedText, unsignedSnapshot } from '$lib/domain/snapshot.ts';
import { copiedGroup, copiedTeam, plannedMeetings, stillHere } from '$lib/domain/term-copy.ts';
import { countedText, countTerm, type Counts } from '$lib/domain/term-counts.ts';
import { editTerm, inState, newTerm, type TermFacts } from '$lib/domain/terms.ts';
import type { Edit } from '$lib/store/commit.ts';
import { countedDocuments } from '$lib/store/counted-documents.ts';
import { sha256Of, signText } from '$lib/sync/device-key.ts';
import type { TermReplica } from '$lib/sync/device.svelte.ts';
import { listedAfter, type Failure, type TermDesk, type Written } from './listing.ts';

/** Groups taken over from an earlier term. */
export interface Copy {
  readonly from: TermReplica;
  readonly groups: readonly Group[];
  /** Their meetings over the new term, too. */
  readonly withMeetings: boolean;
  readonly keepsTeam: boolean;
}

export type Made =
  | { readonly ok: true }
  /** `taken`: this device holds a term of that code. */
  | { readonly ok: false; readonly why: Failure | 'taken' };

const create = (document: { _id: DocId } & ReturnType<Edit['change']>): Edit => ({
  id: document._id,
  change: (current) => (current ? undefined : document),
});

/**
 * Groups copied for a term, with what was asked to come along; a team is at every meeting.
 * @param known the facilitators whom the term holds already
 */
async function copiesFor(term: Term, copy: Copy, known: readonly Volunteer[], author: Author) {
  const here = copy.keepsTeam ? stillHere(await copy.from.store.ofType('volunteer'), known) : [];
  const groups = copy.groups.map((group) =>
    copiedGroup(group, opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as GroupId, author, here),
  );
  const planned = groups.flatMap((group) => {
    const meetings = copy.withMeetings ? plannedMeetings(group, term, author) : [];
    return [...meetings, ...newShifts(meetings, group.team ?? [], here, author)];
  });
  return [...groups, ...copiedTeam(groups, here, author), ...planned];
}

/** Makes a term, planned, with the groups taken over. All of it is in its database at once, or nothing. */
export async function createTerm(desk: TermDesk, facts: TermFacts, copy: Copy | undefined): Promise<Made> {
  const author = desk.author();
  const term = newTerm(facts, author);
  const copies = copy ? await copiesFor(term, copy, [], author) : [];
  const made = await listedAfter(desk, facts.term, async (): Promise<Made> => {
    const replica = await desk.openTerm(facts.term);
    if (!replica) return { ok: false, why: 'failed' };
    if (await replica.store.get('term', termDocId(facts.term))) return { ok: false, why: 'taken' };
    const done = await replica.store.commit([term, ...copies].map(create));
    return done.ok ? { ok: true } : { ok: false, why: done.why };
  });
  if (made.ok) await desk.describeItself();
  return made;
}

/** Takes groups over into a term that exists. */
export async function copyInto(
  desk: TermDesk,
  replica: TermReplica,
  term: Term,
  copy: Copy,
): Promise<Written> {
  const known = await replica.store.ofType('volunteer');
  const done = await replica.store.commit((await copiesFor(term, copy, known, desk.author())).map(create));
  return done.ok ? { ok: true } : { ok: false, why: done.why };
}

/** What becomes of a meeting that a new calendar touches; those not named stay where they are. */
export type Decision =
  | { readonly occurrence: Occurrence; readonly do: 'cancel'; readonly reason: string }
  | { readonly occurrence: Occurrence; readonly do: 'move'; readonly date: string };

const changeTerm = (code: TermCode, change: (term: Term) => Term): Edit => ({
  id: termDocId(code),
  change: (current) => {
    if (current?.type !== 'term') return undefined;
    const next = change(current);
    return next === current ? undefined : next;
  },
});

/**
 * Changes label, dates and days off, and in the same transaction what was decided of the meetings touched.
 * @param gained meetings that the new calendar gives back, with their groups' teams
 */
export function changeCalendar(
  desk: TermDesk,
  { term: code, store }: TermReplica,
  facts: Omit<TermFacts, 'term'>,
  decisions: readonly Decision[],
  gained: readonly Gained[],
): Promise<Written> {
  const author = desk.author();
  const decided = new Map(decisions.map((one) => [one.occurrence._id, one]));
  const next = (current: Occurrence): Occurrence => {
    const decision = decided.get(current._id);
    if (decision?.do === 'cancel') {
      const cancelled = cancelOccurrence(current, decision.reason, author);
      return cancelled ? withChange(current, cancelled, author) : current;
    }
    if (decision?.do === 'move') {
      const { start, end, venue, place } = current;
      const to = { date: decision.date, start, end, venue, place };
      const moved = moveOccurrence(current, to, facts, author);
      if (moved.ok) return withChange(current, moved.occurrence, author);
    }
    return renumbered(current, facts, author);
  };
  return listedAfter(desk, code, async (): Promise<Written> => {
    const [occurrences, groups, volunteers] = await Promise.all([
      store.ofType('occurrence'),
      store.ofType('group'),
      store.ofType('volunteer'),
    ]);
    const added = gained.flatMap(({ before, after }) => (before ? [] : [after]));
    const back = new Map(gained.flatMap(({ before, after }) => (before ? [[before._id, after]] : [])));
    const shifts = groups.flatMap(({ group, team = [] }) =>
      newShifts(
        added.filter((one) => one.group === group),
        team,
        volunteers,
        author,
      ),
    );
    const done = await store.commit([
      changeTerm(code, (term) => editTerm(term, facts, author)),
      ...[...added, ...shifts].map(create),
      ...occurrences.map(({ _id, _rev }): Edit => ({
        id: _id,
        change: (current) => {
          if (current?.type !== 'occurrence') return undefined;
          const changed = (current._rev === _rev && back.get(_id)) || next(current);
          return changed === current ? undefined : changed;
        },
      })),
    ]);
    return done.ok ? { ok: true } : { ok: false, why: done.why };
  });
}

/** Opens a planned term, or a closed one again. */
export function openTerm(desk: TermDesk, { term: code, store }: TermReplica): Promise<Written> {
  return listedAfter(desk, code, async (): Promise<Written> => {
    const done = await store.commit([changeTerm(code, (term) => inState(term, 'open', desk.author()))]);
    return done.ok ? { ok: true } : { ok: false, why: done.why };
  });
}

export type Closed =
  | { readonly ok: true; readonly snapshot: Snapshot }
  /** `no-crypto`: this browser cannot sign (the page was not served over HTTPS). */
  | { readonly ok: false; readonly why: Failure | 'no-crypto' | 'storage' };

/**
 * Counts the term as it stands on this device, signs the counts, and closes it: snapshot and state in one transaction.
 * @param unfinished what is unfinished all the same, by kind
 */
export async function closeTerm(
  desk: TermDesk & Pick<{ timeZone: string }, 'timeZone'>,
  replica: TermReplica,
  unfinished: Counts,
): Promise<Closed> {
  const { term: code, store } = replica;
  const author = desk.author();
  const documents = await countedDocuments(desk.commons, store);
  const inputsHash = await sha256Of(countedText(documents));
  if (inputsHash === undefined) return { ok: false, why: 'no-crypto' };
  const counts = countTerm(documents, desk.timeZone);
  const facts = { term: code, counts, unfinished, inputsHash };
  const unsigned = unsignedSnapshot(await store.ofType('snapshot'), facts, author);
  const signed = await signText(signedText(unsigned));
  if (!signed.ok) return signed;
  const { signature, signedWith } = signed;
  const snapshot: Snapshot = { ...unsigned, signature, signedWith };
  return listedAfter(desk, code, async (): Promise<Closed> => {
    const done = await store.commit([
      create(snapshot),
      changeTerm(code, (term) => inState(term, 'closed', author)),
    ]);
    return done.ok ? { ok: true, snapshot } : { ok: false, why: done.why };
  }) as Promise<Closed>;
}
