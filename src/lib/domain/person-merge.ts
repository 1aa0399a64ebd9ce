/**
 * Two files that are one person's, made one: which documents are written and which go, in every database held. Pure:
 * the same documents and choices give the same plan, and a plan made again when everything is done is empty. So a
 * merge that was interrupted, or that a phone answered late, is completed by merging again.
 *
 * Nothing is lost: what each document was before stands in the `merge` document (person-merge-undo.ts), histories of
 * answers are united, and of two different answers the one that does not stand stays in the history.
 */
import { canonicalJson } from './canonical-json.ts';
import { withChange } from './changes.ts';
import type {
  AnyDocument,
  Author,
  Enrolment,
  Mark,
  Participant,
  RosterCard,
  SignUp,
  Site,
  Waiting,
} from './documents.ts';
import { distinctionDocId, type DocId, type OccurrenceId, type ParticipantId } from './ids.ts';
import { addDays } from './local-time.ts';
import { mergeMarks } from './marks-merge.ts';
import { noFamilyName, sortKeyOf } from './names.ts';
import { rosterCardOf } from './participants.ts';
import { factsOf, saidAgain } from './roll-call.ts';
import { mergeSignUps } from './sign-ups-merge.ts';
import { signUpSaidAgain } from './sign-ups.ts';

/** What one database holds of the two people. */
export interface HeldDocuments {
  readonly database: string;
  readonly documents: readonly AnyDocument[];
}

export type Side = 'kept' | 'absorbed';

/** What is chosen side by side; languages and statuses are united, the last contact is the later one. */
export const chosenFields = [
  'firstName',
  'familyName',
  'gender',
  'birthYear',
  'isFrancophone',
  'departement',
  'country',
  'consentAt',
  'phone',
  'referrer',
] as const;
export type ChosenField = (typeof chosenFields)[number];

export interface MergeChoices {
  /** A field that is not named is the kept file's where it has one, else the absorbed one's. */
  readonly fields?: Partial<Record<ChosenField, Side>>;
  /** Where both have different answers for one meeting: whose stands; the kept file's where nothing is said. */
  readonly marks?: ReadonlyMap<OccurrenceId, Side>;
}

/** One document as it is and as it will be; `undefined`: there is none. */
export interface PlannedChange {
  readonly database: string;
  readonly id: DocId;
  readonly before: AnyDocument | undefined;
  readonly after: AnyDocument | undefined;
}

/** Both files have an answer for one meeting, and not the same. */
interface MarkDisagreement {
  readonly database: string;
  readonly occurrence: OccurrenceId;
  readonly kept: Mark;
  readonly absorbed: Mark;
}

export interface MergePlan {
  readonly changes: readonly PlannedChange[];
  readonly disagreements: readonly MarkDisagreement[];
  /** The file as it will be; `undefined` when neither has one (two provisional cards). */
  readonly file: Participant | undefined;
}

export interface MergeRequest {
  readonly kept: ParticipantId;
  readonly absorbed: ParticipantId;
  readonly held: readonly HeldDocuments[];
  readonly nameDisplay: Site['nameDisplay'];
  readonly choices: MergeChoices;
  readonly author: Author;
}

/** Whether a document is about this person, or about two of whom this is one. */
export const isAbout = (document: AnyDocument, participant: ParticipantId): boolean =>
  document.type === 'distinction'
    ? document.participants.includes(participant)
    : (document as { participant?: unknown }).participant === participant;

/**
 * Which of two becomes the other: the one with a file is kept; then the one of whom more is known here; then, so that
 * two devices choose alike, the one whose id comes first.
 */
export function rolesOf(
  a: ParticipantId,
  b: ParticipantId,
  held: readonly HeldDocuments[],
): { kept: ParticipantId; absorbed: ParticipantId } {
  const weight = (one: ParticipantId) =>
    held
      .flatMap(({ documents }) => documents)
      .filter((document) => isAbout(document, one))
      .reduce((sum, document) => sum + (document.type === 'participant' ? 1_000_000 : 1), 0);
  const [one, other] = [weight(a), weight(b)];
  return one > other || (one === other && a < b) ? { kept: a, absorbed: b } : { kept: b, absorbed: a };
}

/** What is to be done to make the absorbed file a part of the kept one. */
export function mergePlan(request: MergeRequest): MergePlan {
  const { kept, absorbed, held, author } = request;
  const disagreements: MarkDisagreement[] = [];
  const changes: PlannedChange[] = [];
  const files = held.flatMap(({ documents }) => documents).filter((one) => one.type === 'participant');
  const own = files.find(({ participant }) => participant === kept);
  const theirs = files.find(({ participant }) => participant === absorbed);
  if (theirs && !own) throw new Error('the one who has a file is kept');
  // Once the file is absorbed, what was chosen then stays: the kept file may have been edited since.
  const isAbsorbed = theirs?.mergedInto === kept;
  const file = isAbsorbed ? own : mergedFile(own, theirs, request);
  const stays = new Map<string, Enrolment>();

  for (const { database, documents } of held) {
    const write = (before: AnyDocument | undefined, after: AnyDocument | undefined) => {
      const id = (after ?? before)?._id;
      if (id === undefined || before === after) return;
      changes.push({ database, id, before, after });
    };
    const byId = new Map(documents.map((document) => [document._id, document]));
    for (const document of documents) {
      if (!isAbout(document, absorbed)) continue;
      if (document.type === 'participant') {
        if (document.mergedInto === kept) continue;
        write(document, withChange(document, { ...document, mergedInto: kept }, author, 'merged'));
        continue;
      }
      if (document.type === 'distinction') {
        const [a, b] = document.participants;
        const other = a === absorbed ? b : a;
        const id = distinctionDocId(kept, other);
        const [first = kept, second = other] = [kept, other].sort();
        if (other !== kept && !byId.has(id))
          write(undefined, {
            ...withoutRevision(document),
            ...author,
            _id: id,
            participants: [first, second],
          });
        write(document, undefined);
        continue;
      }
      const id = idOf(document, absorbed, kept);
      const here = byId.get(id);
      const moved = { ...withoutRevision(document), _id: id, participant: kept } as AnyDocument;
      const united = unite(here, moved, request, (mark) =>
        disagreements.push({ database, occurrence: mark.occurrence, kept: here as Mark, absorbed: mark }),
      );
      if (united.type === 'enrolment') stays.set(united.group, united);
      // Cards are written below, exits once it is known who is still there.
      if (document.type !== 'rosterCard' && document.type !== 'exit') write(here, united);
      write(document, undefined);
    }
    const cards = documents.filter((one): one is RosterCard => one.type === 'rosterCard');
    const card = cards.find(({ participant }) => participant === kept);
    const absorbedCard = cards.find(({ participant }) => participant === absorbed);
    if (absorbedCard || (card && !isAbsorbed)) {
      const next = mergedCard(card, absorbedCard, file, request);
      if (next) write(card, next);
    }
    if (own && byId.has(own._id)) write(own, file);
  }
  for (const { database, documents } of held)
    for (const change of exitsOf(documents, request, stays)) changes.push({ database, ...change });
  return { changes, disagreements, file };
}

const withoutRevision = (document: AnyDocument): AnyDocument => {
  const { _rev, ...rest } = document;
  return rest as AnyDocument;
};

/** Ids end with the person they are about. */
const idOf = (document: AnyDocument, from: ParticipantId, to: ParticipantId) =>
  `${document._id.slice(0, document._id.length - from.length)}${to}` as DocId;

const isSet = (value: unknown) =>
  value !== undefined && value !== '' && value !== 'unknown' && value !== noFamilyName;

const same = (a: unknown, b: unknown) => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** Which of two values stands. */
const sideOf = (field: ChosenField, kept: Partial<Participant> | undefined, choices: MergeChoices): Side =>
  choices.fields?.[field] ?? (isSet(kept?.[field]) ? 'kept' : 'absorbed');

const aside = new Set(['_id', '_rev', 'at', 'by', 'device', 'changes', 'participant', 'mergedInto']);

/** The kept file with what was chosen; the very file when nothing differs; nothing when there is none. */
function mergedFile(
  own: Participant | undefined,
  theirs: Participant | undefined,
  { choices, author }: MergeRequest,
): Participant | undefined {
  if (!own || !theirs) return own;
  const chosen = chosenFields.map((field) => {
    const side = sideOf(field, own, choices);
    return [field, (side === 'kept' ? own : theirs)[field]];
  });
  const added = Object.entries(theirs).filter(
    ([name]) =>
      !aside.has(name) && !Object.hasOwn(own, name) && !(chosenFields as readonly string[]).includes(name),
  );
  const lastContact = [own.lastContact, theirs.lastContact]
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
  const next = {
    ...own,
    ...Object.fromEntries(added),
    ...Object.fromEntries(chosen),
    languages: [...new Set([...own.languages, ...theirs.languages])],
    statusHistory: unitedStatuses(own.statusHistory, theirs.statusHistory),
    ...(lastContact === undefined ? {} : { lastContact }),
  };
  const said = Object.entries(next).filter(([, value]) => value !== undefined);
  return withChange(own, Object.fromEntries(said) as Participant, author, 'merged');
}

/** Each once, in the order of time. */
function unitedStatuses(
  own: Participant['statusHistory'],
  theirs: Participant['statusHistory'],
): Participant['statusHistory'] {
  const all = new Map([...own, ...theirs].map((one) => [`${one.from} ${one.status}`, one]));
  if (all.size === own.length) return own;
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The card of a term; the very card when nothing differs. */
function mergedCard(
  card: RosterCard | undefined,
  theirs: RosterCard | undefined,
  file: Participant | undefined,
  { kept, absorbed, nameDisplay, choices, author }: MergeRequest,
): RosterCard | undefined {
  const moved = theirs && (withoutRevision({ ...theirs, _id: idOf(theirs, absorbed, kept) }) as RosterCard);
  let before = card ?? (moved && { ...moved, participant: kept });
  if (!before) return undefined;
  // A badge that was printed goes on being that person's.
  const badge = before.badge ?? theirs?.badge;
  if (badge !== undefined) before = { ...before, badge };
  let next: RosterCard;
  if (file) next = rosterCardOf(file, nameDisplay, before, author);
  else {
    // Two provisional cards: the name is chosen, the rest is the kept one's.
    const named = choices.fields?.firstName === 'absorbed' && theirs ? theirs : before;
    const { firstName, familyName } = named;
    const { familyName: _former, ...rest } = before;
    next = {
      ...rest,
      ...author,
      firstName,
      sortKey: sortKeyOf(named),
      ...(familyName ? { familyName } : {}),
    };
  }
  return card && sameFacts(card, next) ? card : next;
}

/** What belongs to a version of a document, not to what it says. */
const ofAVersion = new Set(['_rev', 'at', 'by', 'device', 'changes']);

/** Equal but for who wrote it and when. */
export function sameFacts(a: AnyDocument, b: AnyDocument): boolean {
  const bare = (document: AnyDocument) =>
    Object.fromEntries(Object.entries(document).filter(([name]) => !ofAVersion.has(name)));
  return same(bare(a), bare(b));
}

/** What the kept person's document of one id becomes when the absorbed person's is added to it. */
function unite(
  here: AnyDocument | undefined,
  moved: AnyDocument,
  { choices, author }: MergeRequest,
  disagree: (absorbed: Mark) => void,
): AnyDocument {
  if (!here) return movedTo(moved, author);
  if (here.type === 'enrolment' && moved.type === 'enrolment') return unitedStay(here, moved, author);
  if (here.type === 'waiting' && moved.type === 'waiting') return unitedWaiting(here, moved, author);
  if (here.type === 'signUp' && moved.type === 'signUp') {
    const merged = mergeSignUps([withoutRevision(here) as SignUp, moved]);
    return sameFacts(here, merged) ? here : signUpSaidAgain(merged, author);
  }
  if (here.type === 'mark' && moved.type === 'mark') {
    const merged = mergeMarks([withoutRevision(here) as Mark, moved]);
    if (merged.ok)
      return sameFacts(here, merged.merged)
        ? here
        : saidAgain(withoutRevision(merged.merged) as Mark, author);
    disagree(moved);
    const stands = choices.marks?.get(here.occurrence) === 'absorbed' ? moved : here;
    const facts = factsOf(stands);
    const { arrivedAt: _a, leftAt: _l, minutes: _m, reason: _r, ...rest } = merged.provisional;
    return { ...rest, ...facts, ...author, history: [...rest.history, { ...facts, ...author }] };
  }
  // Of a signature, or of a type that this version does not know: the kept person's own stays.
  return here;
}

/** A document that only the absorbed person had. Where changes are kept, this is one. */
function movedTo(moved: AnyDocument, author: Author): AnyDocument {
  if (moved.type === 'mark') return saidAgain(moved, author);
  if (moved.type === 'signUp') return signUpSaidAgain(moved, author);
  if (moved.type !== 'enrolment' && moved.type !== 'waiting' && moved.type !== 'exit')
    return { ...moved, ...author };
  const change = { ...author, kind: 'merged' as const, fields: [] };
  return { ...moved, ...author, changes: [...(moved.changes ?? []), change] };
}

const unitedWaiting = (here: Waiting, moved: Waiting, author: Author): Waiting =>
  withChange<Waiting>(
    here,
    { ...here, since: here.since < moved.since ? here.since : moved.since },
    author,
    'merged',
  );

/** Every day that one of the two was enrolled, in as few stays as say it. */
function unitedStay(here: Enrolment, moved: Enrolment, author: Author): Enrolment {
  type Period = { from: string; to?: string | undefined };
  const periodsOf = ({ from, to, formerPeriods = [] }: Enrolment): Period[] => [
    ...formerPeriods,
    { from, to },
  ];
  const periods = [...periodsOf(here), ...periodsOf(moved)]
    // One that ended before it began was cancelled.
    .filter(({ from, to }) => to === undefined || from <= to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const united: Period[] = [];
  for (const { from, to } of periods) {
    const last = united.at(-1);
    if (!last || (last.to !== undefined && from > addDays(last.to, 1))) united.push({ from, to });
    else if (last.to !== undefined && (to === undefined || to > last.to)) last.to = to;
  }
  const last = united.pop();
  if (!last) return here;
  const { to: _to, formerPeriods: _former, ...rest } = here;
  return withChange<Enrolment>(
    here,
    {
      ...rest,
      from: last.from,
      ...(last.to === undefined ? {} : { to: last.to }),
      ...(united.length ? { formerPeriods: united as { from: string; to: string }[] } : {}),
    },
    author,
    'merged',
  );
}

/** Reasons of leaving: the later one of two; none for a group that the person is still in. */
function exitsOf(
  documents: readonly AnyDocument[],
  { kept, absorbed, author }: MergeRequest,
  stays: ReadonlyMap<string, Enrolment>,
): Omit<PlannedChange, 'database'>[] {
  const exits = documents.filter((one) => one.type === 'exit');
  const changes: Omit<PlannedChange, 'database'>[] = [];
  for (const theirs of exits.filter(({ participant }) => participant === absorbed)) {
    const own = exits.find(({ participant, group }) => participant === kept && group === theirs.group);
    const stay = stays.get(theirs.group);
    const isThere = stay !== undefined && stay.to === undefined;
    const moved = { ...theirs, _id: idOf(theirs, absorbed, kept), participant: kept };
    if (isThere) {
      if (own) changes.push({ id: own._id, before: own, after: undefined });
    } else if (!own) {
      changes.push({ id: moved._id, before: undefined, after: movedTo(withoutRevision(moved), author) });
    } else if (own.date < theirs.date) {
      const after = withChange(own, { ...own, date: theirs.date, reason: theirs.reason }, author, 'merged');
      if (after !== own) changes.push({ id: own._id, before: own, after });
    }
  }
  return changes;
}
