/** The report as it is put on paper or into a document: its texts read, and what has nothing to say left out. */
import { blocksOf, type TextBlock } from '../../domain/annual-report/figures-in-text.ts';
import type { SectionKey } from '../../domain/annual-report/outline.ts';
import type { AnnualReport, ReportSection } from './content.ts';

/** Texts that were written, by the key of their section; elsewhere the proposal stands. */
export type ReportTexts = Readonly<Partial<Record<SectionKey, string>>>;

export interface PrintedSection extends Omit<ReportSection, 'proposal' | 'hint'> {
  readonly text: readonly TextBlock[];
}

export interface PrintedReport extends Omit<AnnualReport, 'sections' | 'findings' | 'figures' | 'isEmpty'> {
  readonly sections: readonly PrintedSection[];
  /** « Chiffres figés le 12 janvier 2024, version 1 » */
  readonly state: string;
  /** « Fait le 12 janvier 2024 » */
  readonly made: string;
}

/** A section is there when it says or shows something, or when one below it does. */
export function printedReport(
  report: AnnualReport,
  texts: ReportTexts,
  { state, made }: Pick<PrintedReport, 'state' | 'made'>,
): PrintedReport {
  const { year, organisation, title, definitions } = report;
  const figures = new Map(report.figures.map((figure) => [figure.name, figure]));
  const all = report.sections.map(({ key, level, title: heading, proposal, blocks }): PrintedSection => ({
    ...{ key, level, blocks },
    title: heading,
    text: blocksOf(texts[key] ?? proposal, figures),
  }));
  const says = ({ text, blocks }: PrintedSection) => text.length > 0 || blocks.length > 0;
  const sections = all.filter(
    (section, at) => says(section) || (section.level === 1 && all[at + 1]?.level === 2),
  );
  return { year, organisation, title, definitions, sections, state, made };
}
