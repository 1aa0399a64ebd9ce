/** Slots, plans and clashes in sentences. */
import { dayOfMonth, hour, listed, longDate, weekdayName } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Clash, ClashSeries } from '$lib/domain/clashes.ts';
import type { Group } from '$lib/domain/documents.ts';
import { slotsOf, type WrongGroup } from '$lib/domain/groups.ts';
import type { GroupId } from '$lib/domain/ids.ts';
import type { LeftBecause, SeriesPlan } from '$lib/domain/series.ts';

const shortDay = (weekday: number) => weekdayName(weekday).slice(0, 3);

/** « lun. 10 h 00 », « lun. mer. ven. ». */
export function slotWords(group: Group): string {
  const slots = slotsOf(group);
  const days = [...new Set(slots.map(({ weekday }) => `${shortDay(weekday)}.`))].join(' ');
  return slots.length > 1 ? days : `${days} ${hour(group.start)}`;
}

/** The name of a group below the name of its workshop: « Groupe 1 » of « Numérique, groupe 1 ». */
export function labelWithin(label: string, workshop: string | undefined): string {
  const rest =
    workshop && label.startsWith(workshop) ? label.slice(workshop.length).replace(/^[,:]?\s+/, '') : '';
  return rest && rest !== label ? rest.charAt(0).toLocaleUpperCase('fr') + rest.slice(1) : label;
}

const whyLeftWords = (why: LeftBecause): string => {
  switch (why) {
    case 'marked':
      return m.planning_left_marked();
    case 'closed':
      return m.planning_left_closed();
    case 'past':
      return m.planning_left_past();
    case 'moved':
      return m.planning_left_moved();
    case 'cancelled':
      return m.planning_left_cancelled();
    default:
      return why satisfies never;
  }
};

/** « 10 séances, sauf le 11 novembre (jour férié ou congé) ». */
export function newMeetingsWords(count: number, skipped: readonly string[]): string {
  const meetings = m.planning_will_add({ count });
  if (skipped.length === 0) return meetings;
  return m.planning_will_skip({ meetings, days: listed(skipped.map(dayOfMonth)), count: skipped.length });
}

/** « 7 séances changent, 2 restent comme elles sont (appel déjà fait) ». */
export function planWords(plan: SeriesPlan): string[] {
  const left = Map.groupBy(plan.left, ({ why }) => why);
  const teamChanges = new Set(
    plan.shifts
      .map(({ after }) => after.occurrence)
      .filter((id) => !plan.added.some(({ occurrence }) => occurrence === id)),
  );
  const parts = [
    plan.changed.length ? m.planning_plan_changed({ count: plan.changed.length }) : '',
    plan.added.length ? m.planning_plan_added({ count: plan.added.length }) : '',
    plan.cancelled.length ? m.planning_plan_cancelled({ count: plan.cancelled.length }) : '',
    ...[...left].map(([why, those]) => m.planning_plan_left({ count: those.length, why: whyLeftWords(why) })),
    teamChanges.size ? m.planning_plan_team({ count: teamChanges.size }) : '',
  ].filter(Boolean);
  return parts.length ? parts : [m.planning_plan_nothing()];
}

/** What clashes, and how often. */
export function clashWords(
  { why, groups, count, clashes }: ClashSeries,
  names: { readonly group: (id: GroupId) => string; readonly room: (clash: Clash) => string },
): string {
  const [first] = clashes;
  const [one, other] = groups.map(names.group) as [string, string];
  const what = {
    venue: () => m.planning_clash_room({ room: first ? names.room(first) : '', one, other }),
    facilitator: () => m.planning_clash_team({ one, other }),
    people: () => m.planning_clash_shared({ one, other, count }),
  }[why]();
  const times = m.planning_clash_times({
    count: clashes.length,
    first: first ? longDate(first.one.date) : '',
  });
  return `${what} (${times})`;
}

/** What is wrong with a group that is being made. */
export function wrongWords(why: WrongGroup | 'outside the term'): string {
  switch (why) {
    case 'no label':
      return m.planning_no_label();
    case 'no place':
      return m.planning_no_place();
    case 'ends before it starts':
      return m.planning_wrong_hours();
    case 'same slot twice':
      return m.planning_same_slot();
    case 'outside the term':
      return m.planning_outside();
    default:
      return why satisfies never;
  }
}
