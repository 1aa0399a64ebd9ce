/** Who may open a site's databases: one wall per kind of secret. */
import type { Security } from './engine/engine.ts';

const byRoles = (...roles: string[]): Security => ({
  admins: { names: [], roles: ['_admin'] },
  members: { names: [], roles },
});

/** `{site}-commons`: every member of the site. @param terms codes of the terms whose volunteers are members */
export const commonsSecurity = (site: string, terms: readonly string[]) =>
  byRoles(`coordinator:${site}`, ...terms.map((term) => `volunteer:${site}:${term}`));

/** `{site}-{term}`: that term's volunteers, and coordinators. */
export const termSecurity = (site: string, term: string) =>
  byRoles(`coordinator:${site}`, `volunteer:${site}:${term}`);

/** `{site}-registry`: coordinators alone. */
export const registrySecurity = (site: string) => byRoles(`coordinator:${site}`);
