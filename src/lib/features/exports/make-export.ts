/** From documents to a file: the tables or documents of a choice, and the bytes of them. */
import { strToU8, zipSync } from 'fflate';
import { accountNames, nameOfAccount } from '$lib/domain/account-names.ts';
import type { AnyDocument } from '$lib/domain/documents.ts';
import { heldIn } from '$lib/domain/exports/attendance-tables.ts';
import { beneficiariesOf } from '$lib/domain/exports/beneficiaries.ts';
import { beneficiariesTable } from '$lib/domain/exports/beneficiaries-table.ts';
import { everythingText } from '$lib/domain/exports/everything.ts';
import { definitionsTable, figuresTable } from '$lib/domain/exports/figure-tables.ts';
import { namedTables } from '$lib/domain/exports/named-tables.ts';
import { idsIn, pseudonymisedTable } from '$lib/domain/exports/pseudonymised.ts';
import { documentsIn } from '$lib/domain/exports/scoped-documents.ts';
import { csvOf, type ExportTable } from '$lib/domain/exports/table.ts';
import type { AccountName } from '$lib/domain/ids.ts';
import { definitions } from '$lib/domain/indicators/definitions.ts';
import { reportOf } from '$lib/domain/indicators/report.ts';
import type { Scope } from '$lib/domain/indicators/scope.ts';
import type { SiteDocuments } from '$lib/domain/indicators/site-reading.ts';
import { localMoment, todayIn } from '$lib/domain/local-time.ts';
import { ofType } from '$lib/domain/of-type.ts';
import { countingRules } from '$lib/domain/term-counts.ts';
import { fullDate, hour } from '$lib/i18n/dates.ts';
import { exportedWords, partWords } from '$lib/i18n/export-words.ts';
import { formulaOf, indicatorWords } from '$lib/i18n/indicator-words.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { ExportChoice } from './choice.ts';
import { pseudonymsOf } from './pseudonyms.ts';
import { readmeSheet, readmeText, type ReadmeFacts } from './readme.ts';
import { tableInWords } from './words.ts';
import { workbookOf } from './workbook.ts';

/** What a device holds of its site, and the names of its databases in the same order. */
export interface HeldSite {
  readonly documents: SiteDocuments;
  readonly names: { readonly commons: string; readonly registry: string; readonly terms: readonly string[] };
  /** What this app cannot read, by the name of its database: it goes where everything goes. */
  readonly unread: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
}

export interface ExportAsked {
  readonly choice: ExportChoice;
  /** Instant. */
  readonly at: string;
  readonly by: AccountName;
  /** At least 32 random bytes, for pseudonyms: used for this file alone. */
  readonly key: Uint8Array<ArrayBuffer>;
}

export interface MadeExport {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Rows of tables, or documents. */
  readonly rows: number;
}

const ever: Scope = { kind: 'period', from: '0000-01-01', to: '9999-12-31' };

const partOf = (scope: Scope | undefined) =>
  scope === undefined
    ? {}
    : scope.kind === 'terms'
      ? { terms: scope.terms }
      : { from: scope.from, to: scope.to };

const timeZoneOf = ({ commons }: SiteDocuments) => ofType(commons, 'site')[0]?.timezone ?? 'Europe/Paris';

function factsOf({ documents }: HeldSite, { choice, at, by }: ExportAsked): Omit<ReadmeFacts, 'notes'> {
  const [site] = ofType(documents.commons, 'site');
  const labels = new Map<string, string>(heldIn(documents, 'term').map(({ term, label }) => [term, label]));
  const names = accountNames(documents.terms.flatMap((term) => ofType(term, 'volunteer')));
  const { date, time } = localMoment(at, timeZoneOf(documents));
  const { isPseudonymised } = choice;
  // Without names there are none at all: not the label of a term, nor who made the file.
  const labelOf = (term: string) => (isPseudonymised ? term : (labels.get(term) ?? term));
  const scope = partWords(partOf(choice.scope), labelOf);
  return {
    ...{ scope, isPseudonymised, rules: countingRules },
    site: (isPseudonymised ? site?.site : site?.name) ?? '',
    content: exportedWords(choice, scope),
    at: `${fullDate(date)}, ${hour(time)}`,
    by: isPseudonymised ? undefined : nameOfAccount(by, names),
  };
}

interface Tables {
  readonly tables: readonly ExportTable[];
  readonly notes: readonly string[];
}

const definitionWords = {
  label: (key: string) => indicatorWords[key]?.label() ?? key,
  formula: (key: string) => formulaOf(key, definitions.find((one) => one.key === key)?.reading ?? 'count'),
  leftOut: (key: string) => indicatorWords[key]?.leftOut() ?? '',
};

function dataTables({ documents }: HeldSite, { scope, isPseudonymised }: ExportChoice): Tables {
  const { report } = reportOf([documents], scope ?? ever);
  return {
    tables: [
      ...namedTables(documentsIn(documents, scope)),
      figuresTable(report, isPseudonymised, definitionWords.label),
      definitionsTable(definitionWords),
    ],
    notes: [],
  };
}

function listTables({ documents }: HeldSite, { choice, at }: ExportAsked): Tables {
  const today = todayIn(timeZoneOf(documents), at);
  const { all, neverCame, provisional } = beneficiariesOf(documents, choice.scope, today);
  // Who has not agreed is named to nobody; without names, everybody counts.
  const told = choice.isPseudonymised ? all : all.filter(({ file }) => file?.consentAt !== undefined);
  const withoutConsent = all.length - told.length;
  return {
    tables: [beneficiariesTable(told)],
    notes: [
      ...(withoutConsent > 0 ? [m.exports_readme_consent({ count: withoutConsent })] : []),
      ...(neverCame > 0 ? [m.exports_readme_never({ count: neverCame })] : []),
      ...(provisional > 0 ? [m.exports_readme_provisional({ count: provisional })] : []),
    ],
  };
}

/** The year that ages are told for: of the last day that is exported. */
function yearOf({ documents }: HeldSite, { choice: { scope }, at }: ExportAsked): number {
  const today = todayIn(timeZoneOf(documents), at);
  const ends = ofType(documentsIn(documents, scope).terms.flat(), 'term').map(({ end }) => end);
  const last = scope?.kind === 'period' ? scope.to : (ends.sort().at(-1) ?? today);
  return Number((last < today ? last : today).slice(0, 4));
}

async function tablesOf(held: HeldSite, asked: ExportAsked): Promise<Tables> {
  const { choice, key } = asked;
  const made = choice.what === 'data' ? dataTables(held, choice) : listTables(held, asked);
  if (!choice.isPseudonymised) return made;
  const pseudonyms = await pseudonymsOf(idsIn(made.tables), key);
  const pseudonymOf = (id: string) => pseudonyms.get(id) ?? '';
  const year = yearOf(held, asked);
  return { ...made, tables: made.tables.map((table) => pseudonymisedTable(table, { pseudonymOf, year })) };
}

const rowsOf = (tables: readonly ExportTable[]) => tables.reduce((sum, { rows }) => sum + rows.length, 0);
const counted = (all: Iterable<Iterable<unknown>>) => [...all].reduce((sum, one) => sum + [...one].length, 0);

/** All documents of the choice, database by database. */
function documentsFile(held: HeldSite, asked: ExportAsked): MadeExport {
  const { choice, at, by } = asked;
  const { commons, registry, terms } = documentsIn(held.documents, choice.scope);
  const nameOf = new Map<string | undefined, string>(
    held.documents.terms.map((one, place) => [ofType(one, 'term')[0]?.term, held.names.terms[place] ?? '']),
  );
  const unread = choice.scope === undefined ? held.unread : new Map<string, never>();
  const databases: (readonly [string, readonly Readonly<Record<string, unknown>>[]])[] = [
    [held.names.commons, commons] as const,
    [held.names.registry, registry] as const,
    ...terms.map((one) => [nameOf.get(ofType(one, 'term')[0]?.term) ?? '', one] as const),
  ].map(([name, documents]) => [
    name,
    [...(documents as readonly AnyDocument[]), ...(unread.get(name) ?? [])],
  ]);
  const about = {
    ...{ at, by, rules: countingRules, scope: partOf(choice.scope) },
    site: ofType(held.documents.commons, 'site')[0]?.site ?? '',
  };
  const text = [...everythingText(about, databases)].join('');
  return { bytes: strToU8(text) as Uint8Array<ArrayBuffer>, rows: counted(databases.map(([, all]) => all)) };
}

/** Tables as JSON: each row an object by the names of its columns. */
function tablesFile(facts: ReadmeFacts, tables: readonly ExportTable[]): string {
  const { site, scope, rules, at } = facts;
  return JSON.stringify(
    {
      ...{ format: 'presence-tables', version: 1, site, scope, rules, at, isPseudonymised: true },
      tables: Object.fromEntries(
        tables.map(({ name, columns, rows }) => [
          name,
          rows.map((row) => Object.fromEntries(columns.map((column, at) => [column.name, row[at]]))),
        ]),
      ),
    },
    null,
    1,
  );
}

/** @param onProgress from 0 to 1 */
export async function makeExport(
  held: HeldSite,
  asked: ExportAsked,
  onProgress: (share: number) => void = () => undefined,
): Promise<MadeExport> {
  const { choice } = asked;
  if (choice.format === 'json' && !choice.isPseudonymised) return documentsFile(held, asked);
  const { tables, notes } = await tablesOf(held, asked);
  onProgress(0.2);
  const facts: ReadmeFacts = { ...factsOf(held, asked), notes };
  const rows = rowsOf(tables);
  const inText = (text: string): MadeExport => ({ bytes: strToU8(text) as Uint8Array<ArrayBuffer>, rows });
  switch (choice.format) {
    case 'json':
      return inText(tablesFile(facts, tables));
    case 'csv': {
      const [only] = tables;
      if (choice.what === 'beneficiaries' && only) return inText(csvOf(tableInWords(only)));
      const files = Object.fromEntries(tables.map((table) => [`${table.name}.csv`, strToU8(csvOf(table))]));
      const readme = { [`${m.exports_sheet_readme()}.txt`]: strToU8(readmeText(facts, tables)) };
      return { bytes: zipSync({ ...readme, ...files }) as Uint8Array<ArrayBuffer>, rows };
    }
    case 'xlsx': {
      const sheets = [readmeSheet(facts, tables), ...tables.map(tableInWords)];
      const bytes = workbookOf(sheets, timeZoneOf(held.documents), (share) => onProgress(0.2 + share * 0.8));
      return { bytes, rows };
    }
    default:
      return choice.format satisfies never;
  }
}
