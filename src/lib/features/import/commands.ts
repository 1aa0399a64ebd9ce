/**
 * Writing an import, in portions, so that the page goes on and an interruption loses nothing: first all that is to be
 * done is noted on this device and the import's own account is written; then each portion. What was written already is
 * told by the documents themselves and left as it is, so that an import is taken up by doing it again.
 */
import type { Author, ImportBatch, Site } from '$lib/domain/documents.ts';
import { importBatchDocId, participantDocId, type BatchId, type ParticipantId } from '$lib/domain/ids.ts';
import {
  authorOf,
  newBatch,
  registryEdits,
  termEdits,
  type DocumentEdit,
  type ImportSource,
} from '$lib/domain/import/batches.ts';
import type { ImportWork, Job } from '$lib/domain/import/work.ts';
import type { Committed } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';
import type { Stores } from './queries.ts';

/** People to a transaction: long enough to be quick, short enough that the page answers. */
const portion = 100;

/** What is kept of an import on this device until it is written. Never replicated. */
const noteKey = 'import';

interface Pending {
  readonly batch: BatchId;
  readonly work: ImportWork;
}

export type WriteFailure = Extract<Committed, { ok: false }>['why'] | 'noTerm';
export type Written = { ok: true } | { ok: false; why: WriteFailure };

export interface Writing {
  /** People done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops after the portion in hand; what is written stays, and can be taken up or undone. */
  readonly signal?: AbortSignal;
}

/** The import that this device began and did not end. */
export async function pendingImport({ registry }: Pick<Stores, 'registry'>): Promise<Pending | undefined> {
  const note = await registry.note(noteKey);
  return note ? (note as unknown as Pending) : undefined;
}

/** Notes and begins an import, then writes it. */
export async function writeImport(
  stores: Stores,
  {
    batch,
    work,
    source,
    nameDisplay,
  }: Pending & {
    readonly source: ImportSource;
    readonly nameDisplay: Site['nameDisplay'];
  },
  author: Author,
  writing: Writing = {},
): Promise<Written> {
  await stores.registry.setNote(noteKey, { batch, work } satisfies Pending as unknown as Record<
    string,
    unknown
  >);
  const begun = await stores.registry.commit([
    {
      id: importBatchDocId(batch),
      change: () => ({ ...newBatch(batch, source, work, author), startedAt: author.at }),
    },
  ]);
  if (!begun.ok) {
    await stores.registry.setNote(noteKey, undefined);
    return begun;
  }
  return writePortions(stores, { batch, work }, nameDisplay, writing);
}

/** Takes up an import that was interrupted. */
export async function resumeImport(
  stores: Stores,
  pending: Pending,
  nameDisplay: Site['nameDisplay'],
  writing: Writing = {},
): Promise<Written> {
  return writePortions(stores, pending, nameDisplay, writing);
}

/** Leaves an interrupted import as it is; its account tells how far it came. */
export const forgetPending = ({ registry }: Pick<Stores, 'registry'>) => registry.setNote(noteKey, undefined);

async function writePortions(
  stores: Stores,
  { batch, work }: Pending,
  nameDisplay: Site['nameDisplay'],
  { onProgress, signal }: Writing,
): Promise<Written> {
  const { registry } = stores;
  const term = stores.terms.find((one) => one.term === work.term);
  if (work.term && !term) return { ok: false, why: 'noTerm' };
  const account = await registry.get('importBatch', importBatchDocId(batch));
  if (!account) return { ok: false, why: 'failed' };
  const author = authorOf(account);
  const { jobs } = work;
  for (let done = 0; done < jobs.length; done += portion) {
    if (signal?.aborted) return { ok: true };
    onProgress?.(done, jobs.length);
    const some = jobs.slice(done, done + portion);
    const written = await registry.commit([
      ...registryEdits(some, done === 0 ? work.referrers : [], author),
      accountEdit(batch, (before) => ({ ...before, ...peopleOf(some, before) })),
    ]);
    if (!written.ok) return written;
    const enrolled = term ? await enrolSome(registry, term.store, some, nameDisplay, author) : written;
    if (!enrolled.ok) return enrolled;
    // The page paints, and answers to whoever types.
    await new Promise((go) => setTimeout(go));
  }
  const finishedAt = new Date().toISOString();
  const ended = await registry.commit([
    accountEdit(batch, (before) => ({ ...before, finishedAt, at: finishedAt })),
  ]);
  if (!ended.ok) return ended;
  onProgress?.(jobs.length, jobs.length);
  await forgetPending(stores);
  return { ok: true };
}

const accountEdit = (batch: BatchId, change: (before: ImportBatch) => ImportBatch): DocumentEdit => ({
  id: importBatchDocId(batch),
  change: (current) => (current?.type === 'importBatch' ? change(current) : undefined),
});

const union = (one: readonly ParticipantId[], other: readonly ParticipantId[]) => [
  ...new Set([...one, ...other]),
];

const peopleOf = (jobs: readonly Job[], { created, updated }: ImportBatch) => ({
  created: union(
    created,
    jobs.filter(({ isNew }) => isNew).map(({ participant }) => participant),
  ),
  updated: union(
    updated,
    jobs.filter(({ isNew }) => !isNew).map(({ participant }) => participant),
  ),
});

async function enrolSome(
  registry: Store,
  term: Store,
  jobs: readonly Job[],
  nameDisplay: Site['nameDisplay'],
  author: Author,
): Promise<Committed> {
  const files = await Promise.all(
    jobs.map(({ participant }) => registry.get('participant', participantDocId(participant))),
  );
  const people = new Map(files.flatMap((file) => (file ? [[file.participant, file] as const] : [])));
  return term.commit(termEdits(jobs, people, nameDisplay, author));
}
