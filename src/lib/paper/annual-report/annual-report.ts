/** A year's figures as the report that is published: sections in their order, first texts, definitions. */
import { outline, type BlockKey, type SectionKey } from '../../domain/annual-report/outline.ts';
import { definitions } from '../../domain/indicators/definitions.ts';
import type { Report } from '../../domain/indicators/report.ts';
import { fullDate } from '../../i18n/dates.ts';
import { findingWords } from '../../i18n/finding-words.ts';
import { formulaOf, indicatorWords } from '../../i18n/indicator-words.ts';
import { reportSection } from '../../i18n/report-sections.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { AnnualReport, DefinitionNote, ReportBlock, ReportSection } from './content.ts';
import { countriesBlock, departementsBlock, exitsBlock, languagesBlock } from './parts-blocks.ts';
import {
  assiduityBlock,
  combinationsBlock,
  headlineBlock,
  termsBlock,
  workshopsBlock,
} from './people-blocks.ts';
import { proposalOf } from './proposals.ts';
import { textFigures } from './text-figures.ts';
import { frenchBlock, hoursBlock, meansBlock, missionsBlock, openBlock, weeksBlock } from './work-blocks.ts';

const blocks: Record<BlockKey, (report: Report) => ReportBlock> = {
  headline: headlineBlock,
  terms: termsBlock,
  assiduity: assiduityBlock,
  exits: exitsBlock,
  workshops: workshopsBlock,
  languages: languagesBlock,
  combinations: combinationsBlock,
  departements: departementsBlock,
  countries: countriesBlock,
  french: frenchBlock,
  weeks: weeksBlock,
  open: openBlock,
  missions: missionsBlock,
  hours: hoursBlock,
  means: meansBlock,
};

const hints: Partial<Record<SectionKey, () => string>> = {
  followUp: m.report_hint_follow_up,
  evolution: m.report_hint_evolution,
  advocacy: m.report_hint_advocacy,
  communication: m.report_hint_communication,
  partners: m.report_hint_partners,
  finances: m.report_hint_finances,
  prospects: m.report_hint_prospects,
};

/** The formula of a definition in words, by its key. */
export function definitionWords(key: string): string | undefined {
  const definition = definitions.find((one) => one.key === key);
  if (!definition) return undefined;
  const leftOut = m.indicators_left({ left: indicatorWords[key]?.leftOut() ?? '' });
  return `${formulaOf(key, definition.reading)}. ${leftOut}`;
}

/** In the order in which the report comes upon them. */
function notesOf(keys: Iterable<string>): DefinitionNote[] {
  return [...new Set(keys)].flatMap((key, place) => {
    const definition = definitions.find((one) => one.key === key);
    if (!definition) return [];
    const { reading, version, date } = definition;
    const words = indicatorWords[key];
    return [
      {
        key,
        number: place + 1,
        label: words?.label() ?? key,
        formula: formulaOf(key, reading),
        counted: words?.counted() ?? '',
        outOf: words?.outOf?.() ?? '',
        leftOut: words?.leftOut() ?? '',
        version: m.indicators_version_of({ version, date: fullDate(date) }),
      },
    ];
  });
}

const inSentences = (block: ReportBlock): ReportBlock => ({
  ...block,
  notes: block.notes.map((note) => (/[.!?]$/.test(note) ? note : `${note}.`)),
});

/**
 * @param organisation name of the site
 * @param nameOf what a sentence that the figures were held against is called by, as it is to be read
 */
export function annualReport(
  report: Report,
  year: number,
  organisation: string,
  nameOf?: (statement: string) => string,
): AnnualReport {
  const figures = textFigures(report);
  const sections = outline.map(({ key, level, blocks: own }): ReportSection => ({
    ...{ key, level },
    title: reportSection(key),
    proposal: proposalOf(key, report, figures),
    hint: hints[key]?.() ?? '',
    blocks: own.map((block) => inSentences(blocks[block](report))),
  }));
  return {
    ...{ year, organisation, sections, figures },
    title: m.report_title({ year: String(year) }),
    definitions: notesOf([
      ...sections.flatMap((section) => section.blocks.flatMap((block) => block.definitions)),
      ...figures.map(({ definition }) => definition),
    ]),
    findings: report.findings.map((finding) => findingWords(finding, nameOf)),
    isEmpty: report.terms.length === 0,
  };
}
