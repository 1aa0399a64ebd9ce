/** What a CouchDB does beside keeping databases, and this server does not: said clearly to its administrators. */
import type { Endpoint, Method } from '../http/endpoint.ts';
import { HttpError } from '../http/http-error.ts';

const all: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'COPY'];

const reasons: Readonly<Record<string, string>> = {
  _replicate: 'This server fetches nothing by itself: let the other side, or a PouchDB, replicate.',
  _scheduler: 'This server fetches nothing by itself: there are no replications to tell of.',
  _node: 'This server has no nodes; what can be set is told by its --help.',
  _membership: 'This server is one machine and not a cluster.',
  _cluster_setup: 'This server is one machine and not a cluster.',
  _reshard: 'This server is one machine and not a cluster.',
  _search_analyze: 'This server does not search texts.',
  _nouveau_analyze: 'This server does not search texts.',
};

export const notHere: readonly Endpoint[] = Object.entries(reasons).flatMap(([word, reason]) =>
  [`/${word}`, `/${word}/*`].map((path): Endpoint => ({
    methods: all,
    path,
    access: 'serverAdmin',
    handle() {
      throw new HttpError(501, 'not_implemented', reason);
    },
  })),
);

/** `GET /_active_tasks`: whatever takes long is done before it is answered. */
export const activeTasks: Endpoint = {
  methods: ['GET', 'HEAD'],
  path: '/_active_tasks',
  access: 'serverAdmin',
  handle: () => ({ body: [] }),
};
