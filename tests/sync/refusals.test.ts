import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument } from '../../src/lib/domain/documents.ts';
import { isSound, onNext, type FaultOf } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, term, site, type TestServer } from './test-server.ts';

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

const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** The server refuses one document by a rule of its own: the line takes it out and answers as CouchDB does. */
const refusing =
  (id: string): FaultOf =>
  ({ path, body }) => {
    if (!path.includes('_bulk_docs') || !body.includes(id)) return undefined;
    return { kind: 'without', id, row: { error: 'forbidden', reason: 'This list is closed.' } };
  };

async function makeOversize(phone: Phone, n: number): Promise<void> {
  const filler = 'x'.repeat(100_000);
  await phone.store.commit([
    {
      id: markId(n),
      change: (current: AnyDocument | undefined) => current && ({ ...current, filler } as AnyDocument),
    },
  ]);
}

describe('a document the server refuses', () => {
  it('is set aside with its reason, and the good ones around it arrive', async () => {
    await maia.mark('present', ...people(1, 10));
    maia.line.faultOf = refusing(markId(4));
    const status = await maia.engine.syncNow();
    expect(status).toMatchObject({ phase: 'refused', refused: 1, unsent: 0, isProven: false });
    expect(await maia.store.outbox.refused()).toMatchObject([
      { id: markId(4), status: 403, reason: 'This list is closed.' },
    ]);
    expect(await expectNothingLost(server, log, [maia])).toEqual({ onServer: 9, pending: 0, refused: 1 });
  });

  it('holds up nobody who comes later, and goes out when it may', async () => {
    await maia.mark('present', 4);
    maia.line.faultOf = refusing(markId(4));
    await maia.engine.syncNow();
    await maia.mark('late', ...people(5, 8));
    await maia.engine.syncNow();
    expect(await expectNothingLost(server, log, [maia])).toEqual({ onServer: 4, pending: 0, refused: 1 });
    maia.line.faultOf = isSound;
    await maia.store.outbox.retryRefused();
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });

  it('is tried again when it was changed', async () => {
    await maia.mark('present', 4);
    maia.line.faultOf = refusing(markId(4));
    await maia.engine.syncNow();
    maia.line.faultOf = isSound;
    await maia.mark('absent', 4);
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });

  it('is the only one set aside when it is too large', async () => {
    await maia.mark('present', ...people(1, 20));
    await makeOversize(maia, 7);
    const status = await maia.engine.syncNow();
    expect(status).toMatchObject({ phase: 'refused', refused: 1, unsent: 0, isProven: false });
    expect(await maia.store.outbox.refused()).toMatchObject([{ id: markId(7), status: 413 }]);
    expect(await expectNothingLost(server, log, [maia])).toEqual({ onServer: 19, pending: 0, refused: 1 });
  });

  it('is the only one set aside when the server breaks over it', async () => {
    await maia.mark('present', ...people(1, 20));
    maia.line.faultOf = ({ path, body }) =>
      path.includes('_bulk_docs') && body.includes(`"${markId(3)}"`)
        ? { kind: 'status', status: 500 }
        : undefined;
    await maia.engine.syncNow();
    expect(await maia.store.outbox.refused()).toMatchObject([{ id: markId(3), status: 500 }]);
    expect(await expectNothingLost(server, log, [maia])).toEqual({ onServer: 19, pending: 0, refused: 1 });
  });

  it('is none when the server breaks over everything: all of it waits', async () => {
    await maia.mark('present', ...people(1, 20));
    maia.line.faultOf = onNext('_bulk_docs', { kind: 'status', status: 500 }, 1000);
    expect(await maia.engine.syncNow()).toMatchObject({
      phase: 'failing',
      failure: 'server',
      refused: 0,
      unsent: 20,
    });
    await expectNothingLost(server, log, [maia]);
    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });

  it('is halved out of a batch that a proxy finds too large', async () => {
    await maia.mark('present', ...people(1, 30));
    maia.line.faultOf = ({ path, body }) =>
      path.includes('_bulk_docs') && body.length > 4000 ? { kind: 'status', status: 413 } : undefined;
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });
});

describe('an account whose rights were taken away', () => {
  it('keeps its marks, told apart as refused, and sends them when the rights come back', async () => {
    await maia.mark('present', 1);
    await maia.engine.syncNow();
    const path = '_users/org.couchdb.user:maia';
    const account = (await server.admin.get(path)) as Record<string, unknown>;
    await server.admin.put(path, { ...account, roles: [] });
    await maia.mark('absent', 1, 2);
    expect(await maia.engine.syncNow()).toMatchObject({ phase: 'refused', refused: 2, isProven: false });
    await expectNothingLost(server, log, [maia]);

    const now = (await server.admin.get(path)) as Record<string, unknown>;
    await server.admin.put(path, { ...now, roles: [`volunteer:${site}:${term}`] });
    await maia.store.outbox.retryRefused();
    await maia.engine.syncNow();
    await expectAllArrived(server, log, [maia]);
  });

  it('keeps its marks to be sent when the account is gone', async () => {
    await maia.mark('present', 1);
    const path = '_users/org.couchdb.user:maia';
    const { _rev: rev } = (await server.admin.get(path)) as { _rev: string };
    await server.admin.delete(`${path}?rev=${rev}`);
    expect(await maia.engine.syncNow()).toMatchObject({ phase: 'signed-out', unsent: 1, isProven: false });
    await expectNothingLost(server, log, [maia]);
  });
});
