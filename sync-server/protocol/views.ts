import type { Endpoint } from '../http/endpoint.ts';
import { HttpError } from '../http/http-error.ts';

const words = ['_view', '_show', '_list', '_update', '_search', '_nouveau', '_rewrite'] as const;

/** What design documents of a CouchDB can also hold, and this server does not run: said clearly, not left missing. */
export const views: readonly Endpoint[] = words.map((word) => ({
  methods: ['GET', 'POST'],
  path: `/:db/_design/:design/${word}/*`,
  access: 'member',
  handle() {
    throw new HttpError(
      501,
      'not_implemented',
      `${word} is not run by this server: ask _find, _all_docs or _changes, or move to a CouchDB.`,
    );
  },
}));
