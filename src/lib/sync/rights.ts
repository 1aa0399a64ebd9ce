import type { Site } from '../domain/documents.ts';
import type { SiteCode, TermCode } from '../domain/ids.ts';

export interface Rights {
  readonly site: SiteCode;
  readonly isCoordinator: boolean;
  readonly terms: readonly TermCode[];
}

/** What an account may open, read from its roles: `coordinator:{site}`, `volunteer:{site}:{term}`. */
export function rightsOf(roles: readonly string[]): Rights | undefined {
  const parts = roles.map((role) => role.split(':'));
  const coordinator = parts.find(([kind, site]) => kind === 'coordinator' && site);
  const volunteer = parts.filter(([kind, site, term]) => kind === 'volunteer' && site && term);
  const site = (coordinator ?? volunteer[0])?.[1];
  if (!site) return undefined;
  return {
    site: site as SiteCode,
    isCoordinator: coordinator !== undefined,
    terms: volunteer.filter((part) => part[1] === site).map((part) => part[2] as TermCode),
  };
}

/**
 * Whether an account's devices write down what they merge. The server takes from a volunteer nothing that another
 * account said; their screens show the merge all the same.
 */
export const mayMerge = (roles: readonly string[]) =>
  roles.some((role) => role === '_admin' || role.startsWith('coordinator:'));

/**
 * The terms to open, the one in progress first, then the planned ones, then the closed ones, the latest first. A
 * coordinator opens every term that the site lists, a volunteer those of the account's roles.
 */
export function termsInOrder(rights: Rights, site: Site | undefined): TermCode[] {
  const listed = site?.terms ?? [];
  const codes = rights.isCoordinator ? listed.map(({ term }) => term) : rights.terms;
  const rank = { open: 0, planned: 1, closed: 2 };
  const order = (term: TermCode) => {
    const found = listed.find((one) => one.term === term);
    return { rank: found ? rank[found.state] : 3, start: found?.start ?? '' };
  };
  return [...new Set(codes)].sort((a, b) => {
    const [one, other] = [order(a), order(b)];
    return one.rank - other.rank || (one.start < other.start ? 1 : -1);
  });
}
