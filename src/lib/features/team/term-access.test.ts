import { describe, expect, it } from 'vitest';
import type { Volunteer } from '$lib/domain/documents.ts';
import type { TeamAccount } from '$lib/sync/team-service.ts';
import { lackingAccess, termAccess } from './term-access.ts';

const here = { site: 'paris13', term: 's4-2024' };
const account = (name: string, roles: string[], more: Partial<TeamAccount> = {}): TeamAccount => ({
  ...{ name, displayName: name, roles, isDisabled: false, isOwn: true, devices: [] },
  ...more,
});
const accounts = [
  account('maia', ['volunteer:paris13:s3-2023']),
  account('noor', ['volunteer:paris13:s3-2023', 'volunteer:paris13:s4-2024']),
  account('elise', ['coordinator:paris13']),
  account('sami', ['volunteer:paris13:s3-2023'], { isDisabled: true }),
  account('zoe', ['volunteer:paris13:s3-2023', 'coordinator:lyon3'], { isOwn: false }),
];
const of = (name: string, known: readonly TeamAccount[] | undefined, spoken: string[] = []) =>
  termAccess(name, here, known, new Set(spoken));

describe('whether an account opens a term', () => {
  it('is read from its roles', () => {
    expect(['maia', 'noor', 'elise', 'sami', 'zoe', 'jean'].map((name) => of(name, accounts))).toEqual([
      ...['missing', 'open', 'open', 'disabled', 'elsewhere', 'nobody'],
    ]);
  });

  it('is not known without a network, but of those whose devices have spoken in it', () => {
    expect([of('noor', undefined, ['noor']), of('maia', undefined, ['noor'])]).toEqual(['open', 'unknown']);
  });

  it('names those who come, have an account, and do not open it', () => {
    const people = [
      { account: 'maia' },
      { account: 'noor' },
      { account: 'maia', isArchived: true },
      {},
    ] as unknown as Volunteer[];
    expect(lackingAccess(people, here, accounts)).toEqual([people[0]]);
    expect(lackingAccess(people, here, undefined)).toEqual([]);
  });
});
