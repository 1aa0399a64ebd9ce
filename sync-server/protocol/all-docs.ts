import type { Database, Row } from '../engine/engine.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { HttpError, badRequest } from '../http/http-error.ts';
import { asObject } from './incoming.ts';
import { revisionText } from './outgoing.ts';
import { Query } from '../http/query.ts';
import { sequenceText } from './sequence.ts';

interface Options {
  readonly keys: unknown[] | undefined;
  readonly from: unknown;
  readonly to: unknown;
  readonly includesEnd: boolean;
  readonly descending: boolean;
  readonly skip: number;
  readonly limit: number;
  readonly includeDocs: boolean;
  readonly conflicts: boolean;
  readonly attachments: boolean;
  readonly updateSeq: boolean;
}

/** A body of `POST` may hold every option of the query. */
function optionsOf(query: Query, body: Record<string, unknown>): Options {
  const inBody = new Query(
    `?${new URLSearchParams(Object.entries(body).map(([name, value]) => [name, JSON.stringify(value)] as [string, string]))}`,
  );
  const flag = (name: string) => query.flag(name) ?? inBody.flag(name) ?? false;
  const json = (...names: string[]) => query.json(...names) ?? inBody.json(...names);
  const key = json('key');
  const keys = json('keys');
  if (keys !== undefined && !Array.isArray(keys)) throw badRequest('`keys` parameter must be an array.');
  return {
    keys,
    from: key ?? json('startkey', 'start_key'),
    to: key ?? json('endkey', 'end_key'),
    includesEnd: query.flag('inclusive_end') ?? inBody.flag('inclusive_end') ?? true,
    descending: flag('descending'),
    skip: query.count('skip') ?? inBody.count('skip') ?? 0,
    limit: query.count('limit') ?? inBody.count('limit') ?? Number.MAX_SAFE_INTEGER,
    includeDocs: flag('include_docs'),
    conflicts: flag('conflicts'),
    attachments: flag('attachments'),
    updateSeq: flag('update_seq'),
  };
}

/** `/{db}/_all_docs`: documents by id, in the order of the ids' bytes. */
export const allDocs: Endpoint = {
  methods: ['GET', 'HEAD', 'POST'],
  path: '/:db/_all_docs',
  access: 'member',
  takesTurns: true,
  handle({ method, database, query, json }) {
    const options = optionsOf(query, method === 'POST' ? asObject(json()) : {});
    if (options.keys && (options.from !== undefined || options.to !== undefined))
      throw new HttpError(
        400,
        'query_parse_error',
        '`keys` is incompatible with `key`, `start_key` and `end_key`',
      );
    const { rows, offset } = options.keys
      ? byKeys(database, options, options.keys)
      : byRange(database, options);
    const seq = options.updateSeq ? `"update_seq":"${sequenceText(database, database.info().lastSeq)}",` : '';
    return {
      raw: `{"total_rows":${database.info().documents},"offset":${offset},${seq}"rows":[\r\n${rows.join(',\r\n')}\r\n]}`,
    };
  },
};

const rowText = (row: Row, doc: string) =>
  `{"id":${JSON.stringify(row.id)},"key":${JSON.stringify(row.id)},"value":{"rev":"${row.rev}"${row.isDeleted ? ',"deleted":true' : ''}}${doc}}`;

function docText(database: Database, row: Row, options: Options): string {
  if (!options.includeDocs) return '';
  if (row.isDeleted) return ',"doc":null';
  return `,"doc":${revisionText(database, row, row.rev, { conflicts: options.conflicts, contents: options.attachments ? { since: [] } : undefined })}`;
}

function byKeys(database: Database, options: Options, keys: unknown[]) {
  const wanted = options.descending ? [...keys].reverse() : keys;
  const shown = wanted.slice(options.skip, options.skip + options.limit);
  const known = database.rows(shown.filter((key) => typeof key === 'string'));
  const rows = shown.map((key) => {
    const row = typeof key === 'string' ? known.get(key) : undefined;
    return row
      ? rowText(row, docText(database, row, options))
      : `{"key":${JSON.stringify(key)},"error":"not_found"}`;
  });
  return { rows, offset: 'null' };
}

function byRange(database: Database, options: Options) {
  // Ids are texts: in the order of keys a number stands before, an object behind them all.
  const bound = (key: unknown) => (key === undefined || typeof key === 'string' ? key : asText(key));
  const { rows, offset } = database.list({
    from: bound(options.from),
    to: bound(options.to),
    includesEnd: options.includesEnd,
    descending: options.descending,
    skip: options.skip,
    limit: options.limit,
  });
  return {
    rows: rows.map((row) => rowText(row, docText(database, row, options))),
    offset: Math.min(offset, database.info().documents),
  };
}

const asText = (key: unknown) => (typeof key === 'object' && key !== null ? '\u{10ffff}' : '');
