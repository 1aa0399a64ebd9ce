/**
 * The one entry of what is counted: the documents of sites become the tables that every figure, its drill-down and the
 * checks are made of. Linear in the documents, and the same whatever their order.
 */
import { inscriptionRows, personTermRows } from './inscription-rows.ts';
import { meetingRows } from './meeting-rows.ts';
import { odditiesOf, type Oddities } from './oddities.ts';
import type { FrenchBand, FrenchRow, PresenceRow, RowOf, TableName, Tables } from './rows.ts';
import { includesMeeting, includesSite, includesTerm, type Scope } from './scope.ts';
import { readSite, type SiteDocuments, type SiteReading } from './site-reading.ts';
import { facilitatorNames, facilitatorRows, groupRows, venueRows } from './team-rows.ts';
import { readTerm, type TermReading } from './term-reading.ts';

export interface Facts {
  readonly scope: Scope;
  readonly tables: Tables;
  /** What was left out, by why: it stands beside every figure that it could have changed. */
  readonly excluded: Readonly<Record<ExclusionReason, number>>;
  readonly oddities: Oddities;
  /** Rooms by their code: name, and whether the name alone reveals care. */
  readonly venues: ReadonlyMap<string, { readonly name: string; readonly isSensitive: boolean }>;
  /** Of the terms counted, in the order of their start: code and label. */
  readonly terms: readonly { readonly term: string; readonly label: string }[];
  readonly themes: ReadonlyMap<string, string>;
}
type ExclusionReason = 'cancelledEnrolments' | 'provisionalPeople' | 'astrayEnrolments';

type Writable = { [Name in TableName]: RowOf<Name>[] };

const emptyTables = (): Writable => ({
  ...{ inscriptions: [], personTerms: [], meetings: [], presences: [] },
  ...{ french: [], facilitators: [], groups: [], venues: [] },
});

export function factsOf(sites: Iterable<SiteDocuments>, scope: Scope): Facts {
  const readings = readAll(sites, scope);
  const names = facilitatorNames(readings.flatMap(({ volunteers }) => volunteers));
  const tables = emptyTables();
  const excluded = { cancelledEnrolments: 0, provisionalPeople: 0, astrayEnrolments: 0 };
  const oddities: Oddities[] = [];
  const labels = new Map<string, { readonly label: string; readonly start: string }>();
  for (const reading of readings) {
    const { term } = reading;
    const { meetings, presences } = meetingRows(reading, ({ date }) =>
      includesMeeting(scope, term.term, date),
    );
    append(tables.meetings, meetings);
    append(tables.presences, presences);
    append(tables.facilitators, facilitatorRows(reading, meetings, names));
    append(tables.venues, venueRows(meetings));
    if (meetings.length > 0 || includesTerm(scope, term))
      labels.set(term.term, { label: term.label, start: term.start });
    if (!includesTerm(scope, term)) continue;
    const { rows, leftOut } = inscriptionRows(reading);
    append(tables.inscriptions, rows);
    append(tables.personTerms, personTermRows(rows, reading));
    append(tables.groups, groupRows(reading, rows));
    excluded.cancelledEnrolments += leftOut.cancelled.length;
    excluded.astrayEnrolments += leftOut.astray.length;
    for (const { isProvisional } of reading.cards.values())
      if (isProvisional) excluded.provisionalPeople += 1;
    oddities.push(odditiesOf(reading, leftOut));
  }
  append(tables.french, frenchRows(tables.presences));
  return {
    ...{ scope, tables, excluded },
    oddities: joined(oddities),
    venues: new Map(
      readings.flatMap(({ site }) =>
        [...site.venues.values()].map(
          ({ venue, name, isSensitive }) => [venue, { name, isSensitive: isSensitive === true }] as const,
        ),
      ),
    ),
    terms: [...labels]
      .sort(([a, one], [b, other]) => (`${one.start} ${a}` < `${other.start} ${b}` ? -1 : 1))
      .map(([term, { label }]) => ({ term, label })),
    themes: new Map(
      readings.flatMap(({ site }) =>
        [...site.themes.values()].map(({ theme, title }) => [theme, title] as const),
      ),
    ),
  };
}

/** Terms that have something in the scope, in an order of their own. */
function readAll(sites: Iterable<SiteDocuments>, scope: Scope): TermReading[] {
  const orderOf = ({ site, term }: TermReading) => `${site.site} ${term.start} ${term.term}`;
  const readings = [...sites].flatMap((documents) => {
    const site: SiteReading = readSite(documents);
    if (!includesSite(scope, site.site)) return [];
    return documents.terms.flatMap((held) => {
      const reading = readTerm(site, held);
      return reading && mayCount(reading, scope) ? [reading] : [];
    });
  });
  return readings.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** A term that begins outside a period may have meetings in it. */
const mayCount = ({ term, occurrences }: TermReading, scope: Scope): boolean =>
  includesTerm(scope, term) || occurrences.some(({ date }) => includesMeeting(scope, term.term, date));

/** Not by spreading: a table may have tens of thousands of rows. */
function append<Row>(table: Row[], rows: readonly Row[]): void {
  for (const row of rows) table.push(row);
}

/** The hours that a level of the CECRL takes at least (annual report): from 60 to 120. */
const bandOf = (minutes: number): FrenchBand =>
  minutes < 60 * 60 ? 'under60' : minutes <= 120 * 60 ? 'from60to120' : 'over120';

/** Narrow enough to see how far from a level people are, wide enough that a step is a group. */
const stepHours = 20;
const stepOf = (minutes: number): string =>
  String(Math.floor(minutes / 60 / stepHours) * stepHours).padStart(3, '0');

/** One person over all that is counted, in French lessons. */
function frenchRows(presences: readonly PresenceRow[]): FrenchRow[] {
  const rows = new Map<string, FrenchRow>();
  for (const { kind, participant, gender, departement, country, speech, minutes } of presences) {
    if (kind !== 'language') continue;
    const all = (rows.get(participant)?.minutes ?? 0) + minutes;
    rows.set(participant, {
      ...{ participant, gender, departement, country, speech },
      minutes: all,
      band: bandOf(all),
      hours: stepOf(all),
    });
  }
  return [...rows.values()];
}

const joined = (all: readonly Oddities[]): Oddities => ({
  enrolledProvisionally: all.flatMap((one) => one.enrolledProvisionally).sort(),
  astrayEnrolments: all.flatMap((one) => one.astrayEnrolments).sort(),
  astrayMarks: all.flatMap((one) => one.astrayMarks).sort(),
  presentAfterExit: all.flatMap((one) => one.presentAfterExit).sort(),
  withoutFile: [...new Set(all.flatMap((one) => one.withoutFile))].sort(),
});
