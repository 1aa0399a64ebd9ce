/** One revision: `{generation}-{hash}`. */
import { createHash } from 'node:crypto';
import { binaryTerm, external, jsonTerm, listTerm } from './erlang-terms.ts';

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
 * The hash of a new revision, as CouchDB makes it: MD5 over deletion, parent and body. The same edit on the same parent
 * is the same revision on every server, so that two of them meet instead of conflicting.
 */
export function revisionHash(parent: Revision | undefined, isDeleted: boolean, body: object): string {
  const isHex = parent !== undefined && /^[0-9a-f]{32}$/.test(parent.hash);
  const parentHash = parent && (isHex ? Buffer.from(parent.hash, 'hex') : Buffer.from(parent.hash));
  const term = listTerm([
    jsonTerm(isDeleted),
    jsonTerm(parent?.generation ?? 0),
    parentHash ? binaryTerm(parentHash) : jsonTerm(0),
    jsonTerm(body),
    jsonTerm([]),
  ]);
  return createHash('md5').update(external(term)).digest('hex');
}
