import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { badgeCode, newBadge } from '$lib/domain/badges.ts';
import type { Author, Mark, MarkStatus, Occurrence, RosterCard } from '$lib/domain/documents.ts';
import {
  closingDocId,
  occurrenceDocId,
  occurrenceId,
  rosterCardDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type TermCode,
  type VenueCode,
} from '$lib/domain/ids.ts';
import { answeredOf } from '$lib/domain/open-roster.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { rosterOf } from '$lib/domain/roster.ts';
import { placesOf } from '$lib/domain/sign-up-places.ts';
import { signUp } from '$lib/domain/sign-ups.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { ownerOf } from './badge-owner.ts';
import { findPeople, whoIsLookedFor } from './candidates.ts';
import { closeList, countHeads, giveAnswer } from './commands.ts';
import { thumbBarState } from './list-view.ts';
import { comersBefore } from './queries.ts';

const author: Author = {
  at: '2023-11-20T13:42:00Z',
  by: 'maia' as AccountName,
  device: 'phone1' as DeviceId,
};
const group = 'talk' as GroupId;
const person = (key: string) => key as ParticipantId;
const badge = newBadge(new Uint8Array(11).fill(7));

function card(
  key: string,
  firstName: string,
  isFrancophone = false,
  more: Partial<RosterCard> = {},
): RosterCard {
  const participant = person(key);
  return {
    _id: rosterCardDocId(participant),
    type: 'rosterCard',
    v: 1,
    ...author,
    participant,
    firstName,
    sortKey: firstName.toLowerCase(),
    screenLanguage: 'fr',
    isFrancophone,
    isProvisional: false,
    ...more,
  };
}

function meeting(date: string, state: Occurrence['state'] = 'held'): Occurrence {
  const occurrence = occurrenceId(group, date, '14:30');
  return {
    _id: occurrenceDocId(occurrence),
    type: 'occurrence',
    v: 1,
    ...author,
    occurrence,
    group,
    date,
    start: '14:30',
    end: '16:30',
    venue: 'adj' as VenueCode,
    week: 1,
    state,
  };
}

const mark = ({ occurrence }: Occurrence, key: string, status: MarkStatus): Mark =>
  answer(undefined, { occurrence, participant: person(key), status }, author) as Mark;

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `open-roster-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());
const write = (...documents: readonly { readonly _id: unknown }[]) =>
  store.commit(documents.map((one) => ({ id: one._id as never, change: () => one as never })));

describe('those of last time', () => {
  it('came to one of the last three meetings that were held, whoever came most often first; none of them is absent', async () => {
    const [long, first, second, third, today] = [
      meeting('2023-10-30'),
      meeting('2023-11-06'),
      meeting('2023-11-13'),
      meeting('2023-11-20'),
      meeting('2023-11-27', 'planned'),
    ];
    const off = meeting('2023-11-21', 'cancelled');
    await write(long, first, second, third, today, off);
    await write(
      mark(long, 'long-ago', 'present'),
      mark(first, 'ada', 'late'),
      mark(second, 'bo', 'present'),
      mark(third, 'ada', 'present'),
      mark(third, 'cy', 'absent'),
      mark(off, 'dee', 'present'),
    );
    expect(await comersBefore(store, group, today)).toEqual(['ada', 'bo']);
    expect(rosterOf({ group: { group }, occurrence: today, enrolments: [], cards: [], marks: [] })).toEqual(
      [],
    );
  });

  it('are looked for where they are not on the list, and where their card has come', () => {
    const cards = [card('ada', 'Ada'), card('bo', 'Bo')];
    const roster = [{ participant: person('bo'), card: cards[1], because: 'guest' as const }];
    expect(whoIsLookedFor(['bo', 'ada', 'gone'].map(person), roster, cards)).toEqual([cards[0]]);
  });
});

describe('searching the term', () => {
  const cards = [card('a', 'Amina', true), card('b', 'Amir'), card('c', 'Bo')];

  it('proposes those who learn French first at a conversation, the others all the same', () => {
    const names = (kind: 'conversation' | 'cultural', typed = 'am') =>
      findPeople(typed, [], cards, kind).map(({ firstName }) => firstName);
    expect(names('conversation')).toEqual(['Amir', 'Amina']);
    expect(names('cultural')).toEqual(['Amina', 'Amir']);
    expect(names('conversation', ' ')).toEqual([]);
  });
});

describe('a badge', () => {
  it('is told: of this term, of another one, of nobody, misread, no badge at all', async () => {
    const opened = await openStore({ name: `other-term-${count}` });
    if (!opened.ok) throw new Error(opened.why);
    const other = opened.store;
    const elsewhere = newBadge(new Uint8Array(11).fill(9));
    await other.commit([
      {
        id: rosterCardDocId(person('z')),
        change: () => card('z', 'Zoé', false, { badge: elsewhere }),
      },
    ]);
    const here = [card('a', 'Amina', false, { badge })];
    const terms = [
      { term: 's3' as TermCode, store },
      { term: 's2' as TermCode, store: other },
    ];
    const owner = (text: string) => ownerOf(text, here, { terms }, store);
    expect(await owner(badgeCode(badge))).toEqual({ who: 'here', card: here[0] });
    expect(await owner(badgeCode(elsewhere))).toEqual({ who: 'elsewhere', term: 's2' });
    expect(await owner(newBadge(new Uint8Array(11).fill(1)))).toEqual({ who: 'unknown' });
    expect(await owner(`${badge.slice(0, 11)}${badge.endsWith('2') ? '3' : '2'}`)).toEqual({
      who: 'misread',
    });
    expect(await owner('https://example.org')).toEqual({ who: 'notABadge' });
    await other.destroy();
  });
});

describe('an open list', () => {
  const today = meeting('2023-11-27', 'planned');
  const place = () => ({
    store,
    occurrence: today.occurrence,
    hours: { startsAt: '2023-11-27T13:30:00Z', endsAt: '2023-11-27T15:30:00Z' },
    author: () => author,
  });

  it('closes with those who came, and with the number that was counted: nobody is absent or unmarked', async () => {
    await giveAnswer(place(), person('ada'), 'present');
    expect(await countHeads(place(), 14)).toMatchObject({ ok: true });
    const marks = await store.where('mark', 'occurrence', today.occurrence);
    const roster = ['ada', 'bo'].map((key) => ({
      participant: person(key),
      card: undefined,
      because: 'enrolled' as const,
    }));
    await closeList(place(), answeredOf(roster, marks));
    expect(await store.get('closing', closingDocId(today.occurrence))).toMatchObject({
      state: 'closed',
      headcount: 14,
      counts: { present: 1, absent: 0, unmarked: 0 },
      history: [{ state: 'open', headcount: 14 }, { state: 'closed' }],
    });
  });

  it('can be closed once people were counted, without anybody’s name', () => {
    const nobody = { present: 0, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
    expect(thumbBarState(nobody)).toBe('nobody');
    expect(thumbBarState(nobody, 0)).toBe('complete');
    expect(thumbBarState({ ...nobody, unmarked: 3 }, 14)).toBe('rest');
  });

  it('of an outing holds those signed up with a place; whoever waits is not on it', () => {
    const wish = (key: string, at: string) =>
      signUp(
        undefined,
        { occurrence: today.occurrence, participant: person(key), told: 'place' },
        { ...author, at },
      );
    const signUps = [wish('late', '2023-11-20T14:00:00Z'), wish('first', '2023-11-20T13:00:00Z')].filter(
      (one) => one !== undefined,
    );
    const outing = { group, capacity: 1 };
    const list = rosterOf({
      group: outing,
      occurrence: today,
      enrolments: [],
      cards: [],
      marks: [],
      signUps,
    });
    expect(list).toEqual([{ participant: 'first', card: undefined, because: 'signedUp' }]);
    expect(placesOf(signUps, outing).waiting).toHaveLength(1);
  });
});
