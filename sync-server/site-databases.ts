/** Where the databases of sites live, as the coordinator's service needs them: embedded here, or in a CouchDB. */
import { designId, installRules } from './design/presence-design.ts';
import type { Database, Engine, Security } from './engine/engine.ts';

/** A security object; `closed` tells the rules that a term is closed. */
type SiteSecurity = Security & { readonly closed?: boolean };

export interface SiteDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

export interface SiteDatabases {
  /**
   * Makes a database with its rights, the rules and a first document, or finishes one that was begun; `false` when the
   * name is taken.
   */
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

/** A database that was begun and not finished: open to nobody, and nothing in it but what making it writes. */
function isUnfinished(database: Database, first: SiteDocument | undefined): boolean {
  if (database.security() !== undefined) return false;
  const range = { from: '', to: '\u{10ffff}', includesEnd: true, descending: false, skip: 0, limit: 3 };
  const ours: readonly unknown[] = [designId, first?._id];
  return database.list(range).rows.every(({ id }) => ours.includes(id));
}

function finish(database: Database, security: SiteSecurity, first: SiteDocument | undefined): void {
  installRules(database);
  if (first) {
    const { _id: id, ...body } = first;
    // It may be there from an earlier attempt, and stands then.
    database.write([{ id, body, isDeleted: false, edit: { parent: undefined } }]);
  }
  // Opened last: nobody finds a database without its rules.
  database.setSecurity(security);
}

/** The databases of the embedded engine. */
export const embeddedDatabases = (engine: Engine): SiteDatabases => ({
  async create(name, security, first) {
    const created = engine.create(name);
    if (!created.ok) {
      const begun = engine.open(name);
      if (!begun || !isUnfinished(begun, first)) return false;
      finish(begun, security, first);
      return true;
    }
    try {
      finish(created.database, security, first);
    } catch (error) {
      engine.destroy(name);
      throw error;
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
