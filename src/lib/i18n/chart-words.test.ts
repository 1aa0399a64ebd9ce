import { afterEach, describe, expect, it } from 'vitest';
import type { Chart, ChartKey } from '../domain/indicators/chart.ts';
import { chartsOf, chartNames } from '../domain/indicators/charts.ts';
import { generateDemoYear } from '../domain/demo-year/generate.ts';
import { reportOf } from '../domain/indicators/report.ts';
import { yearScope } from '../domain/indicators/scope.ts';
import { belowWords, chartNotes, chartTitle, rowName, sentenceWords, tableOf } from './chart-words.ts';
import { overwriteGetLocale } from './paraglide/runtime.js';

const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const of = (name: string) => databases.get(`paris13-${name}`) ?? [];
const site = {
  ...{ commons: of('commons'), registry: of('registry') },
  terms: [of('s1-2023'), of('s2-2023'), of('s3-2023')],
};
const { report, facts } = reportOf([site], yearScope(2023));
const names = chartNames(facts);
const charts = chartsOf(report.indicators, facts);
const chart = (key: ChartKey): Chart => {
  const found = charts.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};

afterEach(() => overwriteGetLocale(() => 'fr'));

describe('a chart in words', () => {
  it('says in one sentence what it shows, in French and in English', () => {
    overwriteGetLocale(() => 'fr');
    expect(sentenceWords(chart('byGender'), names)).toBe('De 61\u202F% (Hommes) à 89\u202F% (Femmes).');
    expect(sentenceWords(chart('countries'), names)).toMatch(
      /^Le plus\u202F: Afghanistan, \d+\u202F%, sur \d+ lignes\.$/,
    );
    expect(sentenceWords(chart('weeks'), names)).toMatch(/^Socioprofessionnel, de \d+\u202F% en semaine 1 à/);
    overwriteGetLocale(() => 'en');
    expect(sentenceWords(chart('byGender'), names)).toBe('From 61% (Men) to 89% (Women).');
  });

  it('has a title, a name and numbers for each row, and what is not in it', () => {
    for (const one of charts) {
      expect(chartTitle(one.key)).not.toBe('');
      expect(chartNotes(one)).toMatch(/Non pointés\u202F: \d/);
      for (const row of one.rows) {
        expect(rowName(one, row, names)).not.toMatch(/^$|undefined/);
        expect(belowWords(one, row)).not.toMatch(/undefined|NaN/);
      }
    }
    const [women] = chart('byGender').rows;
    expect(women && belowWords(chart('byGender'), women)).toBe('72 sur 81, 78 venus');
  });

  it('is a table with as many cells in each row as it has columns', () => {
    for (const one of charts) {
      const { columns, rows } = tableOf(one, names);
      for (const row of rows) expect(row).toHaveLength(columns.length);
      expect(rows.length).toBeGreaterThan(0);
    }
  });
});
