/** What a chart shows, reckoned: its rows, their numbers and how long their bars are. Nothing is left to the screen. */
import type { Cell, Place } from './evaluate.ts';
import type { Sentence } from './chart-sentence.ts';

/** How a part of a bar looks; the screen says how, with more than a colour. */
export type Look = 'whole' | 'some' | 'main' | 'volunteers' | 'second' | 'third';

export interface ChartPart {
  /** Key of its definition. */
  readonly figure: string;
  readonly cell: Cell;
  /** What a bar's part is told apart by where one definition has several: `civicService`. */
  readonly name: string | undefined;
  readonly look: Look;
  /** Of the longest bar of the chart, from 0 to 1. */
  readonly from: number;
  readonly to: number;
}

export interface ChartRow {
  /** Several where small cells are grouped. */
  readonly places: readonly Place[];
  /** Cells under five, together: their names are not shown. */
  readonly isGrouped: boolean;
  readonly parts: readonly ChartPart[];
  /** The number that stands at its end. */
  readonly said: Cell;
  /** What stands beside it: how many meetings, how many people. */
  readonly aside: readonly { readonly figure: string; readonly cell: Cell }[];
}

/** One line, week by week. */
export interface ChartLine {
  readonly name: string;
  /** `y`: its per cent as a share of 1. */
  readonly points: readonly { readonly week: number; readonly y: number; readonly cell: Cell }[];
}

export type ChartKey =
  | 'byTerm'
  | 'byGender'
  | 'byWorkshop'
  | 'volunteerHours'
  | 'byWorkshopAndTerm'
  | 'byLanguage'
  | 'weeks'
  | 'frenchHours'
  | 'exitReasons'
  | 'combinations'
  | 'departements'
  | 'countries'
  | 'missions'
  | 'openMeetings'
  | 'themes';

export interface Chart {
  readonly key: ChartKey;
  /** Key of the definition that its rows are counted by. */
  readonly figure: string;
  readonly shape: 'bars' | 'columns' | 'lines';
  /** Of bars and columns. */
  readonly rows: readonly ChartRow[];
  readonly lines: readonly ChartLine[];
  /** In the total and out of the chart: where they stand is not known. */
  readonly unknown: number;
  /** Rows that the definition is not about. */
  readonly excluded: number;
  /** Answers that are missing in what it shows. */
  readonly unmarked: number;
  readonly sentence: Sentence;
}

/** Codes in a chart by their names: terms, themes. */
export type ChartNames = Readonly<Record<string, string>>;
