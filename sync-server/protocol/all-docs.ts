import type { Database, Row } from '../engine/engine.ts';
import type { ListOptions } from './list-options.ts';
import { inRange } from './list-options.ts';
import { listEndpoints, listText, notFoundText, rowText, wantedKeys } from './lists.ts';
import { revisionText } from './outgoing.ts';
import { sequenceText } from './sequence.ts';

/** `/{db}/_all_docs`: documents by id, in the order of the ids' bytes. */
export const allDocs = listEndpoints('/:db/_all_docs', ({ database }, options) => {
  const total = database.info().documents;
  const updateSeq = seqText(database, options);
  if (options.keys) return listText({ total, offset: null, updateSeq, rows: byKeys(database, options) });
  const { rows, offset } = database.list(options);
  return listText({
    total,
    offset: Math.min(offset, total),
    updateSeq,
    rows: rows.map((row) => shown(database, row, options)),
  });
});

/** `/{db}/_design_docs`: the design documents alone. */
export const designDocs = listEndpoints('/:db/_design_docs', ({ database }, options) => {
  const all = database.designDocuments();
  const updateSeq = seqText(database, options);
  if (options.keys)
    return listText({ total: all.length, offset: null, updateSeq, rows: byKeys(database, options) });
  const { items } = inRange(all, options);
  // They are counted among all documents, as far as there are design documents.
  const { offset } = database.list({ ...options, from: options.from ?? '_design/', limit: 0 });
  return listText({
    total: all.length,
    offset: Math.min(offset, all.length),
    updateSeq,
    rows: items.map((row) => shown(database, row, options)),
  });
});

const seqText = (database: Database, { updateSeq }: ListOptions) =>
  updateSeq ? sequenceText(database, database.info().lastSeq) : undefined;

const shown = (database: Database, row: Row, options: ListOptions) =>
  rowText(row.id, row.rev, row.isDeleted, options.includeDocs ? docText(database, row, options) : undefined);

function docText(database: Database, row: Row, { conflicts, attachments }: ListOptions): string {
  if (row.isDeleted) return 'null';
  const contents = attachments ? { since: [] } : undefined;
  return revisionText(database, row, row.rev, { conflicts, contents }) ?? 'null';
}

function byKeys(database: Database, options: ListOptions): string[] {
  const keys = wantedKeys(options);
  const known = database.rows(keys.filter((key) => typeof key === 'string'));
  return keys.map((key) => {
    const row = typeof key === 'string' ? known.get(key) : undefined;
    return row ? shown(database, row, options) : notFoundText(key);
  });
}
