import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateDemoYear } from '../demo-year/generate.ts';
import { publishedStatements } from '../demo-year/published-statements.ts';
import type { AnyDocument, Author } from '../documents.ts';
import { differencesSince, frozenText, frozenYear, inputTexts } from './frozen-year.ts';
import { reportOf } from './report.ts';
import { yearScope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';

const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const of = (name: string) => databases.get(`paris13-${name}`) ?? [];
const site: SiteDocuments = {
  commons: of('commons'),
  registry: of('registry'),
  terms: ['s1-2023', 's2-2023', 's3-2023'].map(of),
};
const author = { at: '2024-01-12T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const hashes = (one: SiteDocuments) =>
  Object.fromEntries(
    [...inputTexts([one])].map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]),
  );
const reportFor = (one: SiteDocuments) => reportOf([one], yearScope(2023), publishedStatements).report;
const frozen = frozenYear(2023, reportFor(site), hashes(site), author);
const since = (one: SiteDocuments) => differencesSince(frozen, reportFor(one), hashes(one));
const withTerms = (change: (document: AnyDocument) => AnyDocument): SiteDocuments => ({
  ...site,
  terms: site.terms.map((documents) => documents.map(change)),
});

describe('a year that is frozen', () => {
  it('keeps the versions of its definitions, the hashes of what it rests on, and every figure', () => {
    expect(frozen).toMatchObject({ year: 2023, rules: '2023', ...author });
    expect(frozen.definitions.assidus).toEqual({ version: 1, date: '2026-11-26' });
    expect(Object.keys(frozen.inputs)).toEqual([
      ...['paris13-commons', 'paris13-registry', 'paris13-s1-2023', 'paris13-s2-2023', 'paris13-s3-2023'],
    ]);
    expect(frozen.figures['assidus|kind=socioprofessional']).toBe(136);
    expect(frozen.figures['assidus|kind=socioprofessional/of']).toBe(186);
    expect(frozen.figures['assidus|gender=woman|kind=socioprofessional']).toBe(72);
    expect(frozen.findings).toMatchObject({ statedDiffers: 3, statedWithDigitsSwapped: 1, basesDiffer: 1 });
    expect(Object.values(frozen.figures).every(Number.isInteger)).toBe(true);
    expect(frozenText(JSON.parse(JSON.stringify(frozen)))).toBe(frozenText(frozen));
  });

  it('has no differences while nothing was corrected, whatever the order of documents and their revisions', () => {
    expect(since(site)).toEqual({ figures: [], inputs: [], redefined: [] });
    const turned: SiteDocuments = {
      commons: site.commons.toReversed(),
      registry: site.registry.toReversed().map((one) => ({ ...one, _rev: '2-b' })),
      terms: site.terms.toReversed().map((documents) => documents.toReversed()),
    };
    expect(since(turned)).toEqual({ figures: [], inputs: [], redefined: [] });
  });

  it('tells a corrected mark by its figures, and by the term it is in', () => {
    const held = new Set(
      site.terms
        .flat()
        .flatMap((one) => (one.type === 'occurrence' && one.state === 'held' ? [one.occurrence] : [])),
    );
    const mark = (site.terms[2] ?? []).find(
      (one) => one.type === 'mark' && one.status === 'absent' && held.has(one.occurrence),
    );
    const corrected = withTerms((one) =>
      one === mark ? ({ ...mark, status: 'present' } as AnyDocument) : one,
    );
    const differences = since(corrected);
    expect(differences.inputs).toEqual(['paris13-s3-2023']);
    const attendance = differences.figures.find(({ name }) => name === 'weeklyAttendance');
    expect(attendance && attendance.now - attendance.frozen).toBe(1);
    expect(differences.figures.every(({ name }) => !name.startsWith('inscrits'))).toBe(true);
  });

  it('tells a person whose gender was put right, and no change of a phone number', () => {
    const person = site.registry.find((one) => one.type === 'participant' && one.gender === 'man');
    const change = (fields: object): SiteDocuments => ({
      ...site,
      registry: site.registry.map((one) => (one === person ? ({ ...one, ...fields } as AnyDocument) : one)),
    });
    expect(since(change({ phone: '06 12 34 56 78' }))).toEqual({ figures: [], inputs: [], redefined: [] });
    const differences = since(change({ gender: 'woman' }));
    expect(differences.inputs).toEqual(['paris13-registry']);
    expect(differences.figures).toContainEqual({ name: 'origins|gender=man', frozen: 105, now: 104 });
  });

  it('names a definition that has changed since, and holds none of its figures side by side', () => {
    const older = {
      ...frozen,
      definitions: { ...frozen.definitions, assidus: { version: 0, date: '2020-01-01' } },
      figures: { ...frozen.figures, 'assidus|kind=socioprofessional': 1, 'inscrits|kind=digital': 86 },
    };
    expect(differencesSince(older, reportFor(site), hashes(site))).toEqual({
      figures: [{ name: 'inscrits|kind=digital', frozen: 86, now: 68 }],
      inputs: [],
      redefined: ['assidus'],
    });
  });
});
