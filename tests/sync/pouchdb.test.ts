import 'fake-indexeddb/auto';
import PouchDB from 'pouchdb-core';
import http from 'pouchdb-adapter-http';
import replication from 'pouchdb-replication';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PouchDatabase } from '../../src/lib/store/pouchdb-adapter/pouchdb.ts';
import dexieAdapter from '../../src/lib/store/pouchdb-adapter/adapter.ts';
import { expectAllArrived } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

PouchDB.plugin(http).plugin(replication).plugin(dexieAdapter);

let server: TestServer;
let log: Confirmed[];
let maia: Phone;
let remote: PouchDatabase;

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  maia = await openPhone({ server, log });
  remote = new PouchDB(`${server.origin()}/couch/${termBase}`, {
    adapter: 'http',
    skip_setup: true,
    auth: { username: 'admin', password: 'admin-password' },
  });
});
afterEach(async () => {
  await remote.close();
  await maia.close();
  await server.dispose();
});

it("PouchDB replicates into a phone's own tables, and the engine goes on from there", async () => {
  await remote.put({ _id: 'note:1', text: 'from elsewhere' });
  await maia.mark('present', 1, 2);
  const local = maia.store.pouch(PouchDB);
  expect((await local.replicate.from(remote)).docs_written).toBe(2);
  expect(await maia.store.count()).toBe(4);
  await maia.engine.syncNow();
  await expectAllArrived(server, log, [maia]);
});

it('PouchDB may send what the engine has to send: the engine finds the receipts', async () => {
  await maia.mark('present', 1, 2);
  await maia.mark('late', 2);
  const local = maia.store.pouch(PouchDB);
  expect((await local.replicate.to(remote)).docs_written).toBe(2);
  expect(maia.engine.status.isProven).toBe(false);
  await maia.engine.syncNow();
  await expectAllArrived(server, log, [maia]);
  const leaves = await server.admin.allLeaves(termBase);
  expect(leaves.get(markId(2))).toHaveLength(1);
});
