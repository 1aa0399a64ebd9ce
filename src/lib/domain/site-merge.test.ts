import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Author, Site, Term } from './documents.ts';
import type { TermCode } from './ids.ts';
import { mergeSites } from './site-merge.ts';
import { inState, newTerm, withListedTerm } from './terms.ts';

const author = { at: '2027-01-04T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const other = { at: '2027-01-04T10:00:00.000Z', by: 'nour', device: 'laptop' } as Author;
const empty = {
  _id: 'site:paris13',
  type: 'site',
  v: 1,
  ...author,
  site: 'paris13',
  name: 'Paris 13',
  terms: [],
} as unknown as Site;
const termOf = (code: string) =>
  newTerm({ term: code as TermCode, label: code, start: '2027-02-01', weeks: 10, daysOff: [] }, author);
const listed = (site: Site, term: Term, by: Author) => withListedTerm(site, term, by) ?? site;
const codesOf = (site: Site) => site.terms.map(({ term }) => term as string);

describe('two versions of a site', () => {
  it('list the terms of both, whoever merges', () => {
    const [mine, theirs] = [listed(empty, termOf('s1'), author), listed(empty, termOf('s2'), other)];
    const merged = mergeSites(empty, mine, theirs);
    expect(merged.ok && codesOf(merged.merged)).toEqual(['s1', 's2']);
    expect(mergeSites(empty, theirs, mine)).toEqual(merged);
    expect(merged.ok && merged.merged.by).toBe('nour');
  });

  it('take the change that one side made to a term, and the other’s change of the name', () => {
    const before = listed(empty, termOf('s1'), author);
    const opened = listed(before, inState(termOf('s1'), 'open', author), author);
    const renamed = { ...before, ...other, name: 'Paris' };
    const merged = mergeSites(before, opened, renamed);
    expect(merged).toMatchObject({ ok: true, merged: { name: 'Paris', terms: [{ state: 'open' }] } });
  });

  it('disagree when both changed one term, differently', () => {
    const before = listed(empty, termOf('s1'), author);
    const [opened, closed] = (['open', 'closed'] as const).map((state) =>
      listed(before, inState(termOf('s1'), state, author), author),
    );
    if (!opened || !closed) throw new Error('two versions');
    expect(mergeSites(before, opened, closed).ok).toBe(false);
    expect(mergeSites(before, opened, opened)).toMatchObject({ ok: true });
  });

  it('lose no term, with or without a common version', () => {
    const codes = fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's4', 's5'));
    fc.assert(
      fc.property(codes, codes, fc.boolean(), (mine, theirs, isKnown) => {
        const [a, b] = [
          mine.reduce((site, code) => listed(site, termOf(code), author), empty),
          theirs.reduce((site, code) => listed(site, termOf(code), author), empty),
        ];
        const merged = mergeSites(isKnown ? empty : undefined, a, b);
        expect(merged.ok && codesOf(merged.merged)).toEqual([...new Set([...mine, ...theirs])].sort());
        expect(mergeSites(isKnown ? empty : undefined, b, a)).toEqual(merged);
      }),
    );
  });
});
