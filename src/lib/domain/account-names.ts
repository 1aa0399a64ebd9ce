/** What people who sign in are called on screens. */
import type { Volunteer } from './documents.ts';

/** The names of the team, by account; of several with one account, the last. */
export const accountNames = (volunteers: readonly Volunteer[]): ReadonlyMap<string, string> =>
  new Map(volunteers.flatMap(({ account, name }) => (account ? [[account as string, name] as const] : [])));

/** Somebody whose full name nobody wrote down: « Nadia Ferre » from `nadia.ferre`. */
export const nameOfAccount = (account: string, names: ReadonlyMap<string, string>): string =>
  names.get(account) ??
  account
    .split(/[._-]+/)
    .map((word) => word.charAt(0).toLocaleUpperCase('fr') + word.slice(1))
    .join(' ');
