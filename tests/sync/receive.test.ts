import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newCode, seal } from '../../src/lib/features/transfer/envelope.ts';
import { receive } from '../../src/lib/features/transfer/receive.ts';
import { parcelOf } from '../../src/lib/features/transfer/roll-call-parcel.ts';
import type { AnyDocument } from '../../src/lib/domain/documents.ts';
import {
  groupDocId,
  occurrenceDocId,
  rosterCardDocId,
  type GroupId,
  type ParticipantId,
} from '../../src/lib/domain/ids.ts';
import type { PresenceDevice } from '../../src/lib/sync/device.svelte.ts';
import { markId, occurrence, person } from './phone.ts';
import { disposeOf, mark, openSignedIn, termStore, type SignedInDevice } from './signed-in-device.ts';
import { openTestServer, term, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let opened: SignedInDevice[];
const code = newCode();
const written = { v: 1, at: '2026-11-01T08:00:00.000Z', by: 'admin', device: 'desk' };
const group = {
  ...written,
  type: 'group',
  group: 'g1',
  workshopType: 'language',
  label: 'A2',
  venue: 'amarres',
  weekday: 1,
  start: '14:30',
  end: '16:30',
};
const meeting = {
  ...written,
  type: 'occurrence',
  occurrence,
  group: 'g1',
  date: '2026-11-23',
  start: '14:30',
  end: '16:30',
  venue: 'amarres',
  week: 8,
  state: 'planned',
};

beforeEach(async () => {
  server = await openTestServer();
  await server.admin.put(`${termBase}/${groupDocId('g1' as GroupId)}`, group);
  await server.admin.put(`${termBase}/${occurrenceDocId(occurrence)}`, meeting);
  opened = [];
});
afterEach(async () => {
  for (const one of opened) await disposeOf(one);
  await server.dispose();
  vi.unstubAllGlobals();
});

async function deviceOf(name: string): Promise<PresenceDevice> {
  const one = await openSignedIn(server, name);
  opened.push(one);
  return one.device;
}

async function contentFrom(device: PresenceDevice): Promise<string> {
  const parcel = await parcelOf(device, occurrence);
  if (!parcel) throw new Error('no such list');
  return parcel.content;
}

const addWalkIn = (device: PresenceDevice, participant: ParticipantId) =>
  termStore(device).commit([
    {
      id: rosterCardDocId(participant),
      change: () =>
        ({
          _id: rosterCardDocId(participant),
          type: 'rosterCard',
          v: 1,
          ...device.author(),
          participant,
          firstName: 'Nour',
          sortKey: 'nour',
          screenLanguage: 'fr',
          isFrancophone: false,
          isProvisional: true,
        }) as AnyDocument,
    },
  ]);

describe('receiving a roll call', () => {
  it('brings the answers and the people added to the list, once', async () => {
    const [maia, noor] = [await deviceOf('maia'), await deviceOf('noor')];
    await mark(maia, 'present', 1, 2);
    await addWalkIn(maia, person(2));
    expect(await parcelOf(maia, occurrence)).toMatchObject({ marks: 2, people: 1, isClosed: false });
    const envelope = await seal(await contentFrom(maia), code);
    expect(await receive(noor, envelope, code)).toEqual({
      ok: true,
      received: {
        occurrence,
        label: 'A2',
        date: '2026-11-23',
        by: 'maia',
        toSend: 0,
        carried: 3,
        setAside: 0,
        disagreements: 0,
      },
    });
    expect((await termStore(noor).get('rosterCard', rosterCardDocId(person(2))))?.firstName).toBe('Nour');
    expect(await receive(noor, envelope, code)).toMatchObject({ received: { toSend: 0, carried: 0 } });
  });

  it('shows what differs as a disagreement, and never what only came twice', async () => {
    const [maia, noor] = [await deviceOf('maia'), await deviceOf('noor')];
    await mark(maia, 'present', 1, 2);
    await mark(noor, 'present', 1);
    await mark(noor, 'absent', 2);
    const envelope = await seal(await contentFrom(maia), code);
    expect(await receive(noor, envelope, code)).toMatchObject({ received: { carried: 2, disagreements: 1 } });
  });

  it('says of a wrong code, another site, another term and a newer app what it is, and writes nothing', async () => {
    const [maia, noor] = [await deviceOf('maia'), await deviceOf('noor')];
    await mark(maia, 'present', 1);
    const content = await contentFrom(maia);
    const why = async (text: string, key = code) => {
      const result = await receive(noor, await seal(text, code), key);
      return result.ok ? 'received' : result.why;
    };
    expect(await why(content, '000000000000')).toBe('wrong-code');
    expect(await why(content.replace('"site":"paris13"', '"site":"lyon3"'))).toBe('other-site');
    expect(await why(content.replace(`"term":"${term}"`, '"term":"s9-2019"'))).toBe('other-term');
    expect(await why(content.replace('"version":1', '"version":2'))).toBe('newer');
    expect(await why('{"kind":"invoice"}')).toBe('not-ours');
    expect(await why('no JSON')).toBe('not-ours');
    expect(await termStore(noor).get('mark', markId(1))).toBeUndefined();
  });

  it('takes nothing in but the roll call', async () => {
    const [maia, coco] = [await deviceOf('maia'), await deviceOf('coco')];
    await mark(maia, 'present', 1);
    const parcel = JSON.parse(await contentFrom(maia)) as { revisions: unknown[][] };
    const [, , , , body] = parcel.revisions.find(([id]) => id === markId(1)) ?? [];
    const odd = (id: string, over: object) => [id, 1, ['abc'], 0, { ...(body as object), ...over }];
    parcel.revisions.push(
      odd(`mark:other.2026-11-23T1430:p1`, {}),
      odd('volunteer:v1', { type: 'volunteer', volunteer: 'v1', name: 'X', kind: 'staff' }),
      odd('rosterCard:p9', { type: 'rosterCard', isProvisional: false }),
      ['mark', 'x'],
    );
    const result = await receive(coco, await seal(JSON.stringify(parcel), code), code);
    expect(result).toMatchObject({ ok: true, received: { toSend: 1, setAside: 4 } });
    expect(await termStore(coco).ofType('volunteer')).toEqual([]);
  });
});
