import { describe, expect, it } from 'vitest';
import { generateDemoYear } from '../demo-year/generate.ts';
import type { TermCode } from '../ids.ts';
import { chartsOf } from './charts.ts';
import type { ChartKey } from './chart.ts';
import { figuresPage } from './figures-page.ts';
import { reportOf } from './report.ts';
import { yearScope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';

const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const of = (name: string) => databases.get(`paris13-${name}`) ?? [];
const year: SiteDocuments = {
  ...{ commons: of('commons'), registry: of('registry') },
  terms: [of('s1-2023'), of('s2-2023'), of('s3-2023')],
};
const { report, facts } = reportOf([year], yearScope(2023));
const charts = chartsOf(report.indicators, facts);
const chart = (key: ChartKey) => {
  const found = charts.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};
const said = (key: ChartKey) => chart(key).rows.map(({ said: { n, of: base } }) => [n, base]);

describe('the charts of 2023', () => {
  it('show assidus of the inscrits by term, gender and workshop, and who came between the two', () => {
    expect(said('byGender')).toEqual([
      [72, 81],
      [64, 105],
    ]);
    expect(chart('byTerm').rows.reduce((sum, row) => sum + row.said.n, 0)).toBe(136);
    expect(said('byWorkshop')[0]).toEqual([136, 186]);
    const [first] = chart('byWorkshop').rows;
    expect(first?.parts.map(({ figure, cell }) => [figure, cell.n])).toEqual([
      ['inscrits', 186],
      ['engages', 167],
      ['assidus', 136],
    ]);
    expect(chart('byWorkshopAndTerm').rows).toHaveLength(9);
  });

  it('draw the longest bar as 1, and none longer or beginning before it', () => {
    for (const { key, rows } of charts) {
      const ends = rows.flatMap(({ parts }) => parts.map(({ to }) => to));
      if (ends.length) expect([key, Math.max(...ends)]).toEqual([key, 1]);
      for (const { from, to } of rows.flatMap(({ parts }) => parts)) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
      }
    }
  });

  it('put countries under five together, with the places of all of them', () => {
    const { rows } = chart('countries');
    const grouped = rows.at(-1);
    expect(grouped?.isGrouped).toBe(true);
    expect(grouped?.places.length).toBeGreaterThan(1);
    for (const row of rows) expect(row.said.n).toBeGreaterThanOrEqual(5);
  });

  it('put those who lead a workshop end to end', () => {
    const language = chart('missions').rows.find(({ said: { at } }) => at.kind === 'language');
    expect(language?.parts.map(({ name }) => name)).toEqual(['volunteer', 'civicService', 'staff']);
    expect(language?.parts[1]?.from).toBe(language?.parts[0]?.to);
  });

  it('have a step of hours for each up to 120 at least, and a week for each that met', () => {
    const steps = chart('frenchHours').rows.map((row) => row.said.at.hours);
    expect(steps.slice(0, 3)).toEqual(['000', '020', '040']);
    expect(steps).toContain('120');
    const [line] = chart('weeks').lines;
    expect(line?.points.map(({ week }) => week)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('are said in a sentence each: from where to where, which is the most, week by week', () => {
    expect(chart('byGender').sentence).toMatchObject({
      key: 'between',
      lowest: { said: { at: { gender: 'man' }, percent: 61 } },
      highest: { said: { at: { gender: 'woman' }, percent: 89 } },
    });
    expect(chart('countries').sentence).toMatchObject({
      key: 'most',
      row: { said: { at: { country: 'AF' } } },
    });
    expect(chart('weeks').sentence).toMatchObject({ key: 'weeks' });
    const none = figuresPage(...nothing(), undefined);
    expect(none.isEmpty).toBe(true);
    for (const one of none.charts) expect(one.sentence).toEqual({ key: 'nothing' });
  });
});

const nothing = () => {
  const empty = reportOf([year], yearScope(1999));
  return [empty.report, empty.facts] as const;
};

describe('the figures asked for first', () => {
  const scope = (term: string) => ({ kind: 'terms' as const, terms: [term as TermCode] });
  const counted = (term: string) => reportOf([year], scope(term));

  it('stand beside those of the term before, with a sign', () => {
    const now = counted('s3-2023');
    const before = counted('s2-2023').report.indicators;
    const { headline } = figuresPage(now.report, now.facts, before);
    const [people, assidus, hours] = headline;
    expect(people?.difference).toMatchObject({ n: 21, before: { n: 55 } });
    expect(assidus?.ofThoseWhoCame?.of).toBe(70);
    expect(assidus?.difference?.points).toBe(
      (assidus?.cell.percent ?? 0) - (assidus?.difference?.before.percent ?? 0),
    );
    expect(hours?.volunteers).toBeGreaterThan(0);
    expect(Number.isInteger(hours?.difference?.n)).toBe(true);
  });

  it('stand alone where nothing came before', () => {
    const now = counted('s1-2023');
    const { headline } = figuresPage(now.report, now.facts, undefined);
    expect(headline.some((figure) => 'difference' in figure)).toBe(false);
  });
});
