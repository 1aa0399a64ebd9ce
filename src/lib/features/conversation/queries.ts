/** What the host's page reads, from the stores of the signed-in device. */
import { mergeDebriefs } from '$lib/domain/debriefs-merge.ts';
import type {
  Closing,
  Debrief,
  Group,
  Mark,
  MarkStatus,
  Occurrence,
  Term,
  Theme,
} from '$lib/domain/documents.ts';
import { themeLevels } from '$lib/domain/documents/commons.ts';
import {
  closingDocId,
  debriefDocId,
  groupDocId,
  occurrenceDocId,
  termDocId,
  type AccountName,
  type GroupId,
  type OccurrenceId,
  type TermCode,
  type ThemeId,
} from '$lib/domain/ids.ts';
import { expectedAt, suggestThemes, themeUses, type Suggestion } from '$lib/domain/theme-suggestions.ts';
import type { Store } from '$lib/store/store.ts';

export interface Stores {
  readonly commons: Store;
  readonly terms: readonly { readonly term: TermCode; readonly store: Store }[];
}

/** One meeting with all that its hosts noted. */
export interface Meeting {
  readonly store: Store;
  readonly term: Term | undefined;
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly closing: Closing | undefined;
  /** How many have each answer. */
  readonly answers: ReadonlyMap<MarkStatus, number>;
  /** The note of whoever is signed in. */
  readonly mine: Debrief | undefined;
  readonly ofOthers: readonly Debrief[];
  /** Names of those who sign in, by account. */
  readonly names: ReadonlyMap<string, string>;
}

/** Finds a meeting in the terms of this device; `null` when none of them holds it. */
export async function findMeeting(
  { terms }: Stores,
  id: OccurrenceId,
  account: AccountName,
): Promise<Meeting | null> {
  for (const { term: code, store } of terms) {
    const occurrence = await store.get('occurrence', occurrenceDocId(id));
    if (!occurrence) continue;
    const [term, group, closing, marks, notes, mine, team] = await Promise.all([
      store.get('term', termDocId(code)),
      store.get('group', groupDocId(occurrence.group)),
      store.get('closing', closingDocId(id)),
      store.where('mark', 'occurrence', id),
      store.where('debrief', 'occurrence', id),
      ownNote(store, id, account),
      store.ofType('volunteer'),
    ]);
    if (!group) return null;
    const names = new Map(team.flatMap((one) => (one.account ? [[one.account, one.name]] : [])));
    const ofOthers = notes.filter(({ by }) => by !== account);
    return { store, term, occurrence, group, closing, answers: answersOf(marks), mine, ofOthers, names };
  }
  return null;
}

function answersOf(marks: readonly Mark[]): Map<MarkStatus, number> {
  const answers = new Map<MarkStatus, number>();
  for (const { status } of marks) if (status) answers.set(status, (answers.get(status) ?? 0) + 1);
  return answers;
}

/** One's own note. Where two of one's devices wrote it, what both say, before any coordinator has merged them. */
export async function ownNote(
  store: Store,
  occurrence: OccurrenceId,
  account: AccountName,
): Promise<Debrief | undefined> {
  const id = debriefDocId(occurrence, account);
  const note = await store.get('debrief', id);
  const conflict = note && (await store.conflicts()).find((one) => one.id === id);
  if (!conflict) return note;
  const { ancestor, leaves } = conflict;
  const versions = leaves.flatMap(({ document, isDeleted }) =>
    document.type === 'debrief' && !isDeleted ? [document] : [],
  );
  return { ...mergeDebriefs(ancestor?.type === 'debrief' ? ancestor : undefined, versions), _rev: note._rev };
}

/** A meeting of the group before the one that is open. */
export interface PastMeeting {
  readonly occurrence: Occurrence;
  readonly notes: readonly Debrief[];
  /** How many were there; 0 where no roll call was taken. */
  readonly people: number;
}

const came = new Set<Mark['status']>(['present', 'late', 'leftEarly']);
export const orderOf = ({ date, start }: Pick<Occurrence, 'date' | 'start'>) => `${date} ${start}`;

/**
 * The meetings of a group before one, the latest first; none that was cancelled.
 * @param order date and hour of that one: « 2026-11-23 14:30 »
 */
export async function pastOf(store: Store, group: GroupId, order: string): Promise<PastMeeting[]> {
  const all = await store.where('occurrence', 'group', group);
  const before = all
    .filter((one) => one.state !== 'cancelled' && orderOf(one) < order)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const ids = before.map((one) => one.occurrence);
  const [notes, marks, closings] = await Promise.all([
    store.whereAnyOf('debrief', 'occurrence', ids),
    store.whereAnyOf('mark', 'occurrence', ids),
    Promise.all(ids.map((id) => store.get('closing', closingDocId(id)))),
  ]);
  const notesOf = Map.groupBy(notes, (note) => note.occurrence);
  const marksOf = Map.groupBy(marks, (mark) => mark.occurrence);
  return before.map((one, at) => ({
    occurrence: one,
    notes: notesOf.get(one.occurrence) ?? [],
    people:
      closings[at]?.headcount ??
      (marksOf.get(one.occurrence) ?? []).filter(({ status }) => came.has(status)).length,
  }));
}

/** The themes of the site, by id. */
export async function themesOf({ commons }: Stores): Promise<ReadonlyMap<ThemeId, Theme>> {
  return new Map((await commons.ofType('theme')).map((theme) => [theme.theme, theme]));
}

/** Themes for a meeting, the first the one to take; harder ones than the group's level after them. */
export async function suggestionsFor(
  stores: Stores,
  { group, occurrence }: Meeting,
): Promise<readonly Suggestion[]> {
  const themes = await stores.commons.ofType('theme');
  const read = await Promise.all(stores.terms.map(({ store }) => meetingsLike(store, group)));
  const [occurrences, debriefs, marks] = [
    read.flatMap((one) => one.occurrences),
    read.flatMap((one) => one.debriefs),
    read.flatMap((one) => one.marks),
  ];
  const before = occurrences.filter((one) => one.occurrence !== occurrence.occurrence);
  const uses = themeUses(before, debriefs, marks, occurrence.date);
  const expected = expectedAt(group.group, occurrences, marks, occurrence.date);
  const wish = { group: group.group, expected };
  const level = themeLevels.find((one) => one === group.level);
  const fitting = suggestThemes(themes, uses, { ...wish, level });
  if (!level) return fitting;
  const first = new Set(fitting.map(({ theme }) => theme.theme));
  return [...fitting, ...suggestThemes(themes, uses, wish).filter(({ theme }) => !first.has(theme.theme))];
}

/** Every meeting of a term's groups of the same kind, with what was noted and marked there. */
async function meetingsLike(store: Store, { workshopType }: Group) {
  const groups = (await store.ofType('group')).filter((one) => one.workshopType === workshopType);
  const occurrences = await store.whereAnyOf(
    'occurrence',
    'group',
    groups.map((one) => one.group),
  );
  const ids = occurrences.map((one) => one.occurrence);
  const [debriefs, marks] = await Promise.all([
    store.whereAnyOf('debrief', 'occurrence', ids),
    store.whereAnyOf('mark', 'occurrence', ids),
  ]);
  return { occurrences, debriefs, marks };
}
