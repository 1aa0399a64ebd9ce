import 'fake-indexeddb/auto';
import fc from 'fast-check';
import memoryAdapter from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import { expect, it } from 'vitest';
import dexieAdapter from './adapter.ts';
import type { PouchDatabase } from './pouchdb.ts';

PouchDB.plugin(dexieAdapter).plugin(memoryAdapter as object);

const ids = ['a', 'b', 'c'] as const;

/** Names of revisions, newest first: each one's hash tells its ancestors, as a hash of content does. */
const hashesOf = (path: readonly string[]) =>
  path.map((_digit, at) => path.slice(at).join('').padEnd(32, '0'));

const operation = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id: fc.constantFrom(...ids), n: fc.nat(3) }),
  fc.record({ kind: fc.constant('stale' as const), id: fc.constantFrom(...ids), n: fc.nat(3) }),
  fc.record({ kind: fc.constant('remove' as const), id: fc.constantFrom(...ids) }),
  fc.record({
    kind: fc.constant('replicate' as const),
    id: fc.constantFrom(...ids),
    path: fc.array(fc.constantFrom('1', '7', 'f'), { minLength: 1, maxLength: 3 }),
    isDeleted: fc.boolean(),
  }),
);
type Operation = typeof operation extends fc.Arbitrary<infer One> ? One : never;

const statusOf = (error: unknown) => (error as { status?: number }).status ?? 'thrown';

async function perform(pouch: PouchDatabase, step: Operation): Promise<unknown> {
  const current = await pouch.get(step.id).catch(() => undefined);
  const _rev = current?._rev as string | undefined;
  if (step.kind === 'put')
    return pouch.put({ _id: step.id, n: step.n, ...(_rev && { _rev }) }).catch(statusOf);
  if (step.kind === 'stale')
    return pouch.put({ _id: step.id, n: step.n, _rev: `1-${'9'.repeat(32)}` }).catch(statusOf);
  if (step.kind === 'remove')
    return current ? pouch.put({ _id: step.id, _rev, _deleted: true }).catch(statusOf) : undefined;
  const start = step.path.length;
  const document = {
    _id: step.id,
    _rev: `${start}-${hashesOf(step.path)[0]}`,
    _revisions: { start, ids: hashesOf(step.path) },
    from: step.path.join(),
    ...(step.isDeleted && { _deleted: true }),
  };
  await pouch.bulkDocs([document], { new_edits: false });
  return undefined;
}

/** Every leaf, by revision: PouchDB promises no order. */
async function leavesOf(pouch: PouchDatabase, id: string): Promise<unknown> {
  const found = await pouch.get(id, { open_revs: 'all' }).catch(statusOf);
  if (!Array.isArray(found)) return found;
  const leaves = found as { ok: { _rev: string } }[];
  return leaves.sort((one, other) => (one.ok._rev < other.ok._rev ? -1 : 1));
}

/** All that can be asked of a database by its documents. */
async function seen(pouch: PouchDatabase): Promise<unknown> {
  const documents = await Promise.all(
    ids.map((id) => pouch.get(id, { conflicts: true, revs: true }).catch(statusOf)),
  );
  const leaves = await Promise.all(ids.map((id) => leavesOf(pouch, id)));
  const { rows, total_rows: total } = await pouch.allDocs({ include_docs: true, conflicts: true });
  const { doc_count: count } = await pouch.info();
  return { documents, leaves, rows, total, count };
}

it('property: answers as the memory adapter does, whatever is written', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 12 }), async (steps) => {
      const name = `same-${++run}`;
      const ours = new PouchDB(name, { adapter: 'dexie' });
      const theirs = new PouchDB(name, { adapter: 'memory' });
      try {
        for (const step of steps) expect(await perform(ours, step)).toEqual(await perform(theirs, step));
        expect(await seen(ours)).toEqual(await seen(theirs));
      } finally {
        await Promise.all([ours.destroy(), theirs.destroy()]);
      }
    }),
    // The same histories at every run: some random ones make the memory adapter itself fall over and never answer.
    process.env.LONG_SEARCH === '1' ? { numRuns: 600 } : { numRuns: 60, seed: 20231002 },
  );
}, 120_000);
