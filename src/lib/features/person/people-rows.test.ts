import { describe, expect, it } from 'vitest';
import type {
  Author,
  Enrolment,
  Group,
  Mark,
  MarkStatus,
  Occurrence,
  Participant,
} from '$lib/domain/documents.ts';
import { enrol } from '$lib/domain/enrolments.ts';
import {
  groupDocId,
  occurrenceDocId,
  occurrenceId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type TermCode,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { addDays } from '$lib/domain/local-time.ts';
import { newParticipant, rosterCardOf } from '$lib/domain/participants.ts';
import { answer } from '$lib/domain/roll-call.ts';
import type { KnownPerson } from '$lib/store/people.ts';
import { attendanceOf } from './people-attendance.ts';
import { peopleList, peopleRows, shownRows, type PeopleRow } from './people-rows.ts';

const author: Author = { at: '2026-02-02T08:00:00Z', by: 'elise' as AccountName, device: 'desk' as DeviceId };
const term = 's1' as TermCode;
const day = (week: number) => addDays('2026-02-02', 7 * (week - 1));
const group: Group = {
  ...{ _id: groupDocId('g1' as GroupId), type: 'group', v: 1, ...author, group: 'g1' as GroupId },
  ...{ workshopType: 'socio' as WorkshopTypeCode, label: 'Groupe 1', venue: 'v' as VenueCode },
  ...{ weekday: 1, start: '10:00', end: '12:00' },
};
const meetings = [1, 2, 3, 4].map((week): Occurrence => {
  const occurrence = occurrenceId(group.group, day(week), '10:00');
  return {
    ...{ _id: occurrenceDocId(occurrence), type: 'occurrence', v: 1, ...author, occurrence },
    ...{ group: group.group, date: day(week), start: '10:00', end: '12:00', venue: group.venue, week },
    state: week < 4 ? 'held' : 'planned',
  };
});

function person(key: string, name: string, facts: Partial<Participant> | undefined): KnownPerson {
  const participant = key as ParticipantId;
  const [firstName = '', familyName = ''] = name.split('/');
  const file =
    facts &&
    newParticipant(
      participant,
      {
        ...{ firstName, familyName, gender: 'woman', languages: [], isFrancophone: false },
        ...{ statusHistory: [], consentAt: day(1), ...facts },
      },
      author,
    );
  const card = rosterCardOf(
    file ?? { participant, firstName, familyName, languages: [], isFrancophone: false },
    'full',
    undefined,
    author,
  );
  return {
    ...{ participant, firstName, familyName, file, birthYear: undefined, phone: undefined },
    cards: [{ term, card: file ? card : { ...card, isProvisional: true } }],
    sortKey: card.sortKey,
  };
}
const enrolled = (key: string): Enrolment =>
  enrol(undefined, { group: group.group, participant: key as ParticipantId, from: day(1) }, author);
const marks = (key: string, ...statuses: MarkStatus[]): Mark[] =>
  statuses.flatMap((status, index) => {
    const occurrence = meetings[index]?.occurrence;
    const place = occurrence && { occurrence, participant: key as ParticipantId, status };
    return (place && answer(undefined, place, author)) ?? [];
  });

const facts = {
  ...{ term, groups: [group], occurrences: meetings, closings: [] },
  enrolments: [enrolled('a'), enrolled('b')],
  marks: [...marks('a', 'present', 'absent', 'absent'), ...marks('b', 'present', 'present', 'late')],
};
const everyone = [
  person('a', 'Awa/Bah', {}),
  person('b', 'Mohamed/Diallo', { lastContact: day(3) }),
  person('c', 'Zahra/Rezai', undefined),
  person('d', 'Zoé/Martin', { gender: 'unknown', consentAt: undefined }),
];
const now = { today: day(4), timeZone: 'Europe/Paris' };
const attendance = attendanceOf(facts, now);
const rows = (people = everyone) => peopleRows(people, facts, attendance, now.today);
const namesOf = (found: readonly PeopleRow[]) => found.map(({ person: { firstName } }) => firstName);
const shown = (chosen: Partial<Parameters<typeof shownRows>[1]>) =>
  namesOf(
    shownRows(peopleList(rows()), {
      ...{ typed: '', workshopType: undefined, flags: [] },
      ...{ order: { by: 'name', isDescending: false }, ...chosen },
    }),
  );

describe('a row of the coordinator’s list', () => {
  it('says groups, how many of the meetings due were attended, and what is to be known', () => {
    expect(rows().map(({ groups, attendance: of, flags }) => [groups, of?.attended, of?.due, flags])).toEqual(
      [
        [['Groupe 1'], 1, 3, ['toCall']],
        [['Groupe 1'], 3, 3, []],
        [[], 0, 0, ['provisional', 'noGroup']],
        [[], 0, 0, ['noGroup', 'noConsent', 'noGender']],
      ],
    );
  });

  it('says nothing of attendance, and asks for no call, while the marks are not read', () => {
    const before = peopleRows(everyone, facts, undefined, now.today);
    expect(before.map(({ groups, attendance: of, flags }) => [groups, of, flags])).toEqual([
      [['Groupe 1'], undefined, []],
      [['Groupe 1'], undefined, []],
      [[], undefined, ['provisional', 'noGroup']],
      [[], undefined, ['noGroup', 'noConsent', 'noGender']],
    ]);
    const inOrder = shownRows(peopleList(before), {
      ...{ typed: '', workshopType: undefined, flags: [] },
      order: { by: 'attendance', isDescending: false },
    });
    expect(namesOf(inOrder)).toEqual(namesOf(before));
  });

  it('no longer asks for a call once there was a contact since the last absence', () => {
    const called = [person('a', 'Awa/Bah', { lastContact: day(3) })];
    expect(rows(called)[0]?.flags).toEqual([]);
    expect(rows([person('a', 'Awa/Bah', { lastContact: day(2) })])[0]?.flags).toEqual(['toCall']);
  });

  it('is there for people of the term alone, and for everyone without a term', () => {
    const other = { ...person('e', 'Omar/Ali', {}), cards: [] };
    expect(namesOf(rows([...everyone, other]))).not.toContain('Omar');
    expect(namesOf(peopleRows([...everyone, other], undefined, undefined, now.today))).toContain('Omar');
  });
});

describe('the list', () => {
  it('is filtered by all that is chosen together', () => {
    expect(shown({ flags: ['noGroup'] })).toEqual(['Zahra', 'Zoé']);
    expect(shown({ flags: ['noGroup', 'noConsent'] })).toEqual(['Zoé']);
    expect(shown({ workshopType: 'socio' as WorkshopTypeCode })).toEqual(['Awa', 'Mohamed']);
    expect(shown({ typed: 'محمد' })).toEqual(['Mohamed']);
    expect(shown({ typed: 'zo', flags: ['provisional'] })).toEqual([]);
  });

  it('is sorted by what is asked, both ways', () => {
    expect(shown({ order: { by: 'name', isDescending: true } })[0]).toBe('Zoé');
    expect(shown({ order: { by: 'attendance', isDescending: true } }).slice(0, 2)).toEqual([
      'Mohamed',
      'Awa',
    ]);
    expect(shown({ order: { by: 'contact', isDescending: true } })[0]).toBe('Mohamed');
  });
});
