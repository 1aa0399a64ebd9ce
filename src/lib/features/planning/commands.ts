/** What a coordinator writes to a term's planning: several documents in one step, that can be taken back in one. */
import type { AnyDocument, Author, Occurrence } from '$lib/domain/documents.ts';
import { takenBack, type Step } from '$lib/domain/one-step.ts';
import type { Store } from '$lib/store/store.ts';

/** What was done, for the message that offers to take it back. */
export interface Done {
  readonly said: string;
  readonly steps: readonly Step[];
}

/** Writes a step, all or nothing of it; a document that has changed since the step was planned is left as it is. */
export async function writeSteps(store: Store, steps: readonly Step[]): Promise<readonly Step[] | undefined> {
  const real = steps.filter(({ before, after }) => before !== after);
  const done = await store.commit(
    real.map(({ before, after }) => ({
      id: after._id,
      change: (current: AnyDocument | undefined) => (current?._rev === before?._rev ? after : undefined),
    })),
  );
  if (!done.ok) return undefined;
  const written = new Set(done.written.map(({ id }) => id));
  return real.filter(({ after }) => written.has(after._id));
}

/**
 * Takes a step back. What somebody changed since stays, and so does a meeting that was made by it and has marks
 * or sign-ups, with its group and the people of its list.
 * @returns whether all of it was taken back
 */
export async function takeBack(store: Store, steps: readonly Step[], author: Author): Promise<boolean> {
  const made = steps.flatMap(({ before, after }) =>
    !before && after.type === 'occurrence' ? [(after as Occurrence).occurrence] : [],
  );
  const marks = await store.whereAnyOf('mark', 'occurrence', made);
  const signUps = await store.whereAnyOf('signUp', 'occurrence', made);
  const lived = new Set<unknown>([...marks, ...signUps].map(({ occurrence }) => occurrence));
  const livedGroups = new Set<unknown>(
    steps.flatMap(({ after }) =>
      after.type === 'occurrence' && lived.has(after.occurrence) ? [after.group] : [],
    ),
  );
  const mayGo = steps.filter(({ before, after }) => {
    const { occurrence, group } = after as Partial<Occurrence>;
    const stays = after.type === 'occurrence' ? lived.has(occurrence) : livedGroups.has(group);
    return before || !(stays || lived.has(occurrence));
  });
  const done = await store.commit(
    mayGo.map((step) => ({
      id: step.after._id,
      change: (current: AnyDocument | undefined) => takenBack(step, current, author),
    })),
  );
  return done.ok && done.written.length === steps.length;
}
