import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author, Group, Occurrence } from '$lib/domain/documents.ts';
import {
  groupDocId,
  markDocId,
  occurrenceDocId,
  occurrenceId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type SiteCode,
  type TermCode,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { walkIn } from '$lib/domain/roster.ts';
import type { NamedStore } from '$lib/store/person-documents.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { forgetMeetingsApart, mergeMeetings, tellMeetingsApart, undoMeetings } from './doubles-commands.ts';
import { countDoubles, readDoubles } from './doubles.ts';

let minute = 0;
const author = (by = 'elise'): Author => ({
  at: new Date(Date.UTC(2026, 1, 2, 9, (minute += 1))).toISOString(),
  by: by as AccountName,
  device: `of-${by}` as DeviceId,
});
const site = 'paris' as SiteCode;
const group: Group = {
  ...{ _id: groupDocId('g1' as GroupId), type: 'group', v: 1, ...author(), group: 'g1' as GroupId },
  ...{ workshopType: 'socio' as WorkshopTypeCode, label: 'Groupe 1', venue: 'v' as VenueCode },
  ...{ weekday: 1, start: '10:00', end: '12:00' },
};
const meeting = (start: string): Occurrence => {
  const occurrence = occurrenceId(group.group, '2026-02-02', start);
  return {
    ...{ _id: occurrenceDocId(occurrence), type: 'occurrence', v: 1, ...author(), occurrence },
    ...{ group: group.group, date: '2026-02-02', start, end: '12:00', venue: group.venue, week: 1 },
    state: 'planned',
  };
};
const [first, second] = [meeting('10:00'), meeting('10:30')];

let registry: Store;
let named: NamedStore;
let count = 0;
const put = (document: AnyDocument) => named.store.commit([{ id: document._id, change: () => document }]);
const stores = () => ({ registry, terms: [{ term: 's1' as TermCode, store: named.store }] });

beforeEach(async () => {
  const open = async (name: string) => {
    const opened = await openStore({ name: `doubles-${(count += 1)}-${name}` });
    if (!opened.ok) throw new Error(opened.why);
    return opened.store;
  };
  registry = await open('registry');
  named = { database: 'paris-s1', store: await open('term') };
  for (const document of [group, first, second]) await put(document);
  for (const [participant, firstName, by, { occurrence }] of [
    ['x', 'Fatoumata', 'maia', first],
    ['y', 'Fatou', 'awa', second],
  ] as const) {
    const added = walkIn(
      { participant: participant as ParticipantId, occurrence, firstName, familyName: 'Camara' },
      author(by),
    );
    await put(added.card);
    await put(added.mark);
  }
});
afterEach(async () => {
  await registry.destroy();
  await named.store.destroy();
});

describe('doubles at the desk', () => {
  it('are people and meetings, each with what speaks for it, and counted', async () => {
    const found = await readDoubles(stores(), site);
    expect(found.people).toMatchObject([{ because: ['closeName'], isSameGroup: true }]);
    expect(found.people[0]?.people.map(({ groups }) => groups)).toEqual([['Groupe 1'], ['Groupe 1']]);
    expect(found.meetings).toMatchObject([{ group: { label: 'Groupe 1' } }]);
    expect(found.meetings[0]?.meetings.map(({ answers, isClosed }) => [answers, isClosed])).toEqual([
      [1, false],
      [1, false],
    ]);
    expect(await countDoubles(stores())).toBe(2);
  });

  it('two meetings become one in one step, and two again', async () => {
    const pair = { kept: first.occurrence, other: second.occurrence };
    const done = await mergeMeetings(named, pair, new Map(), () => author());
    expect(done.ok).toBe(true);
    const moved = markDocId(first.occurrence, 'y' as ParticipantId);
    expect(await named.store.get('mark', moved)).toMatchObject({ status: 'present' });
    expect(await named.store.get('occurrence', second._id)).toMatchObject({ state: 'cancelled' });
    expect((await readDoubles(stores(), site)).meetings).toEqual([]);
    expect(await mergeMeetings(named, pair, new Map(), () => author())).toEqual({ ok: false, why: 'gone' });

    expect(await undoMeetings(named, done.ok ? done.steps : [], () => author())).toEqual({
      ok: true,
      left: 0,
    });
    expect(await named.store.get('mark', moved)).toBeUndefined();
    expect((await readDoubles(stores(), site)).meetings).toHaveLength(1);
  });

  it('an answer given since the merge stays when it is undone, and is counted', async () => {
    const pair = { kept: first.occurrence, other: second.occurrence };
    const done = await mergeMeetings(named, pair, new Map(), () => author());
    const id = markDocId(first.occurrence, 'y' as ParticipantId);
    const mark = await named.store.get('mark', id);
    const late = mark && answer(mark, { ...mark, status: 'late' }, author('maia'));
    if (late) await put(late);
    expect(await undoMeetings(named, done.ok ? done.steps : [], () => author())).toEqual({
      ok: true,
      left: 1,
    });
    expect(await named.store.get('mark', id)).toMatchObject({ status: 'late' });
  });

  it('meetings told apart are proposed no more, until that is taken back', async () => {
    const step = await tellMeetingsApart(named, second.occurrence, first.occurrence, author());
    expect((await readDoubles(stores(), site)).meetings).toEqual([]);
    expect(step && (await forgetMeetingsApart(named, step, author()))).toBe(true);
    expect((await readDoubles(stores(), site)).meetings).toHaveLength(1);
  });
});
