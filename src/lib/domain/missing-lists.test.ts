import { describe, expect, it } from 'vitest';
import { closeRollCall } from './closing.ts';
import { deviceRows } from './device-rows.ts';
import type {
  Author,
  Closing,
  Device,
  Enrolment,
  Group,
  Mark,
  Occurrence,
  Shift,
  SignUp,
  Volunteer,
} from './documents.ts';
import {
  deviceDocId,
  enrolmentDocId,
  groupDocId,
  occurrenceDocId,
  occurrenceId,
  shiftDocId,
  volunteerDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from './ids.ts';
import { missingLists } from './missing-lists.ts';
import { answer } from './roll-call.ts';
import { signUp } from './sign-ups.ts';

const author: Author = {
  at: '2023-11-20T08:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const timeZone = 'Europe/Paris';
const now = '2023-11-23T08:00:00.000Z';
const venue = 'amarres' as VenueCode;
const group: Group = {
  ...{ _id: groupDocId('g' as GroupId), type: 'group', v: 1, ...author, group: 'g' as GroupId },
  ...{ workshopType: 'language' as WorkshopTypeCode, label: 'Français A1', venue },
  ...{ weekday: 1, start: '14:00', end: '16:00' },
};
const meeting = (date: string): Occurrence => {
  const occurrence = occurrenceId(group.group, date, group.start);
  return {
    ...{ _id: occurrenceDocId(occurrence), type: 'occurrence', v: 1, ...author, occurrence },
    ...{ group: group.group, date, start: group.start, end: group.end, venue, week: 8, state: 'planned' },
  };
};
const [monday, tuesday, wednesday, tomorrow] = ['2023-11-20', '2023-11-21', '2023-11-22', '2023-11-24'].map(
  meeting,
) as [Occurrence, Occurrence, Occurrence, Occurrence];
const people = ['ada', 'bo'] as ParticipantId[];
const enrolments = people.map((participant): Enrolment => ({
  ...{ _id: enrolmentDocId(group.group, participant), type: 'enrolment', v: 1, ...author },
  ...{ group: group.group, participant, from: '2023-10-01' },
}));
const maia: Volunteer = {
  ...{ _id: volunteerDocId('m' as VolunteerId), type: 'volunteer', v: 1, ...author },
  ...{ volunteer: 'm' as VolunteerId, name: 'Maïa', kind: 'volunteer', account: 'maia' as AccountName },
};
const shift = (occurrence: OccurrenceId): Shift => ({
  ...{ _id: shiftDocId(occurrence, maia.volunteer), type: 'shift', v: 1, ...author, occurrence },
  ...{ volunteer: maia.volunteer, role: 'lead', state: 'planned' },
});
const occurrences = [monday, tuesday, wednesday, tomorrow];
const shifts = occurrences.map(({ occurrence }) => shift(occurrence));
const mark = ({ occurrence }: Occurrence, participant: ParticipantId) =>
  answer(undefined, { occurrence, participant, status: 'present' }, author) as Mark;
const closing = ({ occurrence }: Occurrence, unmarked: number, headcount?: number) => {
  const counts = { present: 1, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked };
  return closeRollCall(undefined, { occurrence, counts, headcount }, author) as Closing;
};
const missing = (marks: readonly Mark[], closings: readonly Closing[], signUps: readonly SignUp[] = []) =>
  missingLists({
    ...{ groups: [group], occurrences, enrolments, signUps, marks, closings, shifts, volunteers: [maia] },
    ...{ now, timeZone },
  });

describe('lists that did not come', () => {
  it('are told apart: untouched, not closed, closed with people left out', () => {
    const found = missing(
      [mark(tuesday, 'ada' as ParticipantId), mark(wednesday, 'ada' as ParticipantId)],
      [closing(wednesday, 1)],
    );
    expect(found.map(({ occurrence, kind, unmarked }) => [occurrence.date, kind, unmarked])).toEqual([
      [monday.date, 'untouched', 2],
      [tuesday.date, 'unclosed', 1],
      [wednesday.date, 'incomplete', 1],
    ]);
    expect(found.map(({ hasAttendance }) => hasAttendance)).toEqual([false, true, true]);
    expect(found[0]?.team).toEqual([maia]);
  });

  it('count whoever signed up: closed without them, a list is incomplete', () => {
    const all = occurrences.flatMap((one) => people.map((participant) => mark(one, participant)));
    const said = {
      ...{ occurrence: monday.occurrence, participant: 'zoe' as ParticipantId },
      told: 'place',
    } as const;
    const signed = signUp(undefined, said, author) as SignUp;
    const closings = [closing(monday, 1), closing(tuesday, 0), closing(wednesday, 0)];
    expect(missing(all, closings, [signed])).toMatchObject([{ kind: 'incomplete', people: 3, unmarked: 1 }]);
  });

  it('are no lists that are closed, counted by head, completed since, cancelled or to come', () => {
    const both = people.map((participant) => mark(wednesday, participant));
    const closings = [closing(monday, 0), closing(tuesday, 2, 14), closing(wednesday, 1)];
    expect(missing(both, closings)).toEqual([]);
  });
});

describe('devices', () => {
  const device = (id: string, user: string, at: string, said: Partial<Device> = {}): Device => ({
    ...{ _id: deviceDocId(id as DeviceId), type: 'device', v: 1, at, by: user as AccountName },
    ...{ device: id as DeviceId, user: user as AccountName, label: id, appVersion: '1', ...said },
  });
  const rows = (devices: readonly Device[], marks: readonly Mark[] = []) =>
    deviceRows([{ devices, marks, closings: [], shifts, volunteers: [maia], missing: missing([], []) }], {
      thisDevice: 'desk' as DeviceId,
      timeZone,
    });

  it('stand out that were silent since a list that was theirs to take; the one heard last of several', () => {
    const found = rows([
      device('desk', 'elise', now),
      device('noors', 'noor', '2023-11-22T20:00:00.000Z'),
      device('old', 'maia', '2023-10-01T08:00:00.000Z'),
      device('phone', 'maia', '2023-11-21T20:00:00.000Z'),
      device('full', 'lucie', '2023-11-20T08:00:00.000Z', { refusedCount: 2 }),
    ]);
    expect(found.map((row) => [row.device, row.awaited])).toEqual([
      // Of Monday and Tuesday it was heard after; of Wednesday nothing came.
      ['phone', 1],
      ['full', 0],
      ['noors', 0],
      ['old', 0],
      ['desk', 0],
    ]);
    expect(found.at(-1)?.isThis).toBe(true);
  });

  it('are heard by what they wrote, not only by what they say of themselves', () => {
    const late = answer(
      undefined,
      { occurrence: wednesday.occurrence, participant: 'ada' as ParticipantId, status: 'late' },
      { at: '2023-11-22T18:00:00.000Z', by: 'maia' as AccountName, device: 'phone' as DeviceId },
    ) as Mark;
    const [found] = rows([device('phone', 'maia', '2023-11-01T08:00:00.000Z')], [late]);
    expect(found).toMatchObject({ heardAt: '2023-11-22T18:00:00.000Z', awaited: 0 });
  });

  it('are one row whatever the terms they described themselves in', () => {
    const two = [device('phone', 'maia', '2023-11-01T08:00:00.000Z'), device('phone', 'maia', now)];
    expect(rows(two)).toHaveLength(1);
  });
});
