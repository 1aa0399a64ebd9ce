import type { Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { ancestryOf, leavesBelow, leavesOf } from '../revisions/tree.ts';
import { entryOf } from './bulk-get-entries.ts';
import { asObject } from './incoming.ts';
import { accepts, mixedAnswer, type MixedPart } from './multipart.ts';
import { revisionText, treeOf } from './outgoing.ts';

/** What every entry says for itself. */
const notForAll = ['open_revs', 'new_edits', 'w', 'rev', 'atts_since'];

/** `POST /{db}/_bulk_get`: many revisions of many documents at once. */
export const bulkGet: Endpoint = {
  methods: ['POST'],
  path: '/:db/_bulk_get',
  access: 'member',
  takesTurns: true,
  handle(call) {
    const { json, database, query } = call;
    const isJson = ['application/json', 'application/*', '*/*'].some((type) => accepts(call, type));
    const isMultipart = !isJson && (accepts(call, 'multipart/mixed') || accepts(call, 'multipart/related'));
    const parts: MixedPart[] = [];
    const { docs } = asObject(json());
    if (!Array.isArray(docs)) throw badRequest("Missing JSON list of 'docs'.");
    const misplaced = notForAll.find((name) => query.text(name) !== undefined);
    if (misplaced !== undefined) throw badRequest(`"${misplaced}" query parameter is not acceptable`);
    const wantsRevs = query.isOn('revs');
    const wantsLatest = query.isOn('latest');
    const wantsContents = query.isOn('attachments') || isMultipart;
    const asked = docs.map(entryOf);
    const rows = database.rows(asked.flatMap((entry) => ('refusal' in entry ? [] : [entry.id])));
    const results = asked.map((entry) => {
      const idText = JSON.stringify(entry.id);
      if ('refusal' in entry) {
        if (isMultipart) parts.push(partOf('', entry.refusal));
        return `{"id":${idText},"docs":[${entry.refusal}]}`;
      }
      const { id, rev, since } = entry;
      const contents = wantsContents || since.length > 0 ? { since } : undefined;
      const row = rows.get(id);
      const error = (at: string | undefined) =>
        `{"error":{"id":${idText},"rev":${JSON.stringify(at ?? 'undefined')},"error":"not_found","reason":"missing"}}`;
      const documents: string[] = [];
      if (!row) documents.push(error(rev));
      else if (rev === row.rev && !wantsRevs)
        documents.push(`{"ok":${revisionText(database, row, row.rev, { contents })}}`);
      else {
        const tree = treeOf(row);
        const latest = rev !== undefined && wantsLatest ? leavesBelow(tree, rev) : [];
        const wanted =
          rev === undefined ? leavesOf(tree).map((leaf) => leaf.rev) : latest.length ? latest : [rev];
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
  if (document === undefined) return { error: /^\{"error":(.*)\}$/s.exec(text)?.[1] ?? text };
  return { id, document };
}
