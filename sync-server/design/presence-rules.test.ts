import { describe, expect, it } from 'vitest';
import { generateDemoYear } from '../../src/lib/domain/demo-year/generate.ts';
import { allowed, elise, maia, mark, refused, said, type Who } from './presence-rules.cases.ts';
import { designBody } from './presence-design.ts';
import { callFunction } from './sandbox.ts';

/** With its revision, as the server shows what was made elsewhere. */
function asShown(document: unknown): unknown {
  const { _revisions: history } = document as { _revisions?: { start: number; ids: string[] } };
  return history ? { ...(document as object), _rev: `${history.start}-${history.ids[0]}` } : document;
}

/** What the rules say: `undefined` when they let it through. */
function verdict(newDoc: unknown, oldDoc: unknown, who: Who, security: unknown = {}): string | undefined {
  const [outcome] = callFunction(String(designBody.validate_doc_update), [
    [asShown(newDoc), oldDoc && { ...oldDoc, _rev: '1-a' }, who, security],
  ]);
  if (outcome?.kind === 'broken') throw new Error(outcome.reason);
  return outcome?.kind === 'answered' ? undefined : outcome?.reason;
}

describe('the rules of a site’s databases', () => {
  it('begin as a CouchDB wants a function', () =>
    expect(designBody.validate_doc_update).toMatch(/^function \(newDoc/));

  it.each(allowed)('allow: %s', (_what, newDoc, oldDoc, who) =>
    expect(verdict(newDoc, oldDoc, who)).toBeUndefined(),
  );

  it.each(refused)('refuse: %s', (_what, newDoc, oldDoc, who, why) =>
    expect(verdict(newDoc, oldDoc, who)).toMatch(why),
  );

  it('leave a closed term to coordinators', () => {
    const closed = { closed: true };
    expect(verdict(mark([said('maia')]), null, maia, closed)).toMatch(/closed/);
    expect(verdict(mark([said('elise')]), null, elise, closed)).toBeUndefined();
  });

  it('let through every document of the demo year, by a coordinator', () => {
    const year = generateDemoYear({ seed: 'presence', today: '2023-11-20' });
    for (const [db, documents] of year.databases) {
      const who = { db, name: 'elise', roles: ['coordinator:paris13'] };
      // As a coordinator's device passes them on.
      const made = { _revisions: { start: 1, ids: ['a'] } };
      const calls = documents.map((document) => [asShown({ ...document, ...made }), null, who, {}]);
      const outcomes = callFunction(String(designBody.validate_doc_update), calls);
      const wrong = outcomes.flatMap((outcome, n) =>
        outcome.kind === 'answered' ? [] : [`${documents[n]?._id}: ${outcome.reason}`],
      );
      expect(wrong).toEqual([]);
    }
  });
});
