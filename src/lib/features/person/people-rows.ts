/** The coordinator's list: one row a person, what it says, which rows show and in which order. Pure. */
import type { Enrolment, Group } from '$lib/domain/documents.ts';
import type { TermCode, WorkshopTypeCode } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import { personIndex, type PersonIndex } from '$lib/domain/person-search.ts';
import type { KnownPerson } from '$lib/store/people.ts';
import type { AttendanceCount, PeopleAttendance } from './people-attendance.ts';

export const flags = ['toCall', 'provisional', 'noGroup', 'noConsent', 'noGender'] as const;
export type Flag = (typeof flags)[number];

export interface PeopleRow {
  readonly person: KnownPerson;
  readonly name: string;
  /** Labels of the groups followed in the term; of those left, where none is followed any more. */
  readonly groups: readonly string[];
  readonly workshopTypes: ReadonlySet<WorkshopTypeCode>;
  /** Over all their groups of the term; `undefined` while it is not known yet. */
  readonly attendance: AttendanceCount | undefined;
  readonly lastContact: string | undefined;
  readonly flags: readonly Flag[];
}

/** What one term holds about groups. */
export interface TermFacts {
  readonly term: TermCode;
  readonly groups: readonly Group[];
  readonly enrolments: readonly Enrolment[];
}

/**
 * @param facts of the term the list is about; without it, everyone known, and nothing about attendance
 * @param attendance what the term's marks say; without it nobody is known to be called
 * @param today the local date
 */
export function peopleRows(
  people: readonly KnownPerson[],
  facts: TermFacts | undefined,
  attendance: PeopleAttendance | undefined,
  today: string,
): PeopleRow[] {
  const listed = facts ? people.filter(({ cards }) => cards.some(({ term }) => term === facts.term)) : people;
  const labels = new Map(facts?.groups.map(({ group, label }) => [group, label]));
  const typeOf = new Map(facts?.groups.map(({ group, workshopType }) => [group, workshopType]));
  const enrolmentsOf = Map.groupBy(facts?.enrolments ?? [], ({ participant }) => participant);
  return listed.map((person) => {
    const { participant, file, cards } = person;
    const own = enrolmentsOf.get(participant) ?? [];
    const current = own.filter(({ to }) => to === undefined || to >= today);
    const followed = current.length ? current : own;
    const lastAbsence = attendance?.absentSince.get(participant);
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
      attendance: attendance && (attendance.counts.get(participant) ?? { attended: 0, due: 0 }),
      lastContact: file?.lastContact,
      flags: flags.filter((flag) => has[flag]),
    };
  });
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

/** The index is made when it is first asked for: nobody who reads a list waits for it. */
export function peopleList(rows: readonly PeopleRow[]): PeopleList {
  let index: PersonIndex<PeopleRow> | undefined;
  return {
    rows,
    get index() {
      return (index ??= personIndex(rows, ({ person }) => person));
    },
  };
}

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
    attendance: ({ attendance }: PeopleRow) => (attendance?.due ? attendance.attended / attendance.due : -1),
    contact: (row: PeopleRow) => row.lastContact ?? '',
  }[order.by];
  return [...shown].sort((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    return (one < other ? -1 : one > other ? 1 : 0) * direction;
  });
}
