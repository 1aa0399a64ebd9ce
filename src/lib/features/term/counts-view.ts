/** A term's counts as its pages show them: a table by workshop, the other counts by what they are about, in words. */
import { duration } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { WorkshopType } from '$lib/domain/documents.ts';
import type { Counts } from '$lib/domain/term-counts.ts';

/** Counts that exist for each workshop, in the order of their columns. */
export const byType = {
  groups: m.term_count_groups,
  inscriptions: m.term_count_inscriptions,
  engaged: m.term_count_engaged_short,
  assidus: m.term_count_assidus,
  held: m.term_count_held,
} as const;

const single = {
  people: m.term_count_people,
  engaged: m.term_count_engaged,
  provisional: m.term_count_provisional,
  'occurrences.held': m.term_count_held,
  'occurrences.cancelled': m.term_count_cancelled,
  'occurrences.planned': m.term_count_planned,
  'minutes.held': m.term_count_minutes_held,
  'minutes.ledByVolunteers': m.term_count_minutes_led,
  'minutes.ofVolunteers': m.term_count_minutes_of,
  'marks.present': m.term_count_present,
  'marks.late': m.term_count_late,
  'marks.leftEarly': m.term_count_left_early,
  'marks.excused': m.term_count_excused,
  'marks.absent': m.term_count_absent,
  'marks.unmarked': m.term_count_unmarked,
  'facilitators.volunteer': m.term_count_volunteers,
  'facilitators.civicService': m.term_count_civic,
  'facilitators.staff': m.term_count_staff,
} as const;

type SingleName = keyof typeof single;

/** The other counts, by what they are about. */
export const blocks: readonly { readonly title: () => string; readonly names: readonly SingleName[] }[] = [
  { title: m.term_counts_people, names: ['people', 'engaged', 'provisional'] },
  {
    title: m.term_counts_meetings,
    names: [
      'occurrences.held',
      'occurrences.cancelled',
      'occurrences.planned',
      'minutes.held',
      'minutes.ledByVolunteers',
      'minutes.ofVolunteers',
    ],
  },
  {
    title: m.term_counts_answers,
    names: [
      'marks.present',
      'marks.late',
      'marks.leftEarly',
      'marks.excused',
      'marks.absent',
      'marks.unmarked',
    ],
  },
  {
    title: m.term_counts_team,
    names: ['facilitators.volunteer', 'facilitators.civicService', 'facilitators.staff'],
  },
];

export const countOf = (counts: Counts, name: string): number =>
  new Map(Object.entries(counts)).get(name) ?? 0;

/** « 36 h 30 » of minutes, else the number. */
export const shownCount = (name: string, count: number): string =>
  name.startsWith('minutes.') ? duration(count) : String(count);

/** The workshop types that some counts are about, as the site has them and then others, by code and label. */
export function typesIn(counts: Counts, types: readonly WorkshopType[]): { code: string; label: string }[] {
  const heads: readonly string[] = Object.keys(byType);
  const found = Object.keys(counts)
    .map((name) => name.split('.'))
    .filter(([head = '', code]) => heads.includes(head) && code !== undefined)
    .map(([, code = '']) => code);
  const order = types.map(({ workshopType }) => workshopType as string);
  const place = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length);
  return [...new Set(found)]
    .sort((a, b) => place(a) - place(b))
    .map((code) => ({ code, label: labelOf(code, types) }));
}

const labelOf = (code: string, types: readonly WorkshopType[]) =>
  types.find(({ workshopType }) => (workshopType as string) === code)?.label ?? code;

/** The name of a count in words; the name itself for one that a newer app wrote. */
export function wordsOf(name: string, types: readonly WorkshopType[]): string {
  const word = new Map<string, () => string>(Object.entries(single)).get(name);
  if (word) return word();
  const [head = '', code] = name.split('.');
  const column = new Map<string, () => string>(Object.entries(byType)).get(head);
  return column && code !== undefined
    ? m.term_count_of_type({ count: column(), type: labelOf(code, types) })
    : name;
}

const kinds = {
  unclosed: m.term_left_unclosed,
  unmarked: m.term_left_unmarked,
  toCome: m.term_left_to_come,
  unsent: m.term_left_unsent,
  refused: m.term_left_refused,
  disagreements: m.term_left_disagreements,
  provisional: m.term_left_provisional,
  devices: m.term_left_devices,
} as const;

/** « Appels pas clôturés (3), Fiches provisoires (1) ». */
export function unfinishedWords(unfinished: Counts): string {
  const words = new Map<string, () => string>(Object.entries(kinds));
  return Object.entries(unfinished)
    .map(([kind, count]) => `${words.get(kind)?.() ?? kind} (${count})`)
    .join(', ');
}
