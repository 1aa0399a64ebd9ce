/** Making two meetings one, undoing it, telling them apart; each is one transaction. People: store/person-merges.ts. */
import {
  occurrenceMergePlan,
  toldApart,
  undoneOccurrenceMerge,
  type OccurrenceSide,
} from '$lib/domain/double-occurrences.ts';
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import { occurrenceDocId, type DocId, type OccurrenceId, type ParticipantId } from '$lib/domain/ids.ts';
import { takenBack, type Step } from '$lib/domain/one-step.ts';
import { writePlanned, type NamedStore, type Written } from '$lib/store/person-documents.ts';
import { readHeldOccurrences } from './doubles.ts';

export type Merged =
  | { readonly ok: true; readonly steps: readonly Step[] }
  /** `gone`: one of the two was cancelled meanwhile, here or on another laptop. */
  | { readonly ok: false; readonly why: Exclude<Written, { ok: true }>['why'] | 'gone' };

/** An answer that arrives between the reading and the writing makes it begin again; more than this is no accident. */
const mostAttempts = 5;

const planned = ({ database }: NamedStore, steps: readonly Step[]) =>
  steps.map(({ before, after }) => ({ database, id: after._id, before, after }));

export async function mergeMeetings(
  named: NamedStore,
  pair: { readonly kept: OccurrenceId; readonly other: OccurrenceId },
  choices: ReadonlyMap<ParticipantId, OccurrenceSide>,
  author: () => Author,
): Promise<Merged> {
  let why: Extract<Merged, { ok: false }>['why'] = 'stale';
  for (let attempt = 0; attempt < mostAttempts && why === 'stale'; attempt += 1) {
    const held = await readHeldOccurrences(named, pair.kept, pair.other);
    if (!held) return { ok: false, why: 'gone' };
    const by = author();
    const { steps } = occurrenceMergePlan(held, choices, by);
    const done = await writePlanned(named, planned(named, steps), by);
    if (done.ok) return { ok: true, steps };
    why = done.why;
  }
  return { ok: false, why };
}

/** Everything as it was before. What somebody changed since stays, and is counted. */
export async function undoMeetings(
  named: NamedStore,
  steps: readonly Step[],
  author: () => Author,
): Promise<{ readonly ok: boolean; readonly left: number }> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const current = await asTheyStand(named, steps);
    const by = author();
    const back = undoneOccurrenceMerge(steps, (id) => current.get(id), by);
    const done = await writePlanned(named, planned(named, back.steps), by);
    if (done.ok) return { ok: true, left: back.left };
    if (done.why !== 'stale') break;
  }
  return { ok: false, left: 0 };
}

async function asTheyStand(
  { store }: NamedStore,
  steps: readonly Step[],
): Promise<ReadonlyMap<DocId, AnyDocument>> {
  const found = await Promise.all(
    steps.map(({ after }) => store.get(after.type as 'mark' | 'occurrence' | 'shift', after._id)),
  );
  return new Map(found.flatMap((one) => (one ? [[one._id, one as AnyDocument]] : [])));
}

/** « Non, 2 séances »: these two are never proposed again. */
export async function tellMeetingsApart(
  { store }: NamedStore,
  one: OccurrenceId,
  other: OccurrenceId,
  author: Author,
): Promise<Step | undefined> {
  const [first, second] = await Promise.all(
    [one, other].map((id) => store.get('occurrence', occurrenceDocId(id))),
  );
  if (!first || !second) return undefined;
  const after = toldApart(first, second, author);
  const before = after.occurrence === first.occurrence ? first : second;
  const done = await store.commit([
    { id: after._id, change: (current) => (current?._rev === before._rev ? after : undefined) },
  ]);
  return done.ok && done.written.length ? { before, after } : undefined;
}

/** Takes a « Non, 2 séances » back. */
export async function forgetMeetingsApart(
  { store }: NamedStore,
  step: Step,
  author: Author,
): Promise<boolean> {
  const done = await store.commit([
    { id: step.after._id, change: (current) => takenBack(step, current, author) },
  ]);
  return done.ok && done.written.length > 0;
}
