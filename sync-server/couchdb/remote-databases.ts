/** The databases of sites in a CouchDB, and the rules in them kept current. */
import * as z from 'zod/mini';
import { designBody, designId } from '../design/presence-design.ts';
import type { SiteDatabases } from '../site-databases.ts';
import { CouchFailed, type CouchClient } from './client.ts';

const list = z._default(z.array(z.string()), []);
const lists = z._default(z.object({ names: list, roles: list }), { names: [], roles: [] });
const storedSecurity = z.object({ admins: lists, members: lists });
const storedDesign = z.looseObject({ _rev: z.string() });

const listing = z.object({ rows: z.array(z.object({ doc: z.nullish(z.unknown()) })) });

const pathOf = (name: string) => `/${encodeURIComponent(name)}`;

async function done(couch: CouchClient, method: string, path: string, body?: unknown): Promise<void> {
  const { status } = await couch.ask(method, path, body);
  // 202: not every node of a cluster has it yet.
  if (status >= 300) throw new CouchFailed(`${couch.address} answers ${status}.`, status);
}

/** Puts the rules into a database, or brings them up to date. */
async function installRemoteRules(couch: CouchClient, name: string): Promise<void> {
  const path = `${pathOf(name)}/${designId}`;
  const found = z.safeParse(storedDesign, (await couch.ask('GET', path)).json);
  if (found.success && found.data.validate_doc_update === designBody.validate_doc_update) return;
  await done(couch, 'PUT', path, { ...designBody, ...(found.success ? { _rev: found.data._rev } : {}) });
}

/** Brings the rules up to date in every database that has them. */
export async function keepRemoteRulesCurrent(couch: CouchClient): Promise<void> {
  const names = z.parse(z.array(z.string()), (await couch.ask('GET', '/_all_dbs')).json);
  for (const name of names) {
    const { status } = await couch.ask('HEAD', `${pathOf(name)}/${designId}`);
    if (status === 200) await installRemoteRules(couch, name);
  }
}

/** @param settleAccounts resolves when accounts made here are in the CouchDB */
export const remoteDatabases = (couch: CouchClient, settleAccounts: () => Promise<void>): SiteDatabases => ({
  async create(name, security, first) {
    const { status } = await couch.ask('PUT', pathOf(name));
    if (status === 412) return false;
    if (status >= 300) throw new CouchFailed(`${couch.address} answers ${status}.`, status);
    await done(couch, 'PUT', `${pathOf(name)}/_security`, security);
    await installRemoteRules(couch, name);
    if (first) await done(couch, 'PUT', `${pathOf(name)}/${encodeURIComponent(first._id)}`, first);
    return true;
  },
  async securityOf(name) {
    const { status, json } = await couch.ask('GET', `${pathOf(name)}/_security`);
    return status === 200 ? z.parse(storedSecurity, json) : undefined;
  },
  setSecurity: (name, security) => done(couch, 'PUT', `${pathOf(name)}/_security`, security),
  async documentsOf(name, types) {
    const found = await Promise.all(
      types.map(async (type) => {
        const range = new URLSearchParams({
          include_docs: 'true',
          startkey: JSON.stringify(`${type}:`),
          endkey: JSON.stringify(`${type}:\ufff0`),
        });
        const { status, json } = await couch.ask('GET', `${pathOf(name)}/_all_docs?${range}`);
        return status === 200 ? z.parse(listing, json).rows.flatMap(({ doc }) => doc ?? []) : [];
      }),
    );
    return found.flat();
  },
  settleAccounts,
});
