import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Group } from '../../src/lib/domain/documents.ts';
import {
  groupDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type VenueCode,
} from '../../src/lib/domain/ids.ts';
import { isCut, isSound } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { markId, openPhone, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let log: Confirmed[];
let coco: Phone;
let cleo: Phone;

beforeEach(async () => {
  server = await openTestServer();
  log = [];
  coco = await openPhone({ server, log, account: 'coco' });
  cleo = await openPhone({ server, log, account: 'cleo' });
});
afterEach(async () => {
  for (const phone of [coco, cleo]) await phone.close();
  await server.dispose();
});

const id = groupDocId('g1' as GroupId);
const group = {
  _id: id,
  type: 'group',
  v: 1,
  at: '2026-11-01T08:00:00.000Z',
  by: 'admin',
  device: 'desk',
  group: 'g1',
  workshopType: 'language',
  label: 'A2',
  venue: 'amarres',
  weekday: 1,
  start: '14:30',
  end: '16:30',
};

const change = (phone: Phone, fields: Partial<Group>) =>
  phone.store.commit([
    {
      id,
      change: (current: AnyDocument | undefined) =>
        current?.type === 'group'
          ? { ...current, ...fields, by: phone.account as AccountName, device: phone.name as DeviceId }
          : undefined,
    },
  ]);

async function settle(): Promise<void> {
  for (let n = 0; n < 3; n++) for (const phone of [coco, cleo]) await phone.engine.syncNow();
}

const groupOf = (phone: Phone) => phone.store.get('group', id);

describe('a document that two people changed', () => {
  beforeEach(async () => {
    await server.admin.put(`${termBase}/${id}`, group);
    await settle();
  });

  it('takes both changes when they touch different fields', async () => {
    await change(coco, { label: 'A2 matin' });
    await change(cleo, { venue: 'capsys' as VenueCode });
    await settle();
    for (const phone of [coco, cleo]) {
      expect(await groupOf(phone)).toMatchObject({ label: 'A2 matin', venue: 'capsys' });
      expect(await phone.store.conflicts()).toEqual([]);
    }
    expect((await groupOf(coco))?._rev).toBe((await groupOf(cleo))?._rev);
  });

  it('keeps both versions when they touch the same field', async () => {
    await change(coco, { label: 'A2 matin' });
    await change(cleo, { label: 'A2 soir' });
    await settle();
    for (const phone of [coco, cleo]) {
      const [conflict] = await phone.store.conflicts();
      expect(conflict?.leaves.map(({ document }) => (document as Group).label).sort()).toEqual([
        'A2 matin',
        'A2 soir',
      ]);
      expect(phone.engine.status).toMatchObject({ isProven: true, unsent: 0 });
    }
  });

  it('keeps both when one deleted what the other changed', async () => {
    await coco.store.commit([
      { id, change: (current) => current && ({ ...current, _deleted: true } as AnyDocument) },
    ]);
    await change(cleo, { label: 'A2 soir' });
    await settle();
    for (const phone of [coco, cleo]) {
      const [conflict] = await phone.store.conflicts();
      expect(conflict?.leaves.map(({ isDeleted }) => isDeleted).sort()).toEqual([false, true]);
      expect((await groupOf(phone))?.label).toBe('A2 soir');
    }
  });
});

describe('a newer app on the other phone', () => {
  it('does not hold up a mark made here before its version was known', async () => {
    await coco.mark('present', 1);
    await settle();
    coco.line.faultOf = isCut;
    await coco.mark('late', 1);
    const { _rev: rev, ...mark } = (await server.admin.get(`${termBase}/${markId(1)}`)) as { _rev: string };
    await server.admin.put(`${termBase}/${markId(1)}?rev=${rev}`, {
      ...mark,
      v: 2,
      history: [...histories(mark)],
    });
    const again = (await server.admin.get(`${termBase}/${markId(1)}`)) as { _rev: string };
    await server.admin.put(`${termBase}/${markId(1)}?rev=${again._rev}`, { ...mark, v: 2, mood: 'sunny' });
    coco.line.faultOf = isSound;
    await settle();
    expect(await coco.store.quarantined()).toMatchObject([{ id: markId(1) }]);
    await expectAllArrived(server, log, [coco, cleo]);
  });

  it('adds fields that survive a change made by this one', async () => {
    await server.admin.put(`${termBase}/${id}`, { ...group, colour: 'blue' });
    await settle();
    await change(coco, { label: 'B1' });
    await settle();
    expect(await groupOf(cleo)).toMatchObject({ label: 'B1', colour: 'blue' });
    await expectNothingLost(server, log, [coco, cleo]);
  });
});

const histories = (mark: object) => (mark as { history: object[] }).history;
