/**
 * Taking an import back: what it made goes, what it changed is as before; whoever something happened to since stays.
 * Others go on writing meanwhile: every document is judged as it stands when it is written, and who stays is asked once
 * more between the places in groups and the cards and files.
 */
import type { AnyDocument, Author, Distinction, ImportBatch, Participant } from '$lib/domain/documents.ts';
import type { DocId, ParticipantId } from '$lib/domain/ids.ts';
import { authorOf, wasMadeBy, wasWrittenBy, type DocumentEdit } from '$lib/domain/import/batches.ts';
import type { Committed } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';
import { forgetPending, pendingImport } from './commands.ts';
import { answeredFor, type Stores } from './queries.ts';
import { cardsToUndo, peopleEnrolledBesides, placesToUndo } from './undo-lists.ts';
import { inPortions, remove, restore } from './undo-writing.ts';

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
  const before = await peopleOfImport(stores, batch);

  // The lists first: a list with people whose file is gone would be worse than the reverse.
  for (const { store } of stores.terms) {
    const undoing = { mark, author, kept: before.kept, answered: before.answered };
    const done = await inPortions(store, await placesToUndo(store, undoing));
    if (!done.ok) return done;
  }
  const now = await peopleOfImport(stores, batch);
  const going = new Set([...now.made].filter((one) => before.made.has(one)));
  const kept = new Set([...now.made, ...now.kept].filter((one) => !going.has(one)));
  for (const { store } of stores.terms) {
    const undoing = { mark, author, going, kept, answered: now.answered, walkIns: batch.walkIns ?? [] };
    const done = await inPortions(store, await cardsToUndo(store, undoing));
    if (!done.ok) return done;
  }
  const isGoing = ({ participant }: Participant) => going.has(participant);
  const removed = await inPortions(
    registry,
    now.touched.filter(isGoing).map((person) => remove(person, author)),
  );
  if (!removed.ok) return removed;
  const restored = await inPortions(
    registry,
    now.touched.filter((person) => !isGoing(person)).map(({ _id }) => restore(_id, mark, author)),
  );
  if (!restored.ok) return restored;
  const tidied = await inPortions(registry, await leftOver(registry, batch, author));
  if (!tidied.ok) return tidied;

  const staying = await stayingOf(registry, mark, restored.written);
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
  return { ok: true, removed: removed.written.size, restored: restored.written.size, kept: staying };
}

type Mark = Pick<Author, 'at' | 'device'>;

interface PeopleOfImport {
  /** Those in whose file the import wrote. */
  readonly touched: readonly Participant[];
  /** Those who are known by it alone. */
  readonly made: ReadonlySet<ParticipantId>;
  /** New people who stay, with their groups. */
  readonly kept: ReadonlySet<ParticipantId>;
  readonly answered: ReadonlySet<string>;
}

async function peopleOfImport(stores: Stores, batch: ImportBatch): Promise<PeopleOfImport> {
  const mark = authorOf(batch);
  const [people, answered, held, enrolled] = await Promise.all([
    stores.registry.ofType('participant'),
    answeredFor(stores, batch),
    peopleWithMore(stores.registry),
    peopleEnrolledBesides(stores, batch),
  ]);
  const touched = people.filter((person) => wasWrittenBy(person, mark));
  const made = new Set<ParticipantId>();
  const kept = new Set<ParticipantId>();
  for (const person of touched) {
    const { participant } = person;
    if (!wasMadeBy(person, mark)) continue;
    const isUntouched = person.changes?.length === 1;
    const stays =
      !isUntouched || answered.has(participant) || held.has(participant) || enrolled.has(participant);
    (stays ? kept : made).add(participant);
  }
  return { touched, made, kept, answered };
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

/** What is about nobody once the files are gone: that two of them are not one, and who sent them. */
async function leftOver(registry: Store, batch: ImportBatch, author: Author): Promise<DocumentEdit[]> {
  const mark = authorOf(batch);
  const [people, distinctions, referrers] = await Promise.all([
    registry.ofType('participant'),
    registry.ofType('distinction'),
    registry.ofType('referrer'),
  ]);
  const known = new Set(people.map(({ participant }) => participant));
  const gone = new Set(batch.created.filter((participant) => !known.has(participant)));
  const named = new Set(people.map(({ referrer }) => referrer));
  const cameBefore = new Set(batch.walkIns?.map(({ participant }) => participant));
  const isAboutNobody = ({ participants, at, device }: Distinction) =>
    participants.some(
      (one) => gone.has(one) && (!cameBefore.has(one) || (at === mark.at && device === mark.device)),
    );
  const unwanted: AnyDocument[] = [
    ...distinctions.filter(isAboutNobody),
    ...referrers.filter(
      (one) => wasWrittenBy(one, mark) && one.changes?.length === 1 && !named.has(one.referrer),
    ),
  ];
  return unwanted.map((document) => remove(document, author));
}

/** Those of the import whose file stays as it is now. */
async function stayingOf(
  registry: Store,
  mark: Mark,
  restored: ReadonlySet<DocId>,
): Promise<ParticipantId[]> {
  const people = await registry.ofType('participant');
  return people
    .filter((person) => wasWrittenBy(person, mark) && !restored.has(person._id))
    .map(({ participant }) => participant);
}
