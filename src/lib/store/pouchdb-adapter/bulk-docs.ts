/** PouchDB's `bulkDocs` in one transaction: one read of all rows, one write. */
import Dexie from 'dexie';
import { parseDoc, processDocs, type DocInfo } from 'pouchdb-adapter-utils';
import { BAD_REQUEST, createError } from 'pouchdb-errors';
import { compactTree } from 'pouchdb-merge';
import { Batch, readLosers, treeOf, type RevisionPath } from './growth.ts';
import type { ReplicaTables, Row } from './tables.ts';
import type { AdapterOptions } from './pouchdb.ts';

const isLocalId = (id: unknown) => typeof id === 'string' && id.startsWith('_local/');

/** The fields that are the document's own: an id, a revision or a deletion is told by the row. */
function ownFields(parsed: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const key in parsed)
    if (key !== '_id' && key !== '_rev' && key !== '_deleted') body[key] = parsed[key];
  return body;
}

const metadataOf = (row: Row): DocInfo['metadata'] => ({
  id: row.id,
  rev: row.rev,
  rev_tree: treeOf(row),
  winningRev: row.rev,
  deleted: row.dead === 1,
  seq: row.seq,
});

type Request = { docs: Record<string, unknown>[] };
type Done = (error: unknown, results?: unknown[]) => void;

export function bulkDocs(
  tables: ReplicaTables,
  api: object,
  options: AdapterOptions,
  request: Request,
  writing: { new_edits?: boolean; was_delete?: boolean },
  done: Done,
): void {
  const newEdits = writing.new_edits !== false;
  const infos: (DocInfo | Record<string, unknown>)[] = [];
  for (const document of request.docs) {
    if (isLocalId(document._id)) {
      infos.push(document);
      continue;
    }
    const attachments = document._attachments;
    if (attachments && Object.keys(attachments).length > 0)
      return done(createError(BAD_REQUEST, 'this adapter keeps no attachments'));
    try {
      const info = parseDoc(document, newEdits, options);
      if (info.error) return done(info);
      infos.push(info);
    } catch (error) {
      return done(error);
    }
  }
  const results: unknown[] = Array.from({ length: infos.length });
  const ids = [
    ...new Set(infos.flatMap((info) => ('metadata' in info ? [(info as DocInfo).metadata.id] : []))),
  ];
  tables
    .transaction('rw', tables.docs, tables.revs, tables.local, async () => {
      const found = await tables.docs.bulkGet(ids);
      const rows = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])));
      const batch = new Batch(tables, await tables.lastSeq(), await readLosers(tables, found));
      const isAllReplicated = !newEdits && ids.length > 0 && infos.every((info) => 'metadata' in info);
      if (isAllReplicated) writeReplicated(batch, rows, infos as DocInfo[], results, options);
      else
        await writeEdits(tables, batch, rows, infos, results, api, options, {
          ...writing,
          new_edits: newEdits,
        });
      await batch.flush();
      return batch.rows.size > 0;
    })
    .then(
      (hasWritten) => {
        if (hasWritten) tables.wrote();
        done(null, results);
      },
      (error: unknown) => done(error),
    );
}

function writeReplicated(
  batch: Batch,
  rows: Map<string, Row>,
  infos: readonly DocInfo[],
  results: unknown[],
  options: AdapterOptions,
): void {
  const limit = options.revs_limit ?? 1000;
  for (const [at, { metadata, data }] of infos.entries()) {
    const { id, rev } = metadata;
    batch.addReplicated(
      batch.rows.get(id) ?? rows.get(id),
      pathOf(metadata),
      { id, rev, dead: metadata.deleted === true, body: ownFields(data) },
      limit,
      !options.auto_compaction,
    );
    results[at] = { ok: true, id, rev };
  }
}

/** The one path that `parseDoc` makes of `_revisions`, newest first. */
function pathOf(metadata: DocInfo['metadata']): RevisionPath {
  const ids: string[] = [];
  let node = metadata.rev_tree[0]?.ids;
  for (; node; node = node[2][0]) ids.unshift(node[0]);
  return { start: (metadata.rev_tree[0]?.pos ?? 1) + ids.length - 1, ids };
}

async function writeEdits(
  tables: ReplicaTables,
  batch: Batch,
  rows: Map<string, Row>,
  infos: readonly (DocInfo | Record<string, unknown>)[],
  results: unknown[],
  api: object,
  options: AdapterOptions,
  writing: { new_edits: boolean; was_delete?: boolean },
): Promise<void> {
  const known = new Map([...rows].map(([id, row]) => [id, metadataOf(row)]));
  await new Dexie.Promise<void>((finished) => {
    if (infos.length === 0) return finished();
    processDocs(
      options.revs_limit ?? 1000,
      infos,
      api,
      known,
      tables,
      results,
      (info, winner, isDead, isNewDead, _isUpdate, _delta, at, written) => {
        const { id, rev, rev_tree: tree } = info.metadata;
        const stemmed = [...(info.stemmedRevs ?? [])];
        if (options.auto_compaction) stemmed.push(...compactTree({ rev_tree: tree }));
        batch.place(
          batch.rows.get(id) ?? rows.get(id),
          tree,
          { id, rev, dead: isNewDead, body: ownFields(info.data) },
          stemmed,
          !options.auto_compaction,
        );
        known.set(id, { ...info.metadata, winningRev: winner, deleted: isDead });
        results[at] = { ok: true, id, rev };
        written();
      },
      writing,
      () => finished(),
    );
  });
}
