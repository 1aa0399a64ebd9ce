/** Several documents written at once, and taken back at once. */
import { canonicalJson } from './canonical-json.ts';
import { withChange } from './changes.ts';
import type { AnyDocument, Author } from './documents.ts';

/** One document of a step: as it was (`undefined`: it was not there) and as it was written. */
export interface Step {
  readonly before: AnyDocument | undefined;
  readonly after: AnyDocument;
}

/** What a document says, without which revision of it says so. */
const saying = ({ _rev, ...rest }: AnyDocument) => canonicalJson(rest);

/**
 * What stands in place of a document when a step is taken back: what was there before, with the taking back in its
 * changes; a tombstone for one that the step made. `undefined` when somebody has changed it since: that stays.
 */
export function takenBack(
  step: Step,
  current: AnyDocument | undefined,
  author: Author,
): AnyDocument | undefined {
  if (!current || saying(current) !== saying(step.after)) return undefined;
  const { before } = step;
  if (!before) return { ...current, ...author, _deleted: true };
  const { changes = [] } = current as {
    changes?: NonNullable<Extract<AnyDocument, { type: 'group' }>['changes']>;
  };
  const now = { ...current, changes };
  return withChange(now, { ...before, changes } as typeof now, author, 'undone') as AnyDocument;
}
