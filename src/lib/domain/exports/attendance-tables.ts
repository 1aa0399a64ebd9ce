/**
 * Everything that figures rest on, as tables for spreadsheets and other programs: opaque ids and no name of anybody.
 * Columns have the documents' own words; whoever shows them to people translates.
 */
import type { AnyDocument, Term } from '../documents.ts';
import { ofType } from '../of-type.ts';
import { hoursOf } from '../schedule.ts';
import { semicolonTable } from '../semicolon-table.ts';
import type { SiteDocuments } from '../indicators/site-reading.ts';

export interface ExportTable {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as a file that French spreadsheets open: UTF-8 with its mark, semicolons, no cell that is a formula. */
export const csvOf = ({ columns, rows }: ExportTable): string => semicolonTable([columns, ...rows]);

type Cell = string | number | boolean | undefined | null;

/** Empty for what is not known; 1 and 0 for yes and no. */
const text = (cell: Cell): string =>
  cell === undefined || cell === null ? '' : typeof cell === 'boolean' ? String(Number(cell)) : String(cell);

/** Of one type of document, its columns and what stands in them. */
function table<Row>(
  name: string,
  columns: Readonly<Record<string, (row: Row) => Cell>>,
  rows: readonly Row[],
): ExportTable {
  const cells = Object.values(columns);
  return {
    name,
    columns: Object.keys(columns),
    rows: rows.map((row) => cells.map((cell) => text(cell(row)))),
  };
}

/** Documents of the terms, each with the term whose database holds it. */
type Held<Document> = Document & { readonly ofTerm: Term };

function heldIn<Type extends AnyDocument['type']>({ terms }: SiteDocuments, type: Type) {
  return terms.flatMap((documents) => {
    const [ofTerm] = ofType(documents, 'term');
    return ofTerm ? ofType(documents, type).map((one) => ({ ...one, ofTerm })) : [];
  });
}

const term = { term: ({ ofTerm }: Held<object>) => ofTerm.term } as const;

/** @param documents of one site */
export function attendanceTables(documents: SiteDocuments): ExportTable[] {
  const held = <Type extends AnyDocument['type']>(type: Type) => heldIn(documents, type);
  const timeZone = ofType(documents.commons, 'site')[0]?.timezone ?? 'Europe/Paris';
  const groups = held('group');
  const placeOf = new Map(groups.map(({ group, place }) => [group, place]));
  return [
    table(
      'terms',
      {
        term: (one) => one.term,
        label: (one) => one.label,
        start: (one) => one.start,
        end: (one) => one.end,
      },
      held('term'),
    ),
    table(
      'workshop_types',
      { workshop_type: (one) => one.workshopType, kind: (one) => one.kind, label: (one) => one.label },
      ofType(documents.commons, 'workshopType'),
    ),
    table(
      'groups',
      {
        ...term,
        group_id: (one) => one.group,
        workshop_type: (one) => one.workshopType,
        label: (one) => one.label,
        language: (one) => one.language,
      },
      groups,
    ),
    table(
      'occurrences',
      {
        ...term,
        occurrence_id: (one) => one.occurrence,
        group_id: (one) => one.group,
        date: (one) => one.date,
        start: (one) => one.start,
        end: (one) => one.end,
        starts_at: (one) => hoursOf(one, timeZone).startsAt,
        ends_at: (one) => hoursOf(one, timeZone).endsAt,
        week: (one) => one.week,
        state: (one) => one.state,
        is_dropped: (one) => one.isDropped === true,
        venue: (one) => one.place ?? placeOf.get(one.group) ?? one.venue,
      },
      held('occurrence'),
    ),
    table(
      'closings',
      {
        ...term,
        occurrence_id: (one) => one.occurrence,
        state: (one) => one.state,
        headcount: (one) => one.headcount,
      },
      held('closing'),
    ),
    table(
      'stays',
      {
        ...term,
        group_id: (one) => one.group,
        participant_id: (one) => one.participant,
        first_day: (one) => one.from,
        last_day: (one) => one.to,
      },
      held('enrolment').flatMap(({ ofTerm, group, participant, from, to, formerPeriods = [] }) =>
        [...formerPeriods, { from, to }].map((stay) => ({ ofTerm, group, participant, ...stay })),
      ),
    ),
    table(
      'cards',
      { ...term, participant_id: (one) => one.participant, is_provisional: (one) => one.isProvisional },
      held('rosterCard'),
    ),
    table(
      'participants',
      {
        participant_id: (one) => one.participant,
        gender: (one) => one.gender,
        departement: (one) => one.departement,
        country: (one) => one.country,
        is_francophone: (one) => one.isFrancophone,
        merged_into: (one) => one.mergedInto,
      },
      ofType(documents.registry, 'participant'),
    ),
    table(
      'marks',
      {
        ...term,
        occurrence_id: (one) => one.occurrence,
        participant_id: (one) => one.participant,
        status: (one) => one.status,
        arrived_at: (one) => one.arrivedAt,
        left_at: (one) => one.leftAt,
        minutes: (one) => one.minutes,
        reason: (one) => one.reason,
      },
      held('mark'),
    ),
    table(
      'volunteers',
      { ...term, volunteer_id: (one) => one.volunteer, kind: (one) => one.kind },
      held('volunteer'),
    ),
    table(
      'shifts',
      {
        ...term,
        occurrence_id: (one) => one.occurrence,
        volunteer_id: (one) => one.volunteer,
        role: (one) => one.role,
        state: (one) => one.state,
        minutes: (one) => one.minutes,
      },
      held('shift'),
    ),
  ];
}
