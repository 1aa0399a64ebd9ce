/** Where the databases of sites live, as the coordinator's service needs them: embedded here, or in a CouchDB. */
import { installRules } from './design/presence-design.ts';
import type { Engine, Security } from './engine/engine.ts';

/** A security object; `closed` tells the rules that a term is closed. */
type SiteSecurity = Security & { readonly closed?: boolean };

export interface SiteDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

export interface SiteDatabases {
  /** Makes a database with its rights, the rules and a first document; `false` when the name is taken. */
  create(name: string, security: SiteSecurity, first?: SiteDocument): Promise<boolean>;
  /** Who may open it; `undefined` when there is no such database. */
  securityOf(name: string): Promise<Security | undefined>;
  setSecurity(name: string, security: SiteSecurity): Promise<void>;
  /** Documents of these types (`{type}:…`) that are not deleted, as they stand; none when there is no such database. */
  documentsOf(name: string, types: readonly string[]): Promise<unknown[]>;
  /** Accounts, invitations and devices as they stand now, whoever changed them. */
  refreshAccounts(): Promise<void>;
  /** What was just made or changed of them is where the databases are. */
  settleAccounts(): Promise<void>;
}

/** The databases of the embedded engine. */
export const embeddedDatabases = (engine: Engine): SiteDatabases => ({
  async create(name, security, first) {
    const created = engine.create(name);
    if (!created.ok) return false;
    created.database.setSecurity(security);
    installRules(created.database);
    if (first) {
      const { _id: id, ...body } = first;
      created.database.write([{ id, body, isDeleted: false, edit: { parent: undefined } }]);
    }
    return true;
  },
  securityOf: async (name) => {
    const database = engine.open(name);
    const none = { names: [], roles: [] };
    return database && (database.security() ?? { admins: none, members: none });
  },
  setSecurity: async (name, security) => engine.open(name)?.setSecurity(security),
  documentsOf: async (name, types) =>
    types.flatMap((type) => {
      const range = { from: `${type}:`, to: `${type}:\u{10ffff}`, includesEnd: true, descending: false };
      const listed = engine.open(name)?.list({ ...range, skip: 0, limit: Number.MAX_SAFE_INTEGER });
      return (listed?.rows ?? []).map(({ id, rev, body }): unknown => ({
        ...(JSON.parse(body) as Record<string, unknown>),
        _id: id,
        _rev: rev,
      }));
    }),
  refreshAccounts: async () => undefined,
  settleAccounts: async () => undefined,
});
