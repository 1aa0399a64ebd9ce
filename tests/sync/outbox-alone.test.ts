import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument } from '../../src/lib/domain/documents.ts';
import { openOutbox } from '../../src/lib/store/outbox-alone.ts';
import { push } from '../../src/lib/sync/push.ts';
import { expectNothingLost } from './invariant.ts';
import { markId, openPhone, reopen, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let log: Confirmed[];
let maia: Phone;

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  maia = await openPhone({ server, log });
});
afterEach(async () => {
  await maia.close();
  await server.dispose();
});

/** As the service worker does once the app was closed. */
async function pushAlone(phone: Phone) {
  const opened = await openOutbox(phone.store.name);
  if (!opened) throw new Error('the outbox did not open');
  try {
    return await push({
      fetch: phone.jar.fetch,
      url: `${phone.server}/${termBase}`,
      outbox: opened.outbox,
      now: () => new Date().toISOString(),
    });
  } finally {
    opened.close();
  }
}

describe('the outbox of a closed app', () => {
  it('sends what waits, and the app finds it all in place and sent when it opens again', async () => {
    await maia.mark('present', 1, 2, 3);
    await maia.mark('absent', 2);
    maia.store.close();
    expect(await pushAlone(maia)).toMatchObject({ ok: true, refused: 0 });
    maia = await reopen(server, maia);
    expect(await maia.store.outbox.isEmpty()).toBe(true);
    expect(await maia.store.where('mark', 'occurrence', 'g1.2026-11-23T1430')).toHaveLength(3);
    expect(await maia.statusOf(2)).toBe('absent');
    expect(await expectNothingLost(server, log, [maia])).toMatchObject({ onServer: log.length, pending: 0 });
  });

  it('sets a refused document aside with its reason, for the app to show', async () => {
    await maia.mark('present', 1, 2);
    await maia.store.commit([
      {
        id: markId(2),
        change: (current) => current && ({ ...current, filler: 'x'.repeat(100_000) } as AnyDocument),
      },
    ]);
    maia.store.close();
    expect(await pushAlone(maia)).toMatchObject({ ok: true, refused: 1 });
    maia = await reopen(server, maia);
    expect(await maia.store.outbox.refused()).toMatchObject([{ id: markId(2), status: 413 }]);
    expect(await maia.statusOf(2)).toBe('present');
  });

  it('is not to be had of a database that a newer app wrote', async () => {
    maia.store.close();
    const newer = await new Promise<IDBDatabase>((done, fail) => {
      const asked = indexedDB.open(maia.store.name, 1000);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error ?? new Error('not opened'));
    });
    newer.close();
    expect(await openOutbox(maia.store.name)).toBeUndefined();
  });
});
