import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countPeople, closeRollCall } from '../../src/lib/domain/closing.ts';
import type { AnyDocument, Author } from '../../src/lib/domain/documents.ts';
import { closingDocId, signUpDocId, type DeviceId } from '../../src/lib/domain/ids.ts';
import { placesOf, toTell } from '../../src/lib/domain/sign-up-places.ts';
import { signUp, withdraw } from '../../src/lib/domain/sign-ups.ts';
import { occurrence, openPhone, person, type Phone } from './phone.ts';
import { openTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let maia: Phone;
let noor: Phone;
let coco: Phone;

beforeEach(async () => {
  server = await openTestServer();
  maia = await openPhone({ server, log: [], account: 'maia' });
  noor = await openPhone({ server, log: [], account: 'noor' });
  coco = await openPhone({ server, log: [], account: 'coco' });
});
afterEach(async () => {
  for (const phone of [maia, noor, coco]) await phone.close();
  await server.dispose();
});

const at = (phone: Phone, minute: number): Author => ({
  at: `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`,
  by: phone.account,
  device: phone.name as DeviceId,
});

async function sign(phone: Phone, who: number, minute: number) {
  const participant = person(who);
  const done = await phone.store.commit([
    {
      id: signUpDocId(occurrence, participant),
      change: (current: AnyDocument | undefined) =>
        signUp(
          current?.type === 'signUp' ? current : undefined,
          { occurrence, participant, told: 'place' },
          at(phone, minute),
        ),
    },
  ]);
  expect(done.ok).toBe(true);
}

async function settle(...phones: readonly Phone[]): Promise<void> {
  for (let n = 0; n < 3; n++) for (const phone of phones) await phone.engine.syncNow();
}

const placesAt = async (phone: Phone) =>
  placesOf(await phone.store.where('signUp', 'occurrence', occurrence), { capacity: 1 });

describe('sign-ups of phones without a network', () => {
  it('for the last place: every phone comes to the same list, and says who is to be told', async () => {
    await sign(maia, 1, 5);
    await sign(noor, 2, 7);
    await settle(noor, maia, coco);
    for (const phone of [maia, noor, coco]) {
      const places = await placesAt(phone);
      expect(places.placed.map(({ participant }) => participant)).toEqual([person(1)]);
      expect([...toTell(places)]).toEqual([[person(2), 'waiting']]);
      expect(phone.engine.status).toMatchObject({ unsent: 0, refused: 0 });
    }
  });

  it('of one person, on two phones: one sign-up in the earlier turn, both in its history, nobody has to decide', async () => {
    await sign(maia, 1, 9);
    await sign(noor, 1, 4);
    await settle(maia, noor, coco);
    await settle(coco, maia, noor);
    for (const phone of [maia, noor, coco]) {
      const merged = await phone.store.get('signUp', signUpDocId(occurrence, person(1)));
      expect(merged).toMatchObject({ state: 'signedUp', since: at(noor, 4).at });
      expect(merged?.history.map(({ by }) => by as string).sort()).toEqual(['maia', 'noor']);
      expect(await phone.store.conflicts()).toEqual([]);
    }
  });

  it('withdrawn by another volunteer than who signed them up', async () => {
    await sign(maia, 1, 1);
    await settle(maia, noor);
    await noor.store.commit([
      {
        id: signUpDocId(occurrence, person(1)),
        change: (current) => withdraw(current?.type === 'signUp' ? current : undefined, at(noor, 8)),
      },
    ]);
    await settle(noor, maia);
    expect((await placesAt(maia)).placed).toEqual([]);
    expect(noor.engine.status).toMatchObject({ unsent: 0, refused: 0 });
  });
});

describe('people counted on one phone while another closes the list', () => {
  it('leave it closed, with the number', async () => {
    const id = closingDocId(occurrence);
    const counts = { present: 2, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
    await maia.store.commit([
      {
        id,
        change: () => countPeople(undefined, { occurrence, what: 'headcount', number: 14 }, at(maia, 1)),
      },
    ]);
    await noor.store.commit([
      { id, change: () => closeRollCall(undefined, { occurrence, counts }, at(noor, 2)) },
    ]);
    await settle(maia, noor, coco);
    await settle(coco, maia, noor);
    for (const phone of [maia, noor, coco])
      expect(await phone.store.get('closing', id)).toMatchObject({ state: 'closed', headcount: 14, counts });
  });
});
