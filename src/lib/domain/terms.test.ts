import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Author, Site, Term } from './documents.ts';
import { parseDocument } from './documents.ts';
import type { TermCode } from './ids.ts';
import { addDays, weekdayOf } from './local-time.ts';
import { weeksOf } from './schedule.ts';
import {
  daysOfWeek,
  editTerm,
  endOf,
  inState,
  isTermCode,
  newTerm,
  pausesAmong,
  proposedCode,
  withListedTerm,
} from './terms.ts';

const author = { at: '2027-01-04T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const later = { ...author, at: '2027-01-05T09:00:00.000Z' };
const facts = {
  term: 's1-2027' as TermCode,
  label: 'S1.27',
  start: '2027-02-01',
  weeks: 10,
  daysOff: ['2027-03-29'],
};
const site = {
  _id: 'site:paris13',
  type: 'site',
  v: 1,
  ...author,
  site: 'paris13',
  terms: [],
} as unknown as Site;

describe('the code of a term', () => {
  it('follows from the label', () => {
    expect(proposedCode('S1.27', '2027-02-01', [])).toBe('s1-2027');
    expect(proposedCode('S3 23', '', [])).toBe('s3-2023');
    expect(proposedCode('Été', '2027-06-01', [])).toBe('ete-2027');
    expect(proposedCode('Automne 2027', '2027-09-06', [])).toBe('automne-2027');
    expect(proposedCode('', '2027-06-01', [])).toBe('session-2027');
  });

  it('is never one that is taken, nor that of another database', () => {
    expect(proposedCode('S1.27', '2027-02-01', ['s1-2027'])).toBe('s1-2027-2');
    expect(proposedCode('S1.27', '2027-02-01', ['s1-2027', 's1-2027-2'])).toBe('s1-2027-3');
    for (const name of ['commons', 'registry', '2027', 'S1', 'a b', '', 'a'.repeat(42)])
      expect([name, isTermCode(name)]).toEqual([name, false]);
  });

  it('can always be used', () => {
    const date = fc.constantFrom('', '2027-02-01');
    fc.assert(
      fc.property(fc.string(), date, fc.array(fc.string()), (label, start, taken) => {
        const code = proposedCode(label, start, taken);
        expect([isTermCode(code), taken.includes(code)]).toEqual([true, false]);
      }),
    );
  });
});

describe('the calendar of a term', () => {
  it('ends on the Sunday of its last week, later by its pauses', () => {
    expect(endOf(facts)).toBe('2027-04-11');
    expect(endOf({ ...facts, daysOff: daysOfWeek('2027-02-24') })).toBe('2027-04-18');
  });

  it('tells pauses from single days off', () => {
    const daysOff = [...daysOfWeek('2027-02-24'), '2027-03-29'];
    expect(pausesAmong(daysOff)).toEqual({ pauses: ['2027-02-22'], days: ['2027-03-29'] });
  });

  it('has as many weeks as were asked for, whatever days are off', () => {
    const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2027-01-04', days));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 15 }),
        fc.array(day),
        fc.array(day),
        (start, weeks, days, pauses) => {
          const daysOff = [...days, ...pauses.flatMap(daysOfWeek)];
          const term = newTerm({ ...facts, start, weeks, daysOff }, author);
          expect(weeksOf(term)).toHaveLength(weeks);
          expect(weekdayOf(term.end)).toBe(7);
          expect(term.daysOff).toEqual([...new Set(daysOff)].sort());
          expect(parseDocument(term).ok).toBe(true);
        },
      ),
    );
  });

  it('is changed with a trace, and left alone where nothing differs', () => {
    const term = newTerm(facts, author);
    expect(editTerm(term, facts, later)).toBe(term);
    const longer = editTerm(term, { ...facts, weeks: 11 }, later);
    expect(longer).toMatchObject({ weeks: 11, end: '2027-04-18', at: later.at });
    expect(longer.changes?.at(-1)?.fields.map(({ field }) => field)).toEqual(['end', 'weeks']);
  });
});

describe('the terms that a site lists', () => {
  it('has a term as its document says, and nothing to write when it has it so', () => {
    const term = newTerm(facts, author);
    const listed = withListedTerm(site, term, author);
    expect(listed?.terms).toEqual([
      { term: 's1-2027', label: 'S1.27', start: '2027-02-01', end: '2027-04-11', state: 'planned' },
    ]);
    expect(listed && withListedTerm(listed, term, later)).toBeUndefined();
    const opened = listed && withListedTerm(listed, inState(term, 'open', later), later);
    expect(opened?.terms.map(({ state }) => state)).toEqual(['open']);
  });

  it('keeps the others and what it does not know of one', () => {
    const other = {
      term: 's3-2026',
      label: 'S3.26',
      start: '2026-10-05',
      end: '2026-12-13',
      state: 'closed',
    };
    const known = { ...other, term: 's1-2027', note: 'kept' };
    const before = { ...site, terms: [other, known] } as Site;
    const after = withListedTerm(before, newTerm(facts, author) as Term, later);
    expect(after?.terms).toMatchObject([other, { term: 's1-2027', label: 'S1.27', note: 'kept' }]);
  });
});
