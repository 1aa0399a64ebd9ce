import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseDocument,
  type Author,
  type Closing,
  type Group,
  type Mark,
  type Occurrence,
  type Shift,
  type Volunteer,
} from './documents.ts';
import { generateDemoYear } from './demo-year/generate.ts';
import { facilitationHours } from './facilitation-hours.ts';
import type { AccountName, DeviceId, GroupId, OccurrenceId, VolunteerId } from './ids.ts';
import { ofType } from './of-type.ts';
import {
  acceptedInvitations,
  assign,
  busyWith,
  callOff,
  carriedOver,
  editVolunteer,
  holderOf,
  meetingsAhead,
  meetingsBehind,
  mayCorrectTeam,
  newVolunteer,
  shiftOfAccount,
  withoutTeamMember,
  withTeamMember,
} from './team.ts';

const timeZone = 'Europe/Paris';
const author: Author = {
  at: '2023-10-01T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const later: Author = { ...author, at: '2023-10-05T09:00:00.000Z' };
const [v1, v2] = ['v1', 'v2'] as [VolunteerId, VolunteerId];
const noor = newVolunteer(v1, { name: 'Noor', kind: 'volunteer' }, author);
const group = { group: 'g' as GroupId, workshopType: 'language' } as unknown as Group;
const meeting = (key: string, date: string, more: Partial<Occurrence> = {}): Occurrence =>
  ({
    occurrence: key as OccurrenceId,
    group: group.group,
    date,
    start: '10:00',
    end: '12:00',
    week: 1,
    state: 'planned',
    ...more,
  }) as unknown as Occurrence;
const shift = (occurrence: string, volunteer: VolunteerId, state: Shift['state'] = 'planned') =>
  ({ occurrence, volunteer, role: 'lead', state }) as unknown as Shift;

describe('somebody of the team', () => {
  it('is a document of its schema, edited, archived and carried over under the same id', () => {
    expect(parseDocument(noor)).toMatchObject({ ok: true });
    const edited = editVolunteer(noor, { account: 'noor' as AccountName, isArchived: true }, later);
    expect(edited).toMatchObject({ account: 'noor', isArchived: true });
    expect(editVolunteer(edited, { name: 'Noor' }, later)).toBe(edited);
    const again = carriedOver(edited, later);
    expect(again).toMatchObject({ volunteer: v1, account: 'noor', kind: 'volunteer' });
    expect(again.isArchived).toBeUndefined();
    expect(again.changes).toHaveLength(1);
    expect('account' in editVolunteer(edited, { account: undefined }, later)).toBe(false);
  });

  it('is linked to the account of an invitation once that account is known, and not before', () => {
    const invited = editVolunteer(noor, { invitedAs: 'noor.k' as AccountName }, later);
    expect(acceptedInvitations([invited], new Set(['maia']))).toEqual([]);
    expect(acceptedInvitations([invited, noor], new Set(['noor.k']))).toMatchObject([
      { volunteer: { volunteer: v1 }, account: 'noor.k' },
    ]);
    const linked = editVolunteer(invited, { account: 'noor.k' as AccountName }, later);
    expect(acceptedInvitations([linked], new Set(['noor.k']))).toEqual([]);
  });

  it('is not linked to an account that another person holds, in this term or another, or was invited under', () => {
    const [account, accounts] = ['marie' as AccountName, new Set(['marie'])];
    const first = { ...newVolunteer(v1, { name: 'Marie', kind: 'volunteer' }, author), account };
    const second = { ...newVolunteer(v2, { name: 'Marie', kind: 'volunteer' }, author), invitedAs: account };
    expect(acceptedInvitations([first, second], accounts)).toEqual([]);
    expect(acceptedInvitations([second], accounts, [first])).toEqual([]);
    expect(acceptedInvitations([{ ...noor, invitedAs: account }, second], accounts)).toEqual([]);
    const herself = { ...first, volunteer: v2 };
    expect(acceptedInvitations([second], accounts, [herself])).toMatchObject([{ account }]);
  });

  it('is found by the account held, before by the account invited under', () => {
    const account = 'marie' as AccountName;
    const [holder, invited] = [
      { ...noor, account },
      { ...noor, volunteer: v2, invitedAs: account },
    ];
    expect(holderOf('marie', undefined, [invited, holder])).toBe(holder);
    expect(holderOf('marie', v1, [invited, holder])).toBe(invited);
    expect(holderOf('marie', v2, [invited])).toBeUndefined();
    expect(holderOf('noor', undefined, [invited, holder])).toBeUndefined();
  });
});

describe("a group's team", () => {
  it('has each person once, leads first', () => {
    const led = withTeamMember(withTeamMember(group, v1, 'co', author), v2, 'lead', author);
    expect(led.team).toEqual([
      { volunteer: v2, role: 'lead' },
      { volunteer: v1, role: 'co' },
    ]);
    expect(withTeamMember(led, v1, 'co', later)).toBe(led);
    expect(withTeamMember(led, v1, 'lead', later).team).toHaveLength(2);
    expect(withoutTeamMember(led, v1, later).team).toEqual([{ volunteer: v2, role: 'lead' }]);
    expect(withoutTeamMember(group, v1, later)).toBe(group);
  });

  it('changes only meetings that are neither past, cancelled, closed nor marked', () => {
    const meetings = [
      meeting('later', '2023-10-16'),
      meeting('past', '2023-10-02'),
      meeting('cancelled', '2023-10-17', { state: 'cancelled' }),
      meeting('closed', '2023-10-09'),
      meeting('marked', '2023-10-09'),
      meeting('cleared', '2023-10-09'),
    ];
    const closings = [{ occurrence: 'closed', state: 'closed' }] as unknown as Closing[];
    const marks = [
      { occurrence: 'marked', status: 'late' },
      { occurrence: 'cleared', status: null },
    ] as unknown as Mark[];
    const ahead = meetingsAhead(meetings, closings, marks, { now: '2023-10-09T09:00:00.000Z', timeZone });
    expect(ahead.map(({ occurrence }) => occurrence)).toEqual(['cleared', 'later']);
    const behind = meetingsBehind(meetings, ahead);
    expect(behind.map(({ occurrence }) => occurrence)).toEqual(['marked', 'closed', 'past']);
  });

  it('may be corrected for what took place until the term is closed', () => {
    const states = ['planned', 'open', 'closed'] as const;
    expect(states.filter((state) => mayCorrectTeam({ state }))).toEqual(['planned', 'open']);
  });
});

describe('a shift', () => {
  const place = { occurrence: 'o' as OccurrenceId, volunteer: noor, role: 'lead' as const };

  it('given twice is the same; called off it stays, and can be given again', () => {
    const given = assign(undefined, place, author);
    expect(parseDocument(given)).toMatchObject({ ok: true });
    expect(assign(given, place, later)).toBe(given);
    const off = callOff(given, later);
    expect(off.state).toBe('cancelled');
    expect(callOff(off, later)).toBe(off);
    expect(assign(off, place, later)).toMatchObject({ state: 'planned' });
  });

  it('of a replacement says whose place it is, and names the account that may confirm it', () => {
    const linked = { ...noor, account: 'noor' as AccountName };
    const given = assign(undefined, { ...place, volunteer: linked, replaces: v2 }, author);
    expect(given).toMatchObject({ replaces: v2, account: 'noor' });
    expect(shiftOfAccount(given, 'noor.k' as AccountName, later).account).toBe('noor.k');
    expect('account' in shiftOfAccount(given, undefined, later)).toBe(false);
  });

  it('keeps a person from another meeting at the same hour', () => {
    const [here, there, after] = [
      meeting('here', '2023-10-09'),
      meeting('there', '2023-10-09', { start: '11:00', end: '13:00' }),
      meeting('after', '2023-10-09', { start: '12:00', end: '13:00' }),
    ];
    const all = [here, there, after] as Occurrence[];
    const busy = (shifts: Shift[]) => busyWith(v1, here as Occurrence, all, shifts)?.occurrence;
    expect(busy([shift('there', v1)])).toBe('there');
    expect(busy([shift('there', v1, 'cancelled'), shift('after', v1), shift('there', v2)])).toBeUndefined();
  });
});

describe('hours', () => {
  const hoursOf = (occurrences: Occurrence[], shifts: Shift[], volunteers: Volunteer[]) =>
    facilitationHours({ groups: [group], occurrences, closings: [], shifts, volunteers, timeZone });
  const staff = { ...noor, volunteer: v2, kind: 'staff' as const };

  it('led by two count once for the workshop and twice for the people', () => {
    const held = meeting('o', '2023-10-09', { state: 'held' });
    const { people, workshops } = hoursOf(
      [held, meeting('next', '2023-10-16')],
      [shift('o', v1), shift('o', v2), shift('next', v1)],
      [noor, { ...noor, volunteer: v2 }],
    );
    expect(workshops).toEqual([
      { workshopType: 'language', held: 120, byVolunteers: 120, personMinutes: 240 },
    ]);
    expect(people.get(v1)).toEqual({ planned: 240, held: 120, plannedMeetings: 2, heldMeetings: 1 });
    expect(people.get(v2)).toMatchObject({ planned: 120, held: 120 });
  });

  it('go to who stepped in once that is noted, however late, and not to who was absent', () => {
    const held = meeting('o', '2023-10-09', { state: 'held' });
    const absent = shift('o', v1, 'held');
    const place = { occurrence: held.occurrence, volunteer: staff, role: 'lead' as const, replaces: v1 };
    const { people, workshops } = hoursOf(
      [held],
      [callOff(absent, later), assign(undefined, place, later)],
      [noor, staff],
    );
    expect([people.has(v1), people.get(v2)?.held]).toEqual([false, 120]);
    expect(workshops).toMatchObject([{ held: 120, byVolunteers: 0 }]);
  });

  it('are none of a cancelled meeting, nor of a shift called off, nor volunteers’ when staff lead', () => {
    const { people, workshops } = hoursOf(
      [meeting('o', '2023-10-09', { state: 'held' }), meeting('off', '2023-10-16', { state: 'cancelled' })],
      [shift('o', v1, 'cancelled'), shift('o', v2), shift('off', v1)],
      [noor, staff],
    );
    expect(people.has(v1)).toBe(false);
    expect(workshops).toEqual([{ workshopType: 'language', held: 120, byVolunteers: 0, personMinutes: 0 }]);
  });

  it('property: volunteers’ hours are never more than those held, nor than those of the people', () => {
    const states = fc.constantFrom('planned' as const, 'held' as const, 'cancelled' as const);
    const facts = fc.record({
      meetings: fc.array(states, { maxLength: 8 }),
      shifts: fc.array(fc.record({ of: fc.nat(7), who: fc.constantFrom(v1, v2), state: states }), {
        maxLength: 16,
      }),
    });
    fc.assert(
      fc.property(facts, ({ meetings, shifts }) => {
        const once = new Map(shifts.map((one) => [`${one.of} ${one.who}`, one]));
        const { people, workshops } = hoursOf(
          meetings.map((state, n) => meeting(`o${n}`, '2023-10-09', { state })),
          [...once.values()].map((one) => shift(`o${one.of}`, one.who, one.state)),
          [noor, staff],
        );
        const [workshop] = workshops;
        expect(workshop?.byVolunteers).toBeLessThanOrEqual(workshop?.held ?? 0);
        expect(workshop?.personMinutes).toBe(people.get(v1)?.held ?? 0);
        for (const one of people.values()) expect(one.held).toBeLessThanOrEqual(one.planned);
      }),
    );
  });

  it('of the demonstration year led by volunteers are close to 700', () => {
    const year = generateDemoYear({ seed: 'presence', today: '2024-01-15', moved: false });
    let minutes = 0;
    const people = new Set<VolunteerId>();
    for (const [database, documents] of year.databases) {
      if (!/-s\d-2023$/.test(database)) continue;
      const all = <Type extends Parameters<typeof ofType>[1]>(type: Type) => ofType(documents, type);
      const volunteers = all('volunteer');
      const hours = facilitationHours({
        groups: all('group'),
        occurrences: all('occurrence'),
        closings: all('closing'),
        shifts: all('shift'),
        volunteers,
        timeZone,
      });
      for (const { byVolunteers } of hours.workshops) minutes += byVolunteers;
      for (const { volunteer, kind } of volunteers)
        if (kind === 'volunteer' && (hours.people.get(volunteer)?.held ?? 0) > 0) people.add(volunteer);
    }
    expect(people.size).toBe(50);
    expect(Math.round(minutes / 60)).toBeGreaterThan(650);
    expect(Math.round(minutes / 60)).toBeLessThan(750);
  });
});
