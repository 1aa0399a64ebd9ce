import { describe, expect, it } from 'vitest';
import { generateDemoYear, type DemoYear } from '../demo-year/generate.ts';
import { publishedStatements } from '../demo-year/published-statements.ts';
import type { TermCode } from '../ids.ts';
import { cellAt } from './cell-at.ts';
import { definitionOf, definitions } from './definitions.ts';
import { reportOf } from './report.ts';
import { rowsBehind } from './rows-behind.ts';
import { yearScope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';
import { published } from './small-cells.ts';

const terms = ['s1-2023', 's2-2023', 's3-2023'] as const;
const siteOf = (year: DemoYear): SiteDocuments => ({
  commons: year.databases.get('paris13-commons') ?? [],
  registry: year.databases.get('paris13-registry') ?? [],
  terms: terms.map((term) => year.databases.get(`paris13-${term}`) ?? []),
});
const year = siteOf(generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false }));
const { report, facts } = reportOf([year], yearScope(2023), publishedStatements);
const at = (key: string, place = {}) => cellAt(report.indicators, key, place);
const byTerm = (key: string, place = {}) => terms.map((term) => at(key, { ...place, term }).n);

describe('the published figures of 2023', () => {
  it('are those of the table « Moyens mobilisés »', () => {
    const rows = (name: 'inscrits' | 'groups' | 'volunteers' | 'civicService' | 'staff') =>
      report.means.map((column) => column[name]);
    expect(report.means.map(({ kind, label }) => `${kind} ${label}`)).toEqual(
      ['socioprofessional', 'language', 'digital'].flatMap((kind) =>
        ['S1.23', 'S2.23', 'S3.23'].map((label) => `${kind} ${label}`),
      ),
    );
    expect(rows('inscrits')).toEqual([55, 55, 76, 24, 35, 23, 35, 11, 22]);
    expect(rows('groups')).toEqual([8, 7, 8, 4, 3, 4, 3, 3, 3]);
    expect(rows('volunteers')).toEqual([6, 4, 6, 10, 10, 13, 5, 4, 5]);
    expect(rows('civicService')).toEqual([2, 2, 3, 3, 1, 3, 0, 0, 0]);
    expect(rows('staff')).toEqual([2, 2, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('are those of its rooms, and which of them are not to be named', () => {
    const rooms = report.means.map((column) => column.rooms.map(({ name }) => name).join(', '));
    const five =
      'Les Amarres (ADJ), Les Amarres (Polaris 14), BNP Place des Fêtes, CAPSYS Censier, Maison des Réfugiés';
    const two = 'Les Amarres (ADJ), BNP Place des Fêtes';
    expect(rooms).toEqual([
      five,
      five,
      'Les Amarres (ADJ), Les Amarres (Polaris 14), CAPSYS Censier',
      ...Array.from({ length: 6 }, () => two),
    ]);
    const sensitive = report.means.flatMap((column) => column.rooms.filter(({ isSensitive }) => isSensitive));
    expect(new Set(sensitive.map(({ name }) => name))).toEqual(new Set(['CAPSYS Censier']));
  });

  it('are 186 inscrits, 167 of whom came, and 136 assidus: 73 %, 61 % of men, 89 % of women', () => {
    const kind = 'socioprofessional';
    expect(at('inscrits', { kind }).n).toBe(186);
    expect(at('people').n).toBe(186);
    expect(at('engages', { kind })).toMatchObject({ n: 167, of: 186 });
    expect(at('assidus', { kind })).toMatchObject({ n: 136, of: 186, percent: 73 });
    expect(at('assidus', { kind, gender: 'man' })).toMatchObject({ n: 64, of: 105, percent: 61 });
    expect(at('assidus', { kind, gender: 'woman' })).toMatchObject({ n: 72, of: 81, percent: 89 });
    expect(at('assidusOfEngages', { kind })).toMatchObject({ n: 136, of: 167, percent: 81 });
    expect(byTerm('inscrits', { kind })).toEqual([55, 55, 76]);
    expect(at('inscrits', { kind: 'language' }).n).toBe(82);
    expect(at('inscrits', { kind: 'digital' }).n).toBe(68);
  });

  it('are 53, 44 and 70 people who came to one workshop at least, whatever they combined', () => {
    expect(byTerm('peopleEngaged')).toEqual([53, 44, 70]);
    expect(byTerm('combinations')).toEqual([53, 44, 70]);
    const parts = report.indicators
      .find(({ key }) => key === 'combinations')
      ?.splits.find(({ by }) => by.join() === 'term,combination');
    for (const [place, term] of terms.entries()) {
      const cells = parts?.cells.filter((cell) => cell.at.term === term) ?? [];
      expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe([53, 44, 70][place]);
      expect(cells.every(({ of }) => of === [53, 44, 70][place])).toBe(true);
    }
  });

  it('are 50 volunteers and close to 700 hours, out of all that was held', () => {
    expect(at('facilitators', { facilitatorKind: 'volunteer' }).n).toBe(50);
    const hours = at('volunteerHours').n / 60;
    expect(hours).toBeGreaterThanOrEqual(690);
    expect(hours).toBeLessThanOrEqual(705);
    const kinds = ['socioprofessional', 'language', 'digital', 'conversation', 'practical', 'cultural'];
    const parts = kinds.map((kind) => at('volunteerHours', { kind }));
    expect(parts.reduce((sum, { n }) => sum + n, 0)).toBe(at('volunteerHours').n);
    expect(parts.reduce((sum, { of = 0 }) => sum + of, 0)).toBe(at('volunteerHours').of);
    expect(at('volunteerPersonHours').n).toBeGreaterThan(at('volunteerHours').n);
  });

  it('are about 60 % in Paris, and Afghanistan, DR Congo and Guinea first', () => {
    expect(at('origins', { departement: '75' })).toMatchObject({ n: 112, of: 186, percent: 60 });
    const origins = report.indicators.find(({ key }) => key === 'origins')?.splits ?? [];
    const countries = origins.find(({ by }) => by.join() === 'country');
    if (!countries) throw new Error('no countries');
    const shown = published(countries);
    expect(shown.cells.slice(0, 3).map((cell) => [cell.at.country, cell.n])).toEqual([
      ['AF', 41],
      ['CD', 32],
      ['GN', 25],
    ]);
    // UA 4, CG 4, IR 3, SN 3, LK 2, GE 2, BF 2: nobody is made out.
    expect(shown.others).toMatchObject({ cells: 7, n: 20, of: 186, percent: 11 });
    expect(shown.cells.every(({ n }) => n >= 5)).toBe(true);
    expect(at('origins', { speech: 'francophone' })).toMatchObject({ n: 98, percent: 53 });
  });

  it('hold for each term counted by itself, and for other seeds', () => {
    for (const [place, term] of terms.entries()) {
      const one = reportOf([year], { kind: 'terms', terms: [term as string as TermCode] }).report;
      expect(cellAt(one.indicators, 'people').n).toBe([55, 55, 76][place]);
      expect(cellAt(one.indicators, 'peopleEngaged').n).toBe([53, 44, 70][place]);
      expect(one.means.map(({ inscrits }) => inscrits)).toEqual(
        report.means.filter((column) => column.term === term).map(({ inscrits }) => inscrits),
      );
    }
    for (const seed of ['a', 'b', 'c']) {
      const other = siteOf(generateDemoYear({ seed, today: '2024-01-15', moved: false }));
      const counted = reportOf([other], yearScope(2023), publishedStatements).report;
      expect(cellAt(counted.indicators, 'assidus', { kind: 'socioprofessional' }).n).toBe(136);
      expect(counted.means.map(({ volunteers }) => volunteers)).toEqual(
        report.means.map(({ volunteers }) => volunteers),
      );
      expect(counted.findings.filter(({ key }) => key.startsWith('stated'))).toEqual(
        report.findings.filter(({ key }) => key.startsWith('stated')),
      );
    }
  });
});

describe('the checks', () => {
  it('report each known contradiction of the report of 2023, and no other statement', () => {
    const about = report.findings.filter((one) => !('rows' in one));
    expect(about).toEqual([
      expect.objectContaining({ key: 'statedDiffers', statement: 'french', stated: 65, counted: 82 }),
      expect.objectContaining({
        key: 'statedWithDigitsSwapped',
        ...{ statement: 'digital', stated: 86, counted: 68 },
      }),
      ...['s1', 's2'].map((term) =>
        expect.objectContaining({
          key: 'statedDiffers',
          ...{ statement: `over60.${term}`, relation: 'moreThan', stated: 60, counted: 55 },
        }),
      ),
      {
        key: 'impossiblePercent',
        ...{ statement: 'followUp.jobs6To12Months', stated: 25, of: 45, below: 24, above: 27 },
      },
      {
        key: 'basesDiffer',
        ...{ assidus: 136, inscrits: 186, percentOfInscrits: 73 },
        ...{ engages: 167, percentOfEngages: 81, never: 19 },
      },
    ]);
  });
});

describe('the closed year', () => {
  it('rests on nobody’s missing answer, and contradicts itself in nothing else', () => {
    expect(at('attendance').unmarked).toBe(0);
    expect(report.findings.filter((one) => 'rows' in one)).toEqual([]);
  });
});

describe('every figure', () => {
  it('has its rows behind it: they add up to it', () => {
    for (const definition of definitions) {
      const indicator = report.indicators.find(({ key }) => key === definition.key);
      for (const { cells } of indicator?.splits ?? [])
        for (const cell of cells) {
          const rows = rowsBehind(definition, facts.tables, cell.at);
          const { once, n } = definition;
          const sum = once
            ? new Set(rows.map((row) => once(row as never))).size
            : rows.reduce((all, row) => all + n(row as never), 0);
          expect(sum, `${definition.key} ${JSON.stringify(cell.at)}`).toBe(cell.n);
        }
    }
  });

  it('holds no name of anybody', () => {
    const names = new Set(
      year.registry.flatMap((one) => (one.type === 'participant' ? [one.familyName] : [])),
    );
    const said = JSON.stringify([facts.tables, report]);
    expect([...names].filter((name) => said.includes(`"${name}"`))).toEqual([]);
  });

  it('is told with its version and date', () => {
    expect(new Set(definitions.map(({ key }) => key)).size).toBe(definitions.length);
    for (const { version, date } of definitions) {
      expect(version).toBeGreaterThan(0);
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(() => definitionOf('nothing')).toThrow('no definition');
  });
});
