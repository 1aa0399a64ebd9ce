import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { planRescue, takeRescue } from '../../src/lib/features/desk/rescue-import.ts';
import { readRescueFile } from '../../src/lib/features/desk/rescue-reading.ts';
import { rescueFile } from '../../src/lib/features/settings/rescue-file.ts';
import { rescueCopy } from '../../src/lib/features/shell/rescue-copy.ts';
import type { PresenceDevice } from '../../src/lib/sync/device.svelte.ts';
import { isSound } from './faulty-line.ts';
import { markId } from './phone.ts';
import { disposeOf, mark, openSignedIn, termStore, type SignedInDevice } from './signed-in-device.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

let server: TestServer;
let opened: SignedInDevice[];
const within = { timeout: 20_000, interval: 25 };

beforeEach(async () => {
  server = await openTestServer();
  opened = [];
});
afterEach(async () => {
  for (const one of opened) await disposeOf(one);
  await server.dispose();
  vi.unstubAllGlobals();
});

async function deviceOf(name: string): Promise<SignedInDevice> {
  const one = await openSignedIn(server, name);
  opened.push(one);
  return one;
}

async function copyOf(device: PresenceDevice): Promise<string> {
  const facts = { device: device.deviceId, now: '2026-11-23T18:00:00.000Z' };
  return (await rescueFile(device.stores, facts, () => undefined)).text;
}

async function plan(device: PresenceDevice, text: string | Blob) {
  const read = await readRescueFile(typeof text === 'string' ? new Blob([text]) : text);
  if (!read.ok) throw new Error(read.why);
  return planRescue(device, read.file, () => undefined);
}

async function takeUp(device: PresenceDevice, text: string | Blob) {
  const planned = await plan(device, text);
  if (!planned.ok) throw new Error(planned.why);
  return { plan: planned.plan, taken: await takeRescue(device, planned.plan, () => undefined) };
}

const leavesOnServer = async (n: number) => (await server.admin.allLeaves(termBase)).get(markId(n)) ?? [];
const whyOf = async (text: string | Blob) => {
  const read = await readRescueFile(typeof text === 'string' ? new Blob([text]) : text);
  return read.ok ? 'read' : read.why;
};

/** The file again, after something was done to its documents of the term. */
function withDocuments(text: string, change: (documents: Record<string, unknown>[]) => unknown[]): string {
  const file = JSON.parse(text) as { databases: { name: string; documents: Record<string, unknown>[] }[] };
  const databases = file.databases.map((one) =>
    one.name === termBase ? { ...one, documents: change(one.documents) } : one,
  );
  return JSON.stringify({ ...file, databases });
}

describe('a phone’s rescue copy at the desk', () => {
  it('tells what it holds, brings what lacks with its ancestry, and sends it on', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', 1, 2);
    await mark(phone, 'late', 2);
    const text = await copyOf(phone);
    const { device: desk, line } = await deviceOf('coco');
    const { plan: shown, taken } = await takeUp(desk, text);
    expect(shown).toMatchObject({
      account: 'maia',
      madeAt: '2026-11-23T18:00:00.000Z',
      fresh: 2,
      damaged: 0,
    });
    expect(shown.unsent).toBeGreaterThanOrEqual(2);
    expect(taken).toMatchObject({ ok: true, written: 2, quarantined: 0, disagreements: 0 });
    expect((await termStore(desk).get('mark', markId(2)))?.history).toHaveLength(2);
    line.faultOf = isSound;
    await vi.waitFor(async () => {
      expect(await desk.engine.syncNow()).toMatchObject({ isProven: true, refused: 0 });
    }, within);
    expect(await leavesOnServer(2)).toMatchObject([{ status: 'late', by: 'maia', history: [{}, {}] }]);
  });

  it('adds nothing the second time', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', 1, 2);
    const text = await copyOf(phone);
    const { device: desk } = await deviceOf('coco');
    await takeUp(desk, text);
    const waiting = await termStore(desk).outbox.pendingCount();
    const { plan: again, taken } = await takeUp(desk, text);
    expect(again).toMatchObject({ fresh: 0, parts: [] });
    expect(taken).toMatchObject({ ok: true, written: 0 });
    expect(await termStore(desk).outbox.pendingCount()).toBe(waiting);
  });

  it('merges like a sync: what says the same is united, what differs stays side by side', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', 1, 2);
    const text = await copyOf(phone);
    const { device: desk } = await deviceOf('coco');
    await mark(desk, 'present', 1);
    await mark(desk, 'absent', 2);
    expect((await takeUp(desk, text)).taken).toMatchObject({ ok: true, disagreements: 1 });
    expect((await termStore(desk).conflicts()).map(({ id }) => id)).toEqual([markId(2)]);
    expect((await termStore(desk).get('mark', markId(1)))?.history).toHaveLength(2);
  });

  it('is as good when the tables were saved as they lay there', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', 1, 2);
    await mark(phone, 'late', 2);
    const file = await rescueCopy('presence~maia~');
    if (!file) throw new Error('no copy');
    const { device: desk } = await deviceOf('coco');
    const { plan: shown, taken } = await takeUp(desk, file);
    expect(shown).toMatchObject({ account: 'maia', fresh: 2 });
    expect(taken).toMatchObject({ ok: true, written: 2 });
    expect((await termStore(desk).get('mark', markId(2)))?.status).toBe('late');
  });

  it('says of what is not its own, damaged, newer or too large what it is', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', 1);
    const text = await copyOf(phone);
    expect(await whyOf(text.slice(0, text.length / 2))).toBe('damaged');
    expect(await whyOf('{"kind":"presence-rescue","version":1,"databases":7}')).toBe('damaged');
    expect(await whyOf('{"kind":"presence-rescue","version":1,"databases":[{"x":1}]}')).toBe('damaged');
    for (const other of ['', 'null', '[]', '{"kind":"invoice"}', 'Bonjour'])
      expect(await whyOf(other)).toBe('not-rescue');
    expect(await whyOf(text.replace('"version":1', '"version":2'))).toBe('newer');
    expect(await whyOf({ size: 300_000_000 } as Blob)).toBe('too-large');
    const { device: desk } = await deviceOf('coco');
    expect(await plan(desk, text.replaceAll('paris13-', 'lyon3-'))).toEqual({ ok: false, why: 'other-site' });
    expect(await plan(desk, '{"kind":"presence-rescue","databases":[]}')).toEqual({
      ok: false,
      why: 'empty',
    });
    const elsewhere = text.replaceAll(termBase, 'paris13-s9-2019');
    expect(await plan(desk, elsewhere)).toMatchObject({ ok: true, plan: { notOpen: ['paris13-s9-2019'] } });
  });

  it('lets no hostile document in, and loses nothing of what is sound beside it', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', 1, 2, 3);
    const text = await copyOf(phone);
    const { device: desk } = await deviceOf('coco');
    await mark(desk, 'absent', 1);
    const hostile = withDocuments(text, (documents) => {
      const sound = documents.find(({ id }) => id === markId(3));
      const odd = (id: string, body: unknown, over: Record<string, unknown> = {}) => ({
        ...sound,
        id,
        rev: '9-abc',
        tree: [{ pos: 9, ids: ['abc', {}, []] }],
        body,
        ...over,
      });
      return [
        ...documents,
        odd(markId(1), { type: 'mark', v: 1, status: 'dancing' }),
        odd(markId(7), { type: 'mark', v: 1, by: 7 }),
        odd('_design/presence', { type: 'mark' }),
        odd('group:g9', { type: 'mark' }),
        odd(markId(8), { type: 'mark', deep: 'DEEP' }),
        odd(markId(8), { type: 'mark', long: 'x'.repeat(70_000) }),
        odd(markId(8), [], {}),
        odd(markId(8), { type: 'mark' }, { tree: [{ pos: 1, ids: ['abc', {}, [['../x', {}, []]]] }] }),
        odd(markId(8), { type: 'mark' }, { tree: 'no tree' }),
        odd(markId(8), { type: 'mark' }, { rev: '12' }),
        null,
        'text',
        JSON.parse('{"__proto__":{"id":"mark:x"},"id":"__proto__","rev":"1-a","body":{}}'),
      ];
    });
    const { plan: shown, taken } = await takeUp(
      desk,
      hostile.replace('"DEEP"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    );
    expect(shown.damaged).toBe(11);
    expect(taken).toMatchObject({ ok: true, written: 3, quarantined: 1, leftOut: 1 });
    expect((await termStore(desk).quarantined()).map(({ id }) => id)).toEqual([markId(7)]);
    expect((await termStore(desk).get('mark', markId(3)))?.status).toBe('present');
    expect((await termStore(desk).conflicts()).map(({ id }) => id)).toEqual([markId(1)]);
    expect(({} as Record<string, unknown>).id).toBeUndefined();
  });

  it('brings a large copy slice by slice, and says how far it is', async () => {
    const { device: phone } = await deviceOf('maia');
    await mark(phone, 'present', ...Array.from({ length: 1300 }, (_, n) => n));
    const text = await copyOf(phone);
    const { device: desk } = await deviceOf('coco');
    const planned = await plan(desk, text);
    if (!planned.ok) throw new Error(planned.why);
    const steps: number[] = [];
    expect(await takeRescue(desk, planned.plan, (done) => steps.push(done))).toMatchObject({ written: 1300 });
    expect(steps).toEqual([200, 400, 600, 800, 1000, 1200, 1300]);
  });
});
