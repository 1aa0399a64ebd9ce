import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateDemoYear } from '$lib/domain/demo-year/generate.ts';
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import {
  closingDocId,
  commonsDatabase,
  occurrenceDocId,
  occurrenceId,
  registryDatabase,
  termDatabase,
  type AccountName,
  type DeviceId,
  type SiteCode,
  type TermCode,
} from '$lib/domain/ids.ts';
import { followed } from '$lib/store/followed.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack } from '$lib/store/taken-back.ts';
import { acceptLate, declareNotHeld, keepLateAside } from './commands.ts';
import { giveUp, giveUpUnread } from './give-up.ts';
import { countLateLists, findLate } from './late-queries.ts';
import { findMissingLists, type DeskStores } from './queries.ts';
import { countSetAside, findSetAside } from './refused-queries.ts';

const today = '2023-11-22';
const now = `${today}T08:00:00.000Z`;
const author: Author = { at: now, by: 'elise' as AccountName, device: 'desk' as DeviceId };
const [site, code] = ['paris13' as SiteCode, 's3-2023' as TermCode];

const { databases } = generateDemoYear({ seed: 'presence', today });

let opened: Store[];
let stores: DeskStores;
let term: Store;
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
  const of = (name: string) => filled(name, databases.get(name) ?? []);
  term = await of(termDatabase(site, code));
  stores = {
    commons: await of(commonsDatabase(site)),
    registry: await of(registryDatabase(site)),
    terms: [{ term: code, store: term }],
    timeZone: 'Europe/Paris',
  };
});
afterEach(() => Promise.all(opened.map((store) => store.destroy())));

it('a list that did not take place leaves the desk, and comes back when that is taken back', async () => {
  const [group] = await term.ofType('group');
  if (!group) throw new Error('no group in the demonstration');
  const id = occurrenceId(group.group, '2023-11-21', '22:00');
  const occurrence = {
    ...{ _id: occurrenceDocId(id), type: 'occurrence' as const, v: 1 as const, ...author },
    ...{ occurrence: id, group: group.group, date: '2023-11-21', start: '22:00', end: '22:30' },
    ...{ venue: group.venue, week: 8, state: 'planned' as const },
  };
  await term.commit([{ id: occurrence._id, change: () => occurrence }]);
  const isMissing = async () =>
    (await findMissingLists(stores, now)).some(({ lists }) =>
      lists.some((list) => list.occurrence.occurrence === id && list.kind === 'untouched'),
    );
  expect(await isMissing()).toBe(true);
  const written = await declareNotHeld(term, occurrence, 'Salle fermée', author);
  if (!written.ok) throw new Error(written.why);
  expect(await isMissing()).toBe(false);
  await takeBack(written.steps, author);
  expect(await isMissing()).toBe(true);
});

it('a late answer is accepted into a new closing, or kept aside; either way it is settled', async () => {
  const [late] = (await findLate(stores)).terms.flatMap(({ lists }) => lists);
  if (!late) throw new Error('no late answer in the demonstration');
  expect(late).toMatchObject({ isExact: true, answers: [{ before: null, now: 'present' }] });
  const closing = async () => {
    const found = await term.get('closing', closingDocId(late.occurrence.occurrence));
    if (!found) throw new Error('no closing');
    return found;
  };
  await keepLateAside(term, late, author);
  expect(await countLateLists(stores)).toBe(0);
  expect((await closing()).counts).toEqual(late.closing.counts);
  await acceptLate(term, late, author);
  expect(await countLateLists(stores)).toBe(0);
  expect((await closing()).counts).toEqual(late.counts);
  expect((await closing()).history).toHaveLength(3);
});

it('a late answer that was accepted, or kept aside, is late again when that is taken back', async () => {
  const [late] = (await findLate(stores)).terms.flatMap(({ lists }) => lists);
  if (!late) throw new Error('no late answer in the demonstration');
  const closing = () => term.get('closing', closingDocId(late.occurrence.occurrence));
  for (const settle of [acceptLate, keepLateAside]) {
    const length = (await closing())?.history.length ?? 0;
    const done = await settle(term, late, author);
    if (!done.ok) throw new Error(done.why);
    expect(await countLateLists(stores)).toBe(0);
    await takeBack(done.steps, author);
    expect((await closing())?.counts).toEqual(late.closing.counts);
    expect((await closing())?.history).toHaveLength(length + 2);
    const [again] = (await findLate(stores)).terms.flatMap(({ lists }) => lists);
    expect(again?.answers).toEqual(late.answers);
  }
});

it('what nobody can read is given up with its reason, deleted for everybody, and kept in the note', async () => {
  const [group] = await term.ofType('group');
  if (!group) throw new Error('no group in the demonstration');
  await term.writeReplicated([
    {
      ...{ id: group._id, rev: '9-abc', start: 9, hashes: ['abc'], isDeleted: false },
      body: { ...group, _id: undefined, _rev: undefined, weekday: 'lundi' },
    },
  ]);
  const desk = { ...stores, stores: [term] };
  const [one] = (await findSetAside(desk)).quarantined;
  if (!one) throw new Error('nothing was set aside');
  expect(one).toMatchObject({ id: group._id, why: 'bad shape', path: 'weekday' });
  await giveUpUnread({ ...one, rev: '8-older' }, 'mal écrit', author);
  expect(await countSetAside(desk)).toBe(1);
  expect(await term.ofType('discard')).toEqual([]);
  await giveUpUnread(one, 'mal écrit', author);
  expect(await countSetAside(desk)).toBe(0);
  expect(await term.ofType('discard')).toMatchObject([
    {
      about: group._id,
      rev: '9-abc',
      refusal: 'weekday',
      reason: 'mal écrit',
      document: { weekday: 'lundi' },
    },
  ]);
  const sent = (await term.outbox.nextBatch(100_000)).filter(({ id }) => id === group._id);
  expect(sent.map(({ document }) => document)).toContainEqual(expect.objectContaining({ _deleted: true }));
});

it('what is given up leaves this device, noted with its reason, and is read anew from the server', async () => {
  const [group] = await term.ofType('group');
  if (!group) throw new Error('no group in the demonstration');
  const done = await term.commit([{ id: group._id, change: () => ({ ...group, label: 'Trop long' }) }]);
  if (!done.ok) throw new Error(done.why);
  await term.outbox.markRefused(
    done.written.map((one) => ({ ...one, status: 413, reason: 'The document is too large.', at: now })),
  );
  await term.setNote('pulled', { since: '12' });
  await term.setNote('server', { uuid: 'u', seq: '12' });
  const desk = { ...stores, stores: [term] };
  expect(await countSetAside(desk)).toBe(1);
  const [one] = (await findSetAside(desk)).refused;
  if (!one) throw new Error('nothing was refused');
  await giveUp(one, 'noté deux fois', author);
  expect(await countSetAside(desk)).toBe(0);
  expect(await term.get('group', group._id)).toBeUndefined();
  expect(await term.ofType('discard')).toMatchObject([
    { about: group._id, reason: 'noté deux fois', status: 413, document: { label: 'Trop long' } },
  ]);
  expect(await term.note('pulled')).toBeUndefined();
  expect(await term.note('server')).toEqual({ uuid: 'u' });
});

it('the lists that did not come are asked for anew when a meeting among them is called off', async () => {
  const others = await Promise.all(
    (['s1-2023', 's2-2023'] as TermCode[]).map(async (each) => ({
      term: each,
      store: await filled(termDatabase(site, each), databases.get(termDatabase(site, each)) ?? []),
    })),
  );
  const all = { ...stores, terms: [...stores.terms, ...others] };
  const [meeting] = (await term.ofType('occurrence'))
    .filter(({ date, state }) => date < today && state !== 'cancelled')
    .slice(-1);
  if (!meeting) throw new Error('no meeting in the demonstration');
  let answers = 0;
  await new Promise<void>((done, fail) => {
    const subscription = followed(() => findMissingLists(all, now)).subscribe({
      next() {
        answers += 1;
        if (answers === 1) void declareNotHeld(term, meeting, 'Salle fermée', author);
        else {
          subscription.unsubscribe();
          done();
        }
      },
      error: fail,
    });
  });
  expect(answers).toBe(2);
});
