/** Versions of one mark, sign-up or closing that claim the same thing, whoever said so and in which detail. */
import type { AnyDocument } from './documents.ts';

/** What a document claims, and the history that ends in it; nothing of a document of another type. */
const claimOf = (
  document: AnyDocument | undefined,
): readonly [claim?: string | null, history?: readonly unknown[]] =>
  document?.type === 'mark'
    ? [document.status, document.history]
    : document?.type === 'signUp' || document?.type === 'closing'
      ? [document.state, document.history]
      : [];

/** Whether two versions agree: nobody has to decide between them, and one gesture is meant over both. */
export const saysTheSame = (one: AnyDocument | undefined, other: AnyDocument) =>
  claimOf(one)[0] !== undefined && claimOf(one)[0] === claimOf(other)[0];

/**
 * Whether a change kept the very history that it was given, and no other version's: only then may it stand in the place
 * of this one. A deletion is none.
 */
export const addsToHistory = (before: AnyDocument, next: AnyDocument) =>
  !next._deleted && claimOf(before)[1]?.every((entry, place) => claimOf(next)[1]?.[place] === entry);
