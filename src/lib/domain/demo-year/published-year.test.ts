import { describe, expect, it } from 'vitest';
import { arrange, assiduityOf, inscriptionsOf, share } from '../assiduity.ts';
import type { AnyDocument, Occurrence, Volunteer, WorkshopKind } from '../documents.ts';
import { ofType } from '../of-type.ts';
import { durationMinutes } from '../schedule.ts';
import { generateDemoYear, type DemoYear } from './generate.ts';

const paris = 'Europe/Paris';
const seed = 'polaris';
const termNames = ['s1-2023', 's2-2023', 's3-2023'] as const;
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
