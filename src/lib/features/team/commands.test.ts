import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Author, Occurrence, Term } from '$lib/domain/documents.ts';
import {
  termDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type OccurrenceId,
  type TermCode,
  type VenueCode,
  type VolunteerId,
} from '$lib/domain/ids.ts';
import { newVolunteer } from '$lib/domain/team.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack } from '$lib/store/taken-back.ts';
import { callOffMeeting, giveMeeting, type TeamDesk } from './commands.ts';

let minute = 0;
const author = (): Author => ({
  at: new Date(Date.UTC(2023, 10, 20, 8, (minute += 1))).toISOString(),
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const [maia, noor] = (['maia', 'noor'] as VolunteerId[]).map((volunteer) =>
  newVolunteer(volunteer, { name: volunteer, kind: 'volunteer' }, author()),
);
if (!maia || !noor) throw new Error('nobody');
const held: Occurrence = {
  ...author(),
  _id: 'occurrence:o' as Occurrence['_id'],
  type: 'occurrence',
  v: 1,
  occurrence: 'o' as OccurrenceId,
  group: 'g' as GroupId,
  date: '2023-11-13',
  start: '10:00',
  end: '12:00',
  venue: 'room' as VenueCode,
  week: 7,
  state: 'held',
};
const term = (state: Term['state']): Term => ({
  ...author(),
  _id: termDocId('s3-2023' as TermCode),
  type: 'term',
  v: 1,
  term: 's3-2023' as TermCode,
  label: 'S3.23',
  start: '2023-10-02',
  end: '2023-12-10',
  weeks: 10,
  daysOff: [],
  state,
});

let store: Store;
let desk: TeamDesk;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `team-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
  desk = { store, author };
});
afterEach(() => store.destroy());
const stands = (state: Term['state']) =>
  store.commit([{ id: termDocId('s3-2023' as TermCode), change: () => term(state) }]);
const led = async () =>
  new Map((await store.ofType('shift')).map(({ volunteer, state }) => [volunteer as string, state]));

it('notes afterwards who stepped in for somebody, and takes it back', async () => {
  await stands('open');
  await giveMeeting(desk, { occurrence: held, volunteer: maia, role: 'lead' });
  const [absent] = await store.ofType('shift');
  const done = await giveMeeting(desk, { occurrence: held, volunteer: noor, role: 'lead', absent });
  expect(await led()).toEqual(
    new Map([
      ['maia', 'cancelled'],
      ['noor', 'planned'],
    ]),
  );
  expect((await store.ofType('shift')).find(({ volunteer }) => volunteer === 'noor')?.replaces).toBe('maia');
  if (done.ok) await takeBack(done.steps, author());
  expect(await led()).toEqual(new Map([['maia', 'planned']]));
});

it('changes nobody once the term is closed', async () => {
  await stands('open');
  await giveMeeting(desk, { occurrence: held, volunteer: maia, role: 'lead' });
  const [shift] = await store.ofType('shift');
  await stands('closed');
  const given = await giveMeeting(desk, { occurrence: held, volunteer: noor, role: 'co' });
  const called = shift && (await callOffMeeting(desk, shift));
  expect([given, called]).toMatchObject([
    { ok: true, steps: [] },
    { ok: true, steps: [] },
  ]);
  expect(await led()).toEqual(new Map([['maia', 'planned']]));
});
