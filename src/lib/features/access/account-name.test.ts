import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Volunteer } from '$lib/domain/documents.ts';
import type { VolunteerId } from '$lib/domain/ids.ts';
import {
  accountNameFrom,
  freeName,
  isAccountName,
  namesTaken,
  proposedName,
  standingOf,
} from './account-name.ts';

describe('a sign-in name made from a name', () => {
  it.each([
    ['Maïa', 'maia'],
    ['Noor Al-Sabah', 'noor.al-sabah'],
    ['  Élise  d’Arc ', 'elise.d.arc'],
    ['محمد', ''],
    ['3 Sami', 'sami'],
  ])('%s: %s', (name, account) => expect(accountNameFrom(name)).toBe(account));

  it('property: is nothing, or what the server takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const account = accountNameFrom(name);
        expect(account === '' || isAccountName(account)).toBe(true);
      }),
    );
  });
});

const person = (volunteer: string, name: string, more: object = {}) =>
  ({ volunteer: volunteer as VolunteerId, name, ...more }) as Volunteer;
const marie = person('v1', 'Marie Dupont', { account: 'marie' });
const second = person('v2', 'Marie');
const known = [
  { name: 'marie', displayName: 'Marie' },
  { name: 'elise', displayName: 'Élise' },
];

describe('a sign-in name that is proposed', () => {
  it('is one that nobody has', () => {
    const taken = new Set(['marie', 'marie2', 'nadia']);
    expect(['marie', 'noor', 'marie2', ''].map((name) => freeName(name, taken))).toEqual([
      'marie3',
      'noor',
      'marie22',
      '',
    ]);
    const long = 'a'.repeat(61);
    expect(isAccountName(freeName(long, new Set([long])))).toBe(true);
  });

  it('is not the one of a namesake, nor one that somebody was invited under', () => {
    const everyone = [marie, second, person('v3', 'Noor', { invitedAs: 'noor' })];
    const taken = namesTaken(everyone, known);
    expect([...taken].sort()).toEqual(['elise', 'marie', 'noor']);
    const proposed = (of: Volunteer | undefined, name: string) =>
      proposedName({ volunteer: of?.volunteer, displayName: name, everyone, known });
    expect(proposed(second, 'Marie')).toBe('marie2');
    expect(proposed(undefined, 'Noor')).toBe('noor2');
  });

  it('is the own one of whoever has one already, or was invited before', () => {
    const again = person('v2', 'Marie', { invitedAs: 'marie.b' });
    const of = (one: Volunteer) =>
      proposedName({ volunteer: one.volunteer, displayName: one.name, everyone: [marie, one], known });
    expect([of(marie), of(again)]).toEqual(['marie', 'marie.b']);
    expect(of(person('v2', 'Marie', { invitedAs: 'marie' }))).toBe('marie2');
  });
});

describe('a sign-in name', () => {
  const standing = (name: string, volunteer?: string, everyone = [marie, second]) =>
    standingOf({ name, volunteer: volunteer as VolunteerId | undefined, everyone, known });

  it('of another person of the team is refused to somebody of the team', () => {
    expect(standing('marie', 'v2')).toEqual({ kind: 'held', by: 'Marie Dupont' });
    expect(standing('marie', 'v2', [person('v1', 'Noor', { invitedAs: 'marie' }), second])).toEqual({
      kind: 'held',
      by: 'Noor',
    });
  });

  it('that is known is said to be whose, and asks for a yes', () => {
    expect(standing('marie')).toEqual({ kind: 'known', by: 'Marie Dupont' });
    expect(standing('elise')).toEqual({ kind: 'known', by: 'Élise' });
    expect(standing('elise', 'v2')).toEqual({ kind: 'known', by: 'Élise' });
  });

  it('that is new or the own one asks nothing', () => {
    expect(standing('noor')).toEqual({ kind: 'free' });
    expect(standing('marie', 'v1')).toEqual({ kind: 'own' });
  });
});
