import { describe, expect, it } from 'vitest';
import { absencesInARow, absencesToFlag } from '../absences.ts';
import { parseDocument, type Occurrence, type WorkshopKind } from '../documents.ts';
import type { OccurrenceId } from '../ids.ts';
import { addDays, weekdayOf } from '../local-time.ts';
import { ofType } from '../of-type.ts';
import { countMarks, rosterOf } from '../roster.ts';
import { hoursOf, weekOf } from '../schedule.ts';
import { generateDemoYear } from './generate.ts';

const paris = 'Europe/Paris';
const seed = 'polaris';

/** Every weekday, a leap day, the end of a year, and weeks in which the clocks change. */
const todays = [
  ...[0, 1, 2, 3, 4, 5, 6].map((day) => addDays('2026-11-23', day)),
  ...['2024-02-29', '2025-12-31', '2026-03-29', '2026-10-25', '2026-10-26', '2027-01-01'],
];

describe.each(todays)('the demonstration on %s', (today) => {
  const year = generateDemoYear({ seed, today });
  const documents = year.databases.get('paris13-s3-2023') ?? [];
  const groups = new Map(ofType(documents, 'group').map((group) => [group.group, group]));
  const occurrences = ofType(documents, 'occurrence');
  const [term] = ofType(documents, 'term');
  const marks = ofType(documents, 'mark');
  const marksAt = Map.groupBy(marks, ({ occurrence }) => occurrence);
  const enrolmentsOf = Map.groupBy(ofType(documents, 'enrolment'), ({ group }) => group);
  const cards = ofType(documents, 'rosterCard');
  const rosterAt = (occurrence: Occurrence) => {
    const group = groups.get(occurrence.group);
    if (group === undefined) throw new Error('an occurrence without a group');
    const enrolments = enrolmentsOf.get(group.group) ?? [];
    return rosterOf({
      group,
      occurrence,
      enrolments,
      cards,
      marks: marksAt.get(occurrence.occurrence) ?? [],
    });
  };
  const volunteersAt = (occurrence: OccurrenceId) => {
    const accounts = new Map(
      ofType(documents, 'volunteer').map(({ volunteer, account }) => [volunteer, account]),
    );
    return ofType(documents, 'shift')
      .filter((shift) => shift.occurrence === occurrence)
      .sort((a, b) => (a.role === 'lead' ? -1 : b.role === 'lead' ? 1 : 0))
      .map(({ volunteer }) => accounts.get(volunteer));
  };
  const ofToday = (kind: WorkshopKind, account?: string) =>
    occurrences.filter(
      ({ date, group, occurrence }) =>
        date === today &&
        (groups.get(group)?.workshopType as string) === kind &&
        (account === undefined || volunteersAt(occurrence)[0] === account),
    );

  it('is in the eighth week of the open term', () => {
    expect(term && weekOf(term, today)).toBe(8);
    expect(term?.state).toBe('open');
    const site = ofType(year.databases.get('paris13-commons') ?? [], 'site')[0];
    expect(site?.terms.map(({ label, state }) => `${label} ${state}`)).toEqual([
      'S1.23 closed',
      'S2.23 closed',
      'S3.23 open',
    ]);
    expect(site?.terms[2]?.start).toBe(term?.start);
  });

  it('has today’s meetings for the volunteers and the host, with nothing taken yet', () => {
    const [conversation] = ofToday('conversation', 'lucie');
    const [socioprofessional] = ofToday('socioprofessional', 'maia');
    const [language] = ofToday('language', 'jean');
    if (!conversation || !socioprofessional || !language) throw new Error('a meeting is missing today');
    expect([conversation.start, conversation.end]).toEqual(['14:30', '16:30']);
    expect([socioprofessional.start, socioprofessional.end]).toEqual(['10:00', '13:00']);
    expect([language.start, language.end]).toEqual(['17:00', '19:00']);
    expect(volunteersAt(socioprofessional.occurrence)).toEqual(['maia', 'jean']);
    expect(volunteersAt(language.occurrence)).toEqual(['jean', 'maia']);
    expect(volunteersAt(conversation.occurrence)).toEqual(['lucie', 'maia']);
    expect(conversation.theme).toBeDefined();
    expect(weekdayOf(conversation.date)).toBe(weekdayOf(today));
    const fromToday = new Set(
      occurrences.filter(({ date }) => date >= today).map(({ occurrence }) => occurrence),
    );
    expect(marks.some(({ occurrence }) => fromToday.has(occurrence))).toBe(false);
    expect(occurrences.filter(({ date }) => date >= today).every(({ state }) => state === 'planned')).toBe(
      true,
    );
    expect(rosterAt(conversation).length).toBeGreaterThanOrEqual(10);
    expect(rosterAt(conversation).length).toBeLessThanOrEqual(14);
    expect(rosterAt(socioprofessional).length).toBeGreaterThanOrEqual(10);
  });

  it('has a list of forty today', () => {
    const [practical] = ofToday('practical');
    expect(practical && rosterAt(practical).length).toBe(40);
  });

  it('has closed every list of the days before, save one left with three people unmarked', () => {
    const closings = new Map(ofType(documents, 'closing').map((closing) => [closing.occurrence, closing]));
    const open = [];
    for (const occurrence of occurrences.filter(({ date, state }) => date < today && state !== 'cancelled')) {
      const counts = countMarks(rosterAt(occurrence), marksAt.get(occurrence.occurrence) ?? []);
      const closing = closings.get(occurrence.occurrence);
      if (closing === undefined) open.push({ occurrence, counts });
      else {
        const isNewcomer = rosterAt(occurrence).some(({ because }) => because === 'walkIn');
        expect(closing.counts.present + Number(isNewcomer)).toBe(counts.present);
        expect(counts.unmarked).toBe(0);
        expect(closing.closedAt > hoursOf(occurrence, paris).endsAt).toBe(true);
      }
    }
    expect(open).toHaveLength(1);
    expect(open[0]?.counts.unmarked).toBe(3);
    expect(open[0] && volunteersAt(open[0].occurrence.occurrence).length).toBeGreaterThan(0);
  });

  it('has people absent several times in a row, and one walk-in to be validated', () => {
    const group = [...groups.values()].find(({ label }) => label === 'Socioprofessionnel, groupe 1');
    const theirs = occurrences.filter(
      (occurrence) => occurrence.group === group?.group && occurrence.date < today,
    );
    expect(theirs).toHaveLength(7);
    const rows = [...groups.keys()].flatMap((each) => [
      ...absencesInARow(
        occurrences.filter((occurrence) => occurrence.group === each),
        marks,
      ).values(),
    ]);
    expect(rows.some((row) => row >= absencesToFlag)).toBe(true);
    expect(ofType(documents, 'rosterCard').filter(({ isProvisional }) => isProvisional)).toHaveLength(1);
  });

  it('is made of documents that parse, each with an id of its own, from the past', () => {
    for (const database of year.databases.values()) {
      expect(new Set(database.map(({ _id }) => _id)).size).toBe(database.length);
      const unreadable = database.filter((document) => !parseDocument(document).ok);
      expect(unreadable).toEqual([]);
      const tooLate = database.filter(({ at }) => at >= `${today}T00:00:00Z` && at >= '2024');
      expect(tooLate).toEqual([]);
    }
  });
});
