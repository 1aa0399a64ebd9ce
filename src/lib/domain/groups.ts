/** Groups as a coordinator makes and changes them, and the occurrences that a weekly slot gives. */
import { typedOver, withChange } from './changes.ts';
import type { Author, Group, Occurrence, Shift, Volunteer } from './documents.ts';
import {
  groupDocId,
  occurrenceDocId,
  occurrenceId,
  shiftDocId,
  type GroupId,
  type OccurrenceId,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from './ids.ts';
import { addDays, weekdayOf } from './local-time.ts';
import { weekOf, weeksOf, type PlannedOccurrence, type TermCalendar } from './schedule.ts';

/** One meeting a week; ISO weekday, 1 is Monday. */
export interface WeeklySlot {
  readonly weekday: number;
  readonly start: string;
  readonly end: string;
}

export interface TeamMember {
  readonly volunteer: VolunteerId;
  readonly role: 'lead' | 'co';
}

/** What a coordinator decides about a group. */
export interface GroupFacts {
  readonly workshopType: WorkshopTypeCode;
  readonly label: string;
  readonly level?: string | undefined;
  readonly language?: string | undefined;
  readonly venue: VenueCode;
  readonly place?: string | undefined;
  readonly slots: readonly [WeeklySlot, ...WeeklySlot[]];
  readonly capacity?: number | undefined;
  readonly team: readonly TeamMember[];
  /** Of what people come to once; left as it is where nothing is said. */
  readonly coming?: ComingFacts | undefined;
}

/** What is to be known before coming. */
export type ComingFacts = Pick<Group, 'meetingPoint' | 'cost' | 'access' | 'isSignUpOpen'>;

export type WrongGroup = 'no label' | 'ends before it starts' | 'same slot twice' | 'no place';

/** What is wrong with the facts of a group; `undefined` when nothing is. */
export function wrongWith({
  label,
  slots,
  venue,
  place,
}: Pick<GroupFacts, 'label' | 'slots' | 'venue' | 'place'>): WrongGroup | undefined {
  if (!label.trim()) return 'no label';
  if (!venue && !place?.trim()) return 'no place';
  if (slots.some(({ start, end }) => !start || end <= start)) return 'ends before it starts';
  const isTwice = slots.some((one, at) =>
    slots
      .slice(at + 1)
      .some((other) => one.weekday === other.weekday && one.start < other.end && other.start < one.end),
  );
  return isTwice ? 'same slot twice' : undefined;
}

/** The slots of a week, the first included. */
export const slotsOf = (group: Pick<Group, 'weekday' | 'start' | 'end' | 'moreSlots'>): WeeklySlot[] =>
  [group, ...(group.moreSlots ?? [])].map(({ weekday, start, end }) => ({ weekday, start, end }));

/** A new group. @param key fresh and opaque */
export const newGroup = (key: GroupId, facts: GroupFacts, author: Author, isOneOff = false): Group =>
  withChange<Group>(
    undefined,
    {
      _id: groupDocId(key),
      type: 'group',
      v: 1,
      ...author,
      group: key,
      ...fieldsOf(facts),
      ...(isOneOff ? { isOneOff: true } : {}),
    },
    author,
  );

/**
 * The group with these facts; as it was where nothing differs. Fields it has besides survive.
 * @param shown the group as it stood when it was opened: what was not touched since stays as it is by now
 */
export function editGroup(before: Group, facts: GroupFacts, author: Author, shown = before): Group {
  const { level: _l, language: _g, place: _p, capacity: _c, moreSlots: _m, team: _t, ...rest } = before;
  const said = typedOver(facts, factsOf(shown), factsOf(before));
  return withChange<Group>(before, { ...rest, ...fieldsOf(said) }, author);
}

const factsOf = (group: Group): GroupFacts => ({
  ...{ workshopType: group.workshopType, label: group.label, level: group.level, language: group.language },
  ...{ venue: group.venue, place: group.place, capacity: group.capacity },
  slots: slotsOf(group) as [WeeklySlot, ...WeeklySlot[]],
  team: (group.team ?? []).map(({ volunteer, role }) => ({ volunteer, role })),
});

/** A group whose meetings are as they were, with other words about coming to it, other places or another name. */
export function editComing(
  before: Group,
  facts: ComingFacts & Pick<Group, 'label' | 'capacity' | 'language'>,
  author: Author,
): Group {
  const {
    capacity: _c,
    language: _l,
    meetingPoint: _m,
    cost: _p,
    access: _a,
    isSignUpOpen: _s,
    ...rest
  } = before;
  const { label, capacity, language } = facts;
  return withChange<Group>(
    before,
    {
      ...rest,
      label: label.trim() || before.label,
      ...(capacity ? { capacity } : {}),
      ...(language ? { language } : {}),
      ...comingFields(facts),
    },
    author,
  );
}

function comingFields({ meetingPoint, cost, access, isSignUpOpen }: ComingFacts): ComingFacts {
  return {
    ...(meetingPoint?.trim() ? { meetingPoint: meetingPoint.trim() } : {}),
    ...(cost?.trim() ? { cost: cost.trim() } : {}),
    ...(access?.trim() ? { access: access.trim() } : {}),
    ...(isSignUpOpen ? { isSignUpOpen } : {}),
  };
}

function fieldsOf(facts: GroupFacts) {
  const { slots, level, language, place, capacity, team, label, venue, workshopType, coming } = facts;
  const [first, ...more] = slots;
  return {
    workshopType,
    label: label.trim(),
    venue,
    ...first,
    ...(level ? { level } : {}),
    ...(language ? { language } : {}),
    ...(place?.trim() ? { place: place.trim() } : {}),
    ...(capacity ? { capacity } : {}),
    ...(more.length ? { moreSlots: more.map((slot) => ({ ...slot })) } : {}),
    ...(team.length ? { team: team.map((member) => ({ ...member })) } : {}),
    ...(coming ? comingFields(coming) : {}),
  };
}

/** Stopped, or taken up again. */
export function archiveGroup(before: Group, isArchived: boolean, author: Author): Group {
  const { isArchived: _former, ...rest } = before;
  return withChange<Group>(before, isArchived ? { ...rest, isArchived } : rest, author);
}

/** One planned meeting as a document. */
export const newOccurrence = (
  planned: PlannedOccurrence & { readonly place?: string | undefined },
  group: GroupId,
  author: Author,
): Occurrence => {
  const { place, ...rest } = planned;
  return withChange<Occurrence>(
    undefined,
    {
      _id: occurrenceDocId(planned.occurrence),
      type: 'occurrence',
      v: 1,
      ...author,
      group,
      ...rest,
      ...(place ? { place } : {}),
      state: 'planned',
    },
    author,
  );
};

/** The days off on which some slots would have met, from a local date on. */
export function skippedDays(slots: readonly WeeklySlot[], term: TermCalendar, from: string): string[] {
  const daysOff = new Set(term.daysOff);
  const dates = weeksOf(term).flatMap((monday) => slots.map(({ weekday }) => addDays(monday, weekday - 1)));
  const isSkipped = (date: string) => date >= term.start && date >= from && daysOff.has(date);
  return [...new Set(dates.filter(isSkipped))].sort();
}

/** Something that happens once: an outing, a practical workshop. */
export interface OneOffFacts extends Omit<GroupFacts, 'slots'> {
  readonly date: string;
  readonly start: string;
  readonly end: string;
}

export type MadeOneOff =
  | { readonly ok: true; readonly group: Group; readonly occurrence: Occurrence }
  | { readonly ok: false; readonly why: WrongGroup | 'outside the term' };

/** A group that meets once, with its one occurrence; a day off is no hindrance to what is planned by hand. */
export function newOneOff(key: GroupId, facts: OneOffFacts, term: TermCalendar, author: Author): MadeOneOff {
  const { date, start, end, ...rest } = facts;
  const week = weekOf(term, date);
  if (!date || week === undefined || date < term.start) return { ok: false, why: 'outside the term' };
  const slots = [{ weekday: weekdayOf(date), start, end }] as const;
  const why = wrongWith({ ...rest, slots });
  if (why) return { ok: false, why };
  const group = newGroup(key, { ...rest, slots }, author, true);
  const occurrence = occurrenceId(key, date, start);
  const planned = { occurrence, date, start, end, venue: facts.venue, place: group.place, week };
  return { ok: true, group, occurrence: newOccurrence(planned, key, author) };
}

/** A planned shift of one member of the team at one occurrence. */
export const newShift = (
  occurrence: OccurrenceId,
  { volunteer, role }: TeamMember,
  account: Volunteer['account'],
  author: Author,
): Shift =>
  withChange<Shift>(
    undefined,
    {
      _id: shiftDocId(occurrence, volunteer),
      type: 'shift',
      v: 1,
      ...author,
      occurrence,
      volunteer,
      ...(account ? { account } : {}),
      role,
      state: 'planned',
    },
    author,
  );

/** The shifts of a whole team at some occurrences. */
export function newShifts(
  occurrences: readonly Pick<Occurrence, 'occurrence'>[],
  team: readonly TeamMember[],
  volunteers: readonly Volunteer[],
  author: Author,
): Shift[] {
  const accountOf = new Map(volunteers.map(({ volunteer, account }) => [volunteer, account]));
  return occurrences.flatMap(({ occurrence }) =>
    team.map((member) => newShift(occurrence, member, accountOf.get(member.volunteer), author)),
  );
}
