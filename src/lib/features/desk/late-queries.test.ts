import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeRollCall } from '$lib/domain/closing.ts';
import type { AnyDocument, Author, Group, Occurrence, Term } from '$lib/domain/documents.ts';
import {
  groupDocId,
  markDocId,
  occurrenceDocId,
  occurrenceId,
  rosterCardDocId,
  termDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type SiteCode,
  type TermCode,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { newParticipant, rosterCardOf } from '$lib/domain/participants.ts';
import { answersOf, countMarks, rosterOf, walkIn } from '$lib/domain/roster.ts';
import { namedStores } from '$lib/store/person-documents.ts';
import { mergePeople, undoMerge } from '$lib/store/person-merges.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { countLateLists, findLate } from './late-queries.ts';

let minute = 0;
const author = (): Author => ({
  at: new Date(Date.UTC(2026, 1, 2, 9, (minute += 1))).toISOString(),
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const site = 'paris' as SiteCode;
const code = 's1-2026' as TermCode;
const [file, added] = ['aaa', 'bbb'] as [ParticipantId, ParticipantId];
const term = (): Term => ({
  ...{ _id: termDocId(code), type: 'term', v: 1, ...author(), term: code, label: 'Semestre 1' },
  ...{ start: '2026-02-02', end: '2026-06-26', weeks: 18, daysOff: [], state: 'open' },
});
const group: Group = {
  ...{ _id: groupDocId('g1' as GroupId), type: 'group', v: 1, ...author(), group: 'g1' as GroupId },
  ...{ workshopType: 'socio' as WorkshopTypeCode, label: 'Groupe 1', venue: 'v' as VenueCode },
  ...{ weekday: 1, start: '10:00', end: '12:00' },
};
const meeting = occurrenceId(group.group, '2026-02-02', '10:00');
const occurrence: Occurrence = {
  ...{ _id: occurrenceDocId(meeting), type: 'occurrence', v: 1, ...author(), occurrence: meeting },
  ...{ group: group.group, date: '2026-02-02', start: '10:00', end: '12:00', venue: group.venue, week: 1 },
  state: 'held',
};

let commons: Store;
let registry: Store;
let store: Store;
let count = 0;
const put = (into: Store, document: AnyDocument) =>
  into.commit([{ id: document._id, change: () => document }]);
const stores = () => ({ commons, registry, terms: [{ term: code, store }], timeZone: 'Europe/Paris' });
const named = () => namedStores({ registry, terms: [{ term: code, store }] }, site);

beforeEach(async () => {
  minute = 0;
  const open = async (name: string) => {
    const opened = await openStore({ name: `late-${(count += 1)}-${name}` });
    if (!opened.ok) throw new Error(opened.why);
    return opened.store;
  };
  [commons, registry, store] = [await open('commons'), await open('registry'), await open('term')];
  for (const document of [term(), group, occurrence]) await put(store, document);
  const known = newParticipant(
    file,
    {
      ...{ firstName: 'Fatoumata', familyName: 'Camara', gender: 'woman' as const, languages: [] },
      ...{ isFrancophone: false, statusHistory: [] },
    },
    author(),
  );
  await put(registry, known);
  await put(store, rosterCardOf(known, 'full', undefined, author()));
  const { card, mark } = walkIn(
    { participant: added, occurrence: meeting, firstName: 'Fatou', familyName: undefined },
    author(),
  );
  await put(store, card);
  await put(store, mark);
  const roster = rosterOf({ group, occurrence, enrolments: [], cards: [card], marks: [mark] });
  const counts = countMarks(roster, [mark]);
  const closing = closeRollCall(
    undefined,
    { occurrence: meeting, counts, counted: answersOf([mark]) },
    author(),
  );
  if (closing) await put(store, closing);
});
afterEach(async () => {
  for (const one of [commons, registry, store]) await one.destroy();
});

describe('answers that came after a closing', () => {
  it('are none when somebody who was added at a roll call became part of a file, nor when that is undone', async () => {
    expect(await countLateLists(stores())).toBe(0);
    const merged = await mergePeople(named(), { kept: file, absorbed: added }, {}, 'full', author);
    if (!merged.ok || !merged.merge) throw new Error('a merge was expected');
    expect(await store.get('mark', markDocId(meeting, file))).toMatchObject({ status: 'present' });
    expect((await findLate(stores())).terms.flatMap(({ lists }) => lists)).toEqual([]);
    expect(await countLateLists(stores())).toBe(0);

    await undoMerge(named(), merged.merge, author);
    expect(await store.get('rosterCard', rosterCardDocId(added))).toBeDefined();
    expect(await countLateLists(stores())).toBe(0);
  });
});
