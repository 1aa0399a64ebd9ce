/** The figures of a scope and what each means, as tables: one row a cell. */
import { dimensions } from '../indicators/definition.ts';
import { definitions } from '../indicators/definitions.ts';
import type { Cell, Indicator, Split } from '../indicators/evaluate.ts';
import type { Report } from '../indicators/report.ts';
import { tableOf, type ColumnType, type Described, type ExportTable } from './table.ts';

interface FigureRow {
  readonly indicator: Indicator;
  readonly split: Split;
  readonly cell: Cell;
}

/** What few people share is in the rows of people; here it would stand beside its exact number. */
const ofFew: readonly string[] = ['country', 'departement', 'exitReason'];
/** Rooms and themes are told by ids, which others pseudonymise. */
const ofIds: readonly string[] = ['venue', 'theme'];

/**
 * @param isPublished without cells of countries, départements and reasons for leaving
 * @param label what a figure is called, by its key
 */
export function figuresTable(
  { indicators }: Report,
  isPublished: boolean,
  label: (key: string) => string,
): ExportTable {
  const rows = indicators.flatMap((indicator) =>
    indicator.splits
      .filter(({ by }) => !isPublished || !by.some((one) => ofFew.includes(one)))
      .flatMap((split) => split.cells.map((cell): FigureRow => ({ indicator, split, cell }))),
  );
  const used = dimensions.filter((one) => rows.some(({ split }) => split.by.includes(one)));
  return tableOf<FigureRow>(
    'figures',
    {
      figure: ['code', ({ indicator }) => indicator.key],
      label: ['code', ({ indicator }) => label(indicator.key)],
      version: ['number', ({ indicator }) => indicator.version],
      ...Object.fromEntries(
        used.map((one): [string, Described<FigureRow>] => {
          const type: ColumnType = ofIds.includes(one) ? 'id' : 'code';
          return [one, [type, ({ cell }) => cell.at[one]]];
        }),
      ),
      n: ['number', ({ cell }) => cell.n],
      out_of: ['number', ({ cell }) => cell.of],
      percent: ['number', ({ cell }) => cell.percent],
      average: ['number', ({ cell }) => cell.average],
      unit: ['code', ({ indicator }) => indicator.unit],
      unmarked: ['number', ({ cell }) => cell.unmarked],
      unknown: ['number', ({ split }) => split.unknown.n],
    },
    rows,
  );
}

/** @param words by the key of a figure: what it is called, how it is counted, what is left out */
export function definitionsTable(words: {
  readonly label: (key: string) => string;
  readonly formula: (key: string) => string;
  readonly leftOut: (key: string) => string;
}): ExportTable {
  return {
    name: 'definitions',
    columns: [
      { name: 'figure', type: 'code' },
      // The app's own words: nobody's.
      { name: 'label', type: 'code' },
      { name: 'formula', type: 'code' },
      { name: 'left_out', type: 'code' },
      { name: 'version', type: 'number' },
      { name: 'since', type: 'date' },
    ],
    rows: definitions.map(({ key, version, date }) => [
      key,
      words.label(key),
      words.formula(key),
      words.leftOut(key),
      version,
      date,
    ]),
  };
}
