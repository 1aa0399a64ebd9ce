import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { absencesInARow, absencesToFlag } from '../absences.ts';
import { arrange, assiduityOf, inscriptionsOf, share } from '../assiduity.ts';
import {
  parseDocument,
  type AnyDocument,
  type DocumentOf,
  type DocumentType,
  type Occurrence,
  type Volunteer,
  type WorkshopKind,
} from '../documents.ts';
import type { OccurrenceId, ParticipantId } from '../ids.ts';
import { addDays, weekdayOf } from '../local-time.ts';
import { rosterOf, countMarks } from '../roster.ts';
import { durationMinutes, hoursOf, weekOf } from '../schedule.ts';
import { generateDemoYear, type DemoYear } from './generate.ts';

const paris = 'Europe/Paris';
const seed = 'polaris';
const termNames = ['s1-2023', 's2-2023', 's3-2023'] as const;

const ofType = <T extends DocumentType>(documents: readonly AnyDocument[], type: T) =>
  documents.filter((document): document is DocumentOf<T> & AnyDocument => document.type === type);
const termOf = (year: DemoYear, term: string) => year.databases.get(`paris13-${term}`) ?? [];
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Everything that the tests count, by the rules and from the documents alone. */
function countedOf(documents: readonly AnyDocument[]) {
  const groups = ofType(documents, 'group');
  const kindOfGroup = new Map(groups.map(({ group, workshopType }) => [group, workshopType as string]));
  const occurrences = ofType(documents, 'occurrence');
  const kindOf = new Map(occurrences.map(({ occurrence, group }) => [occurrence, kindOfGroup.get(group)]));
  const inscriptions = inscriptionsOf(ofType(documents, 'enrolment'), groups);
  const attendance = arrange({ groups, occurrences, marks: ofType(documents, 'mark'), timeZone: paris });
  const ofKind = (kind: WorkshopKind) =>
    inscriptions.filter(({ workshopType }) => (workshopType as string) === kind);
  const shifts = ofType(documents, 'shift').filter(({ state }) => state !== 'cancelled');
  const volunteers = new Map(ofType(documents, 'volunteer').map((each) => [each.volunteer, each]));
  const facilitators = (kind: WorkshopKind, of: Volunteer['kind']) =>
    new Set(
      shifts
        .filter(
          (shift) => kindOf.get(shift.occurrence) === kind && volunteers.get(shift.volunteer)?.kind === of,
        )
        .map(({ volunteer }) => volunteer),
    ).size;
  const ledByVolunteers = new Set(
    shifts
      .filter((shift) => volunteers.get(shift.volunteer)?.kind === 'volunteer')
      .map(({ occurrence }) => occurrence),
  );
  const held = occurrences.filter(({ state }) => state === 'held');
  const minutes = (some: readonly Occurrence[]) => sum(some.map((each) => durationMinutes(each, paris)));
  return {
    ofKind,
    groups: (kind: WorkshopKind) =>
      groups.filter(({ workshopType }) => (workshopType as string) === kind).length,
    facilitators,
    assiduity: new Map(
      ofKind('socioprofessional').map((each) => [each.participant, assiduityOf(each, attendance)]),
    ),
    cameAtLeastOnce: new Set(
      inscriptions
        .filter((each) => assiduityOf(each, attendance).isEngaged)
        .map(({ participant }) => participant),
    ),
    volunteers: new Set(
      shifts.flatMap(({ volunteer }) => (volunteers.get(volunteer)?.kind === 'volunteer' ? [volunteer] : [])),
    ),
    heldMinutes: minutes(held),
    volunteerMinutes: minutes(held.filter(({ occurrence }) => ledByVolunteers.has(occurrence))),
  };
}

describe('the published year, counted from its documents', () => {
  const year = generateDemoYear({ seed, today: '2024-01-15', moved: false });
  const counted = termNames.map((term) => countedOf(termOf(year, term)));
  const each = <Value>(count: (term: ReturnType<typeof countedOf>) => Value) => counted.map(count);
  const registry = new Map(
    ofType(year.databases.get('paris13-registry') ?? [], 'participant').map((person) => [
      person.participant,
      person,
    ]),
  );

  it('has the inscrits of each workshop and term', () => {
    expect(each(({ ofKind }) => ofKind('socioprofessional').length)).toEqual([55, 55, 76]);
    expect(each(({ ofKind }) => ofKind('language').length)).toEqual([24, 35, 23]);
    expect(each(({ ofKind }) => ofKind('digital').length)).toEqual([35, 11, 22]);
    const people = counted.flatMap(({ ofKind }) =>
      ofKind('socioprofessional').map(({ participant }) => participant),
    );
    expect(new Set(people).size).toBe(186);
    expect(registry.size).toBe(186);
  });

  it('has the groups', () => {
    expect(each(({ groups }) => groups('socioprofessional'))).toEqual([8, 7, 8]);
    expect(each(({ groups }) => groups('language'))).toEqual([4, 3, 4]);
    expect(each(({ groups }) => groups('digital'))).toEqual([3, 3, 3]);
    expect(each(({ groups }) => groups('conversation'))).toEqual([0, 1, 1]);
  });

  it('has the volunteers, the civic service and the staff', () => {
    expect(each(({ facilitators }) => facilitators('socioprofessional', 'volunteer'))).toEqual([6, 4, 6]);
    expect(each(({ facilitators }) => facilitators('language', 'volunteer'))).toEqual([10, 10, 13]);
    expect(each(({ facilitators }) => facilitators('digital', 'volunteer'))).toEqual([5, 4, 5]);
    expect(each(({ facilitators }) => facilitators('socioprofessional', 'civicService'))).toEqual([2, 2, 3]);
    expect(each(({ facilitators }) => facilitators('language', 'civicService'))).toEqual([3, 1, 3]);
    expect(each(({ facilitators }) => facilitators('digital', 'civicService'))).toEqual([0, 0, 0]);
    expect(each(({ facilitators }) => facilitators('socioprofessional', 'staff'))).toEqual([2, 2, 1]);
    expect(each(({ facilitators }) => facilitators('language', 'staff'))).toEqual([0, 0, 0]);
    expect(each(({ facilitators }) => facilitators('digital', 'staff'))).toEqual([0, 0, 0]);
    expect(new Set(counted.flatMap(({ volunteers }) => [...volunteers])).size).toBe(50);
  });

  it('has close to 700 hours led by volunteers', () => {
    const hours = sum(each(({ volunteerMinutes }) => volunteerMinutes)) / 60;
    expect(hours).toBeGreaterThanOrEqual(690);
    expect(hours).toBeLessThanOrEqual(705);
  });

  it('has the people who came at least once', () => {
    expect(each(({ cameAtLeastOnce }) => cameAtLeastOnce.size)).toEqual([53, 44, 70]);
  });

  it('has 136 assidus, 64 men of 105 and 72 women of 81', () => {
    const all = counted.flatMap(({ assiduity }) => [...assiduity]);
    const shareOf = (gender?: string) => {
      const some = all.filter(([person]) => gender === undefined || registry.get(person)?.gender === gender);
      return share(some.filter(([, { isAssidu }]) => isAssidu).length, some.length);
    };
    expect(shareOf()).toEqual({ n: 136, of: 186, percent: 73 });
    expect(shareOf('man')).toEqual({ n: 64, of: 105, percent: 61 });
    expect(shareOf('woman')).toEqual({ n: 72, of: 81, percent: 89 });
    expect(share(136, sum(each(({ cameAtLeastOnce }) => cameAtLeastOnce.size))).percent).toBe(81);
  });

  it('has people on the edges of the rule: exactly half, absent at the end, gone before it', () => {
    const all = counted.flatMap(({ assiduity }) => [...assiduity.values()]);
    expect(all.some(({ attended, due, isAssidu }) => attended * 2 === due && !isAssidu)).toBe(true);
    expect(all.some(({ attended, due, isAssidu }) => attended * 2 > due && !isAssidu)).toBe(true);
    const changed = counted
      .flatMap(({ ofKind }) => ofKind('socioprofessional'))
      .filter((one) => one.enrolments.length > 1);
    expect(changed).toHaveLength(1);
  });

  it('has 60 % of people in Paris, and the most frequent countries in their order', () => {
    const people = [...registry.values()];
    expect(
      share(people.filter(({ departement }) => departement === '75').length, people.length).percent,
    ).toBe(60);
    const countries = new Map<string, number>();
    for (const { country = '' } of people) countries.set(country, (countries.get(country) ?? 0) + 1);
    const ranked = [...countries].sort((a, b) => b[1] - a[1]);
    expect(ranked.slice(0, 3).map(([country]) => country)).toEqual(['AF', 'CD', 'GN']);
    expect(people.filter(({ isFrancophone }) => isFrancophone).length * 2).toBeGreaterThan(people.length);
  });

  it('holds conversation on Mondays since May, and sends an Afghan group to CAPSYS only', () => {
    const third = termOf(year, 's3-2023');
    for (const { weekday, venue, workshopType, group, language } of ofType(third, 'group')) {
      if ((workshopType as string) === 'conversation') expect(weekday).toBe(1);
      if ((venue as string) !== 'capsys-censier') continue;
      expect(language).toBe('fa-AF');
      const there = ofType(third, 'enrolment').filter((enrolment) => enrolment.group === group);
      expect(new Set(there.map(({ participant }) => registry.get(participant)?.country))).toEqual(
        new Set(['AF']),
      );
    }
    const capsys = ofType(year.databases.get('paris13-commons') ?? [], 'venue').filter(
      ({ isSensitive }) => isSensitive,
    );
    expect(capsys.map(({ name }) => name)).toEqual(['CAPSYS Censier']);
  });

  it('is over: every meeting was held and closed, or cancelled', () => {
    for (const term of termNames) {
      const documents = termOf(year, term);
      const closed = new Set(ofType(documents, 'closing').map(({ occurrence }) => occurrence));
      for (const { state, occurrence } of ofType(documents, 'occurrence'))
        expect(state === 'held' ? closed.has(occurrence) : state === 'cancelled').toBe(true);
    }
  });

  it('holds for other seeds too', () => {
    for (const other of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const another = generateDemoYear({ seed: other, today: '2024-01-15', moved: false });
      const terms = termNames.map((term) => countedOf(termOf(another, term)));
      expect(terms.map(({ cameAtLeastOnce }) => cameAtLeastOnce.size)).toEqual([53, 44, 70]);
      const assidus = terms.flatMap(({ assiduity }) =>
        [...assiduity.values()].filter(({ isAssidu }) => isAssidu),
      );
      expect(assidus).toHaveLength(136);
    }
  });
});

/** Every weekday, a leap day, the end of a year, and weeks in which the clocks change. */
const todays = [
  ...[0, 1, 2, 3, 4, 5, 6].map((day) => addDays('2026-11-23', day)),
  ...['2024-02-29', '2025-12-31', '2026-03-29', '2026-10-25', '2026-10-26', '2027-01-01'],
];

describe.each(todays)('the demonstration on %s', (today) => {
  const year = generateDemoYear({ seed, today });
  const documents = termOf(year, 's3-2023');
  const groups = new Map(ofType(documents, 'group').map((group) => [group.group, group]));
  const occurrences = ofType(documents, 'occurrence');
  const [term] = ofType(documents, 'term');
  const marks = ofType(documents, 'mark');
  const rosterAt = (occurrence: Occurrence) => {
    const group = groups.get(occurrence.group);
    if (group === undefined) throw new Error('an occurrence without a group');
    const cards = ofType(documents, 'rosterCard');
    return rosterOf({ group, occurrence, enrolments: ofType(documents, 'enrolment'), cards, marks });
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
    const marksAt = Map.groupBy(marks, ({ occurrence }) => occurrence);
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
      for (const document of database) {
        const parsed = parseDocument(document);
        expect(parsed.ok ? '' : `${document._id} ${parsed.why}`).toBe('');
        expect(document.at < `${today}T00:00:00Z` || document.at < '2024').toBe(true);
      }
    }
  });
});

describe('the generator', () => {
  const hashOf = (year: DemoYear) =>
    createHash('sha256')
      .update(JSON.stringify([[...year.databases], year.accounts]))
      .digest('hex');

  it('gives the same documents for the same seed and day, and others for another', () => {
    const of = (options: Parameters<typeof generateDemoYear>[0]) => hashOf(generateDemoYear(options));
    const first = of({ seed, today: '2026-11-24' });
    expect(of({ seed, today: '2026-11-24' })).toBe(first);
    expect(of({ seed, today: '2026-11-25' })).not.toBe(first);
    expect(of({ seed: 'another', today: '2026-11-24' })).not.toBe(first);
  });

  it('keeps people and closed terms as they are from day to day', () => {
    const [monday, sunday] = ['2026-11-23', '2026-11-29'].map((today) => generateDemoYear({ seed, today }));
    if (!monday || !sunday) throw new Error('two years were expected');
    for (const database of ['paris13-s1-2023', 'paris13-s2-2023'])
      expect(monday.databases.get(database)).toEqual(sunday.databases.get(database));
    const keys = (year: DemoYear) =>
      ofType(year.databases.get('paris13-registry') ?? [], 'participant').map((each) => each._id);
    expect(keys(monday)).toEqual(keys(sunday));
  });

  it('takes less than a second', () => {
    const start = performance.now();
    generateDemoYear({ seed, today: '2026-11-24' });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('gives every account roles and, among the facilitators, a name', () => {
    const year = generateDemoYear({ seed, today: '2026-11-24' });
    const named = ofType(termOf(year, 's3-2023'), 'volunteer').filter(({ account }) => account !== undefined);
    expect(new Map(named.map(({ account, name }) => [account, name]))).toEqual(
      new Map(year.accounts.map(({ name, displayName }) => [name, displayName])),
    );
    expect(year.accounts.map(({ name, roles }) => `${name} ${roles.join()}`)).toEqual([
      'maia volunteer:paris13:s3-2023',
      'jean volunteer:paris13:s3-2023',
      'lucie volunteer:paris13:s3-2023',
      'elise coordinator:paris13',
    ]);
  });

  it('puts nothing on a volunteer’s phone but a name to call', () => {
    const year = generateDemoYear({ seed, today: '2026-11-24' });
    const known = new Set<string>([
      ...['_id', 'type', 'v', 'at', 'by', 'device', 'participant', 'firstName', 'familyName'],
      ...['sortKey', 'screenLanguage', 'isFrancophone', 'isProvisional'],
    ]);
    for (const term of termNames) {
      expect(ofType(termOf(year, term), 'participant')).toHaveLength(0);
      for (const card of ofType(termOf(year, term), 'rosterCard'))
        expect(Object.keys(card).filter((field) => !known.has(field))).toEqual([]);
    }
    const ids = new Set<ParticipantId>(
      ofType(termOf(year, 's1-2023'), 'rosterCard').map(({ participant }) => participant),
    );
    expect(ids.size).toBe(55);
  });
});
