import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeMarks } from '../../src/lib/domain/marks-merge.ts';
import type { Mark } from '../../src/lib/domain/documents.ts';
import { isCut, isSound } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone } from './phone.ts';
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

async function phoneOf(account: string): Promise<Phone> {
  const phone = await openPhone({ server, log, account });
  phones.push(phone);
  return phone;
}

/** Rounds until nobody has anything new: each phone hears of the others. */
async function settle(): Promise<void> {
  for (let n = 0; n < 3; n++) for (const phone of phones) await phone.engine.syncNow();
}

const liveLeaves = async (n: number) =>
  ((await server.admin.allLeaves(termBase)).get(markId(n)) ?? []).filter((leaf) => !leaf._deleted);

describe('two phones on one list', () => {
  // A coordinator's device writes down what can be merged; a volunteer's only shows it.
  beforeEach(async () => {
    await phoneOf('coco');
  });

  it('that say the same are merged without a word, both histories kept', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    await maia.mark('present', 1);
    await noor.mark('present', 1);
    await settle();
    const [only, ...others] = await liveLeaves(1);
    expect(others).toEqual([]);
    expect((only as unknown as Mark).history.map(({ by }) => by).sort()).toEqual(['maia', 'noor']);
    for (const phone of phones) expect(await phone.store.conflicts()).toEqual([]);
    await expectAllArrived(server, log, phones);
  });

  it('that merge the same thing at the same time do not make another conflict', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    await Promise.all([maia.mark('present', 1), noor.mark('present', 1)]);
    await Promise.all([maia.engine.syncNow(), noor.engine.syncNow()]);
    const desks = [phones[0], await phoneOf('cleo')];
    await Promise.all(desks.map((desk) => desk?.engine.syncNow()));
    await settle();
    const before = (await server.admin.get(termBase)) as { update_seq: string };
    await settle();
    expect(((await server.admin.get(termBase)) as { update_seq: string }).update_seq).toBe(before.update_seq);
    expect(await liveLeaves(1)).toHaveLength(1);
    await expectAllArrived(server, log, phones);
  });

  it('that disagree both keep both versions, and show the same one meanwhile', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    await maia.mark('present', 1);
    await noor.mark('absent', 1);
    await settle();
    expect(await liveLeaves(1)).toHaveLength(2);
    for (const phone of phones) {
      const [conflict] = await phone.store.conflicts();
      const leaves = (conflict?.leaves ?? []).map(({ document }) => document as Mark);
      expect(leaves.map(({ status }) => status).sort()).toEqual(['absent', 'present']);
      expect(mergeMarks(leaves)).toMatchObject({ ok: false, why: 'disagreement' });
    }
    expect(await maia.statusOf(1)).toBe(await noor.statusOf(1));
    await expectAllArrived(server, log, phones);
  });

  it('agree again when one, having seen the other, changes the answer', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    await maia.mark('present', 1);
    await settle();
    await noor.mark('absent', 1);
    await settle();
    expect(await liveLeaves(1)).toHaveLength(1);
    expect(await maia.statusOf(1)).toBe('absent');
    await expectAllArrived(server, log, phones);
  });

  it('each away for a while: whole lists meet, and only the differences are left to settle', async () => {
    const [maia, noor] = [await phoneOf('maia'), await phoneOf('noor')];
    for (const phone of phones) phone.line.faultOf = isCut;
    const everyone = Array.from({ length: 40 }, (_, n) => n + 1);
    await maia.mark('present', ...everyone);
    await noor.mark('present', ...everyone.slice(0, 37));
    await noor.mark('excused', 38, 39, 40);
    for (const phone of phones) await phone.engine.syncNow();
    await expectNothingLost(server, log, phones);
    for (const phone of phones) phone.line.faultOf = isSound;
    await settle();
    for (const phone of phones)
      expect((await phone.store.conflicts()).map(({ id }) => id).sort()).toEqual(
        [38, 39, 40].map(markId).sort(),
      );
    await expectAllArrived(server, log, phones);
  });
});

describe('many phones coming back at once', () => {
  it('all arrive, and all end with the same list', async () => {
    const accounts = ['maia', 'noor', 'sami'];
    for (let n = 0; n < 30; n++) await phoneOf(accounts[n % 3] ?? 'maia');
    const volunteers = [...phones];
    await phoneOf('coco');
    for (const [n, phone] of volunteers.entries()) {
      await phone.mark('present', ...Array.from({ length: 10 }, (_, k) => n * 10 + k));
      // All of them also answer for the same person.
      await phone.mark('present', 1000);
    }
    await Promise.all(phones.map((phone) => phone.engine.syncNow()));
    await expectNothingLost(server, log, phones);
    for (let n = 0; n < 2; n++) for (const phone of phones) await phone.engine.syncNow();
    await expectAllArrived(server, log, phones);
    for (const phone of phones) expect((await phone.store.ofType('mark')).length).toBe(301);
    expect(await liveLeaves(1000)).toHaveLength(1);
  });
});
