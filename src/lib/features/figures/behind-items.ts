/** Rows behind a figure as a list shows them: by name, with a way to them, and what explains each. */
import type { BehindRow } from '$lib/domain/indicators/behind.ts';
import { titleDate } from '$lib/i18n/dates.ts';
import { number } from '$lib/i18n/numbers.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { facilitatorKindName, kindName } from '$lib/i18n/place-words.ts';
import type { BehindNames } from './behind-names.ts';

export interface BehindItem {
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
  readonly href: string | undefined;
  readonly sortKey: string;
}

const whyWords: Readonly<Record<NonNullable<BehindRow['whyNot']>, () => string>> = {
  neverCame: m.figures_why_neverCame,
  left: m.figures_why_left,
  halfOrLess: m.figures_why_halfOrLess,
  notAtTheEnd: m.figures_why_notAtTheEnd,
  cancelled: m.figures_why_cancelled,
  noVolunteer: m.figures_why_noVolunteer,
  nobodyThere: m.figures_why_nobodyThere,
  notCounted: m.figures_why_notCounted,
};

const hours = (minutes: number) => number(minutes / 60, 1);

/** People by their names, meetings by their dates. */
export function behindItems(
  rows: readonly BehindRow[],
  names: BehindNames,
  terms: Readonly<Record<string, string>>,
): BehindItem[] {
  return rows
    .map((row, place) => ({ ...itemOf(row, names, terms), place }))
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : a.place - b.place))
    .map(({ place, ...item }) => ({ ...item, key: `${item.key} ${place}` }));
}

function itemOf(row: BehindRow, names: BehindNames, terms: Readonly<Record<string, string>>): BehindItem {
  const why = row.whyNot ? whyWords[row.whyNot]() : undefined;
  const where = [row.kind && kindName(row.kind), row.term && (terms[row.term] ?? row.term)];
  const joined = (...parts: readonly (string | false | undefined)[]) => parts.filter(Boolean).join(', ');
  switch (row.about) {
    case 'person': {
      const found = names.people[row.participant];
      const group = row.group && names.groups[row.group]?.name;
      const { attended, due, unmarked = 0, minutes, restsOnUnmarked } = row;
      return {
        key: row.participant,
        title: found?.name ?? m.figures_behind_somebody(),
        subtitle: joined(
          why,
          ...(group ? [group, row.term && (terms[row.term] ?? row.term)] : where),
          attended !== undefined && due !== undefined && m.figures_behind_meetings({ attended, due }),
          unmarked > 0 && m.figures_behind_unmarked_of({ count: unmarked }),
          restsOnUnmarked && m.figures_behind_rests(),
          minutes !== undefined && m.figures_behind_hours({ hours: hours(minutes) }),
        ),
        href: found && `/personnes/${encodeURIComponent(row.participant)}`,
        sortKey: found?.sortKey ?? '~',
      };
    }
    case 'meeting': {
      const { date, came, expected, attendance, unmarked, occurrence } = row;
      const group = names.groups[row.group]?.name ?? row.group;
      return {
        key: occurrence,
        title: `${titleDate(date)}, ${group}`,
        subtitle: joined(
          why,
          expected > 0
            ? m.figures_behind_meeting({ came, expected })
            : m.figures_behind_open_meeting({ count: attendance }),
          unmarked > 0 && m.figures_behind_unmarked_of({ count: unmarked }),
        ),
        href: `/appel/${encodeURIComponent(occurrence)}`,
        sortKey: `${date} ${group}`,
      };
    }
    case 'facilitator': {
      const name = names.facilitators[row.facilitator]?.name ?? m.figures_behind_somebody();
      return {
        key: row.facilitator,
        title: name,
        subtitle: joined(
          facilitatorKindName(row.facilitatorKind),
          ...where,
          m.figures_behind_led({ count: row.meetings, hours: hours(row.minutes) }),
        ),
        href: '/equipe',
        sortKey: name,
      };
    }
    case 'group': {
      const title = names.groups[row.group]?.name ?? row.group;
      return { key: row.group, title, subtitle: joined(...where), href: '/planning', sortKey: title };
    }
    case 'room': {
      const title = names.rooms[row.venue]?.name ?? row.venue;
      return { key: row.venue, title, subtitle: joined(...where), href: undefined, sortKey: title };
    }
    default:
      return row satisfies never;
  }
}
