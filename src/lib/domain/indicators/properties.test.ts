import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../demo-year/random.ts';
import type { AnyDocument, Enrolment, Occurrence } from '../documents.ts';
import { enrolmentDocId, type SiteCode, type TermCode } from '../ids.ts';
import { addDays } from '../local-time.ts';
import { definitions } from './definitions.ts';
import { cellAt } from './cell-at.ts';
import { factsOf } from './facts.ts';
import { randomSite } from './random-site.ts';
import { reportOf } from './report.ts';
import { rowsBehind } from './rows-behind.ts';
import type { Scope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';

const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 500 } : { numRuns: 40, seed: 20231002 };
const everything: Scope = { kind: 'period', from: '2000-01-01', to: '2099-12-31' };
const groups = { socioprofessional: 2, language: 1, digital: 1, conversation: 1, cultural: 1 };
const siteOf = (seed: number, site = 'one', terms = 2) =>
  randomSite(seed, { site, terms, weeks: 4, people: 9, groups, places: 5 });

/** Two sites that the same team serves; a seed is what a failure prints. */
const sitesOf = (seed: number) => [siteOf(seed), siteOf(seed + 1, 'two', 1)];

function shuffled(all: readonly SiteDocuments[], seed: number): SiteDocuments[] {
  const random = randomFrom(seed, 'order');
  return random.shuffled(all).map(({ commons, registry, terms }) => ({
    commons: random.shuffled(commons),
    registry: random.shuffled(registry),
    terms: random.shuffled(terms).map((term) => random.shuffled(term)),
  }));
}

/** Figures that add up over periods: nothing in them is counted once. */
const additive = new Set(
  definitions.flatMap(({ key, once, table }) =>
    once || table === 'french' || table === 'venues' ? [] : [key],
  ),
);

/** A machine that is busy is slow, not wrong. */
const patience = 1_800_000;

describe('figures', { timeout: patience }, () => {
  it('property: do not depend on the order of documents, terms and sites', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (drawn, seed) => {
        const all = sitesOf(drawn);
        const [one, other] = [reportOf(all, everything), reportOf(shuffled(all, seed), everything)];
        expect(other.report).toEqual(one.report);
        for (const definition of definitions)
          expect(rowsBehind(definition, other.facts.tables, {})).toEqual(
            rowsBehind(definition, one.facts.tables, {}),
          );
      }),
      runs,
    );
  });

  it('property: of two periods that follow one another add up to those of both', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 260 }), (drawn, days) => {
        const all = sitesOf(drawn);
        const cut = addDays('2020-12-15', days);
        const of = (from: string, to: string) =>
          reportOf(all, { kind: 'period', from, to }).report.indicators;
        const whole = of('2000-01-01', '2099-12-31');
        const parts = [of('2000-01-01', cut), of(addDays(cut, 1), '2099-12-31')];
        for (const indicator of whole.filter(({ key }) => additive.has(key)))
          for (const { cells } of indicator.splits)
            for (const { at, n, of: base } of cells) {
              const both = parts.map((part) => cellAt(part, indicator.key, at));
              expect(sumOf(both, 'n'), `${indicator.key} ${JSON.stringify(at)}`).toBe(n);
              if (base !== undefined && indicator.reading !== 'parts') expect(sumOf(both, 'of')).toBe(base);
            }
      }),
      runs,
    );
  });

  it('property: of each site add up to those of all', () => {
    fc.assert(
      fc.property(fc.nat(), (drawn) => {
        const all = sitesOf(drawn);
        const of = (site?: string) =>
          reportOf(all, { ...everything, ...(site ? { sites: [site as SiteCode] } : {}) }).report.indicators;
        const [whole, parts] = [of(), [of('one'), of('two')]];
        for (const key of [
          'inscrits',
          'engages',
          'assidus',
          'volunteerHours',
          'meetings',
          'weeklyAttendance',
        ])
          expect(
            sumOf(
              parts.map((part) => cellAt(part, key)),
              'n',
            ),
          ).toBe(cellAt(whole, key).n);
      }),
      runs,
    );
  });

  it('property: a person moved to another group of a workshop counts once, then as before', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const site = siteOf(seed, 'one', 1);
        const moved = withMove(site);
        if (!moved) return;
        const [before, after] = [site, moved].map((one) => reportOf([one], everything).report.indicators);
        if (!before || !after) throw new Error('two reports were expected');
        for (const key of ['inscrits', 'people'])
          for (const at of [{}, { kind: 'socioprofessional' }, { term: 't1' }])
            expect(cellAt(after, key, at).n).toBe(cellAt(before, key, at).n);
      }),
      runs,
    );
  });

  it('property: a meeting that is cancelled leaves both sides', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, choice) => {
        const site = siteOf(seed, 'one', 1);
        const facts = factsOf([site], everything);
        const held = facts.tables.meetings.filter(({ state }) => state === 'held');
        const meeting = held[choice % Math.max(1, held.length)];
        if (!meeting) return;
        const cancelled = withDocuments(site, (one) =>
          one.type === 'occurrence' && one.occurrence === meeting.occurrence
            ? ({ ...one, state: 'cancelled' } satisfies Occurrence)
            : one,
        );
        const before = reportOf([site], everything).report.indicators;
        const after = reportOf([cancelled], everything).report.indicators;
        const change = (key: string, side: 'n' | 'of', at = {}) =>
          (cellAt(before, key, at)[side] ?? 0) - (cellAt(after, key, at)[side] ?? 0);
        expect(change('meetings', 'n')).toBe(1);
        expect(change('meetings', 'of')).toBe(0);
        expect(change('volunteerHours', 'of')).toBe(meeting.minutes);
        expect(change('volunteerHours', 'n')).toBe(meeting.ledMinutes);
        expect(change('weeklyAttendance', 'of')).toBe(meeting.expected);
        expect(change('weeklyAttendance', 'n')).toBe(meeting.came);
        // One slot less for everyone it was due of; nobody has come more often than before.
        const { kind } = meeting;
        const due = facts.tables.inscriptions.filter((row) => row.kind === kind && row.due > 0);
        expect(change('attendance', 'of', { kind })).toBeLessThanOrEqual(due.length);
        expect(change('attendance', 'of', { kind })).toBeGreaterThanOrEqual(0);
        expect(change('attendance', 'n', { kind })).toBeGreaterThanOrEqual(0);
        expect(change('inscrits', 'n')).toBe(0);
      }),
      runs,
    );
  });

  it('property: are never more than what they are out of, and never negative', () => {
    fc.assert(
      fc.property(fc.nat(), (drawn) => {
        const all = sitesOf(drawn);
        for (const { reading, key, splits } of reportOf(all, everything).report.indicators)
          for (const { n, of, percent } of splits.flatMap(({ cells }) => cells)) {
            expect(n).toBeGreaterThanOrEqual(0);
            expect(Number.isInteger(n)).toBe(true);
            if (reading === 'average' || of === undefined) continue;
            expect(n, key).toBeLessThanOrEqual(of);
            if (percent !== undefined) expect(percent).toBeLessThanOrEqual(100);
          }
      }),
      runs,
    );
  });

  it('property: of a term are those of the period it begins in, where its meetings lie in it too', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const site = siteOf(seed, 'one', 2);
        const byTerm = reportOf([site], { kind: 'terms', terms: ['t1' as TermCode] }).report;
        const period = { kind: 'period', from: '2021-01-01', to: '2021-03-31' } as const;
        expect(reportOf([site], period).report).toEqual(byTerm);
      }),
      runs,
    );
  });
});

const sumOf = (cells: readonly { readonly n: number; readonly of?: number }[], side: 'n' | 'of') =>
  cells.reduce((sum, cell) => sum + (cell[side] ?? 0), 0);

const withDocuments = (site: SiteDocuments, change: (one: AnyDocument) => AnyDocument): SiteDocuments => ({
  ...site,
  terms: site.terms.map((documents) => documents.map(change)),
});

/** Somebody who stays all the term in one group goes to the other one of its workshop after a week. */
function withMove(site: SiteDocuments): SiteDocuments | undefined {
  const documents = site.terms[0] ?? [];
  const enrolments = documents.filter((one) => one.type === 'enrolment');
  const others = documents.filter((one) => one.type === 'group' && one.workshopType === 'socioprofessional');
  const [here, there] = others as { group: Enrolment['group'] }[];
  const enrolment = enrolments.find(
    (one) =>
      one.group === here?.group &&
      one.to === undefined &&
      !enrolments.some((other) => other.participant === one.participant && other.group === there?.group),
  );
  if (!enrolment || !there) return undefined;
  const day = addDays(enrolment.from, 7);
  const { to: _to, formerPeriods: _former, ...rest } = enrolment;
  const next: Enrolment = {
    ...rest,
    _id: enrolmentDocId(there.group, enrolment.participant),
    group: there.group,
    from: day,
  };
  const moved = documents.map((one): AnyDocument =>
    one === enrolment ? { ...enrolment, to: addDays(day, -1) } : one,
  );
  return { ...site, terms: [[...moved, next], ...site.terms.slice(1)] };
}
