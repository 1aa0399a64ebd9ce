/** What contradicts itself, as a sentence with its numbers. */
import type { Finding } from '../domain/indicators/checker.ts';
import { m } from './paraglide/messages.js';

/** @param nameOf what a statement is called by, as it is to be read */
export function findingWords(finding: Finding, nameOf: (statement: string) => string = (id) => id): string {
  switch (finding.key) {
    case 'statedDiffers':
    case 'statedWithDigitsSwapped':
      return statedWords(finding, nameOf(finding.statement));
    case 'percentDiffers': {
      const { stated, counted, n, of } = finding;
      const statement = nameOf(finding.statement);
      return m.indicators_finding_percent_differs({ statement, stated, counted, n, of });
    }
    case 'impossiblePercent': {
      const { stated, of, below, above } = finding;
      const statement = nameOf(finding.statement);
      return m.indicators_finding_impossible_percent({ statement, stated, of, below, above });
    }
    case 'statementsDiffer':
      return m.figures_finding_statements_differ({
        ...{
          statement: nameOf(finding.statement),
          stated: finding.stated,
          where: whereWords[finding.where](),
        },
        ...{ other: nameOf(finding.other), otherStated: finding.otherStated },
        otherWhere: whereWords[finding.otherWhere](),
      });
    case 'basesDiffer':
      return m.indicators_finding_bases_differ(finding);
    case 'closedWithUnmarked':
      return m.indicators_finding_closed_with_unmarked({ count: finding.count, lists: finding.lists });
    default:
      return dataWords[finding.key]({ count: finding.count });
  }
}

function statedWords(
  { key, relation, stated, counted }: Extract<Finding, { relation: unknown }>,
  statement: string,
): string {
  const said = { statement, stated, counted };
  if (key === 'statedWithDigitsSwapped') return m.indicators_finding_stated_with_digits_swapped(said);
  switch (relation) {
    case 'exactly':
      return m.indicators_finding_stated_differs(said);
    case 'about':
      return m.indicators_finding_stated_about(said);
    case 'moreThan':
      return m.indicators_finding_stated_more_than(said);
    default:
      return relation satisfies never;
  }
}

const whereWords = { text: m.figures_finding_where_text, table: m.figures_finding_where_table } as const;

type DataKey = Extract<Finding, { rows: unknown }>['key'];

const dataWords: Record<Exclude<DataKey, 'closedWithUnmarked'>, (numbers: { count: number }) => string> = {
  peopleWithoutGender: m.indicators_finding_people_without_gender,
  peopleWithoutFile: m.indicators_finding_people_without_file,
  heldWithoutMarks: m.indicators_finding_held_without_marks,
  heldNotClosed: m.indicators_finding_held_not_closed,
  heldWithoutFacilitator: m.indicators_finding_held_without_facilitator,
  headcountBelowNames: m.indicators_finding_headcount_below_names,
  cancelledWithMarks: m.indicators_finding_cancelled_with_marks,
  exitsWithoutReason: m.indicators_finding_exits_without_reason,
  enrolledProvisionally: m.indicators_finding_enrolled_provisionally,
  astrayEnrolments: m.indicators_finding_astray_enrolments,
  astrayMarks: m.indicators_finding_astray_marks,
  presentAfterExit: m.indicators_finding_present_after_exit,
  assiduityRestsOnUnmarked: m.indicators_finding_assiduity_rests_on_unmarked,
};
