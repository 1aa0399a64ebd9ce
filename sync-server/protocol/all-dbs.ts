/** The databases of the server, for its administrators. */
import type { Database } from '../engine/engine.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { infoOf } from './database.ts';
import { asObject } from './incoming.ts';
import { givenIn, inRange, readListOptions } from './list-options.ts';

/** The names that a request wants, in their order: the ends of a range, a limit and so on. */
function namesOf({ query, service }: Call): readonly string[] {
  const options = readListOptions(givenIn(query));
  const names = service.engine.names().map((id) => ({ id }));
  return inRange(names, options).items.map(({ id }) => id);
}

/** `GET /_all_dbs`: their names. */
export const allDbs: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/_all_dbs',
  access: 'serverAdmin',
  handle: (call) => ({ body: namesOf(call) }),
};

/** CouchDB's default `[chttpd] max_db_number_for_dbs_info_req`. */
const mostAtOnce = 100;

/** `/_dbs_info`: what `GET /{db}` tells, of several: of a range, or with `POST` of those named. */
export const dbsInfo: Endpoint = {
  methods: ['GET', 'HEAD', 'POST'],
  path: '/_dbs_info',
  access: 'serverAdmin',
  handle(call) {
    if (call.method !== 'POST') return { body: namesOf(call).map((name) => described(call, name)) };
    const { keys } = asObject(call.json());
    if (keys === undefined) throw badRequest('`keys` member must exist.');
    if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string'))
      throw badRequest('`keys` member must be an array.');
    if (keys.length > mostAtOnce) throw badRequest('`keys` member is too large.');
    return { body: (keys as string[]).map((name) => described(call, name)) };
  },
};

function described({ service }: Call, name: string) {
  const database: Database | undefined = service.engine.open(name);
  return database ? { key: name, info: infoOf(database) } : { key: name, error: 'not_found' };
}
