/** What a file says of itself: what is in it, of which part, made when and by whom, and by which rules. */
import type { ExportTable } from '$lib/domain/exports/table.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { columnName, sheetName } from './words.ts';

/** Line by line: what, and what of it. */
export type ReadmeLine = readonly [what: string, said: string];

export interface ReadmeFacts {
  readonly content: string;
  readonly site: string;
  readonly scope: string;
  readonly at: string;
  /** None where nobody is named. */
  readonly by: string | undefined;
  readonly rules: string;
  readonly isPseudonymised: boolean;
  /** Sentences of their own. */
  readonly notes: readonly string[];
}

function readmeLines(facts: ReadmeFacts, tables: readonly ExportTable[]): ReadmeLine[] {
  return [
    [m.exports_readme_what(), facts.content],
    [m.exports_readme_site(), facts.site],
    [m.exports_readme_scope(), facts.scope],
    [m.exports_readme_at(), facts.at],
    ...(facts.by === undefined ? [] : [[m.exports_readme_by(), facts.by] as const]),
    [m.exports_readme_rules(), facts.rules],
    [m.exports_readme_names(), facts.isPseudonymised ? m.exports_readme_without() : m.exports_readme_with()],
    ['', m.exports_readme_empty()],
    ...facts.notes.map((note): ReadmeLine => ['', note]),
    ...tables.map((table): ReadmeLine => [
      sheetName(table),
      m.exports_detail({ field: m.exports_readme_rows(), value: table.rows.length }),
    ]),
  ];
}

/** As a sheet, the first of a workbook. */
export const readmeSheet = (facts: ReadmeFacts, tables: readonly ExportTable[]): ExportTable => ({
  name: m.exports_sheet_readme(),
  columns: [
    { name: m.exports_sheet_readme(), type: 'text' },
    { name: '', type: 'text' },
  ],
  rows: readmeLines(facts, tables).map((line) => [...line]),
});

/** As a text beside tables of other programs: it says what their columns hold. */
export function readmeText(facts: ReadmeFacts, tables: readonly ExportTable[]): string {
  const lines = readmeLines(facts, tables).map(([what, said]) =>
    what ? m.exports_detail({ field: what, value: said }) : said,
  );
  const files = tables.flatMap((table) => [
    '',
    `${table.name}.csv (${sheetName(table)})`,
    ...table.columns.map(
      (column) => `  ${m.exports_detail({ field: column.name, value: columnName(column) })}`,
    ),
  ]);
  return `\uFEFF${[...lines, m.exports_readme_yes(), ...files].join('\r\n')}\r\n`;
}
