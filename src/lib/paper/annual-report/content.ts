/** The annual report as it is read, on a screen and on paper alike: words and numbers, nothing left to count. */
import type { TextFigure } from '../../domain/annual-report/figures-in-text.ts';
import type { BlockKey, SectionKey } from '../../domain/annual-report/outline.ts';

/** One bar: a part of a whole, or a mere length. */
export interface Bar {
  readonly label: string;
  readonly n: number;
  /** What it is a part of; none of a mere number. */
  readonly of?: number;
  /** Beside the label: « 73 % », « 41 ». */
  readonly value: string;
  /** Below the bar: « 136 sur 186 ». */
  readonly detail?: string;
}

export interface ReportChart {
  /** « Assidus parmi les inscrits »: what a bar is, and what it is a part of; empty of mere numbers. */
  readonly what: string;
  readonly bars: readonly Bar[];
  /** The same in a sentence, for whoever does not see it. */
  readonly alt: string;
}

export interface ReportRow {
  readonly label: string;
  readonly cells: readonly string[];
  readonly isTotal?: boolean;
}

export interface ReportTable {
  /** Above the heads; none where no heads belong together. */
  readonly groups?: readonly { readonly label: string; readonly span: number }[];
  /** The first is that of the rows. */
  readonly heads: readonly string[];
  readonly rows: readonly ReportRow[];
}

/** A figure that is read first. */
export interface Headline {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly definition: string;
}

export interface ReportBlock {
  readonly key: BlockKey;
  readonly title: string;
  readonly headlines?: readonly Headline[];
  readonly chart?: ReportChart;
  readonly table?: ReportTable;
  /** What is left out, unknown or unmarked: always beside its table. */
  readonly notes: readonly string[];
  /** Keys of the definitions of its figures. */
  readonly definitions: readonly string[];
}

export interface ReportSection {
  readonly key: SectionKey;
  readonly level: 1 | 2;
  readonly title: string;
  /** A first text, with names of figures in braces; empty where nothing is counted. */
  readonly proposal: string;
  /** What such a section is about, where nothing can be proposed. */
  readonly hint: string;
  readonly blocks: readonly ReportBlock[];
}

/** A definition as the annex gives it. */
export interface DefinitionNote {
  readonly key: string;
  /** In the annex, from 1. */
  readonly number: number;
  readonly label: string;
  readonly formula: string;
  readonly counted: string;
  /** None of a mere number. */
  readonly outOf: string;
  readonly leftOut: string;
  /** « Version 1, du 26 novembre 2026 » */
  readonly version: string;
}

export interface AnnualReport {
  readonly year: number;
  readonly organisation: string;
  /** « Rapport d'activité 2023 » */
  readonly title: string;
  readonly sections: readonly ReportSection[];
  /** What may stand in a text, in the order in which it is offered. */
  readonly figures: readonly TextFigure[];
  readonly definitions: readonly DefinitionNote[];
  /** What contradicts itself, as sentences: for whoever writes, never printed. */
  readonly findings: readonly string[];
  /** Nothing of that year is on this device. */
  readonly isEmpty: boolean;
}
