/** Versions of one mark, sign-up or closing that claim the same thing, whoever said so and in which detail. */
import type { AnyDocument } from './documents.ts';

const claimOf = (document: AnyDocument) =>
  document.type === 'mark'
    ? document.status
    : document.type === 'signUp' || document.type === 'closing'
      ? document.state
      : undefined;

/** Whether two versions agree: nobody has to decide between them, and one gesture is meant over both. */
export const saysTheSame = (one: AnyDocument, other: AnyDocument) =>
  claimOf(one) !== undefined && claimOf(one) === claimOf(other);

const historyOf = (document: AnyDocument): readonly unknown[] =>
  document.type === 'mark' || document.type === 'signUp' || document.type === 'closing'
    ? document.history
    : [];

/**
 * Whether a change kept the very history that it was given, and no other version's: only then may it stand in the place
 * of this one. A deletion is none.
 */
export const addsToHistory = (before: AnyDocument, next: AnyDocument) =>
  next._deleted !== true && historyOf(before).every((entry, place) => historyOf(next)[place] === entry);
