/**
 * What an address below `/couch` names. A CouchDB takes addresses apart in its own way (empty parts count for nothing,
 * every part is decoded), so that one thing has many spellings; here it has one, and what is spelt otherwise is refused
 * before any right is looked at.
 */
import { badRequest } from '../http/http-error.ts';
import { decoded } from '../protocol/path.ts';

export interface Place {
  /** As it is handed on, with its query. */
  readonly path: string;
  /** Decoded, without the empty one behind a last `/`. */
  readonly parts: readonly string[];
}

const prefix = /^\/couch(?=\/|\?|$)/;

/** `undefined` when it is not below `/couch`. Throws a 400 for what is spelt oddly. */
export function placeOf(url: string): Place | undefined {
  if (!prefix.test(url)) return undefined;
  const path = url.replace(prefix, '').replace(/^(?=\?|$)/, '/');
  const [given = ''] = path.split('?', 1);
  // They mean something else to other programs on the way.
  if (given.includes('\\') || path.includes('#')) throw odd();
  const raw = given.split('/').slice(1);
  if (raw.at(-1) === '') raw.pop();
  const parts = raw.map(decoded);
  if (parts.some((part) => part === '' || part === '.' || part === '..')) throw odd();
  if (parts[0]?.startsWith('_') && parts[0] !== raw[0]) throw odd();
  return { path, parts };
}

const odd = () => badRequest('The address is not well formed.');
