/** What is set for a whole database: who may open it, how long histories are, housekeeping. */
import type { Endpoint } from '../http/endpoint.ts';
import { badRequest, notFound } from '../http/http-error.ts';
import { asObject, checkRevision } from './incoming.ts';

const closed = { members: { roles: ['_admin'] }, admins: { roles: ['_admin'] } };

/** `/{db}/_security`: readable by members, written by the database's administrators. */
export const security: Endpoint = {
  methods: ['GET', 'PUT'],
  path: '/:db/_security',
  access: { GET: 'member', PUT: 'databaseAdmin' },
  handle({ method, database, json }) {
    if (method === 'GET') return { body: database.security() ? database.rawSecurity() : closed };
    const value = asObject(json());
    for (const list of ['admins', 'members'] as const) {
      const { names = [], roles = [] } = asObject(value[list] ?? {});
      if (![names, roles].every((some) => Array.isArray(some) && some.every((x) => typeof x === 'string')))
        throw badRequest(`${list} must be a JSON list of strings`);
    }
    database.setSecurity(value);
    return { body: { ok: true } };
  },
};

/** `/{db}/_revs_limit`: generations kept of each branch. */
export const revsLimit: Endpoint = {
  methods: ['GET', 'PUT'],
  path: '/:db/_revs_limit',
  access: { GET: 'member', PUT: 'databaseAdmin' },
  handle({ method, database, json }) {
    if (method === 'GET') return { body: database.revsLimit() };
    const limit = json();
    if (!Number.isSafeInteger(limit) || (limit as number) < 1)
      throw badRequest('`revs_limit` must be positive integer');
    database.setRevsLimit(limit as number);
    return { body: { ok: true } };
  },
};

/** `GET /{db}/_purged_infos_limit`: how many purges a CouchDB remembers; the number is its default. */
export const purgedInfosLimit: Endpoint = {
  methods: ['GET'],
  path: '/:db/_purged_infos_limit',
  access: 'member',
  handle: () => ({ body: 1000 }),
};

/** `POST /{db}/_purge`: `{id: [rev…]}`, leaves to be removed for good. */
export const purge: Endpoint = {
  methods: ['POST'],
  path: '/:db/_purge',
  access: 'serverAdmin',
  handle({ database, json }) {
    if (!database) throw notFound('Database does not exist.');
    const asked = Object.entries(asObject(json())).map(([id, revs]) => {
      if (!Array.isArray(revs)) throw badRequest('Invalid purge request: revisions are a list.');
      return { id, revs: revs.map(checkRevision) };
    });
    const purged = asked.map(({ id, revs }) => [id, database.purge(id, revs)] as const);
    return { status: 201, body: { purge_seq: null, purged: Object.fromEntries(purged) } };
  },
};

/** `POST /{db}/_compact`: drops the bodies of revisions that are no longer leaves. */
export const compact: Endpoint = {
  methods: ['POST'],
  path: '/:db/_compact',
  access: 'databaseAdmin',
  handle({ database }) {
    database.compact();
    return { status: 202, body: { ok: true } };
  },
};

/** `POST /{db}/_compact/{design}`: views are not run, so that there is nothing to compact. */
export const compactViews: Endpoint = {
  methods: ['POST'],
  path: '/:db/_compact/:design',
  access: 'databaseAdmin',
  handle({ database, params }) {
    const row = database.row(`_design/${params.design}`);
    if (!row || row.isDeleted) throw notFound('missing');
    return { status: 202, body: { ok: true } };
  },
};

/** `POST /{db}/_view_cleanup`: nothing is left of views. */
export const viewCleanup: Endpoint = {
  methods: ['POST'],
  path: '/:db/_view_cleanup',
  access: 'databaseAdmin',
  handle: () => ({ status: 202, body: { ok: true } }),
};

/** `POST /{db}/_ensure_full_commit`: every write is on the disk when it is answered. */
export const ensureFullCommit: Endpoint = {
  methods: ['POST'],
  path: '/:db/_ensure_full_commit',
  access: 'member',
  handle: ({ database }) => ({
    status: 201,
    body: { ok: true, instance_start_time: String(database.info().createdAt) },
  }),
};
