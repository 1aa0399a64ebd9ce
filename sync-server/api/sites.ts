/** A site and its terms: their databases, who may open them, and the rules in them. */
import * as z from 'zod/mini';
import { commonsDatabase, registryDatabase, siteDocId, termDatabase } from '../../src/lib/domain/ids.ts';
import type { Site } from '../../src/lib/domain/documents.ts';
import type { AccountName, DeviceId, SiteCode, TermCode } from '../../src/lib/domain/ids.ts';
import { recordsDatabase } from '../accounts/records.ts';
import { Places } from '../accounts/places.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, notFound } from '../http/http-error.ts';
import type { SiteDatabases, SiteDocument } from '../site-databases.ts';
import { commonsSecurity, registrySecurity, termSecurity } from '../site-security.ts';
import { bodyOf, displayName, siteCode, termCode } from './body.ts';

const newSite = z.object({ site: siteCode, name: displayName });
const newTerm = z.object({ term: termCode });
const termState = z.object({ isClosed: z.boolean() });

/** `POST /api/sites`: a site's common and registry databases. */
export const sites: Endpoint = {
  methods: ['POST'],
  path: '/sites',
  access: 'serverAdmin',
  async handle(call) {
    const { site, name } = bodyOf(call, newSite);
    const { databases } = call.service;
    const code = site as SiteCode;
    if (recordsDatabase.startsWith(`${site}-`)) throw taken();
    const first = siteDocument(code, name, call.user.name ?? '');
    const names = [commonsDatabase(code), registryDatabase(code)] as const;
    // Of a site that was half made the other half is made.
    const isCommonsNew = await databases.create(names[0], commonsSecurity(site, []), first);
    const isRegistryNew = await databases.create(names[1], registrySecurity(site));
    if (!isCommonsNew && !isRegistryNew) throw taken();
    return { status: 201, body: { ok: true, databases: names } };
  },
};

/** `POST /api/sites/{site}/terms`: a term's database, opened to its volunteers. */
export const terms: Endpoint = {
  methods: ['POST'],
  path: '/sites/:site/terms',
  access: 'coordinator',
  async handle(call) {
    const { term } = bodyOf(call, newTerm);
    const { databases } = call.service;
    const site = siteOf(call);
    if (term === 'commons' || term === 'registry') throw taken();
    if (!(await databases.securityOf(commonsDatabase(site)))) throw notFound('missing');
    const database = termDatabase(site, term as TermCode);
    const isNew = await databases.create(database, termSecurity(site, term));
    // Whoever made it before may not have come as far.
    await oneByOne.take(() => openCommonsTo(databases, site, term));
    if (!isNew) throw taken();
    return { status: 201, body: { ok: true, database } };
  },
};

/** Who may open a database is read, added to and written back: two terms made at once would leave one out. */
const oneByOne = new Places(1, 100);

async function openCommonsTo(databases: SiteDatabases, site: SiteCode, term: string): Promise<void> {
  const commons = await databases.securityOf(commonsDatabase(site));
  const role = `volunteer:${site}:${term}`;
  if (commons?.members.roles.includes(role)) return;
  const roles = new Set(commons?.members.roles).add(role);
  const terms = [...roles].flatMap((role) => role.split(':').slice(2));
  await databases.setSecurity(commonsDatabase(site), commonsSecurity(site, terms));
}

/** `PUT /api/sites/{site}/terms/{term}`: closed, only coordinators write to it. */
export const term: Endpoint = {
  methods: ['PUT'],
  path: '/sites/:site/terms/:term',
  access: 'coordinator',
  async handle(call) {
    const { isClosed } = bodyOf(call, termState);
    const { databases } = call.service;
    const { term: code = '' } = call.params;
    const database = termDatabase(siteOf(call), code as TermCode);
    const isTerm = code !== 'commons' && code !== 'registry';
    if (!isTerm || !(await databases.securityOf(database))) throw notFound('missing');
    const security = termSecurity(siteOf(call), code);
    await databases.setSecurity(database, isClosed ? { ...security, closed: true } : security);
    return { body: { ok: true } };
  },
};

const siteOf = ({ params }: Call) => (params.site ?? '') as SiteCode;

const taken = () => new HttpError(412, 'file_exists', 'This code is taken: choose another.');

const siteDocument = (site: SiteCode, name: string, by: string): Site & SiteDocument => ({
  _id: siteDocId(site),
  type: 'site',
  v: 1,
  at: new Date().toISOString(),
  by: by as AccountName,
  device: 'server' as DeviceId,
  site,
  name,
  timezone: 'Europe/Paris',
  publicHolidays: 'FR',
  nameDisplay: 'initial',
  languages: ['fr', 'en'],
  terms: [],
});
