/** JSON as a CouchDB takes it: what it refuses is refused here too, so that it can be handed over to one. */
import { isUtf8 } from 'node:buffer';
import { badRequest } from './http-error.ts';
import { withRightKeys } from './keys.ts';

/** Half a pair of UTF-16, or a number that may be larger than any. */
const isDoubtful = /\\u[dD][89a-fA-F]|[eE]\+?\d{3}|\d{300}/;

/**
 * Reads JSON from bytes or from text that is decoded already. Throws CouchDB's 400 where it is none, where the bytes are
 * no UTF-8, where a text holds half a character, and where a number is too large to be kept. Of a key that comes twice
 * the last one stands.
 */
export function parseJson(given: Buffer | string): unknown {
  if (typeof given !== 'string' && !isUtf8(given)) throw notJson();
  const text = given.toString();
  const value = parsed(text);
  if (isDoubtful.test(text) && !isWhole(value)) throw notJson();
  return withRightKeys(text, value);
}

const notJson = () => badRequest('invalid UTF-8 JSON');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw notJson();
  }
}

/** Not by calls that nest: a document may be deeper than they can. */
function isWhole(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'string' && !one.isWellFormed()) return false;
    if (typeof one === 'number' && !Number.isFinite(one)) return false;
    if (typeof one !== 'object' || one === null) continue;
    for (const [key, inside] of Object.entries(one)) left.push(key, inside);
  }
  return true;
}
