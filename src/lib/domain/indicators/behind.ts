/** Who or what stands behind a figure: what counted, and what did not and why. Ids without names. */
import type { GroupId, OccurrenceId, ParticipantId } from '../ids.ts';
import type { Definition } from './definition.ts';
import { definitionOf } from './definitions.ts';
import type { Place } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { rowsBehind } from './rows-behind.ts';
import type {
  FacilitatorRow,
  FrenchRow,
  GroupRow,
  InscriptionRow,
  MeetingRow,
  PresenceRow,
  TableName,
  VenueRow,
} from './rows.ts';

export interface BehindAsked {
  /** Key of a definition. */
  readonly figure: string;
  /** The cells: several where small ones are shown as one. */
  readonly places: readonly Place[];
}

/** Why a row that is in the denominator did not count. */
type WhyNot =
  /** Never came to it. */
  | 'neverCame'
  /** Left before the last meeting held. */
  | 'left'
  /** Half of the meetings due, or fewer. */
  | 'halfOrLess'
  /** Not there in the last 30 per cent of the meetings. */
  | 'notAtTheEnd'
  | 'cancelled'
  | 'noVolunteer'
  | 'nobodyThere'
  | 'notCounted';

export type BehindRow = {
  readonly isCounted: boolean;
  readonly whyNot?: WhyNot;
  readonly term?: string;
  readonly kind?: string;
} & (
  | {
      readonly about: 'person';
      readonly participant: ParticipantId;
      readonly group?: GroupId;
      readonly attended?: number;
      readonly due?: number;
      readonly unmarked?: number;
      /** Would count, had they been there whenever nothing was said of them. */
      readonly restsOnUnmarked?: boolean;
      readonly minutes?: number;
    }
  | {
      readonly about: 'meeting';
      readonly occurrence: OccurrenceId;
      readonly group: GroupId;
      readonly date: string;
      readonly came: number;
      readonly expected: number;
      readonly attendance: number;
      readonly unmarked: number;
      readonly minutes: number;
    }
  | {
      readonly about: 'facilitator';
      readonly facilitator: string;
      readonly facilitatorKind: string;
      readonly meetings: number;
      readonly minutes: number;
    }
  | { readonly about: 'group'; readonly group: GroupId }
  | { readonly about: 'room'; readonly venue: string }
);

export interface Behind {
  readonly rows: readonly BehindRow[];
  readonly counted: number;
  /** How many people, or things, that is: whoever has several rows is counted once. */
  readonly distinct: number;
  readonly notCounted: number;
  readonly unmarked: number;
  /** Rows at these places that the definition is not about. */
  readonly excluded: number;
}

export function behind({ tables }: Pick<Facts, 'tables'>, { figure, places }: BehindAsked): Behind {
  const definition = definitionOf(figure);
  const all = places.length > 0 ? places : [{}];
  const counted = all.flatMap((at) => rowsBehind(definition, tables, at));
  const isCounted = new Set(counted);
  const outOf = definition.of ? all.flatMap((at) => rowsBehind(definition, tables, at, 'of')) : [];
  const left = outOf.filter((row) => !isCounted.has(row));
  const rows = [
    ...counted.map((row) => told(definition, row, true)),
    ...left.map((row) => told(definition, row, false)),
  ];
  const { includes: _all, ...anything } = definition;
  const within = all.flatMap((at) => rowsBehind({ ...anything, n: () => 1 }, tables, at));
  const included = all.flatMap((at) => rowsBehind({ ...definition, n: () => 1 }, tables, at));
  const once = definition.once;
  return {
    rows,
    counted: counted.length,
    distinct: once ? new Set(counted.map((row) => once(row as never))).size : counted.length,
    notCounted: left.length,
    unmarked: rows.reduce((sum, row) => sum + ('unmarked' in row ? (row.unmarked ?? 0) : 0), 0),
    excluded: within.length - included.length,
  };
}

/** Each table's row, with what helps to understand it and nothing more. */
function told({ key, table }: Definition, row: object, isCounted: boolean): BehindRow {
  switch (table as TableName) {
    case 'inscriptions': {
      const { participant, term, kind, group, attended, due, unmarked, ...more } = row as InscriptionRow;
      const why = isCounted ? {} : { whyNot: whyNotPerson(key, row as InscriptionRow) };
      const rests = more.restsOnUnmarked && key.startsWith('assidus') ? { restsOnUnmarked: true } : {};
      return {
        about: 'person',
        isCounted,
        ...why,
        participant,
        term,
        kind,
        group,
        attended,
        due,
        unmarked,
        ...rests,
      };
    }
    case 'personTerms':
    case 'presences': {
      const { participant, term } = row as PresenceRow;
      const whyNot = isCounted ? {} : { whyNot: 'neverCame' as const };
      const kind = table === 'presences' ? { kind: (row as PresenceRow).kind as string } : {};
      return { about: 'person', isCounted, ...whyNot, participant, term, ...kind };
    }
    case 'french': {
      const { participant, minutes } = row as FrenchRow;
      return { about: 'person', isCounted, participant, minutes };
    }
    case 'meetings': {
      const { occurrence, group, date, term, kind, came, expected, attendance, unmarked, minutes } =
        row as MeetingRow;
      const why = isCounted ? {} : { whyNot: whyNotMeeting(key, row as MeetingRow) };
      const about = { about: 'meeting', isCounted, ...why } as const;
      return { ...about, occurrence, group, date, term, kind, came, expected, attendance, unmarked, minutes };
    }
    case 'facilitators': {
      const { facilitator, facilitatorKind, term, kind, meetings, minutes } = row as FacilitatorRow;
      return { about: 'facilitator', isCounted, facilitator, facilitatorKind, term, kind, meetings, minutes };
    }
    case 'groups': {
      const { group, term, kind } = row as GroupRow;
      return { about: 'group', isCounted, group, term, kind };
    }
    case 'venues': {
      const { venue, term, kind } = row as VenueRow;
      return { about: 'room', isCounted, venue, term, kind };
    }
  }
}

/** The counting rule (assiduity.ts) asks three things; the first that fails is told. */
function whyNotPerson(key: string, { isEngaged, leftOn, attended, due }: InscriptionRow): WhyNot {
  if (!isEngaged || attended === 0) return 'neverCame';
  if (!key.startsWith('assidus')) return 'notCounted';
  if (leftOn !== undefined) return 'left';
  return 2 * attended <= due ? 'halfOrLess' : 'notAtTheEnd';
}

function whyNotMeeting(key: string, { state }: MeetingRow): WhyNot {
  if (state === 'cancelled') return 'cancelled';
  if (key === 'volunteerHours') return 'noVolunteer';
  return key.startsWith('weeklyAttendance') || key === 'openAttendance' ? 'nobodyThere' : 'notCounted';
}
