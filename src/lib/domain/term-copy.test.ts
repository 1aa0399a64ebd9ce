import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateDemoYear } from './demo-year/generate.ts';
import { parseDocument, type Author, type Volunteer } from './documents.ts';
import type { GroupId, TermCode } from './ids.ts';
import { addDays } from './local-time.ts';
import { ofType } from './of-type.ts';
import { copiedGroup, copiedTeam, groupsToCopy, plannedMeetings, stillHere } from './term-copy.ts';
import { daysOfWeek, newTerm } from './terms.ts';

const author = { at: '2027-01-04T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const year = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const former = year.databases.get('paris13-s3-2023') ?? [];
const volunteers = ofType(former, 'volunteer');
const groups = ofType(former, 'group').map((group, place) => {
  const [lead, second] = [volunteers[place], volunteers[place + 1]];
  if (!lead || !second) throw new Error('too few facilitators');
  return {
    ...group,
    capacity: 12,
    place: 'Bibliothèque Jean Renoir',
    team: [
      { volunteer: lead.volunteer, role: 'lead' as const },
      { volunteer: second.volunteer, role: 'co' as const },
    ],
  };
});

const copyAll = (here: readonly Volunteer[]) =>
  groups.map((group, place) => copiedGroup(group, `new${place}` as GroupId, author, here));

describe('a group taken over from an earlier term', () => {
  it('has an id of its own, and what it is and when it meets', () => {
    const copies = copyAll([]);
    const ids = new Set(groups.map(({ group }) => group));
    expect(copies.some(({ group }) => ids.has(group))).toBe(false);
    for (const [place, copy] of copies.entries()) {
      const { label, workshopType, weekday, start, end, venue, capacity } = groups[place] ?? {};
      expect(copy).toMatchObject({ label, workshopType, weekday, start, end, venue, capacity, by: 'elise' });
      expect(copy.place).toBe('Bibliothèque Jean Renoir');
      expect(copy.moreSlots).toEqual(groups[place]?.moreSlots);
      expect(copy).not.toHaveProperty('team');
      expect(copy).not.toHaveProperty('_rev');
      expect(parseDocument(copy).ok).toBe(true);
    }
  });

  it('keeps its team when asked, with the facilitators who are still here', () => {
    expect(copyAll(volunteers).map(({ team }) => team)).toEqual(groups.map(({ team }) => team));
    const [gone, ...others] = volunteers;
    if (!gone) throw new Error('no facilitators');
    const here = stillHere([{ ...gone, isArchived: true }, ...others], []);
    const copies = copyAll(here);
    // The first group was theirs with the second of the list.
    expect(copies[0]?.team).toEqual([{ volunteer: others[0]?.volunteer, role: 'co' }]);
    const team = copiedTeam(copies, here, author);
    expect(team.some(({ volunteer }) => volunteer === gone.volunteer)).toBe(false);
    expect(team).toHaveLength(groups.length);
    expect(copiedTeam(copyAll([]), volunteers, author)).toEqual([]);
  });

  it('has no team where nobody of it is here', () => {
    const [copy] = copyAll(volunteers.slice(2));
    expect(copy).not.toHaveProperty('team');
  });

  it('names those whom the new term holds as it holds them', () => {
    const [one, other, ...others] = volunteers;
    if (!one || !other) throw new Error('too few facilitators');
    const renamed = { ...one, name: 'Autre nom' };
    expect(stillHere(volunteers, [renamed, { ...other, isArchived: true }])).toEqual([renamed, ...others]);
  });

  it('brings nobody along, however many were enrolled', () => {
    const copies = copyAll(volunteers);
    const written = [...copies, ...copiedTeam(copies, volunteers, author)];
    const people = ofType(former, 'rosterCard').map(({ participant }) => participant as string);
    const text = JSON.stringify(written);
    expect(people.length).toBeGreaterThan(70);
    expect(people.filter((participant) => text.includes(participant))).toEqual([]);
  });
});

describe('the groups of an earlier term', () => {
  it('are offered but for what happened once: that is added in the planning, with its day', () => {
    const [first, second, third] = groups;
    if (!first || !second || !third) throw new Error('too few groups');
    const outing = { ...first, isOneOff: true };
    const stopped = { ...second, isArchived: true };
    expect(groupsToCopy([outing, stopped, third])).toEqual([stopped, third]);
  });
});

describe('the meetings of a group that was taken over', () => {
  it('are planned on no day off and never outside the term, whatever the calendar', () => {
    const [copy] = copyAll([]);
    if (!copy) throw new Error('no group');
    const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2027-02-01', days));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(day), fc.array(day), (weeks, days, pauses) => {
        const daysOff = [...days, ...pauses.flatMap(daysOfWeek)];
        const facts = { term: 's1-2027' as TermCode, label: 'S1.27', start: '2027-02-01', weeks, daysOff };
        const term = newTerm(facts, author);
        const meetings = plannedMeetings(copy, term, author);
        expect(meetings.filter(({ date }) => daysOff.includes(date))).toEqual([]);
        expect(meetings.filter(({ date }) => date < term.start || date > term.end)).toEqual([]);
        expect(new Set(meetings.map(({ _id }) => _id)).size).toBe(meetings.length);
        expect(meetings.every((one) => parseDocument(one).ok && one.state === 'planned')).toBe(true);
      }),
    );
  });

  it('are where the group meets, in words as well', () => {
    const [copy] = copyAll([]);
    if (!copy) throw new Error('no group');
    const calendar = { start: '2027-02-01', weeks: 1, daysOff: [] };
    expect(plannedMeetings(copy, calendar, author)[0]?.place).toBe('Bibliothèque Jean Renoir');
    const { place: _place, ...inRoom } = copy;
    expect(plannedMeetings(inRoom, calendar, author)[0]).not.toHaveProperty('place');
  });
});
