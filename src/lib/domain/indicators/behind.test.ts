import { describe, expect, it } from 'vitest';
import { generateDemoYear } from '../demo-year/generate.ts';
import { behind } from './behind.ts';
import { chartsOf } from './charts.ts';
import { reportOf } from './report.ts';
import { yearScope } from './scope.ts';

const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const of = (name: string) => databases.get(`paris13-${name}`) ?? [];
const site = {
  ...{ commons: of('commons'), registry: of('registry') },
  terms: [of('s1-2023'), of('s2-2023'), of('s3-2023')],
};
const { report, facts } = reportOf([site], yearScope(2023));

describe('behind a figure', () => {
  it('stand those who counted, and those who did not with the first reason why', () => {
    const found = behind(facts, {
      figure: 'assidus',
      places: [{ kind: 'socioprofessional', gender: 'man' }],
    });
    expect(found).toMatchObject({ counted: 64, notCounted: 41 });
    const why = new Map<string, number>();
    for (const { isCounted, whyNot = 'none' } of found.rows)
      if (!isCounted) why.set(whyNot, (why.get(whyNot) ?? 0) + 1);
    expect(why.get('neverCame')).toBeGreaterThan(0);
    expect(why.get('halfOrLess')).toBeGreaterThan(0);
    expect(why.has('none')).toBe(false);
    expect(found.rows.filter(({ isCounted, whyNot }) => isCounted && whyNot)).toEqual([]);
  });

  it('stand meetings where meetings are counted, those cancelled with why', () => {
    const { rows } = behind(facts, { figure: 'meetings', places: [{ kind: 'language' }] });
    expect(rows.every(({ about }) => about === 'meeting')).toBe(true);
    const left = rows.filter(({ isCounted }) => !isCounted);
    expect(left.every(({ whyNot }) => whyNot === 'cancelled')).toBe(true);
  });

  it('stand the people of all grouped countries together', () => {
    const grouped = chartsOf(report.indicators, facts)
      .find(({ key }) => key === 'countries')
      ?.rows.find(({ isGrouped }) => isGrouped);
    const found = behind(facts, { figure: 'origins', places: grouped?.places ?? [] });
    expect(found.distinct).toBe(grouped?.said.n);
  });

  it('count what every bar of every chart shows', () => {
    for (const { key, rows } of chartsOf(report.indicators, facts))
      for (const { parts } of rows)
        for (const { figure, cell } of parts) {
          if (figure === 'hours' || cell.n === 0 || Object.keys(cell.at).length === 0) continue;
          const found = behind(facts, { figure, places: [cell.at] });
          if (cell.average === undefined && figure !== 'volunteerHours')
            expect([key, found.distinct]).toEqual([key, cell.n]);
          expect(found.counted).toBeGreaterThan(0);
        }
  });
});
