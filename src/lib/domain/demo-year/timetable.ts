/** The groups of each term: when, where, in which language, how many people; and the calendar of the term. */
import type { Term, WorkshopKind } from '../documents.ts';
import type { TermCode, VenueCode } from '../ids.ts';
import { addDays, mondayOf, weekdayOf } from '../local-time.ts';
import { venues, workshopLabel } from './commons.ts';
import { publishedYear, type TermKey } from './published-year.ts';

export interface WeeklySlot {
  /** ISO: 1 is Monday. */
  readonly weekday: number;
  readonly start: string;
  readonly end: string;
}

export interface GroupPlan {
  readonly kind: WorkshopKind;
  /** From 1, among those of its kind in the term. */
  readonly number: number;
  readonly label: string;
  readonly level?: string;
  readonly language: string;
  readonly venue: VenueCode;
  readonly slots: readonly [WeeklySlot, ...WeeklySlot[]];
  /** How many people are enrolled: none where whoever likes may come. */
  readonly size: number;
  /** For what happens once or twice in a term: the only weeks in which it does. */
  readonly weeks?: readonly number[];
}

export interface TermPlan {
  readonly key: TermKey;
  readonly calendar: Pick<Term, 'term' | 'label' | 'start' | 'end' | 'weeks' | 'daysOff' | 'state'>;
  readonly groups: readonly GroupPlan[];
}

const at = (weekday: number, hours: string): WeeklySlot => {
  const [start = '', end = ''] = hours.split('-');
  return { weekday, start, end };
};

const socioprofessionalSlots: readonly (readonly [number, string, string, string])[] = [
  [1, '10:00-13:00', venues.amarresPolaris, 'fr'],
  [2, '10:00-13:00', venues.amarresAdj, 'fr'],
  [2, '14:00-17:00', venues.amarresAdj, 'en'],
  [3, '10:00-13:00', venues.amarresPolaris, 'fr'],
  [3, '14:00-17:00', venues.refugees, 'fr'],
  [4, '10:00-13:00', venues.bnp, 'fr'],
  [4, '14:00-17:00', venues.amarresAdj, 'en'],
  [5, '10:00-13:00', venues.capsys, 'fa-AF'],
];

/** In the third term, all of these workshops were held at Les Amarres and at CAPSYS. */
const thirdTermRooms: Readonly<Record<string, string>> = {
  [venues.refugees]: venues.amarresPolaris,
  [venues.bnp]: venues.amarresAdj,
};

const languageSlots: readonly (readonly [string, readonly [WeeklySlot, WeeklySlot, WeeklySlot]])[] = [
  ['A1', [at(1, '17:30-20:00'), at(3, '17:30-20:00'), at(5, '17:30-20:00')]],
  ['A1', [at(1, '17:00-19:00'), at(5, '17:15-20:00'), at(3, '17:15-20:00')]],
  ['A2', [at(2, '17:30-20:00'), at(4, '17:30-20:00'), at(5, '17:30-20:00')]],
  ['B1', [at(1, '17:30-20:00'), at(2, '17:30-20:00'), at(4, '17:30-20:00')]],
];

const digitalSlots = [at(5, '14:00-16:00'), at(6, '10:00-12:00'), at(6, '14:00-16:00')];

/**
 * Where today is a working day of the term, its groups meet today: the first socioprofessional one in the morning,
 * conversation in the afternoon, French later, a large practical workshop in the evening; on any day of the week.
 */
function groupsOf(key: TermKey, today: number | undefined): GroupPlan[] {
  const { sizes } = publishedYear[key];
  const here = today ?? 1;
  const dayBefore = here === 1 ? 5 : here - 1;
  const third = [1, 2, 3, 4, 5].find((day) => Math.abs(day - here) > 1 && Math.abs(day - dayBefore) > 1) ?? 2;
  const sized = (kind: WorkshopKind, plan: (index: number) => Omit<GroupPlan, 'kind' | 'number' | 'size'>) =>
    (sizes[kind] ?? []).map((size, index) => ({ kind, number: index + 1, size, ...plan(index) }));
  const found = <Item>(items: readonly Item[], index: number): Item => {
    const item = items[index];
    if (item === undefined) throw new Error('no slot for this group');
    return item;
  };
  return [
    ...sized('socioprofessional', (index) => {
      // A term with fewer groups keeps the last one, of its own language.
      const isLast = index === (sizes.socioprofessional?.length ?? 0) - 1;
      const [weekday, hours, room, language] = found(socioprofessionalSlots, isLast ? 7 : index);
      const venue = (key === 's3' ? thirdTermRooms[room] : undefined) ?? room;
      const slot = at(index === 0 ? here : weekday, hours);
      const label = `${workshopLabel('socioprofessional')}, groupe ${index + 1}`;
      return { label, language, venue: venue as VenueCode, slots: [slot] };
    }),
    ...sized('language', (index) => {
      const [level, [first, second, last]] = found(languageSlots, index);
      const label = `${workshopLabel('language')} ${level}, groupe ${index + 1}`;
      const venue = (index === 1 ? venues.bnp : venues.amarresAdj) as VenueCode;
      const about = { label, level, language: 'fr', venue };
      if (key !== 's3')
        return { ...about, slots: [at(first.weekday, '17:30-20:00'), at(second.weekday, '17:30-20:00')] };
      if (index !== 1) return { ...about, slots: [first, second, last] };
      return {
        ...about,
        slots: [
          { ...first, weekday: here },
          { ...second, weekday: dayBefore },
          { ...last, weekday: third },
        ],
      };
    }),
    ...sized('digital', (index) => ({
      label: `${workshopLabel('digital')}, groupe ${index + 1}`,
      language: 'fr',
      venue: (index === 0 ? venues.bnp : venues.amarresAdj) as VenueCode,
      slots: [found(digitalSlots, index)],
    })),
    ...sized('conversation', () => ({
      label: workshopLabel('conversation'),
      language: 'fr',
      venue: venues.amarresAdj as VenueCode,
      slots: [at(here, '14:30-16:30')],
    })),
    ...sized('practical', () => ({
      label: 'Atelier pratique : France Travail',
      language: 'fr',
      venue: venues.refugees as VenueCode,
      slots: [at(key === 's3' ? here : 4, '19:00-21:00')],
      weeks: key === 's3' ? [8] : [6],
    })),
    ...sized('cultural', () => ({
      label: 'Sorties du week-end',
      language: 'fr',
      venue: venues.amarresPolaris as VenueCode,
      slots: [at(6, '14:30-17:30')],
      weeks: [2, 4, 7, 9],
    })),
  ];
}

const ends = (start: string, weeks: number) => addDays(mondayOf(start), 7 * weeks - 1);

function calendarOf(
  key: TermKey,
  start: string,
  daysOff: readonly string[],
  state: Term['state'],
): TermPlan['calendar'] {
  const label = `${key.toUpperCase()}.23`;
  return {
    term: `${key}-2023` as TermCode,
    label,
    start,
    end: ends(start, 10),
    weeks: 10,
    daysOff: [...daysOff],
    state,
  };
}

/**
 * The three terms.
 * @param today where given, the third term is moved so that this date is in its eighth week
 */
export function timetable(today: string | undefined): TermPlan[] {
  const weekday = today === undefined ? undefined : weekdayOf(today);
  const third =
    today === undefined
      ? calendarOf('s3', '2023-10-02', ['2023-11-01', '2023-11-11'], 'closed')
      : calendarOf('s3', addDays(mondayOf(today), -7 * 7), [], 'open');
  return [
    {
      key: 's1',
      calendar: calendarOf('s1', '2023-02-06', ['2023-04-10'], 'closed'),
      groups: groupsOf('s1', undefined),
    },
    {
      key: 's2',
      calendar: calendarOf(
        's2',
        '2023-05-08',
        ['2023-05-08', '2023-05-18', '2023-05-29', '2023-07-14'],
        'closed',
      ),
      groups: groupsOf('s2', undefined),
    },
    { key: 's3', calendar: third, groups: groupsOf('s3', weekday) },
  ];
}

const meet = (a: WeeklySlot, b: WeeklySlot) => a.weekday === b.weekday && a.start < b.end && b.start < a.end;

/** Whether nobody can be in both groups. */
export const clash = (a: GroupPlan, b: GroupPlan) =>
  a.slots.some((slot) => b.slots.some((other) => meet(slot, other)));
