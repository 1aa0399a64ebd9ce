/** A site and its terms: their databases, who may open them, and the rules in them. */
import * as z from 'zod/mini';
import { commonsDatabase, registryDatabase, siteDocId, termDatabase } from '../../src/lib/domain/ids.ts';
import type { Site } from '../../src/lib/domain/documents.ts';
import type { AccountName, DeviceId, SiteCode, TermCode } from '../../src/lib/domain/ids.ts';
import { recordsDatabase } from '../accounts/records.ts';
import { installRules } from '../design/presence-design.ts';
import type { Database, Engine, Security } from '../engine/engine.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, notFound } from '../http/http-error.ts';
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
  handle(call) {
    const { site, name } = bodyOf(call, newSite);
    const { engine } = call.service;
    const code = site as SiteCode;
    if (recordsDatabase.startsWith(`${site}-`)) throw taken();
    const commons = create(engine, commonsDatabase(code), commonsSecurity(site, []));
    create(engine, registryDatabase(code), registrySecurity(site));
    const { _id: id, ...body } = siteDocument(code, name, call.user.name ?? '');
    commons.write([{ id, body, isDeleted: false, edit: { parent: undefined } }]);
    return { status: 201, body: { ok: true, databases: [commonsDatabase(code), registryDatabase(code)] } };
  },
};

/** `POST /api/sites/{site}/terms`: a term's database, opened to its volunteers. */
export const terms: Endpoint = {
  methods: ['POST'],
  path: '/sites/:site/terms',
  access: 'coordinator',
  handle(call) {
    const { term } = bodyOf(call, newTerm);
    const { engine } = call.service;
    const site = siteOf(call);
    if (term === 'commons' || term === 'registry') throw taken();
    const commons = engine.open(commonsDatabase(site));
    if (!commons) throw notFound('missing');
    const database = create(engine, termDatabase(site, term as TermCode), termSecurity(site, term));
    const roles = new Set(commons.security()?.members.roles ?? []).add(`volunteer:${site}:${term}`);
    const known = [...roles].flatMap((role) => role.split(':').slice(2));
    commons.setSecurity(commonsSecurity(site, known));
    return { status: 201, body: { ok: true, database: database.name } };
  },
};

/** `PUT /api/sites/{site}/terms/{term}`: closed, only coordinators write to it. */
export const term: Endpoint = {
  methods: ['PUT'],
  path: '/sites/:site/terms/:term',
  access: 'coordinator',
  handle(call) {
    const { isClosed } = bodyOf(call, termState);
    const { term: code = '' } = call.params;
    const database = call.service.engine.open(termDatabase(siteOf(call), code as TermCode));
    if (!database || code === 'commons' || code === 'registry') throw notFound('missing');
    const security = termSecurity(siteOf(call), code);
    database.setSecurity(isClosed ? { ...security, closed: true } : security);
    return { body: { ok: true } };
  },
};

const siteOf = ({ params }: Call) => (params.site ?? '') as SiteCode;

const taken = () => new HttpError(412, 'file_exists', 'This code is taken: choose another.');

function create(engine: Engine, name: string, security: Security): Database {
  const created = engine.create(name);
  if (!created.ok) throw taken();
  created.database.setSecurity(security);
  installRules(created.database);
  return created.database;
}

const siteDocument = (site: SiteCode, name: string, by: string): Site => ({
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
