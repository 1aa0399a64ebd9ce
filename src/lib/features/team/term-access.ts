/** Whether the accounts of a team open the term: the roles are the server's, and known only with a network. */
import type { Volunteer } from '$lib/domain/documents.ts';
import type { TeamAccount } from '$lib/sync/team-service.ts';

/**
 * `missing`: the account is there, and its roles do not have this term. `nobody`: the site has no such account.
 * `elsewhere`: another site has a say in it too, so that this one cannot give it anything. `unknown`: the server was
 * not asked, and no device of theirs has spoken in the term.
 */
export type TermAccess = 'open' | 'missing' | 'disabled' | 'elsewhere' | 'nobody' | 'unknown';

interface Here {
  readonly site: string;
  readonly term: string;
}

/**
 * @param accounts those of the site; `undefined` while they are not known
 * @param spoken accounts whose devices have spoken in the term
 */
export function termAccess(
  name: string,
  { site, term }: Here,
  accounts: readonly TeamAccount[] | undefined,
  spoken: ReadonlySet<string>,
): TermAccess {
  if (!accounts) return spoken.has(name) ? 'open' : 'unknown';
  const known = accounts.find((one) => one.name === name);
  if (!known) return 'nobody';
  if (known.isDisabled) return 'disabled';
  const opens = [`volunteer:${site}:${term}`, `coordinator:${site}`];
  if (known.roles.some((role) => opens.includes(role))) return 'open';
  return known.isOwn ? 'missing' : 'elsewhere';
}

/** Who comes and has an account that does not open the term. */
export const lackingAccess = (
  people: readonly Volunteer[],
  here: Here,
  accounts: readonly TeamAccount[] | undefined,
): Volunteer[] =>
  people.filter(
    ({ account, isArchived }) =>
      account !== undefined && !isArchived && termAccess(account, here, accounts, new Set()) === 'missing',
  );
