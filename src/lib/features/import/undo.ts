/** Taking an import back: what it made goes, what it changed is as before; whoever something happened to since stays. */
import type { AnyDocument, Author, Enrolment, ImportBatch, Waiting } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import {
  authorOf,
  deleted,
  isCardOf,
  wasMadeBy,
  wasWrittenBy,
  without,
  type DocumentEdit,
} from '$lib/domain/import/batches.ts';
import type { Committed } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';
import { forgetPending, pendingImport } from './commands.ts';
import { answeredFor, type Stores } from './queries.ts';

const portion = 200;

export type Undone =
  | { ok: true; removed: number; restored: number; kept: readonly ParticipantId[] }
  | Extract<Committed, { ok: false }>;

/** What a file stands for elsewhere in the registry: they stay who have any of it. */
const attachments = ['exit', 'merge'] as const;

/**
 * Undoes an import. May be done again where it was interrupted: what it does is told by the documents as they stand.
 * @param author who undoes it, and when
 */
export async function undoImport(stores: Stores, batch: ImportBatch, author: Author): Promise<Undone> {
  const { registry } = stores;
  const mark = authorOf(batch);
  const [people, answered, held] = await Promise.all([
    registry.ofType('participant'),
    answeredFor(stores),
    peopleWithMore(registry),
  ]);
  const touched = people.filter((person) => wasWrittenBy(person, mark));
  const made = new Set<ParticipantId>();
  /** New people who stay, with their groups; people of before whose file stays as it is now. */
  const kept = new Set<ParticipantId>();
  const changedSince = new Set<ParticipantId>();
  const registryChanges: DocumentEdit[] = [];
  let restored = 0;
  for (const person of touched) {
    const result = without(person, mark, author);
    const { participant } = person;
    if (result.kind === 'remove' && !answered.has(participant) && !held.has(participant))
      made.add(participant);
    else if (result.kind === 'restore') {
      registryChanges.push({ id: person._id, change: () => result.document });
      restored += 1;
    } else if (wasMadeBy(person, mark)) kept.add(participant);
    else changedSince.add(participant);
  }

  const others = await enrolledBesides(stores, made, mark);
  for (const participant of others) {
    made.delete(participant);
    kept.add(participant);
  }
  const isMade = (participant: ParticipantId) => made.has(participant);
  registryChanges.push(
    ...touched.filter(({ participant }) => isMade(participant)).map((person) => remove(person, author)),
    ...(await registry.ofType('distinction'))
      .filter(({ participants }) => participants.some(isMade))
      .map((distinction) => remove(distinction, author)),
  );

  // The lists first: a list with people whose file is gone would be worse than the reverse.
  for (const { store } of stores.terms) {
    const done = await inPortions(store, await termChanges(store, { mark, author, isMade, kept, answered }));
    if (!done.ok) return done;
  }
  const done = await inPortions(registry, registryChanges);
  if (!done.ok) return done;
  const unnamed = await referrersNamedByNobody(registry, mark);
  const tidied = await inPortions(
    registry,
    unnamed.map((referrer) => remove(referrer, author)),
  );
  if (!tidied.ok) return tidied;
  const staying = [...kept, ...changedSince];
  const closed = await registry.commit([
    {
      id: batch._id,
      change: (current) =>
        current?.type === 'importBatch'
          ? { ...current, ...author, startedAt: mark.at, undoneAt: author.at, kept: staying }
          : undefined,
    },
  ]);
  if (!closed.ok) return closed;
  if ((await pendingImport(stores))?.batch === batch.batch) await forgetPending(stores);
  return { ok: true, removed: made.size, restored, kept: staying };
}

const remove = (document: AnyDocument, author: Author): DocumentEdit => ({
  id: document._id,
  change: (current) => current && deleted(current, author),
});

async function inPortions(store: Store, edits: readonly DocumentEdit[]): Promise<Committed> {
  for (let from = 0; from < edits.length; from += portion) {
    const done = await store.commit(edits.slice(from, from + portion));
    if (!done.ok) return done;
    await new Promise((go) => setTimeout(go));
  }
  return { ok: true, written: [] };
}

async function peopleWithMore(registry: Store): Promise<Set<ParticipantId>> {
  const found = new Set<ParticipantId>();
  for (const type of attachments)
    for (const document of await registry.ofType(type)) {
      if (document.type === 'exit') found.add(document.participant);
      else if (document.undoneAt === undefined) found.add(document.kept).add(document.absorbed);
    }
  return found;
}

/** Those of some people whom somebody else enrolled, or whose enrolment was changed since. */
async function enrolledBesides(
  stores: Stores,
  made: ReadonlySet<ParticipantId>,
  mark: Pick<Author, 'at' | 'device'>,
): Promise<Set<ParticipantId>> {
  const found = new Set<ParticipantId>();
  for (const { store } of stores.terms)
    for (const type of ['enrolment', 'waiting'] as const)
      for (const document of await store.ofType(type))
        if (
          made.has(document.participant) &&
          !(wasWrittenBy(document, mark) && document.changes?.length === 1)
        )
          found.add(document.participant);
  return found;
}

interface TermUndoing {
  readonly mark: Author;
  readonly author: Author;
  readonly isMade: (participant: ParticipantId) => boolean;
  readonly kept: ReadonlySet<ParticipantId>;
  readonly answered: ReadonlySet<string>;
}

async function termChanges(
  store: Store,
  { mark, author, isMade, kept, answered }: TermUndoing,
): Promise<DocumentEdit[]> {
  const [enrolments, waiting, cards] = await Promise.all([
    store.ofType('enrolment'),
    store.ofType('waiting'),
    store.ofType('rosterCard'),
  ]);
  const edits: DocumentEdit[] = [];
  const remaining = new Set<ParticipantId>();
  for (const document of [...enrolments, ...waiting] as (Enrolment | Waiting)[]) {
    const { group, participant } = document;
    const stays =
      kept.has(participant) || answered.has(`${group} ${participant}`) || !wasWrittenBy(document, mark);
    const result = stays ? undefined : without(document, mark, author);
    if (result?.kind === 'remove') edits.push(remove(document, author));
    else {
      remaining.add(participant);
      if (result?.kind === 'restore') edits.push({ id: document._id, change: () => result.document });
    }
  }
  for (const card of cards) {
    const isOurs = isCardOf(card, mark) && !kept.has(card.participant);
    const isAnswered = answered.has(card.participant);
    if (isMade(card.participant) || (isOurs && !isAnswered && !remaining.has(card.participant)))
      edits.push(remove(card, author));
  }
  return edits;
}

/** Who was noted as sending people by the import, and whom no file names as it stands once the others are back. */
async function referrersNamedByNobody(registry: Store, mark: Pick<Author, 'at' | 'device'>) {
  const [referrers, people] = await Promise.all([
    registry.ofType('referrer'),
    registry.ofType('participant'),
  ]);
  const used = new Set(people.map(({ referrer }) => referrer));
  return referrers.filter(
    (referrer) =>
      wasWrittenBy(referrer, mark) && referrer.changes?.length === 1 && !used.has(referrer.referrer),
  );
}
