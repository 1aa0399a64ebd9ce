import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateDemoYear } from '$lib/domain/demo-year/generate.ts';
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import {
  participantDocId,
  commonsDatabase,
  registryDatabase,
  termDatabase,
  type AccountName,
  type DeviceId,
  type SiteCode,
  type TermCode,
} from '$lib/domain/ids.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack } from '$lib/store/taken-back.ts';
import { noteCall } from './commands.ts';
import { alertCount, findAlerts, type Stores } from './queries.ts';

const today = '2023-11-22';
const now = `${today}T08:00:00.000Z`;
const author: Author = { at: now, by: 'elise' as AccountName, device: 'desk' as DeviceId };
const [site, code] = ['paris13' as SiteCode, 's3-2023' as TermCode];

let opened: Store[];
let stores: Stores & { registry: Store };
let count = 0;
const filled = async (name: string, documents: readonly AnyDocument[]) => {
  const done = await openStore({ name: `${name}-${(count += 1)}` });
  if (!done.ok) throw new Error(done.why);
  opened.push(done.store);
  await done.store.commit(documents.map((document) => ({ id: document._id, change: () => document })));
  return done.store;
};

beforeEach(async () => {
  opened = [];
  const { databases } = generateDemoYear({ seed: 'presence', today });
  const of = (name: string) => filled(name, databases.get(name) ?? []);
  stores = {
    commons: await of(commonsDatabase(site)),
    registry: await of(registryDatabase(site)),
    terms: [
      { term: code, store: await of(termDatabase(site, code)) },
      { term: 's1-2023' as TermCode, store: await of(termDatabase(site, 's1-2023' as TermCode)) },
    ],
    timeZone: 'Europe/Paris',
  };
});
afterEach(() => Promise.all(opened.map((store) => store.destroy())));

it('are of terms that are not closed, and go one by one as people are called; an undo brings one back', async () => {
  const before = await findAlerts(stores, now);
  expect(before.terms.map(({ term }) => term.term)).toEqual([code]);
  const [called] = before.terms[0]?.calls ?? [];
  if (!called) throw new Error('nobody to call in the demonstration');
  const total = await alertCount(stores, now);
  const done = await noteCall(stores.registry, called.participant, today, author);
  expect(await alertCount(stores, now)).toBe(total - 1);
  const file = await stores.registry.get('participant', participantDocId(called.participant));
  expect(file?.lastContact).toBe(today);
  expect(file?.changes?.at(-1)?.fields).toMatchObject([{ field: 'lastContact', after: today }]);
  if (done.ok) await takeBack(done.steps, author);
  expect(await alertCount(stores, now)).toBe(total);
});

it('know a second call on the same day', async () => {
  const [called] = (await findAlerts(stores, now)).terms[0]?.calls ?? [];
  if (!called) throw new Error('nobody to call in the demonstration');
  await noteCall(stores.registry, called.participant, today, author);
  const later = { ...author, at: `${today}T15:00:00.000Z` };
  await noteCall(stores.registry, called.participant, today, later);
  const file = await stores.registry.get('participant', participantDocId(called.participant));
  expect(file?.changes?.at(-1)).toMatchObject({ at: later.at, fields: [{ field: 'lastContact' }] });
});
