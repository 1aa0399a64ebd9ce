import type { Database } from '../engine/engine.ts';
import { inRange } from './list-options.ts';
import { listEndpoints, listText, notFoundText, rowText, wantedKeys } from './lists.ts';

/** `/{db}/_local_docs`: the local documents by id, uncounted. */
export const localDocs = listEndpoints('/:db/_local_docs', ({ database }, options) => {
  const shown = (id: string, rev: string) =>
    rowText(id, rev, false, options.includeDocs ? docText(database, id) : undefined);
  const rows = options.keys
    ? wantedKeys(options).map((key) => {
        const found = typeof key === 'string' ? database.localDocument(key) : undefined;
        return found ? shown(key as string, found.rev) : notFoundText(key);
      })
    : inRange(database.localDocuments(), options).items.map(({ id, rev }) => shown(id, rev));
  return listText({ total: null, offset: null, updateSeq: options.updateSeq ? null : undefined, rows });
});

function docText(database: Database, id: string): string {
  const found = database.localDocument(id);
  return JSON.stringify(found ? { _id: id, _rev: found.rev, ...found.body } : null);
}
