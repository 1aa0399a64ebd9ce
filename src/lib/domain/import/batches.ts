/**
 * The documents that an import writes, and how they are taken back. What an import wrote is found again by its mark in
 * the documents themselves: a change of kind « imported » at the instant and on the device of the import.
 */
import { withChange } from '../changes.ts';
import type {
  AnyDocument,
  Author,
  Change,
  Enrolment,
  ImportBatch,
  Participant,
  Referrer,
  RosterCard,
  Site,
  Waiting,
} from '../documents.ts';
import { enrol } from '../enrolments.ts';
import {
  distinctionDocId,
  enrolmentDocId,
  importBatchDocId,
  participantDocId,
  referrerDocId,
  rosterCardDocId,
  waitingDocId,
  type BatchId,
  type DocId,
  type ParticipantId,
} from '../ids.ts';
import { sortKeyOf } from '../names.ts';
import { editParticipant, newParticipant, rosterCardOf, type ParticipantFacts } from '../participants.ts';
import type { PlannedGroup } from './plan.ts';
import type { FormerCard, ImportWork, Job } from './work.ts';

/** One document changed: as the store takes it. */
export interface DocumentEdit {
  readonly id: DocId;
  readonly change: (current: AnyDocument | undefined) => AnyDocument | undefined;
}

const only = <Type extends AnyDocument['type']>(type: Type, document: AnyDocument | undefined) =>
  document?.type === type ? (document as Extract<AnyDocument, { type: Type }>) : undefined;

/** What an import was read from, and what was said about it by hand. */
export interface ImportSource {
  readonly fileName?: string | undefined;
  /** SHA-256 of the table, hexadecimal. */
  readonly contentHash: string;
  readonly answers?: NonNullable<ImportBatch['answers']> | undefined;
}

/** So much of what was mended is kept: a document has its bounds. */
const longestAnswers = 16_000;

/** The account of an import as it begins. */
export const newBatch = (
  batch: BatchId,
  source: ImportSource,
  work: Pick<ImportWork, 'rows' | 'skipped' | 'term' | 'jobs'>,
  author: Author,
): ImportBatch => ({
  _id: importBatchDocId(batch),
  type: 'importBatch',
  v: 1,
  ...author,
  batch,
  contentHash: source.contentHash,
  rows: work.rows,
  skipped: work.skipped,
  created: [],
  updated: [],
  ...(source.fileName ? { fileName: source.fileName.slice(0, 200) } : {}),
  ...(work.term ? { term: work.term } : {}),
  ...(work.jobs.some(({ walkIn }) => walkIn)
    ? { walkIns: work.jobs.flatMap(({ walkIn }) => walkIn ?? []) }
    : {}),
  ...(source.answers && JSON.stringify(source.answers).length <= longestAnswers
    ? { answers: source.answers }
    : {}),
});

/** What the registry takes of some jobs. A file that is there already is left: the import is taken up again. */
export function registryEdits(
  jobs: readonly Job[],
  referrers: ImportWork['referrers'],
  author: Author,
): DocumentEdit[] {
  return [
    ...referrers.map(({ referrer, name }) => ({
      id: referrerDocId(referrer),
      change: (current: AnyDocument | undefined) =>
        current
          ? undefined
          : withChange<Referrer>(
              undefined,
              { _id: referrerDocId(referrer), type: 'referrer', v: 1, ...author, referrer, name },
              author,
              'imported',
            ),
    })),
    ...jobs.flatMap((job) => [personEdit(job, author), ...distinctionEdits(job, author)]),
  ];
}

function personEdit({ participant, facts, isNew }: Job, author: Author): DocumentEdit {
  return {
    id: participantDocId(participant),
    change: (current) => {
      const person = only('participant', current);
      if (isNew)
        return person
          ? undefined
          : newParticipant(participant, facts as ParticipantFacts, author, 'imported');
      if (!person || Object.keys(facts).length === 0 || wasWrittenBy(person, author)) return undefined;
      const next = editParticipant(person, facts, author, 'imported');
      return next === person ? undefined : next;
    },
  };
}

const distinctionEdits = ({ participant, distinctFrom }: Job, author: Author): DocumentEdit[] =>
  distinctFrom.map((other) => ({
    id: distinctionDocId(participant, other),
    change: (current) =>
      current
        ? undefined
        : {
            _id: distinctionDocId(participant, other),
            type: 'distinction',
            v: 1,
            ...author,
            participants: [participant, other].sort() as [ParticipantId, ParticipantId],
          },
  }));

type CardFacts = Pick<
  Participant,
  'participant' | 'firstName' | 'familyName' | 'languages' | 'isFrancophone'
>;

/**
 * What the term takes of some jobs: a card for whom it has none of, and their groups. The card of somebody who had come
 * without a file is provisional no longer, and says what the file does.
 * @param people their files as they stand now
 */
export function termEdits(
  jobs: readonly Job[],
  people: ReadonlyMap<ParticipantId, CardFacts>,
  nameDisplay: Site['nameDisplay'],
  author: Author,
): DocumentEdit[] {
  return jobs.flatMap((job) => {
    const person = people.get(job.participant);
    if (!person || (!job.isNew && job.groups.length === 0)) return [];
    const card: DocumentEdit = {
      id: rosterCardDocId(job.participant),
      change(current) {
        const before = only('rosterCard', current);
        if (current && !(job.isNew && before?.isProvisional)) return undefined;
        return rosterCardOf(person, nameDisplay, before, author);
      },
    };
    return [card, ...job.groups.map((group) => groupEdit(job.participant, group, author))];
  });
}

function groupEdit(
  participant: ParticipantId,
  { group, from, as, rank = 0 }: PlannedGroup,
  author: Author,
): DocumentEdit {
  // The import is one instant; those it puts on a list wait in the order of its rows.
  const since = new Date(Date.parse(author.at) + rank).toISOString();
  if (as === 'waiting')
    return {
      id: waitingDocId(group, participant),
      change: (current) =>
        current
          ? undefined
          : withChange<Waiting>(
              undefined,
              {
                _id: waitingDocId(group, participant),
                type: 'waiting',
                v: 1,
                ...author,
                group,
                participant,
                since,
              },
              author,
              'imported',
            ),
    };
  return {
    id: enrolmentDocId(group, participant),
    change: (current) => {
      const before = only('enrolment', current);
      if (before && wasWrittenBy(before, author)) return undefined;
      const next = enrol(before, { group, participant, from }, author, 'imported');
      return next === before ? undefined : next;
    },
  };
}

/** The mark of an import. */
type Mark = Pick<Author, 'at' | 'device'>;

const isMark = (change: Change, { at, device }: Mark) =>
  change.kind === 'imported' && change.at === at && change.device === device;

/** Whether an import wrote in a document. */
export const wasWrittenBy = (document: { readonly changes?: Change[] | undefined }, mark: Mark) =>
  document.changes?.some((change) => isMark(change, mark)) ?? false;

/** Whether an import made a document, whatever happened to it since. */
export const wasMadeBy = (document: { readonly changes?: Change[] | undefined }, mark: Mark) =>
  document.changes?.slice(0, 1).some((change) => isMark(change, mark)) ?? false;

/** The author of an import, as it is taken up again. */
export const authorOf = (batch: Pick<ImportBatch, 'startedAt' | 'at' | 'by' | 'device'>): Author => ({
  at: batch.startedAt ?? batch.at,
  by: batch.by,
  device: batch.device,
});

type Undone<Document> = { kind: 'remove' } | { kind: 'restore'; document: Document } | { kind: 'stays' };

/**
 * How a document stands without what an import wrote in it: gone where the import made it, its fields as before where
 * nobody changed them since. What was changed since stays: `stays`.
 */
export function without<Document extends Participant | Enrolment | Waiting | Referrer>(
  document: Document,
  mark: Mark,
  author: Author,
): Undone<Document> {
  const changes = document.changes ?? [];
  const position = changes.findIndex((change) => isMark(change, mark));
  if (position < 0) return { kind: 'stays' };
  if (position === 0) return changes.length === 1 ? { kind: 'remove' } : { kind: 'stays' };
  const restored = new Map(Object.entries(document));
  let isChanged = false;
  for (const { field, before, after } of changes[position]?.fields ?? []) {
    // Somebody wrote something else since: theirs stays.
    if (JSON.stringify(restored.get(field)) !== JSON.stringify(after)) continue;
    isChanged = true;
    if (before === undefined) restored.delete(field);
    else restored.set(field, before);
  }
  if (!isChanged) return { kind: 'stays' };
  return {
    kind: 'restore',
    document: withChange(document, Object.fromEntries(restored) as unknown as Document, author, 'undone'),
  };
}

/** A document deleted, by whom. */
export const deleted = <Document extends AnyDocument>(document: Document, author: Author): Document => ({
  ...document,
  ...author,
  _deleted: true,
});

/** A card as it was before its person got a file; what it was given since (a badge, a language) stays. */
export function cardAsBefore(
  card: RosterCard,
  { firstName, familyName, isProvisional }: FormerCard,
  author: Author,
): RosterCard {
  const { familyName: _familyName, ...rest } = card;
  const name = { firstName, ...(familyName ? { familyName } : {}) };
  return { ...rest, ...author, ...name, sortKey: sortKeyOf(name), isProvisional };
}

/** Whether a card holds nothing but what an import wrote. */
export const isCardOf = (card: RosterCard, { at, device }: Mark) => card.at === at && card.device === device;
