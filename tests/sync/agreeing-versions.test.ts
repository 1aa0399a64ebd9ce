import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeRollCall, reopenRollCall } from '../../src/lib/domain/closing.ts';
import type { Author, Closing, SignUp } from '../../src/lib/domain/documents.ts';
import { closingDocId, signUpDocId, type DeviceId, type DocId } from '../../src/lib/domain/ids.ts';
import { changeOf, clearAnswer, undo, type MarkChange } from '../../src/lib/domain/roll-call.ts';
import { signUp, withdraw } from '../../src/lib/domain/sign-ups.ts';
import type { Edit } from '../../src/lib/store/commit.ts';
import { takeOver } from '../../src/lib/store/handed-over.ts';
import { leafRevisions } from '../../src/lib/store/leaf-revisions.ts';
import { isCut, isSound } from './faulty-line.ts';
import { markId, occurrence, openPhone, person, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

/** Two volunteers wrote the same thing without knowing of each other; no coordinator's device has united it yet. */
let server: TestServer;
let maia: Phone;
let noor: Phone;
let log: Confirmed[];
let others: Phone[];

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  others = [];
  maia = await openPhone({ server, log, account: 'maia' });
  noor = await openPhone({ server, log, account: 'noor' });
});
afterEach(async () => {
  for (const phone of [maia, noor, ...others]) await phone.close();
  await server.dispose();
});

async function settle(...phones: Phone[]) {
  for (let n = 0; n < 3; n++) for (const phone of phones) await phone.engine.syncNow();
}

const at = (phone: Phone, minute: number): Author => ({
  at: `2026-11-23T15:${String(minute).padStart(2, '0')}:00.000Z`,
  by: phone.account,
  device: phone.name as DeviceId,
});

const commit = async (phone: Phone, edit: Edit) => expect((await phone.store.commit([edit])).ok).toBe(true);

const liveLeaves = async (id: DocId) =>
  ((await server.admin.allLeaves(termBase)).get(id) ?? []).filter((leaf) => !leaf._deleted);

/** A coordinator's device unites what agrees: one version is left, nobody has to decide, and all have it. */
async function united(id: DocId) {
  await settle(maia, noor);
  const coco = await openPhone({ server, log, account: 'coco' });
  others.push(coco);
  await settle(coco, maia, noor);
  for (const phone of [maia, noor, coco]) {
    expect(await phone.store.conflicts()).toEqual([]);
    expect(phone.engine.status).toMatchObject({ unsent: 0, refused: 0, isProven: true });
  }
  const [only, ...more] = await liveLeaves(id);
  expect(more).toEqual([]);
  return only;
}

describe('who was marked present on two phones, then', () => {
  beforeEach(async () => {
    await maia.mark('present', 1);
    await noor.mark('present', 1);
    await settle(maia, noor);
    expect(await liveLeaves(markId(1))).toHaveLength(2);
  });

  // Each of the two, so that either version is the one that shows.
  const corrections = ['maia', 'noor'].flatMap((who) =>
    (['absent', 'late', null] as const).map((to) => [who, to] as const),
  );
  it.each(corrections)('by %s: %s, stays so', async (who, status) => {
    await (who === 'maia' ? maia : noor).mark(status, 1);
    expect(await united(markId(1))).toMatchObject({ status });
  });

  it('corrected by both, to the same answer', async () => {
    await maia.mark('absent', 1);
    await noor.mark('absent', 1);
    await settle(maia, noor);
    await noor.mark('excused', 1);
    expect(await united(markId(1))).toMatchObject({ status: 'excused' });
  });

  it('cleared by mistake and undone, is present', async () => {
    let change: MarkChange | undefined;
    await commit(maia, {
      id: markId(1),
      change(current) {
        const mark = current?.type === 'mark' ? current : undefined;
        const next = clearAnswer(mark, at(maia, 1));
        if (next) change = changeOf(mark, next);
        return next;
      },
    });
    await commit(maia, {
      id: markId(1),
      change: (current) =>
        change && undo(current?.type === 'mark' ? current : undefined, change, at(maia, 2)),
    });
    expect(await united(markId(1))).toMatchObject({ status: 'present' });
  });
});

it('who was marked on two phones, one list handed to the other, then absent there, is absent', async () => {
  for (const phone of [maia, noor]) {
    await phone.engine.syncNow();
    phone.line.faultOf = isCut;
  }
  await maia.mark('present', 1);
  await noor.mark('present', 1);
  const revisions = await leafRevisions(maia.store, [markId(1)]);
  const taken = await takeOver(noor.store, revisions, { account: 'noor', passesOn: false });
  expect(taken).toMatchObject({ ok: true, carried: 1 });
  await noor.mark('absent', 1);
  // The phone that holds both finds a network first.
  noor.line.faultOf = isSound;
  await noor.engine.syncNow();
  expect(noor.engine.status).toMatchObject({ unsent: 0, refused: 0 });
  maia.line.faultOf = isSound;
  expect(await united(markId(1))).toMatchObject({ status: 'absent' });
});

it('who was signed up on two phones and withdraws is not signed up', async () => {
  const id = signUpDocId(occurrence, person(1));
  const asSignUp = (document: unknown) => document as SignUp | undefined;
  for (const [phone, minute] of [
    [maia, 1],
    [noor, 2],
  ] as const)
    await commit(phone, {
      id,
      change: (current) =>
        signUp(asSignUp(current), { occurrence, participant: person(1), told: 'place' }, at(phone, minute)),
    });
  await settle(maia, noor);
  await commit(maia, { id, change: (current) => withdraw(asSignUp(current), at(maia, 3)) });
  expect(await united(id)).toMatchObject({ state: 'withdrawn' });
});

it('a list opened again on two phones and closed on one is closed', async () => {
  const id = closingDocId(occurrence);
  const counts = { present: 2, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
  const asClosing = (document: unknown) => document as Closing | undefined;
  await commit(maia, {
    id,
    change: (current) => closeRollCall(asClosing(current), { occurrence, counts }, at(maia, 0)),
  });
  await settle(maia, noor);
  for (const phone of [maia, noor])
    await commit(phone, { id, change: (current) => reopenRollCall(asClosing(current), at(phone, 1)) });
  await settle(maia, noor);
  await commit(noor, {
    id,
    change: (current) =>
      closeRollCall(asClosing(current), { occurrence, counts: { ...counts, present: 3 } }, at(noor, 3)),
  });
  expect(await united(id)).toMatchObject({ state: 'closed', counts: { present: 3 } });
});
