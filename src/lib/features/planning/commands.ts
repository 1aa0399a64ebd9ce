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

/** What shows that a meeting was lived, or is waited for. */
const traces = ['mark', 'signUp', 'closing', 'debrief', 'signature'] as const;

/**
 * Takes a step back. What somebody changed since stays, and so does a meeting that was made by it and was lived or is
 * waited for, with its group and the people of its list; a group in which others were enrolled since stays whole.
 * @returns whether all of it was taken back
 */
export async function takeBack(store: Store, steps: readonly Step[], author: Author): Promise<boolean> {
  const made = steps.flatMap(({ before, after }) =>
    !before && after.type === 'occurrence' ? [(after as Occurrence).occurrence] : [],
  );
  const groups = steps.flatMap(({ before, after }) =>
    !before && after.type === 'group' ? [after.group] : [],
  );
  const [enrolments, ...found] = await Promise.all([
    store.whereAnyOf('enrolment', 'group', groups),
    ...traces.map(async (type) =>
      (await store.whereAnyOf(type, 'occurrence', made)).map(({ occurrence }) => occurrence),
    ),
  ]);
  const own = new Set<string>(steps.map(({ after }) => after._id));
  const lived = new Set<unknown>(found.flat());
  const joined = new Set<unknown>(enrolments.flatMap(({ _id, group }) => (own.has(_id) ? [] : [group])));
  const livedGroups = new Set<unknown>([
    ...joined,
    ...steps.flatMap(({ after }) =>
      after.type === 'occurrence' && lived.has(after.occurrence) ? [after.group] : [],
    ),
  ]);
  const mayGo = steps.filter(({ before, after }) => {
    const { occurrence, group } = after as Partial<Occurrence>;
    const stays =
      after.type === 'occurrence' ? lived.has(occurrence) || joined.has(group) : livedGroups.has(group);
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
