/** What design documents of a CouchDB can also hold, and this server does not run: said clearly, not left missing. */
import type { Endpoint, Method } from '../http/endpoint.ts';
import { HttpError } from '../http/http-error.ts';

const designWords = [
  ...['_view', '_show', '_list', '_update', '_rewrite', '_info', '_search', '_search_info'],
  ...['_search_disk_size', '_nouveau', '_nouveau_info', '_geo', '_geo_info', '_geo_cleanup', '_spatial'],
] as const;
const databaseWords = ['_temp_view', '_partition', '_search_cleanup', '_nouveau_cleanup'] as const;

const all: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'COPY'];

const notRun = (word: string) =>
  new HttpError(
    501,
    'not_implemented',
    `${word} is not run by this server: ask _find, _all_docs or _changes, or move to a CouchDB.`,
  );

/** Throws a 501 when what follows a design document is one of these words and not an attachment. */
export function refuseViews(id: string, attachment: string | undefined): void {
  const [word = ''] = attachment?.split('/', 1) ?? [];
  if (id.startsWith('_design/') && (designWords as readonly string[]).includes(word)) throw notRun(word);
}

const addresses = [
  ...designWords.map((word) => ({ word, path: `/:db/_design/:design/${word}` })),
  ...databaseWords.map((word) => ({ word, path: `/:db/${word}` })),
];

export const views: readonly Endpoint[] = addresses.flatMap(({ word, path }) =>
  [path, `${path}/*`].map((each): Endpoint => ({
    methods: all,
    path: each,
    access: 'member',
    handle() {
      throw notRun(word);
    },
  })),
);
