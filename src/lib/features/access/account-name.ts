/** Sign-in names: made from what a person is called, free, and nobody else's. */
import type { Volunteer } from '$lib/domain/documents.ts';
import type { VolunteerId } from '$lib/domain/ids.ts';
import { holderOf } from '$lib/domain/team.ts';

/** A sign-in name made from what a person is called: « Noor Al-Sabah » is `noor.al-sabah`. */
export const accountNameFrom = (displayName: string) =>
  displayName
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '.')
    .replaceAll(/^[^a-z]+|[.-]+$/g, '')
    .slice(0, 60);

/** The longest that the server takes, in characters. */
const longest = 61;

/** What the server takes as a sign-in name. */
export const isAccountName = (name: string) => /^[a-z][a-z0-9._-]{0,60}$/.test(name);

/** The name itself, or the first of `marie2`, `marie3`… that is not taken; nothing of nothing. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; free && taken.has(free); n += 1) free = `${name.slice(0, longest - `${n}`.length)}${n}`;
  return free;
}

/** A name that the server knows: of an account, or of an invitation that waits. */
export interface KnownName {
  readonly name: string;
  readonly displayName: string;
}

/** Whose names there are, and whom the invitation is for. */
interface Names {
  /** Somebody of the team. `undefined`: anybody. */
  readonly volunteer: VolunteerId | undefined;
  /** The people of all terms. */
  readonly everyone: readonly Volunteer[];
  readonly known: readonly KnownName[];
}

export const namesTaken = (
  everyone: readonly Volunteer[],
  known: readonly KnownName[],
): ReadonlySet<string> =>
  new Set([
    ...known.map(({ name }) => name),
    ...everyone.flatMap(({ account, invitedAs }) => account ?? invitedAs ?? []),
  ]);

/** Names of one person: of their account, or of an earlier invitation. */
const ownNames = ({ volunteer, everyone }: Omit<Names, 'known'>): string[] => {
  const theirs = everyone.filter((one) => volunteer !== undefined && one.volunteer === volunteer);
  return [
    ...theirs.flatMap(({ account }) => account ?? []),
    ...theirs.flatMap(({ invitedAs }) => invitedAs ?? []),
  ];
};

/** What to propose: the name that the person has already, or a free one. */
export function proposedName({ displayName, ...names }: Names & { readonly displayName: string }): string {
  const own = ownNames(names).find((name) => !holderOf(name, names.volunteer, names.everyone));
  return own ?? freeName(accountNameFrom(displayName), namesTaken(names.everyone, names.known));
}

/**
 * Whoever accepts an invitation becomes the account of its name. `own`: theirs already, one phone more. `held`: of
 * another person of the team. `known`: there is such an account; it may be a second phone of the same person.
 */
export type Standing =
  { readonly kind: 'free' | 'own' } | { readonly kind: 'held' | 'known'; readonly by: string };

export function standingOf({ name, ...names }: Names & { readonly name: string }): Standing {
  const holder = holderOf(name, names.volunteer, names.everyone);
  if (holder) return { kind: names.volunteer === undefined ? 'known' : 'held', by: holder.name };
  if (ownNames(names).includes(name)) return { kind: 'own' };
  const known = names.known.find((one) => one.name === name);
  return known ? { kind: 'known', by: known.displayName } : { kind: 'free' };
}
