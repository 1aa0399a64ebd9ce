import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ParticipantId } from '../ids.ts';
import { ofType } from '../of-type.ts';
import { generateDemoYear, type DemoYear } from './generate.ts';

const seed = 'polaris';
const termNames = ['s1-2023', 's2-2023', 's3-2023'] as const;
const termOf = (year: DemoYear, term: string) => year.databases.get(`paris13-${term}`) ?? [];

describe('the generator', () => {
  const hashOf = (year: DemoYear) =>
    createHash('sha256')
      .update(JSON.stringify([[...year.databases], year.accounts]))
      .digest('hex');

  it('gives the same documents for the same seed and day, and others for another', () => {
    const of = (options: Parameters<typeof generateDemoYear>[0]) => hashOf(generateDemoYear(options));
    const first = of({ seed, today: '2026-11-24' });
    expect(of({ seed, today: '2026-11-24' })).toBe(first);
    expect(of({ seed, today: '2026-11-25' })).not.toBe(first);
    expect(of({ seed: 'another', today: '2026-11-24' })).not.toBe(first);
  });

  it('keeps people and closed terms as they are from day to day', () => {
    const [monday, sunday] = ['2026-11-23', '2026-11-29'].map((today) => generateDemoYear({ seed, today }));
    if (!monday || !sunday) throw new Error('two years were expected');
    for (const database of ['paris13-s1-2023', 'paris13-s2-2023'])
      expect(monday.databases.get(database)).toEqual(sunday.databases.get(database));
    const keys = (year: DemoYear) =>
      ofType(year.databases.get('paris13-registry') ?? [], 'participant').map((each) => each._id);
    expect(keys(monday)).toEqual(keys(sunday));
  });

  it('gives every account roles and, among the facilitators, a name', () => {
    const year = generateDemoYear({ seed, today: '2026-11-24' });
    const named = ofType(termOf(year, 's3-2023'), 'volunteer').filter(({ account }) => account !== undefined);
    expect(new Map(named.map(({ account, name }) => [account, name]))).toEqual(
      new Map(year.accounts.map(({ name, displayName }) => [name, displayName])),
    );
    expect(year.accounts.map(({ name, roles }) => `${name} ${roles.join()}`)).toEqual([
      'maia volunteer:paris13:s3-2023',
      'jean volunteer:paris13:s3-2023',
      'lucie volunteer:paris13:s3-2023',
      'elise coordinator:paris13',
    ]);
  });

  it('puts nothing on a volunteer’s phone but a name to call', () => {
    const year = generateDemoYear({ seed, today: '2026-11-24' });
    const known = new Set<string>([
      ...['_id', 'type', 'v', 'at', 'by', 'device', 'participant', 'firstName', 'familyName'],
      ...['sortKey', 'screenLanguage', 'isFrancophone', 'isProvisional'],
    ]);
    for (const term of termNames) {
      expect(ofType(termOf(year, term), 'participant')).toHaveLength(0);
      for (const card of ofType(termOf(year, term), 'rosterCard'))
        expect(Object.keys(card).filter((field) => !known.has(field))).toEqual([]);
    }
    const ids = new Set<ParticipantId>(
      ofType(termOf(year, 's1-2023'), 'rosterCard').map(({ participant }) => participant),
    );
    expect(ids.size).toBe(55);
  });
});
