import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnyDocument, Author, Group } from '$lib/domain/documents.ts';
import { enrol, leave } from '$lib/domain/enrolments.ts';
import { noteExit } from '$lib/domain/exits.ts';
import {
  groupDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type TermCode,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { waitFor } from '$lib/domain/places.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { readDesk } from './desk-queries.ts';
import { historyLine } from './history-wording.ts';

const author = (day: number): Author => ({
  at: `2026-03-0${day}T13:02:00.000Z`,
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const participant = 'p1' as ParticipantId;
const term = 's1-2026' as TermCode;
const group = (key: string, label: string): Group => ({
  ...{ _id: groupDocId(key as GroupId), type: 'group', v: 1, ...author(1), group: key as GroupId },
  ...{ workshopType: 'language' as WorkshopTypeCode, label, venue: 'v' as VenueCode },
  ...{ weekday: 1, start: '10:00', end: '12:00' },
});
const [french, digital] = [group('g1', 'Français A1'), group('g2', 'Numérique')];

let registry: Store;
let store: Store;
let count = 0;
const put = (into: Store, ...documents: AnyDocument[]) =>
  into.commit(documents.map((document) => ({ id: document._id, change: () => document })));

beforeEach(async () => {
  const open = async (name: string) => {
    const opened = await openStore({ name: `person-${(count += 1)}-${name}` });
    if (!opened.ok) throw new Error(opened.why);
    return opened.store;
  };
  [registry, store] = [await open('registry'), await open('term')];
});
afterEach(() => Promise.all([registry.destroy(), store.destroy()]));

it('the history of a person says why they left a group, and that they wait for another one', async () => {
  const enrolled = enrol(undefined, { group: french.group, participant, from: '2026-02-02' }, author(1));
  await put(
    store,
    ...[french, digital, leave(enrolled, '2026-03-01', author(2))],
    waitFor(undefined, { group: digital.group, participant }, author(4)),
  );
  const left = { term, group: french.group, participant, date: '2026-03-01' };
  const noted = noteExit(undefined, { ...left, reason: 'unknown' }, author(2));
  await put(registry, noteExit(noted, { ...left, reason: 'job' }, author(3)));

  const desk = await readDesk({ registry, terms: [{ term, store }] }, participant);
  const context = { desk, timeZone: 'Europe/Paris', today: '2026-03-09', nameOfReferrer: () => '' };
  const lines = desk.events.map((event) => historyLine(event, context).sentence.replaceAll('\u202f', ' '));
  expect(lines).toEqual([
    expect.stringContaining("sur la liste d'attente de « Numérique »"),
    expect.stringMatching(/a corrigé la raison du départ de « Français A1 » .* : Emploi$/),
    expect.stringContaining("la fin de l'inscription à « Français A1 »"),
    expect.stringMatching(/a noté la raison du départ de « Français A1 » .* : Inconnue$/),
    expect.stringContaining('a inscrit cette personne à « Français A1 »'),
  ]);
});
