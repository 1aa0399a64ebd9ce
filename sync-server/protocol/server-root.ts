import type { Endpoint } from '../http/endpoint.ts';
import { newId } from './new-id.ts';

const version = '3.5.0';

/** `GET /`: the welcome. Replicators recognise a server that was restored by its `uuid`. */
export const welcome: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/',
  access: 'anyone',
  forRevoked: ['GET', 'HEAD'],
  handle: ({ service }) => ({
    body: {
      couchdb: 'Welcome',
      version,
      git_sha: 'none',
      uuid: service.uuid,
      features: [],
      vendor: { name: 'Présence' },
    },
  }),
};

/** `GET /_up`: is the server able to serve? */
export const up: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/_up',
  access: 'anyone',
  handle({ service }) {
    const trouble = service.health.trouble();
    if (trouble === undefined) return { body: { status: 'ok', seeds: {} } };
    // As a CouchDB in maintenance answers: a proxy sends nobody here, and whoever watches is told why.
    return { status: 404, body: { status: 'maintenance_mode', reason: trouble, seeds: {} } };
  },
};

/** `GET /_metrics`: for Prometheus, without a name or an id in it. */
export const metrics: Endpoint = {
  methods: ['GET'],
  path: '/_metrics',
  access: 'serverAdmin',
  async handle({ service }) {
    const content = Buffer.from(await service.metrics.text());
    return { bytes: { type: service.metrics.type, content } };
  },
};

/** `GET /_uuids`: ids for new documents. */
export const uuids: Endpoint = {
  methods: ['GET'],
  path: '/_uuids',
  access: 'anyone',
  handle: ({ query }) => ({
    headers: { 'cache-control': 'must-revalidate, no-cache' },
    body: {
      uuids: Array.from({ length: Math.min(query.count('count') ?? 1, 1000) }, newId),
    },
  }),
};
