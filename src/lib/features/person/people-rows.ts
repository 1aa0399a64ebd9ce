/** The coordinator's list: one row a person, what it says, which rows show and in which order. Pure. */
import { absencesInARow, absencesToFlag } from '$lib/domain/absences.ts';
import { arrange, assiduityOf, inscriptionsOf } from '$lib/domain/assiduity.ts';
import { isHeld } from '$lib/domain/closing.ts';
import type { Closing, Enrolment, Group, Mark, Occurrence } from '$lib/domain/documents.ts';
import type { ParticipantId, TermCode, WorkshopTypeCode } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import { personIndex, type PersonIndex } from '$lib/domain/person-search.ts';
import { isEnrolledOn } from '$lib/domain/roster.ts';
import type { KnownPerson } from '$lib/store/people.ts';

export const flags = ['toCall', 'provisional', 'noGroup', 'noConsent', 'noGender'] as const;
export type Flag = (typeof flags)[number];

export interface PeopleRow {
  readonly person: KnownPerson;
  readonly name: string;
  /** Labels of the groups followed in the term; of those left, where none is followed any more. */
  readonly groups: readonly string[];
  readonly workshopTypes: ReadonlySet<WorkshopTypeCode>;
  /** Over all their groups of the term. */
  readonly attended: number;
  readonly due: number;
  readonly lastContact: string | undefined;
  readonly flags: readonly Flag[];
}

/** What one term holds. */
export interface TermFacts {
  readonly term: TermCode;
  readonly groups: readonly Group[];
  readonly enrolments: readonly Enrolment[];
  readonly occurrences: readonly Occurrence[];
  readonly closings: readonly Closing[];
  readonly marks: readonly Mark[];
}

/**
 * @param facts of the term the list is about; without it, everyone known, and nothing about attendance
 * @param now the local date, and the site's time zone
 */
export function peopleRows(
  people: readonly KnownPerson[],
  facts: TermFacts | undefined,
  now: { readonly today: string; readonly timeZone: string },
): PeopleRow[] {
  const listed = facts ? people.filter(({ cards }) => cards.some(({ term }) => term === facts.term)) : people;
  const labels = new Map(facts?.groups.map(({ group, label }) => [group, label]));
  const typeOf = new Map(facts?.groups.map(({ group, workshopType }) => [group, workshopType]));
  const enrolmentsOf = Map.groupBy(facts?.enrolments ?? [], ({ participant }) => participant);
  const counts = facts ? countsOf(facts, now.timeZone) : new Map();
  const absent = facts ? absentSince(facts, now.today) : new Map<ParticipantId, string>();
  return listed.map((person) => {
    const { participant, file, cards } = person;
    const own = enrolmentsOf.get(participant) ?? [];
    const current = own.filter(({ to }) => to === undefined || to >= now.today);
    const followed = current.length ? current : own;
    const { attended, due } = counts.get(participant) ?? { attended: 0, due: 0 };
    const lastAbsence = absent.get(participant);
    const isProvisional = !file || cards.some(({ card }) => card.isProvisional);
    const has: Record<Flag, boolean> = {
      toCall: lastAbsence !== undefined && (file?.lastContact ?? '') < lastAbsence,
      provisional: isProvisional,
      noGroup: facts !== undefined && current.length === 0,
      noConsent: file !== undefined && file.consentAt === undefined,
      noGender: file?.gender === 'unknown',
    };
    return {
      person,
      name: fullName(person),
      groups: followed.flatMap(({ group }) => labels.get(group) ?? []).sort(),
      workshopTypes: new Set(followed.flatMap(({ group }) => typeOf.get(group) ?? [])),
      attended,
      due,
      lastContact: file?.lastContact,
      flags: flags.filter((flag) => has[flag]),
    };
  });
}

/** Attended and due, over all the inscriptions of each person (programme, counting rules). */
function countsOf(
  { groups, enrolments, occurrences, closings, marks }: TermFacts,
  timeZone: string,
): Map<ParticipantId, { attended: number; due: number }> {
  const closingOf = new Map(closings.map((closing) => [closing.occurrence, closing]));
  const attendance = arrange({
    groups,
    marks,
    timeZone,
    occurrences: occurrences.map((one) =>
      isHeld(one, closingOf.get(one.occurrence)) ? { ...one, state: 'held' as const } : one,
    ),
  });
  const counts = new Map<ParticipantId, { attended: number; due: number }>();
  for (const inscription of inscriptionsOf(enrolments, groups)) {
    const { attended, due } = assiduityOf(inscription, attendance);
    const before = counts.get(inscription.participant) ?? { attended: 0, due: 0 };
    counts.set(inscription.participant, {
      attended: before.attended + attended,
      due: before.due + due,
    });
  }
  return counts;
}

/** Who is absent twice or more in a row, unexplained, in a group they are still in; and on which day last. */
function absentSince(
  { groups, enrolments, occurrences, marks }: TermFacts,
  today: string,
): Map<ParticipantId, string> {
  const occurrencesOf = Map.groupBy(occurrences, ({ group }) => group);
  const marksOf = Map.groupBy(marks, ({ occurrence }) => occurrence);
  const enrolled = new Set(
    enrolments
      .filter((one) => isEnrolledOn(one, today))
      .map(({ group, participant }) => `${group} ${participant}`),
  );
  const since = new Map<ParticipantId, string>();
  for (const { group } of groups) {
    const own = occurrencesOf.get(group) ?? [];
    const given = own.flatMap(({ occurrence }) => marksOf.get(occurrence) ?? []);
    const dateOf = new Map(own.map(({ occurrence, date }) => [occurrence, date]));
    for (const [participant, count] of absencesInARow(own, given)) {
      if (count < absencesToFlag || !enrolled.has(`${group} ${participant}`)) continue;
      const dates = given
        .filter((mark) => mark.participant === participant && mark.status === 'absent')
        .flatMap(({ occurrence }) => dateOf.get(occurrence) ?? []);
      const last = dates.sort().at(-1) ?? '';
      if (last > (since.get(participant) ?? '')) since.set(participant, last);
    }
  }
  return since;
}

export type SortBy = 'name' | 'groups' | 'attendance' | 'contact';
export interface Order {
  readonly by: SortBy;
  readonly isDescending: boolean;
}

/** A list made ready to be filtered at every key. */
export interface PeopleList {
  readonly rows: readonly PeopleRow[];
  readonly index: PersonIndex<PeopleRow>;
}

export const peopleList = (rows: readonly PeopleRow[]): PeopleList => ({
  rows,
  index: personIndex(rows, ({ person }) => person),
});

/** The rows that show. What is typed brings the best match first, as long as the list is in the order of names. */
export function shownRows(
  { rows, index }: PeopleList,
  chosen: {
    readonly typed: string;
    readonly workshopType: WorkshopTypeCode | undefined;
    readonly flags: readonly Flag[];
    readonly order: Order;
  },
): readonly PeopleRow[] {
  const { typed, workshopType, order } = chosen;
  const found = typed.trim() === '' ? rows : index.find(typed);
  const shown = found.filter(
    (row) =>
      (workshopType === undefined || row.workshopTypes.has(workshopType)) &&
      chosen.flags.every((flag) => row.flags.includes(flag)),
  );
  if (order.by === 'name') return order.isDescending ? [...shown].reverse() : shown;
  const direction = order.isDescending ? -1 : 1;
  const valueOf = {
    groups: (row: PeopleRow) => row.groups.join(' '),
    attendance: (row: PeopleRow) => (row.due === 0 ? -1 : row.attended / row.due),
    contact: (row: PeopleRow) => row.lastContact ?? '',
  }[order.by];
  return [...shown].sort((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    return (one < other ? -1 : one > other ? 1 : 0) * direction;
  });
}
