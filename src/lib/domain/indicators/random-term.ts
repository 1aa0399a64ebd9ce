/** A term made from a seed, with all that happens in one (random-site.ts). */
import type { Random } from '../demo-year/random.ts';
import type {
  AnyDocument,
  Author,
  Enrolment,
  Group,
  Mark,
  Occurrence,
  Volunteer,
  WorkshopKind,
} from '../documents.ts';
import { newGroup, newOccurrence } from '../groups.ts';
import {
  closingDocId,
  enrolmentDocId,
  markDocId,
  rosterCardDocId,
  shiftDocId,
  termDocId,
  volunteerDocId,
  type AccountName,
  type GroupId,
  type ParticipantId,
  type TermCode,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from '../ids.ts';
import { addDays, instantOf } from '../local-time.ts';
import { plannedOccurrences } from '../schedule.ts';
import { signUp } from '../sign-ups.ts';
import type { RandomSize } from './random-site.ts';

interface Drawing {
  readonly random: Random;
  readonly term: TermCode;
  readonly start: string;
  readonly size: RandomSize;
  readonly people: readonly ParticipantId[];
  readonly author: Author;
  /** Files that became part of another: filled while the term is drawn. */
  readonly absorbed: Map<ParticipantId, ParticipantId>;
}

export interface DrawnExit {
  readonly group: GroupId;
  readonly participant: ParticipantId;
  readonly date: string;
}

const rooms = ['amarres-adj', 'amarres-polaris14', 'bnp-place-des-fetes'] as const;

export function randomTerm(drawing: Drawing): { documents: AnyDocument[]; exits: DrawnExit[] } {
  const { random, term, start, size, people, author } = drawing;
  const calendar = { start, weeks: size.weeks, daysOff: random.chance(0.5) ? [addDays(start, 8)] : [] };
  const end = addDays(start, 7 * size.weeks - 1);
  const volunteers = Array.from({ length: 6 }, (_, place): Volunteer => {
    const volunteer = `v${place}` as VolunteerId;
    const account = place < 2 ? { account: `account${place}` as AccountName } : {};
    const kind = random.pick(['volunteer', 'volunteer', 'civicService', 'staff'] as const);
    return {
      _id: volunteerDocId(volunteer),
      type: 'volunteer',
      v: 1,
      ...author,
      volunteer,
      name: 'A',
      kind,
      ...account,
    };
  });
  const documents: AnyDocument[] = [
    {
      _id: termDocId(term),
      type: 'term',
      v: 1,
      ...author,
      term,
      label: term,
      ...calendar,
      end,
      state: 'closed',
    },
    ...volunteers,
    ...people.map((participant): AnyDocument => ({
      ...{ _id: rosterCardDocId(participant), type: 'rosterCard', v: 1, ...author, participant },
      ...{ firstName: 'Nour', sortKey: participant, screenLanguage: 'ar', isFrancophone: random.chance(0.4) },
      isProvisional: random.chance(0.04),
    })),
  ];
  const groups = Object.entries(size.groups).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => groupOf(kind as WorkshopKind, drawing)),
  );
  const exits: DrawnExit[] = [];
  for (const group of groups) {
    const list = random.shuffled(people).slice(0, size.places);
    const enrolments = list.flatMap((person) => enrolmentsOf(person, group, groups, drawing, exits));
    documents.push(group, ...enrolments);
    for (const planned of plannedOccurrences(group, calendar)) {
      const occurrence = stateOf(newOccurrence(planned, group.group, author), random);
      documents.push(occurrence, ...teamOf(occurrence, volunteers, drawing));
      documents.push(...listOf(occurrence, list, drawing));
    }
  }
  // Two enrolments of one person in one group are one document.
  return { documents: [...new Map(documents.map((one) => [one._id, one])).values()], exits };
}

function groupOf(kind: WorkshopKind, { random, author }: Drawing): Group {
  const hour = random.between(9, 17);
  const clock = (hours: number) => `${String(hours).padStart(2, '0')}:00`;
  const slot = { weekday: random.between(1, 6), start: clock(hour), end: clock(hour + random.between(1, 4)) };
  const more = random.chance(0.4) ? [{ ...slot, weekday: (slot.weekday % 6) + 1 }] : [];
  const facts = {
    workshopType: kind as string as WorkshopTypeCode,
    label: kind,
    venue: random.pick(rooms) as string as VenueCode,
    slots: [slot, ...more] as const,
    language: random.pick(['fr', 'en', 'fa-AF']),
    team: [],
  };
  return newGroup(random.key() as GroupId, { ...facts, slots: [...facts.slots] }, author);
}

const stateOf = (occurrence: Occurrence, random: Random): Occurrence => {
  const chance = random.fraction();
  const state = chance < 0.1 ? 'cancelled' : chance < 0.3 ? 'planned' : 'held';
  return { ...occurrence, state };
};

/** Most stay from the first day to the last; the rest come late, leave, come back, change groups, follow two, or never began. */
function enrolmentsOf(
  participant: ParticipantId,
  { group, workshopType }: Group,
  groups: readonly Group[],
  { random, start, size, author }: Drawing,
  exits: DrawnExit[],
): Enrolment[] {
  const base = {
    _id: enrolmentDocId(group, participant),
    type: 'enrolment',
    v: 1,
    ...author,
    group,
  } as const;
  const day = () => addDays(start, random.between(0, 7 * size.weeks));
  const chance = random.fraction();
  if (chance < 0.65) return [{ ...base, participant, from: start }];
  if (chance < 0.75) return [{ ...base, participant, from: day() }];
  const to = day();
  if (chance < 0.85) {
    exits.push({ group, participant, date: to });
    return [{ ...base, participant, from: start, to }];
  }
  const other = groups.find((one) => one.workshopType === workshopType && one.group !== group);
  if (chance < 0.93 && other) {
    const next = { ...base, _id: enrolmentDocId(other.group, participant), group: other.group };
    const isBeside = random.chance(0.5);
    return [
      { ...base, participant, from: start, ...(isBeside && random.chance(0.5) ? {} : { to }) },
      isBeside
        ? { ...next, participant, from: day(), to: day() }
        : { ...next, participant, from: addDays(to, 1) },
    ];
  }
  if (chance < 0.97)
    return [{ ...base, participant, from: addDays(to, 3), formerPeriods: [{ from: start, to }] }];
  return [{ ...base, participant, from: start, to: addDays(start, -1) }];
}

function teamOf(
  occurrence: Occurrence,
  volunteers: readonly Volunteer[],
  { random, author }: Drawing,
): AnyDocument[] {
  return random
    .shuffled(volunteers)
    .slice(0, random.between(0, 2))
    .map(({ volunteer }) => ({
      ...{ _id: shiftDocId(occurrence.occurrence, volunteer), type: 'shift', v: 1, ...author },
      ...{ occurrence: occurrence.occurrence, volunteer, role: 'lead' },
      state: random.chance(0.1) ? 'cancelled' : 'planned',
      ...(random.chance(0.3) ? { minutes: random.between(30, 200) } : {}),
    }));
}

/** Answers of the list, with gaps; guests; some who signed up; whoever came under an id that became part of another. */
function listOf(occurrence: Occurrence, list: readonly ParticipantId[], drawing: Drawing): AnyDocument[] {
  const { random, people, author, absorbed } = drawing;
  if (occurrence.state === 'cancelled' && random.chance(0.7)) return [];
  const guests = random.chance(0.3) ? [random.pick(people)] : [];
  const documents: AnyDocument[] = [];
  for (const person of new Set([...list, ...guests])) {
    if (random.chance(0.05)) continue;
    documents.push(markOf(occurrence, person, random, author));
    if (!random.chance(0.004)) continue;
    const twin = `x${person.slice(1)}` as ParticipantId;
    absorbed.set(twin, person);
    documents.push(markOf(occurrence, twin, random, author));
  }
  if (random.chance(0.1))
    for (const participant of random.shuffled(people).slice(0, 3)) {
      const wish = { occurrence: occurrence.occurrence, participant, told: 'place' } as const;
      documents.push(...[signUp(undefined, wish, author) ?? []].flat());
    }
  if (random.chance(0.85))
    documents.push({
      ...{ _id: closingDocId(occurrence.occurrence), type: 'closing', v: 1, ...author },
      ...{ occurrence: occurrence.occurrence, state: 'closed', closedAt: author.at, history: [] },
      counts: { present: 0, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 },
      ...(random.chance(0.1) ? { headcount: random.between(0, 30) } : {}),
    });
  return documents;
}

function markOf(
  { occurrence, date, start }: Occurrence,
  participant: ParticipantId,
  random: Random,
  author: Author,
): Mark {
  const status = random.pick([
    ...(['present', 'present', 'present', 'present', 'late', 'leftEarly'] as const),
    ...(['excused', 'absent', 'absent', null] as const),
  ]);
  const moment = new Date(
    Date.parse(instantOf(date, start, 'Europe/Paris')) + random.between(-10, 200) * 60_000,
  ).toISOString();
  const said = {
    status,
    ...(status === 'late' && random.chance(0.8) ? { arrivedAt: moment } : {}),
    ...(status === 'leftEarly' && random.chance(0.8) ? { leftAt: moment } : {}),
    ...(status === 'late' && random.chance(0.1) ? { minutes: random.between(10, 200) } : {}),
  };
  return {
    ...{ _id: markDocId(occurrence, participant), type: 'mark', v: 1, ...author, occurrence, participant },
    ...said,
    history: [{ ...said, at: author.at, by: author.by, device: author.device }],
  };
}
