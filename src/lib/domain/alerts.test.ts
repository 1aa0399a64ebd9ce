import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alertsOf,
  contactOf,
  countOf,
  listsNotTaken,
  meetingsWithoutTeam,
  peopleToCall,
  type TermFacts,
} from './alerts.ts';
import type {
  Author,
  Closing,
  Enrolment,
  Group,
  Mark,
  Occurrence,
  Shift,
  Volunteer,
  WorkshopType,
} from './documents.ts';
import type { AccountName, DeviceId, ParticipantId } from './ids.ts';
import { addDays } from './local-time.ts';
import { editParticipant, newParticipant } from './participants.ts';

const group = { group: 'g', label: 'Français' } as unknown as Group;
const monday = '2023-10-02';
const p1 = 'p1' as ParticipantId;
const meeting = (week: number, more: Partial<Occurrence> = {}): Occurrence =>
  ({
    occurrence: `o${week}`,
    group: 'g',
    date: addDays(monday, 7 * (week - 1)),
    start: '10:00',
    end: '12:00',
    week,
    state: 'planned',
    ...more,
  }) as unknown as Occurrence;
const meetings = [1, 2, 3, 4, 5, 6].map((week) => meeting(week));
const mark = (week: number, status: Mark['status'], more: Partial<Mark> = {}): Mark =>
  ({
    occurrence: `o${week}`,
    participant: p1,
    status,
    at: `${addDays(monday, 7 * (week - 1))}T10:00:00.000Z`,
    ...more,
  }) as unknown as Mark;
const enrolment = { group: 'g', participant: p1, from: monday } as unknown as Enrolment;
const facts = (more: Partial<TermFacts>): TermFacts => ({
  groups: [group],
  occurrences: meetings,
  enrolments: [enrolment],
  marks: [],
  closings: [],
  shifts: [],
  workshopTypes: [],
  volunteers: [{ volunteer: 'v1', name: 'Maïa' } as unknown as Volunteer],
  // The Wednesday of the fourth week.
  now: '2023-10-25T08:00:00.000Z',
  timeZone: 'Europe/Paris',
  ...more,
});
const author: Author = {
  at: '2023-10-17T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};

describe('somebody whose rate can still be saved', () => {
  const workshopType = {
    workshopType: 'socio',
    label: 'Socioprofessionnel',
    countsForAssiduity: true,
  } as unknown as WorkshopType;
  const counted = { ...group, workshopType: 'socio' } as Group;
  const held = meetings.map((one, at) => (at < 4 ? { ...one, state: 'held' as const } : one));
  // Excused is not attended, and no absence to explain.
  const marks = [mark(1, 'present'), mark(2, 'excused'), mark(3, 'present'), mark(4, 'excused')];
  const call = (more: Partial<TermFacts>, contact?: { date: string; at: string | undefined }) =>
    peopleToCall(
      facts({ groups: [counted], occurrences: held, marks, workshopTypes: [workshopType], ...more }),
      new Map(contact ? [[p1, contact]] : []),
    );

  it('is to be called at one half or less, with what it takes', () => {
    expect(call({})).toMatchObject([
      { participant: p1, reasons: [{ kind: 'rate', outlook: { attended: 2, held: 4, remaining: 2 } }] },
    ]);
  });

  it('is not to be called above one half, nor for a workshop that does not count', () => {
    expect(call({ marks: [...marks.slice(0, 3), mark(4, 'present')] })).toEqual([]);
    expect(call({ workshopTypes: [{ ...workshopType, countsForAssiduity: false }] })).toEqual([]);
  });

  it('was called: nobody calls again until something else is missed', () => {
    expect(call({}, { date: '2023-10-24', at: undefined })).toEqual([]);
    expect(call({}, { date: '2023-10-20', at: undefined })).toHaveLength(1);
  });
});

describe('somebody to call', () => {
  const marks = [mark(1, 'present'), mark(2, 'absent'), mark(3, 'absent')];
  const call = (more: Partial<TermFacts>, contact?: { date: string; at: string | undefined }) =>
    peopleToCall(facts(more), new Map(contact ? [[p1, contact]] : []));

  it('was absent twice in a row without a reason', () => {
    expect(call({ marks })).toMatchObject([
      {
        participant: p1,
        reasons: [{ kind: 'absences', group, count: 2, dates: ['2023-10-09', '2023-10-16'] }],
      },
    ]);
    expect(call({ marks: marks.slice(0, 2) })).toEqual([]);
    expect(call({ marks: [...marks.slice(0, 2), mark(3, 'absent', { reason: 'family' })] })).toEqual([]);
    expect(call({ marks: [...marks, mark(4, 'late')] })).toEqual([]);
  });

  it('is in the group today', () => {
    expect(call({ marks, enrolments: [{ ...enrolment, to: '2023-10-20' }] })).toEqual([]);
    expect(call({ marks, enrolments: [] })).toEqual([]);
  });

  it('is off the list once spoken to, until something new happens', () => {
    expect(call({ marks }, { date: '2023-10-10', at: undefined })).toHaveLength(1);
    expect(call({ marks }, { date: '2023-10-17', at: undefined })).toEqual([]);
    expect(
      call({ marks: [...marks, mark(4, 'absent')] }, { date: '2023-10-17', at: undefined }),
    ).toMatchObject([{ reasons: [{ count: 3 }] }]);
  });

  it('spoken to in the morning and absent in the afternoon is on it again', () => {
    const contact = (at: string) => ({ date: '2023-10-16', at });
    expect(call({ marks }, contact('2023-10-16T07:00:00.000Z'))).toHaveLength(1);
    expect(call({ marks }, contact('2023-10-16T15:00:00.000Z'))).toEqual([]);
  });

  it('was spoken to when their file says so', () => {
    const base = {
      firstName: 'Farid',
      familyName: 'Ahmadi',
      gender: 'man' as const,
      languages: [],
      isFrancophone: false,
      statusHistory: [],
    };
    const file = newParticipant(p1, base, { ...author, at: '2023-10-01T09:00:00.000Z' });
    expect(contactOf(file)).toBeUndefined();
    const called = editParticipant(file, { lastContact: '2023-10-17' }, author);
    expect(contactOf(called)).toEqual({ date: '2023-10-17', at: author.at });
    expect(contactOf({ lastContact: '2023-10-17' })).toEqual({ date: '2023-10-17', at: undefined });
  });

  it('property: a call after the last absence empties the list, one before it changes nothing', () => {
    const answers = fc.array(fc.constantFrom('absent' as const, 'present' as const, 'excused' as const), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(answers, fc.integer({ min: 0, max: 40 }), (given, n) => {
        const all = given.map((status, index) => mark(index + 1, status));
        const now = '2023-11-15T08:00:00.000Z';
        const without = call({ marks: all, now });
        const date = addDays(monday, n);
        const withCall = call({ marks: all, now }, { date, at: undefined });
        const last = without[0]?.reasons[0]?.last.date;
        expect(withCall).toEqual(last !== undefined && date >= last ? [] : without);
      }),
    );
  });
});

describe('a list that was not taken', () => {
  it('is of a meeting that is over, not cancelled, and was not closed; with who led it', () => {
    const shifts = [{ occurrence: 'o2', volunteer: 'v1', state: 'planned' }] as unknown as Shift[];
    const closings = [
      { occurrence: 'o1', state: 'closed' },
      { occurrence: 'o3', state: 'reopened' },
    ] as unknown as Closing[];
    const occurrences = [...meetings, meeting(4, { occurrence: 'x' as never, state: 'cancelled' })];
    expect(
      listsNotTaken(facts({ occurrences, closings, shifts })).map(({ occurrence, team }) => [
        occurrence.occurrence,
        team.map(({ name }) => name),
      ]),
    ).toEqual([
      ['o2', ['Maïa']],
      ['o3', []],
      ['o4', []],
    ]);
  });
});

describe('a meeting that nobody leads', () => {
  it('is from now to the end of next week', () => {
    const occurrences = [
      ...meetings,
      meeting(4, { occurrence: 'later-today' as never, date: '2023-10-25', start: '18:00', end: '20:00' }),
      meeting(5, { occurrence: 'sunday' as never, date: '2023-11-05' }),
    ];
    const shifts = [
      { occurrence: 'later-today', volunteer: 'v1', state: 'cancelled' },
      { occurrence: 'o5', volunteer: 'v1', state: 'planned' },
    ] as unknown as Shift[];
    const vacant = meetingsWithoutTeam(facts({ occurrences, shifts }));
    expect(vacant.map(({ occurrence }) => occurrence.occurrence)).toEqual(['later-today', 'sunday']);
  });
});

it('counts a person once, and each meeting', () => {
  const marks = [mark(2, 'absent'), mark(3, 'absent')];
  const alerts = alertsOf(facts({ marks }), new Map());
  expect(countOf(alerts)).toBe(1 + alerts.lists.length + alerts.vacant.length);
  expect(alerts.lists).toHaveLength(4);
});
