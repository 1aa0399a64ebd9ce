import type { Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { ancestryOf, leavesBelow, leavesOf } from '../revisions/tree.ts';
import { asObject } from './incoming.ts';
import { revisionText, treeOf } from './outgoing.ts';

/** `POST /{db}/_bulk_get`: many revisions of many documents at once. */
export const bulkGet: Endpoint = {
  methods: ['POST'],
  path: '/:db/_bulk_get',
  access: 'member',
  handle({ json, database, query }) {
    const { docs } = asObject(json());
    if (!Array.isArray(docs)) throw badRequest("Missing JSON list of 'docs'.");
    const wantsRevs = query.flag('revs');
    const wantsLatest = query.flag('latest');
    const results = docs.map((entry) => {
      const { id, rev } = asObject(entry);
      if (typeof id !== 'string') throw badRequest('document id missed');
      const row = database.row(id);
      const idText = JSON.stringify(id);
      const error = (at: unknown) =>
        `{"error":{"id":${idText},"rev":${JSON.stringify(at ?? 'undefined')},"error":"not_found","reason":"missing"}}`;
      const documents: string[] = [];
      if (!row) documents.push(error(rev));
      else if (rev === row.rev && !wantsRevs)
        documents.push(`{"ok":${revisionText(database, row, row.rev)}}`);
      else {
        const tree = treeOf(row);
        const latest = typeof rev === 'string' && wantsLatest ? leavesBelow(tree, rev) : [];
        const wanted =
          rev === undefined ? leavesOf(tree).map((leaf) => leaf.rev) : latest.length ? latest : [String(rev)];
        for (const one of wanted) {
          const text = ancestryOf(tree, one) && revisionText(database, row, one, { revs: wantsRevs });
          documents.push(text === undefined ? error(one) : `{"ok":${text}}`);
        }
      }
      return `{"id":${idText},"docs":[${documents.join(',')}]}`;
    });
    return { raw: `{"results":[${results.join(',')}]}` };
  },
};
