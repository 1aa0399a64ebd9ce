import { describe, expect, it } from 'vitest';
import { generateDemoYear } from '../demo-year/generate.ts';
import { parseDocument, type Author } from '../documents.ts';
import type { AccountName, DeviceId, FreezingId } from '../ids.ts';
import { frozenYear } from '../indicators/frozen-year.ts';
import { reportOf } from '../indicators/report.ts';
import { yearScope } from '../indicators/scope.ts';
import { freezingDocuments, freezingsOf, signedTextOfYear } from './freezings.ts';

const author: Author = {
  at: '2024-01-12T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'laptop' as DeviceId,
};
const year = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const site = {
  commons: year.databases.get('paris13-commons') ?? [],
  registry: year.databases.get('paris13-registry') ?? [],
  terms: ['s1-2023', 's2-2023', 's3-2023'].map((term) => year.databases.get(`paris13-${term}`) ?? []),
};
const frozen = frozenYear(2023, reportOf([site], yearScope(2023)).report, { commons: 'a' }, author, (key) =>
  key === 'assidus' ? 'Formule.' : undefined,
);
const first = 'f1' as FreezingId;
const [head, ...parts] = freezingDocuments(frozen, first, { signature: 's', signedWith: {} });

describe('a frozen year as documents', () => {
  it('is whole again from its parts, in any order, to the letter that was signed', () => {
    const [freezing] = freezingsOf(2023, [head], [...parts].reverse());
    expect(freezing).toMatchObject({ version: 1, missing: 0 });
    expect(freezing && signedTextOfYear(freezing.freezing, freezing.frozen)).toBe(
      signedTextOfYear(first, frozen),
    );
    expect(frozen.definitions.assidus).toMatchObject({ version: 1, words: 'Formule.' });
  });

  it('is of documents that every server takes', () => {
    expect(parts.length).toBeGreaterThan(1);
    for (const document of [head, ...parts]) {
      expect(parseDocument(document).ok).toBe(true);
      expect(JSON.stringify(document).length).toBeLessThan(60_000);
    }
  });

  it('says what is missing of it, and never takes a part of another', () => {
    const [, ...others] = freezingDocuments(
      { ...frozen, at: '2024-02-01T09:00:00.000Z' },
      'f2' as FreezingId,
      {
        signature: '',
        signedWith: {},
      },
    );
    const [freezing] = freezingsOf(2023, [head], [...parts.slice(1), ...others]);
    expect(freezing?.missing).toBe(1);
  });

  it('is a version beside the others, in the order of time; other years are left out', () => {
    const later = freezingDocuments({ ...frozen, at: '2024-02-01T09:00:00.000Z' }, 'f0' as FreezingId, {
      signature: '',
      signedWith: {},
    });
    const other = { ...head, year: 2022 };
    const all = freezingsOf(2023, [later[0], head, other], parts);
    expect(all.map(({ version, freezing }) => [version, freezing])).toEqual([
      [2, 'f0'],
      [1, 'f1'],
    ]);
  });
});
