/** Selectors of `_find` and of filtered feeds: does a document match? */
import { matchesSelector } from 'pouchdb-selector-core';
import { createContext, Script } from 'node:vm';
import { HttpError } from '../http/http-error.ts';

type Document = Record<string, unknown>;

/** What a request may take for its regular expressions; those that take less than a moment cost nothing. */
const budgetMs = 200;
const momentMs = 1;

const context = createContext({ work: undefined });
const script = new Script('work()');

/** Runs what must not take longer, and ends it in the middle of a regular expression if need be. Throws `tooLong`. */
function within<T>(timeout: number, work: () => T): T {
  context.work = work;
  try {
    return script.runInContext(context, { timeout }) as T;
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? tooLong() : error;
  }
}

const tooLong = () =>
  new HttpError(400, 'invalid_operator', 'A regular expression of the selector takes too long.');

/**
 * @param invalid the error for a selector that means nothing
 * @returns for one request: whether a document matches; throws `invalid`, or a 400 when it takes too long
 */
export function matcherOf(selector: Document, invalid: () => HttpError): (document: Document) => boolean {
  const matches = (document: Document) => {
    try {
      return matchesSelector(document, selector);
    } catch {
      throw invalid();
    }
  };
  if (!JSON.stringify(selector).includes('"$regex"')) return matches;
  let leftMs = budgetMs;
  return (document) =>
    within(Math.max(1, Math.ceil(leftMs)), () => {
      const startedAt = performance.now();
      try {
        return matches(document);
      } finally {
        const tookMs = performance.now() - startedAt;
        if (tookMs > momentMs) leftMs -= tookMs;
      }
    });
}
