/** Lists of documents, and several of them at once. */
import { badRequest } from '../http/http-error.ts';
import type { Call, Endpoint } from '../http/endpoint.ts';
import { asObject } from './incoming.ts';
import { givenIn, readListOptions, type ListOptions } from './list-options.ts';

/** The JSON text of one list. */
type List = (call: Call, options: ListOptions) => string;

export interface Listed {
  /** `null`: not counted. */
  readonly total: number | null;
  readonly offset: number | null;
  /** The sequence as text, `null` where there is none, `undefined` when it was not asked for. */
  readonly updateSeq: string | null | undefined;
  readonly rows: readonly string[];
}

export function listText({ total, offset, updateSeq, rows }: Listed): string {
  const seq = updateSeq === undefined ? '' : `"update_seq":${JSON.stringify(updateSeq)},`;
  return `{"total_rows":${total},"offset":${offset},${seq}"rows":[\r\n${rows.join(',\r\n')}\r\n]}`;
}

export const rowText = (id: string, rev: string, isDeleted: boolean, doc: string | undefined) =>
  `{"id":${JSON.stringify(id)},"key":${JSON.stringify(id)},"value":{"rev":"${rev}"${isDeleted ? ',"deleted":true' : ''}}${doc === undefined ? '' : `,"doc":${doc}`}}`;

export const notFoundText = (key: unknown) => `{"key":${JSON.stringify(key)},"error":"not_found"}`;

/** The keys that are asked for, in their order. */
export function wantedKeys({ keys = [], descending, skip, limit }: ListOptions): readonly unknown[] {
  return (descending ? [...keys].reverse() : keys).slice(skip, skip + limit);
}

/** The addresses of a list: itself, and `/queries` below it for several at once. */
export const listEndpoints = (path: string, list: List): readonly Endpoint[] => [
  {
    methods: ['GET', 'HEAD', 'POST'],
    path,
    access: 'member',
    takesTurns: true,
    handle(call) {
      const body = call.method === 'POST' ? asObject(call.json()) : {};
      if (body.keys !== undefined && !Array.isArray(body.keys))
        throw badRequest('`keys` body member must be an array.');
      return { raw: list(call, readListOptions(Object.entries(body), givenIn(call.query))) };
    },
  },
  {
    methods: ['POST'],
    path: `${path}/queries`,
    access: 'member',
    takesTurns: true,
    handle(call) {
      const { queries } = asObject(call.json());
      if (queries === undefined) throw badRequest('POST body must include `queries` parameter.');
      if (!Array.isArray(queries)) throw badRequest('`queries` member must be an array.');
      const given = givenIn(call.query);
      const lists = queries.map((query) =>
        list(call, readListOptions(given, Object.entries(asObject(query)))),
      );
      return { raw: `{"results":[\r\n${lists.join(',\r\n')}\r\n]}` };
    },
  },
];
