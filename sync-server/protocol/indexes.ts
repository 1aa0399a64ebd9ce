/** `/{db}/_index`: the indexes of `_find`, made, listed and removed. */
import { createHash } from 'node:crypto';
import { parentIn } from '../engine/engine.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { HttpError, notFound } from '../http/http-error.ts';
import { readSelector } from '../selectors/condition.ts';
import { indexesOf, shownIndex, type Index } from './find-index.ts';
import { readSort, refuseUnknown, refusingSelectors, requireKey } from './find-options.ts';
import { asObject } from './incoming.ts';
import { requireRightToWrite } from './right-to-write.ts';
import { writeDocument } from './write.ts';

export const indexes: Endpoint = {
  methods: ['GET', 'POST'],
  path: '/:db/_index',
  access: 'member',
  handle(call) {
    if (call.method === 'POST') return { body: make(call) };
    const all = indexesOf(call.database);
    const skip = call.query.count('skip') ?? 0;
    const shown = all.slice(skip, skip + (call.query.count('limit') ?? all.length));
    return { body: { total_rows: all.length, indexes: shown.map(shownIndex) } };
  },
};

const known = new Set(['index', 'type', 'name', 'ddoc', 'w', 'partitioned']);

function make(call: Call) {
  const body = asObject(call.json());
  requireKey(body, 'index');
  refuseUnknown(body, known);
  const { type = 'json' } = body;
  if (type === 'text' || type === 'nouveau')
    throw new HttpError(
      501,
      'not_implemented',
      `Indexes of texts are not made by this server: type ${type}.`,
    );
  if (type !== 'json')
    throw new HttpError(400, 'invalid_index', `Invalid type for index: ${JSON.stringify(type)}`);
  const index = asObject(body.index);
  requireKey(index, 'fields');
  refuseUnknown(index, new Set(['fields', 'partial_filter_selector']));
  const fields = readSort(index.fields);
  const partial = asObject(index.partial_filter_selector ?? {});
  refusingSelectors(() => readSelector(partial));
  const made = createHash('sha1')
    .update(JSON.stringify([fields, partial, body.name, body.ddoc]))
    .digest('hex');
  const name = nameIn(body.name) ?? made;
  const ddoc = nameIn(body.ddoc) ?? made;
  const id = ddoc.startsWith('_design/') ? ddoc : `_design/${ddoc}`;
  const view = {
    map: {
      fields: Object.fromEntries(fields.map(({ field, direction }) => [field, direction])),
      partial_filter_selector: partial,
    },
    reduce: '_count',
    options: { def: index },
  };
  const result = change(call, id, (views) => ({ ...views, [name]: view })) ? 'created' : 'exists';
  return { result, id, name };
}

function nameIn(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '')
    throw new HttpError(400, 'invalid_string', `Invalid string: ${JSON.stringify(value)}`);
  return value;
}

type Views = Readonly<Record<string, unknown>>;

/** Writes the views of a design document anew, or removes it with the last of them. Answers whether that changed it. */
function change(call: Call, id: string, edit: (views: Views) => Views): boolean {
  requireRightToWrite(call, id);
  const row = call.database.row(id);
  const body = row && !row.isDeleted ? (JSON.parse(row.body) as Record<string, unknown>) : {};
  if ((body.language ?? 'query') !== 'query')
    throw new HttpError(400, 'invalid_index', 'Invalid design document query language.');
  const views = edit((body.views ?? {}) as Views);
  const isDeleted = Object.keys(views).length === 0;
  if (JSON.stringify(views) === JSON.stringify(body.views)) return false;
  writeDocument(call, {
    id,
    body: isDeleted ? {} : { ...body, language: 'query', views },
    isDeleted,
    edit: { parent: parentIn(row) },
  });
  return true;
}

function remove(call: Call, { ddoc, name }: Index): void {
  change(call, ddoc ?? '', (views) =>
    Object.fromEntries(Object.entries(views).filter(([key]) => key !== name)),
  );
}

const withPrefix = (ddoc: string) => (ddoc.startsWith('_design/') ? ddoc : `_design/${ddoc}`);

const removing = (path: string): Endpoint => ({
  methods: ['DELETE'],
  path: `/:db/_index/${path}/json/:name`,
  access: 'member',
  handle(call) {
    const ddoc = withPrefix(call.params.design ?? '');
    const found = indexesOf(call.database).find(
      (index) => index.ddoc === ddoc && index.name === call.params.name,
    );
    if (!found) throw notFound('missing');
    remove(call, found);
    return { body: { ok: true } };
  },
});

/** `DELETE /{db}/_index/{design}/json/{name}`, with `_design/` in front or without. */
export const indexRemovals: readonly Endpoint[] = [removing(':design'), removing('_design/:design')];

/** `POST /{db}/_index/_bulk_delete`: the indexes of several design documents. */
export const indexBulkDelete: Endpoint = {
  methods: ['POST'],
  path: '/:db/_index/_bulk_delete',
  access: 'member',
  handle(call) {
    const body = asObject(call.json());
    requireKey(body, 'docids');
    const { docids } = body;
    if (!Array.isArray(docids) || !docids.every((id) => typeof id === 'string'))
      throw new HttpError(400, 'invalid_bulk_docs', 'Bulk Delete requires an array of non-null docids.');
    const success: unknown[] = [];
    const fail: unknown[] = [];
    for (const id of (docids as string[]).map(withPrefix)) {
      const [index, ...others] = indexesOf(call.database).filter(({ ddoc }) => ddoc === id);
      if (!index || others.length) fail.push({ id, error: 'not_found' });
      else {
        remove(call, index);
        success.push({ id, ok: true });
      }
    }
    return { body: { success, fail } };
  },
};
