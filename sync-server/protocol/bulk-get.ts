import type { Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { ancestryOf, leavesBelow, leavesOf } from '../revisions/tree.ts';
import { asObject } from './incoming.ts';
import { accepts, mixedAnswer, type MixedPart } from './multipart.ts';
import { revisionText, treeOf } from './outgoing.ts';

/** `POST /{db}/_bulk_get`: many revisions of many documents at once. */
export const bulkGet: Endpoint = {
  methods: ['POST'],
  path: '/:db/_bulk_get',
  access: 'member',
  takesTurns: true,
  handle(call) {
    const { json, database, query } = call;
    const isMultipart = accepts(call, 'multipart/mixed') || accepts(call, 'multipart/related');
    const parts: MixedPart[] = [];
    const { docs } = asObject(json());
    if (!Array.isArray(docs)) throw badRequest("Missing JSON list of 'docs'.");
    const wantsRevs = query.flag('revs');
    const wantsLatest = query.flag('latest');
    const wantsContents = (query.flag('attachments') ?? false) || isMultipart;
    const asked = docs.map(asObject);
    const rows = database.rows(asked.map(({ id }) => id).filter((id) => typeof id === 'string'));
    const results = asked.map(({ id, rev, atts_since: since }) => {
      const contents = wantsContents ? { since: Array.isArray(since) ? since.map(String) : [] } : undefined;
      if (typeof id !== 'string') throw badRequest('document id missed');
      const row = rows.get(id);
      const idText = JSON.stringify(id);
      const error = (at: unknown) =>
        `{"error":{"id":${idText},"rev":${JSON.stringify(at ?? 'undefined')},"error":"not_found","reason":"missing"}}`;
      const documents: string[] = [];
      if (!row) documents.push(error(rev));
      else if (rev === row.rev && !wantsRevs)
        documents.push(`{"ok":${revisionText(database, row, row.rev, { contents })}}`);
      else {
        const tree = treeOf(row);
        const latest = typeof rev === 'string' && wantsLatest ? leavesBelow(tree, rev) : [];
        const wanted =
          rev === undefined ? leavesOf(tree).map((leaf) => leaf.rev) : latest.length ? latest : [String(rev)];
        for (const one of wanted) {
          const text =
            ancestryOf(tree, one) && revisionText(database, row, one, { revs: wantsRevs, contents });
          documents.push(text === undefined ? error(one) : `{"ok":${text}}`);
        }
      }
      for (const text of isMultipart ? documents : []) parts.push(partOf(id, text));
      return `{"id":${idText},"docs":[${documents.join(',')}]}`;
    });
    if (isMultipart) return mixedAnswer(parts);
    return { raw: `{"results":[${results.join(',')}]}` };
  },
};

/** A result as a part of a multipart answer. */
function partOf(id: string, text: string): MixedPart {
  const document = /^\{"ok":(.*)\}$/s.exec(text)?.[1];
  if (document === undefined) return { id, error: /^\{"error":(.*)\}$/s.exec(text)?.[1] ?? text };
  return { id, document };
}
