import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyDocument, Group, Site, Snapshot, Volunteer } from '../../src/lib/domain/documents.ts';
import {
  groupDocId,
  siteDocId,
  termDocId,
  volunteerDocId,
  type AccountName,
  type GroupId,
  type SiteCode,
  type TermCode,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from '../../src/lib/domain/ids.ts';
import { elsewhere } from '../../src/lib/domain/meeting-place.ts';
import { answer } from '../../src/lib/domain/roll-call.ts';
import { signedText } from '../../src/lib/domain/snapshot.ts';
import {
  changeCalendar,
  closeTerm,
  copyInto,
  createTerm,
  openTerm,
} from '../../src/lib/features/term/commands.ts';
import { finishListing, type TermDesk } from '../../src/lib/features/term/listing.ts';
import { addStandardProgramme } from '../../src/lib/features/term/programme-commands.ts';
import { isSignatureOf } from '../../src/lib/sync/device-key.ts';
import { openDevice, type PresenceDevice, type TermReplica } from '../../src/lib/sync/device.svelte.ts';
import { rememberAccount, rememberedAccount } from '../../src/lib/sync/remembered.ts';
import { signIn } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { isCut, isSound, openFaultyLine, type FaultyLine } from './faulty-line.ts';
import { markId, occurrence, person } from './phone.ts';
import { openTestServer, site, term as formerTerm, type TestServer } from './test-server.ts';

class Kept {
  readonly #entries = new Map<string, string>();
  getItem = (key: string) => this.#entries.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#entries.set(key, value);
  removeItem = (key: string) => void this.#entries.delete(key);
}

/** A browser: what it remembers, its cookies; the same one when a phone is opened again. */
interface Browser {
  readonly name: string;
  readonly kept: Kept;
  readonly jar: CookieJar;
}

const code = 's1-2027' as TermCode;
const facts = { term: code, label: 'S1.27', start: '2027-02-01', weeks: 10, daysOff: ['2027-03-29'] };
const within = { timeout: 8000, interval: 25 };

let server: TestServer;
let line: FaultyLine;
let devices: PresenceDevice[];
let accounts = 0;
let maia = '';

beforeEach(async () => {
  // Databases of one test are not those of another.
  server = await openTestServer([(maia = `maia${++accounts}`)]);
  line = await openFaultyLine(server.origin);
  devices = [];
});
afterEach(async () => {
  for (const device of devices) device.close();
  for (const store of devices.flatMap((device) => device.stores)) await store.destroy();
  await line.close();
  await server.dispose();
  vi.unstubAllGlobals();
});

async function browserOf(name: string): Promise<Browser> {
  const browser = { name, kept: new Kept(), jar: new CookieJar() };
  vi.stubGlobal('localStorage', browser.kept);
  const result = await signIn(`${line.origin}/couch`, name, `${name}-password`, browser.jar.fetch);
  if (!result.ok) throw new Error(result.why);
  rememberAccount(result.account);
  return browser;
}

async function openOn({ kept, jar }: Browser): Promise<PresenceDevice> {
  vi.stubGlobal('localStorage', kept);
  const account = rememberedAccount();
  if (!account) throw new Error('nobody is remembered');
  const options = { server: `${line.origin}/couch`, appVersion: '1', fetch: jar.fetch };
  const opened = await openDevice(account, options);
  if (!opened.ok) throw new Error(opened.why);
  devices.push(opened.device);
  return opened.device;
}

const deviceOf = async (name: string) => openOn(await browserOf(name));

function replicaOf(device: PresenceDevice, term: string): TermReplica {
  const replica = device.terms.find((one) => one.term === term);
  if (!replica) throw new Error(`no term ${term}`);
  return replica;
}

const listed = async (device: PresenceDevice) =>
  (await device.commons.get('site', siteDocId(site as SiteCode)))?.terms ?? [];
const stateIn = (terms: Site['terms'], term: string) => terms.find((one) => one.term === term)?.state;

const markPresent = (device: PresenceDevice, n: number) =>
  replicaOf(device, formerTerm).store.commit([
    {
      id: markId(n),
      change: (current: AnyDocument | undefined) =>
        answer(
          current?.type === 'mark' ? current : undefined,
          { occurrence, participant: person(n), status: 'present' },
          device.author(),
        ),
    },
  ]);

/** The term of the test server has no document of its own yet. */
async function describeFormerTerm(device: PresenceDevice): Promise<TermReplica> {
  const replica = replicaOf(device, formerTerm);
  const former = { ...facts, term: formerTerm as TermCode, label: 'S3.23', start: '2026-10-05', daysOff: [] };
  // As `createTerm` would, on the term that is listed already.
  const made = await createTerm(device, former, undefined);
  if (!made.ok) throw new Error(made.why);
  const opened = await openTerm(device, replica);
  if (!opened.ok) throw new Error(opened.why);
  return replica;
}

const group = (device: PresenceDevice): Group => ({
  _id: groupDocId('g1' as GroupId),
  type: 'group',
  v: 1,
  ...device.author(),
  group: 'g1' as GroupId,
  workshopType: 'socioprofessional' as WorkshopTypeCode,
  label: 'Groupe 1',
  venue: 'amarres-adj' as VenueCode,
  weekday: 1,
  start: '10:00',
  end: '13:00',
});

const facilitator = (
  device: PresenceDevice,
  id: string,
  account: string | undefined,
  isArchived = false,
): Volunteer => ({
  _id: volunteerDocId(id as VolunteerId),
  type: 'volunteer',
  v: 1,
  ...device.author(),
  volunteer: id as VolunteerId,
  name: id,
  kind: 'volunteer',
  ...(account === undefined ? {} : { account: account as AccountName }),
  ...(isArchived ? { isArchived } : {}),
});

const keep = ({ store }: TermReplica, ...documents: AnyDocument[]) =>
  store.commit(documents.map((document) => ({ id: document._id, change: () => document })));

/** A group that some facilitators lead together. */
const lead = (device: PresenceDevice, term: TermReplica, ...team: Volunteer[]) =>
  keep(term, ...team, {
    ...group(device),
    team: team.map(({ volunteer }, place) => ({ volunteer, role: place === 0 ? 'lead' : 'co' })),
  });

describe('a term made from an earlier one', () => {
  it('is on the server with its groups and meetings once there is a network, with nobody in it', async () => {
    const coco = await deviceOf('coco');
    const from = await describeFormerTerm(coco);
    await from.store.commit([{ id: groupDocId('g1' as GroupId), change: () => group(coco) }]);
    await markPresent(coco, 1);
    line.faultOf = isCut;
    const groups = await from.store.ofType('group');
    const made = await createTerm(coco, facts, { from, groups, withMeetings: true, keepsTeam: false });
    expect(made).toEqual({ ok: true });
    expect(stateIn(await listed(coco), code)).toBe('planned');
    line.faultOf = isSound;
    await coco.engine.syncNow();
    await vi.waitFor(() => expect(coco.status.isProven).toBe(true), within);

    const leaves = await server.admin.allLeaves(`${site}-${code}`);
    const ids = [...leaves.keys()].filter((id) => !id.startsWith('_design/'));
    const types = [...new Set(ids.map((id) => id.split(':')[0]))].sort();
    // One device: whose first term this is has not to be known.
    expect(types.filter((type) => type !== 'device')).toEqual(['group', 'occurrence', 'term']);
    expect(ids.filter((id) => id.startsWith('occurrence:'))).toHaveLength(9);
    expect(ids).not.toContain('group:g1');
  });

  it('has a shift at every meeting for each of a team that leads it again, and none for who has left', async () => {
    const coco = await deviceOf('coco');
    const from = await describeFormerTerm(coco);
    await lead(coco, from, facilitator(coco, 'v1', 'maia'), facilitator(coco, 'v2', undefined, true));
    const groups = await from.store.ofType('group');
    const copy = { from, groups, withMeetings: true, keepsTeam: true };
    expect(await createTerm(coco, facts, copy)).toEqual({ ok: true });

    const { store } = replicaOf(coco, code);
    const occurrences = await store.ofType('occurrence');
    const shifts = await store.ofType('shift');
    expect(occurrences).toHaveLength(9);
    expect(shifts.map(({ occurrence: at }) => at as string).sort()).toEqual(
      occurrences.map(({ occurrence: at }) => at as string).sort(),
    );
    for (const shift of shifts)
      expect(shift).toMatchObject({ volunteer: 'v1', account: 'maia', role: 'lead', state: 'planned' });
    expect(await store.ofType('group')).toMatchObject([{ team: [{ volunteer: 'v1', role: 'lead' }] }]);
    expect((await store.ofType('volunteer')).map(({ volunteer }) => volunteer as string)).toEqual(['v1']);
  });

  it('takes groups over into a term that knows their team by other accounts, or as gone', async () => {
    const coco = await deviceOf('coco');
    const from = await describeFormerTerm(coco);
    await lead(coco, from, facilitator(coco, 'v1', 'maia'), facilitator(coco, 'v2', 'jean'));
    expect(await createTerm(coco, facts, undefined)).toEqual({ ok: true });
    const into = replicaOf(coco, code);
    await keep(into, facilitator(coco, 'v1', 'maia.l'), facilitator(coco, 'v2', 'jean', true));
    const term = await into.store.get('term', termDocId(code));
    if (!term) throw new Error('no term');
    const groups = await from.store.ofType('group');
    expect(await copyInto(coco, into, term, { from, groups, withMeetings: true, keepsTeam: true })).toEqual({
      ok: true,
    });
    const shifts = await into.store.ofType('shift');
    expect(shifts).toHaveLength(9);
    expect([...new Set(shifts.map(({ volunteer, account }) => `${volunteer} ${account}`))]).toEqual([
      'v1 maia.l',
    ]);
  });

  it('is refused under a code that this device has already', async () => {
    const coco = await deviceOf('coco');
    expect(await createTerm(coco, facts, undefined)).toEqual({ ok: true });
    const again = await createTerm(coco, { ...facts, label: 'Autre' }, undefined);
    expect(again).toEqual({ ok: false, why: 'taken' });
    expect(await replicaOf(coco, code).store.get('term', termDocId(code))).toMatchObject({ label: 'S1.27' });
  });
});

describe('a calendar that changes', () => {
  it('moves a meeting to another day and leaves it at its place, in words', async () => {
    const coco = await deviceOf('coco');
    const from = await describeFormerTerm(coco);
    const place = 'Bibliothèque, 1er étage';
    await keep(from, { ...group(coco), venue: elsewhere, place });
    const groups = await from.store.ofType('group');
    await createTerm(coco, facts, { from, groups, withMeetings: true, keepsTeam: false });
    const replica = replicaOf(coco, code);
    const [meeting] = await replica.store.ofType('occurrence');
    if (!meeting) throw new Error('no meeting');
    expect(meeting).toMatchObject({ date: '2027-02-01', venue: elsewhere, place });

    const { term: _term, ...calendar } = facts;
    const daysOff = [...facts.daysOff, '2027-02-01'];
    const moves = [{ occurrence: meeting, do: 'move' as const, date: '2027-02-02' }];
    expect(await changeCalendar(coco, replica, { ...calendar, daysOff }, moves, [])).toEqual({ ok: true });
    expect(await replica.store.get('occurrence', meeting._id)).toMatchObject({
      date: '2027-02-02',
      venue: elsewhere,
      place,
      isMoved: true,
    });
  });
});

describe('two coordinators who make a term each without a network', () => {
  it('find both on the list', async () => {
    const [coco, cleo] = [await deviceOf('coco'), await deviceOf('cleo')];
    line.faultOf = isCut;
    await createTerm(coco, facts, undefined);
    await createTerm(cleo, { ...facts, term: 's2-2027' as TermCode, label: 'S2.27' }, undefined);
    line.faultOf = isSound;
    for (const device of [coco, cleo, coco, cleo]) await device.engine.syncNow();
    for (const device of [coco, cleo])
      await vi.waitFor(async () => {
        expect((await listed(device)).map(({ term }) => term as string)).toEqual([
          's3-2023',
          code,
          's2-2027',
        ]);
        expect(await device.commons.conflicts()).toEqual([]);
      }, within);
    expect(cleo.terms.map(({ term }) => term as string)).toContain(code);
  });
});

describe('a device that stops between the two writes of one command', () => {
  /** As the device, but the site's database is gone by the time it is written to. */
  const cutShort = (device: PresenceDevice, opensBefore: number): TermDesk => {
    let opens = 0;
    return {
      site: device.site,
      commons: device.commons,
      terms: device.terms,
      author: () => device.author(),
      describeItself: () => device.describeItself(),
      openTerm: async (term) => {
        const replica = await device.openTerm(term);
        if (++opens > opensBefore) device.commons.close();
        return replica;
      },
    };
  };

  it('lists a term that it made when the terms are looked at again', async () => {
    const browser = await browserOf('coco');
    const before = await openOn(browser);
    line.faultOf = isCut;
    const made = await createTerm(cutShort(before, 1), facts, undefined);
    expect(made).toMatchObject({ ok: false });
    before.close();

    const after = await openOn(browser);
    expect(stateIn(await listed(after), code)).toBeUndefined();
    await finishListing(after);
    expect(stateIn(await listed(after), code)).toBe('planned');
    expect(await replicaOf(after, code).store.get('term', termDocId(code))).toMatchObject({ label: 'S1.27' });
    line.faultOf = isSound;
    await after.engine.syncNow();
    await vi.waitFor(() => expect(after.status.isProven).toBe(true), within);
    expect(await server.admin.get(`${site}-${code}/term:${code}`)).toMatchObject({ state: 'planned' });
  });

  it('lists a term as opened, once, and then leaves the list alone', async () => {
    const browser = await browserOf('coco');
    const before = await openOn(browser);
    await createTerm(before, facts, undefined);
    const opened = await openTerm(cutShort(before, 0), replicaOf(before, code));
    expect(opened).toMatchObject({ ok: false });
    before.close();

    const after = await openOn(browser);
    expect(stateIn(await listed(after), code)).toBe('planned');
    await finishListing(after);
    expect(stateIn(await listed(after), code)).toBe('open');
    const rev = (await after.commons.get('site', siteDocId(site as SiteCode)))?._rev;
    await finishListing(after);
    expect((await after.commons.get('site', siteDocId(site as SiteCode)))?._rev).toBe(rev);
  });
});

describe('a term that is closed', () => {
  it('freezes its counts under a signature that others can verify, and more when it is closed again', async () => {
    const coco = await deviceOf('coco');
    await addStandardProgramme(coco);
    const replica = await describeFormerTerm(coco);
    await replica.store.commit([{ id: groupDocId('g1' as GroupId), change: () => group(coco) }]);
    const closed = await closeTerm(coco, replica, { provisional: 2 });
    expect(closed).toMatchObject({ ok: true, snapshot: { number: 1, unfinished: { provisional: 2 } } });
    await openTerm(coco, replica);
    expect(await closeTerm(coco, replica, {})).toMatchObject({ ok: true, snapshot: { number: 2 } });
    await coco.engine.syncNow();
    await vi.waitFor(() => expect(coco.status.isProven).toBe(true), within);

    const cleo = await deviceOf('cleo');
    const [first, second] = (await replicaOf(cleo, formerTerm).store.ofType('snapshot')) as [
      Snapshot,
      Snapshot,
    ];
    expect(first.counts['groups.socioprofessional']).toBe(1);
    for (const snapshot of [first, second])
      expect(await isSignatureOf(signedText(snapshot), snapshot)).toBe(true);
    const forged = { ...first, counts: { ...first.counts, people: 1000 } };
    expect(await isSignatureOf(signedText(forged), forged)).toBe(false);
  });

  it('refuses a volunteer’s late answer with the reason, and keeps it on the phone', async () => {
    const volunteer = await deviceOf(maia);
    await vi.waitFor(() => expect(volunteer.status.isProven).toBe(true), within);
    const coco = await deviceOf('coco');
    await closeTerm(coco, await describeFormerTerm(coco), {});
    await coco.engine.syncNow();
    await vi.waitFor(
      async () =>
        expect(await server.admin.get(`${site}-${formerTerm}/_security`)).toMatchObject({ closed: true }),
      within,
    );

    await markPresent(volunteer, 1);
    await volunteer.engine.syncNow();
    const refused = await replicaOf(volunteer, formerTerm).store.outbox.refused();
    expect(refused.map(({ id, reason }) => [id, reason])).toEqual([
      [markId(1), expect.stringContaining('closed')],
    ]);
    expect(volunteer.status.phase).toBe('refused');
  });

  it('leaves a volunteer’s phone once nothing is pending there, and not before', async () => {
    const browser = await browserOf(maia);
    const phone = await openOn(browser);
    await vi.waitFor(() => expect(phone.status.isProven).toBe(true), within);
    await markPresent(phone, 1);
    await phone.engine.syncNow();
    phone.close();
    const coco = await deviceOf('coco');
    await closeTerm(coco, await describeFormerTerm(coco), {});
    await coco.engine.syncNow();
    await vi.waitFor(() => expect(coco.status.isProven).toBe(true), within);

    // The phone hears of it while an answer is still on it; offline it stays.
    const hearing = await openOn(browser);
    await hearing.engine.syncNow();
    await vi.waitFor(async () => expect(stateIn(await listed(hearing), formerTerm)).toBe('closed'), within);
    line.faultOf = isCut;
    await markPresent(hearing, 2);
    hearing.close();
    const kept = await openOn(browser);
    expect(kept.terms.map(({ term }) => term as string)).toEqual([formerTerm]);
    expect(await replicaOf(kept, formerTerm).store.get('mark', markId(2))).toBeDefined();
    kept.close();

    // Opened again, the term takes the answer; closed again, it leaves the phone.
    line.faultOf = isSound;
    await openTerm(coco, replicaOf(coco, formerTerm));
    await coco.engine.syncNow();
    await vi.waitFor(
      async () =>
        expect(await server.admin.get(`${site}-${formerTerm}/_security`)).not.toHaveProperty('closed'),
      within,
    );
    const sending = await openOn(browser);
    await sending.engine.syncNow();
    await vi.waitFor(() => expect(sending.status).toMatchObject({ isProven: true, unsent: 0 }), within);
    await closeTerm(coco, replicaOf(coco, formerTerm), {});
    await coco.engine.syncNow();
    await sending.engine.syncNow();
    await vi.waitFor(async () => expect(stateIn(await listed(sending), formerTerm)).toBe('closed'), within);
    sending.close();
    const after = await openOn(browser);
    expect(after.terms).toEqual([]);
    expect(after.stores.map(({ name }) => name).filter((name) => name.includes(formerTerm))).toEqual([]);
  });
});
