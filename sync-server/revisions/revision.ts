/** One revision: `{generation}-{hash}`. */
import { createHash } from 'node:crypto';

export interface Revision {
  readonly generation: number;
  readonly hash: string;
}

/** Reads `3-abc…`; `undefined` when it is not of that form. */
export function parseRevision(text: unknown): Revision | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(\d{1,15})-([0-9a-zA-Z_.~-]{1,128})$/.exec(text);
  if (!match) return undefined;
  const generation = Number(match[1]);
  return generation > 0 ? { generation, hash: match[2] ?? '' } : undefined;
}

/**
 * The hash of a new revision: the same edit on the same parent gives the same revision on every server, so that two
 * of them meet instead of conflicting.
 */
export function revisionHash(parent: string | undefined, isDeleted: boolean, body: string): string {
  return createHash('md5')
    .update(`${parent ?? ''}\n${isDeleted ? '1' : '0'}\n`)
    .update(body)
    .digest('hex');
}
