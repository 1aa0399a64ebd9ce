import type { Call, Endpoint } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';
import { isRevisionText } from '../revisions/revision.ts';
import { inOrder, leavesOf, revisionsOf } from '../revisions/tree.ts';
import { asObject } from './incoming.ts';
import { treeOf } from './outgoing.ts';

/** For each document asked about: the revisions this database does not hold. */
function* missingRevisions({ json, database }: Call) {
  const asked = Object.entries(asObject(json()));
  const rows = database.rows(asked.map(([id]) => id));
  for (const [id, revs] of asked) {
    if (!Array.isArray(revs) || !revs.every(isRevisionText)) throw badRequest('Invalid rev format');
    const row = rows.get(id);
    // The usual case is that all is there as the winner: no tree to read.
    if (row && revs.every((rev) => rev === row.rev)) continue;
    const known = row ? revisionsOf(treeOf(row)) : undefined;
    const missing = revs.filter((rev) => !known?.has(rev));
    if (missing.length) yield { id, row, missing };
  }
}

/** `POST /{db}/_revs_diff`: what the other side should send; for our devices, the receipt of a push. */
export const revsDiff: Endpoint = {
  methods: ['POST'],
  path: '/:db/_revs_diff',
  access: 'member',
  takesTurns: true,
  forRevoked: ['POST'],
  handle(call) {
    const body: [string, unknown][] = [];
    for (const { id, row, missing } of missingRevisions(call)) {
      const generation = Math.max(...missing.map((rev) => Number.parseInt(rev, 10)));
      const ancestors = row
        ? inOrder(leavesOf(treeOf(row)))
            .map((leaf) => leaf.rev)
            .filter((rev) => Number.parseInt(rev, 10) < generation)
        : [];
      body.push([id, { missing, ...(ancestors.length ? { possible_ancestors: ancestors } : {}) }]);
    }
    return { body: Object.fromEntries(body) };
  },
};

/** `POST /{db}/_missing_revs`: the older form of the same question. */
export const missingRevs: Endpoint = {
  methods: ['POST'],
  path: '/:db/_missing_revs',
  access: 'member',
  takesTurns: true,
  handle: (call) => ({
    body: {
      missing_revs: Object.fromEntries([...missingRevisions(call)].map(({ id, missing }) => [id, missing])),
    },
  }),
};
