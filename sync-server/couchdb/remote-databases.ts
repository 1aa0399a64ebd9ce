/** The databases of sites in a CouchDB, and the rules in them kept current. */
import * as z from 'zod/mini';
import { designBody, designId } from '../design/presence-design.ts';
import type { SiteDatabases, SiteDocument } from '../site-databases.ts';
import { CouchFailed, type CouchClient } from './client.ts';
import type { Mirror } from './mirror.ts';

const list = z._default(z.array(z.string()), []);
const lists = z._default(z.object({ names: list, roles: list }), { names: [], roles: [] });
const storedSecurity = z.object({ admins: lists, members: lists });
const storedDesign = z.looseObject({ _rev: z.string() });
const storedIds = z.object({ rows: z.array(z.object({ id: z.string() })) });

const listing = z.object({ rows: z.array(z.object({ doc: z.nullish(z.unknown()) })) });

const pathOf = (name: string) => `/${encodeURIComponent(name)}`;

/** How often what another node may not know yet, or somebody else changed meanwhile, is tried again. */
const attempts = 6;

/** Repeats a step of making a database until it answers well: a node may not have heard of the database yet. */
async function done(couch: CouchClient, method: string, path: string, body?: unknown): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { status } = await couch.ask(method, path, body);
    // 202: not every node of a cluster has it yet.
    if (status < 300) return;
    if (status !== 404 || attempt === attempts)
      throw new CouchFailed(`${couch.address} answers ${status}.`, status);
    await again(attempt);
  }
}

const again = (attempt: number) => new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt));

/** Puts the rules into a database, or brings them up to date; another server may do so at the same moment. */
async function installRemoteRules(couch: CouchClient, name: string): Promise<void> {
  const path = `${pathOf(name)}/${designId}`;
  for (let attempt = 1; ; attempt += 1) {
    const found = z.safeParse(storedDesign, (await couch.ask('GET', path)).json);
    if (found.success && found.data.validate_doc_update === designBody.validate_doc_update) return;
    const body = { ...designBody, ...(found.success ? { _rev: found.data._rev } : {}) };
    const { status } = await couch.ask('PUT', path, body);
    if (status < 300) return;
    if ((status !== 404 && status !== 409) || attempt === attempts)
      throw new CouchFailed(`${couch.address} answers ${status}.`, status);
    await again(attempt);
  }
}

/** Brings the rules up to date in every database that has them. */
export async function keepRemoteRulesCurrent(couch: CouchClient): Promise<void> {
  const names = z.parse(z.array(z.string()), (await couch.ask('GET', '/_all_dbs')).json);
  for (const name of names) {
    const { status } = await couch.ask('HEAD', `${pathOf(name)}/${designId}`);
    if (status === 200) await installRemoteRules(couch, name).catch(unlessGone);
  }
}

/** A database that somebody deletes at the same moment needs no rules. */
function unlessGone(error: unknown): void {
  if (!(error instanceof CouchFailed) || error.status !== 404) throw error;
}

/** A database that was begun and not finished: open to nobody, and nothing in it but what making it writes. */
async function isUnfinished(
  couch: CouchClient,
  name: string,
  first: SiteDocument | undefined,
): Promise<boolean> {
  const security = z.safeParse(storedSecurity, (await couch.ask('GET', `${pathOf(name)}/_security`)).json);
  if (!security.success || security.data.members.roles.some((role) => role !== '_admin')) return false;
  const listed = z.safeParse(storedIds, (await couch.ask('GET', `${pathOf(name)}/_all_docs?limit=3`)).json);
  const ours: readonly unknown[] = [designId, first?._id];
  return listed.success && listed.data.rows.every(({ id }) => ours.includes(id));
}

/** Writes a document that may be there from an earlier attempt. */
async function putOnce(couch: CouchClient, name: string, document: SiteDocument): Promise<void> {
  const path = `${pathOf(name)}/${encodeURIComponent(document._id)}`;
  if ((await couch.ask('GET', path)).status !== 200) await done(couch, 'PUT', path, document);
}

const nobody = { names: [], roles: ['_admin'] };

/** @param mirror of the accounts */
export const remoteDatabases = (couch: CouchClient, mirror: Mirror): SiteDatabases => ({
  async create(name, security, first) {
    const { status } = await couch.ask('PUT', pathOf(name));
    if (status === 412 && !(await isUnfinished(couch, name, first))) return false;
    if (status >= 300 && status !== 412) throw new CouchFailed(`${couch.address} answers ${status}.`, status);
    const securityPath = `${pathOf(name)}/_security`;
    await done(couch, 'PUT', securityPath, { admins: nobody, members: nobody });
    await installRemoteRules(couch, name);
    if (first) await putOnce(couch, name, first);
    // Opened last: nobody finds a database without its rules.
    await done(couch, 'PUT', securityPath, security);
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
  refreshAccounts: () => mirror.refresh(),
  settleAccounts: () => mirror.settle(),
});
