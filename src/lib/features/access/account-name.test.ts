import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountNameFrom, isAccountName } from './account-name.ts';

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
