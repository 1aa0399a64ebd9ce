import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCut, isSound, onNext, type Fault } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone, type PhoneOptions } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let log: Confirmed[];
let phones: Phone[];

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  phones = [];
});
afterEach(async () => {
  for (const phone of phones) await phone.close();
  await server.dispose();
});

async function phoneOf(account: string, options: Partial<PhoneOptions> = {}): Promise<Phone> {
  const phone = await openPhone({ server, log, account, ...options });
  phones.push(phone);
  return phone;
}

const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('a sound line', () => {
  it('sends what was marked without a network, and another phone shows it', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    maia.line.faultOf = isCut;
    await maia.mark('present', ...people(1, 40));
    await maia.mark('late', 3);
    expect((await maia.engine.syncNow()).phase).toBe('offline');
    expect(maia.engine.status).toMatchObject({ unsent: 40, isProven: false });
    await expectNothingLost(server, log, phones);

    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    await noor.engine.syncNow();
    await expectAllArrived(server, log, phones);
    expect(await noor.statusOf(3)).toBe('late');
    expect(await noor.statusOf(40)).toBe('present');
  });

  it('is no longer proven from the moment a mark is confirmed', async () => {
    const maia = await phoneOf('maia');
    await maia.mark('present', 1);
    expect((await maia.engine.syncNow()).isProven).toBe(true);
    await maia.mark('absent', 1);
    expect(maia.engine.status.isProven).toBe(false);
    await expectNothingLost(server, log, phones);
  });

  it('is not proven by a round that ended while a mark was being made', async () => {
    const maia = await phoneOf('maia');
    await maia.mark('present', 1);
    maia.line.faultOf = onNext('_revs_diff', { kind: 'slow', ms: 150 });
    const round = maia.engine.syncNow();
    await new Promise((wait) => setTimeout(wait, 60));
    maia.line.faultOf = onNext('_bulk_docs', { kind: 'refuse' });
    await maia.mark('absent', 1);
    await maia.mark('present', 2);
    await round;
    await expectNothingLost(server, log, phones);
  });
});

describe('a line that breaks', () => {
  const broken: [string, string, Fault][] = [
    ['in the middle of a batch', '_bulk_docs', { kind: 'cut' }],
    ['before anything was sent', '_bulk_docs', { kind: 'refuse' }],
    ['after the server committed: the answer is lost', '_bulk_docs', { kind: 'swallow' }],
    ['before the receipt comes', '_revs_diff', { kind: 'swallow' }],
    ['with half an answer to a batch', '_bulk_docs', { kind: 'truncate' }],
    ['with half a receipt', '_revs_diff', { kind: 'truncate' }],
    ['with a page in place of an answer', '_bulk_docs', { kind: 'html' }],
    ['with a page in place of the receipt', '_revs_diff', { kind: 'html' }],
    ['with a page in place of everything', '', { kind: 'html' }],
    ['with half of every answer', '', { kind: 'truncate' }],
    ['with an answer of a server in trouble', '_bulk_docs', { kind: 'status', status: 503 }],
    ['with a server whose disk is full', '_bulk_docs', { kind: 'status', status: 507 }],
    ['with too many requests', '_bulk_docs', { kind: 'status', status: 429 }],
    ['with an empty list in place of the receipt', '_revs_diff', { kind: 'rewrite', change: () => '[]' }],
    ['with null in place of an answer', '_bulk_docs', { kind: 'rewrite', change: () => 'null' }],
  ];

  it.each(broken)('keeps every mark and sends it later, broken %s', async (_name, part, fault) => {
    const maia = await phoneOf('maia');
    await maia.mark('present', ...people(1, 12));
    await maia.mark('absent', 2, 4);
    maia.line.faultOf = onNext(part, fault, 1000);
    const failed = await maia.engine.syncNow();
    expect(['offline', 'failing']).toContain(failed.phase);
    expect(failed).toMatchObject({ isProven: false, nextTryAt: expect.any(String) });
    expect(failed.failure).toBeDefined();
    await expectNothingLost(server, log, phones);

    maia.line.faultOf = isSound;
    await maia.mark('excused', 5);
    await maia.engine.syncNow();
    await expectAllArrived(server, log, phones);
  });

  it.each(broken)('writes a mark once, whatever was broken %s', async (_name, part, fault) => {
    const maia = await phoneOf('maia');
    await maia.mark('present', 1, 2, 3);
    maia.line.faultOf = onNext(part, fault, 1000);
    await maia.engine.syncNow();
    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    const leaves = await server.admin.allLeaves(termBase);
    for (const n of [1, 2, 3])
      expect(leaves.get(markId(n))).toMatchObject([{ history: [{ status: 'present' }] }]);
  });

  it('takes an answer that came twice as one', async () => {
    const maia = await phoneOf('maia');
    await maia.mark('present', ...people(1, 5));
    maia.line.faultOf = () => ({ kind: 'twice' });
    await maia.engine.syncNow();
    await expectAllArrived(server, log, phones);
    const leaves = await server.admin.allLeaves(termBase);
    expect(leaves.get(markId(1))).toHaveLength(1);
  });

  it('reads rows of an answer by their ids, in whatever order they come', async () => {
    const maia = await phoneOf('maia');
    await maia.mark('present', ...people(1, 5));
    maia.line.faultOf = ({ path }) =>
      path.includes('_bulk_docs')
        ? {
            kind: 'rewrite',
            change: () =>
              JSON.stringify(
                people(1, 5)
                  .reverse()
                  .map((n) => ({ ok: true, id: markId(n), rev: '1-x' })),
              ),
          }
        : undefined;
    await maia.engine.syncNow();
    await expectAllArrived(server, log, phones);
  });

  it('keeps a newer answer pending when an older batch is proven late', async () => {
    const maia = await phoneOf('maia');
    await maia.mark('present', 1);
    maia.line.faultOf = onNext('_bulk_docs', { kind: 'slow', ms: 200 });
    const round = maia.engine.syncNow();
    await new Promise((wait) => setTimeout(wait, 80));
    await maia.mark('absent', 1);
    maia.line.faultOf = isCut;
    await round;
    await expectNothingLost(server, log, phones);
    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    await expectAllArrived(server, log, phones);
  });

  it('gives up on a server that never answers, and says so', async () => {
    const maia = await phoneOf('maia', {
      fetch: (fetch) => (url, init) =>
        fetch(url, {
          ...init,
          signal: AbortSignal.any([AbortSignal.timeout(150), ...(init?.signal ? [init.signal] : [])]),
        }),
    });
    await maia.mark('present', 1);
    maia.line.faultOf = onNext('_bulk_docs', { kind: 'silent' }, 1000);
    expect(['failing', 'offline']).toContain((await maia.engine.syncNow()).phase);
    await expectNothingLost(server, log, phones);
    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    await expectAllArrived(server, log, phones);
  });

  it.each(['_changes', '_bulk_get'])(
    'pulls again what broke in %s, and claims no proof before',
    async (part) => {
      const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
      await maia.mark('present', ...people(1, 30));
      await maia.engine.syncNow();
      await noor.engine.syncNow();
      await maia.mark('absent', ...people(1, 30));
      await maia.engine.syncNow();
      noor.line.faultOf = onNext(part, { kind: 'truncate' }, 1000);
      expect((await noor.engine.syncNow()).isProven).toBe(false);
      noor.line.faultOf = isSound;
      await noor.engine.syncNow();
      expect(await noor.statusOf(30)).toBe('absent');
      await expectAllArrived(server, log, phones);
    },
  );

  it('goes on pulling where it stopped, in the middle of thousands', async () => {
    const docs = people(1, 2500).map((n) => ({ _id: `note:${n}`, n }));
    await server.admin.post(`${termBase}/_bulk_docs`, { docs });
    const maia = await phoneOf('maia');
    let feeds = 0;
    maia.line.faultOf = ({ path }) =>
      path.includes('_changes') && ++feeds === 3 ? { kind: 'swallow' } : undefined;
    expect((await maia.engine.syncNow()).isProven).toBe(false);
    // Two pages of a thousand, and the rules stand in one of them.
    expect(await maia.store.count()).toBe(1999);
    maia.line.faultOf = isSound;
    await maia.engine.syncNow();
    expect(await maia.store.count()).toBe(2500);
    const last = maia.line.log.filter(({ path }) => path.includes('_changes')).at(-1);
    expect(last?.path).toMatch(/since=2\d{3}-/);
    await expectAllArrived(server, log, phones);
  });
});
