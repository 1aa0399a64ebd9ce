/** What contradicts itself, or leaves a figure open: each finding a key of a sentence with its numbers, and its rows. */
import { share } from '../assiduity.ts';
import { cellAt } from './cell-at.ts';
import type { Indicator } from './evaluate.ts';
import type { Facts } from './facts.ts';
import type { MeetingRow } from './rows.ts';
import {
  differingStatements,
  gapsOf,
  type Statement,
  type StatementGap,
  type StatementsDiffer,
} from './statements.ts';

/** Ids of what a finding is about, in their order: people, meetings, or documents. */
interface WithRows {
  readonly count: number;
  readonly rows: readonly string[];
}

type DataFinding = WithRows & {
  readonly key:
    | 'peopleWithoutGender'
    | 'peopleWithoutFile'
    | 'heldWithoutMarks'
    | 'heldNotClosed'
    | 'heldWithoutFacilitator'
    | 'headcountBelowNames'
    | 'cancelledWithMarks'
    | 'exitsWithoutReason'
    | 'enrolledProvisionally'
    | 'astrayEnrolments'
    | 'astrayMarks'
    | 'presentAfterExit'
    | 'assiduityRestsOnUnmarked';
};

/** Lists that are closed although some people have no answer. */
type UnmarkedFinding = WithRows & { readonly key: 'closedWithUnmarked'; readonly lists: number };

/** One number out of two bases: « assidus » of those enrolled, and of those who came. */
export interface BasesFinding {
  readonly key: 'basesDiffer';
  readonly assidus: number;
  readonly inscrits: number;
  readonly percentOfInscrits: number;
  readonly engages: number;
  readonly percentOfEngages: number;
  /** Enrolled, and never came: what lies between the two. */
  readonly never: number;
}

export type Finding = StatementGap | StatementsDiffer | BasesFinding | UnmarkedFinding | DataFinding;

/** Statements first, then what the documents themselves say; nothing of what is in order. */
export const findingsOf = (
  facts: Facts,
  indicators: readonly Indicator[],
  statements: readonly Statement[],
): Finding[] => [
  ...gapsOf(statements, indicators),
  ...differingStatements(statements),
  ...basesOf(indicators),
  ...meetingFindings(facts),
  ...peopleFindings(facts),
];

function basesOf(indicators: readonly Indicator[]): BasesFinding[] {
  const at = { kind: 'socioprofessional' };
  const ofInscrits = cellAt(indicators, 'assidus', at);
  const ofEngages = cellAt(indicators, 'assidusOfEngages', at);
  const [inscrits, engages, assidus] = [ofInscrits.of ?? 0, ofEngages.of ?? 0, ofInscrits.n];
  const { percent: percentOfInscrits = 0 } = share(assidus, inscrits);
  const { percent: percentOfEngages = 0 } = share(assidus, engages);
  if (percentOfInscrits === percentOfEngages) return [];
  const never = inscrits - engages;
  return [{ key: 'basesDiffer', assidus, inscrits, percentOfInscrits, engages, percentOfEngages, never }];
}

const found = (key: DataFinding['key'], rows: readonly string[]): DataFinding[] =>
  rows.length === 0 ? [] : [{ key, count: rows.length, rows }];

function meetingFindings({ tables }: Facts): Finding[] {
  const held = tables.meetings.filter(({ state }) => state === 'held');
  const those = (some: readonly MeetingRow[], is: (row: MeetingRow) => boolean) =>
    some.flatMap((row) => (is(row) ? [row.occurrence as string] : [])).sort();
  const named = (row: MeetingRow) => row.headcount === undefined;
  const open = held.filter((row) => row.isClosed && named(row) && row.unmarked > 0);
  const unmarked = open.reduce((sum, row) => sum + row.unmarked, 0);
  return [
    ...found(
      'heldWithoutMarks',
      those(held, (row) => row.expected + row.unmarked > 0 && row.marks === 0 && named(row)),
    ),
    ...(unmarked > 0
      ? [
          {
            ...{ key: 'closedWithUnmarked' as const, count: unmarked, lists: open.length },
            rows: those(open, () => true),
          },
        ]
      : []),
    ...found(
      'heldNotClosed',
      those(held, ({ isClosed }) => !isClosed),
    ),
    ...found(
      'heldWithoutFacilitator',
      those(held, ({ facilitators }) => facilitators === 0),
    ),
    ...found(
      'headcountBelowNames',
      those(held, ({ headcount, came, guests }) => headcount !== undefined && headcount < came + guests),
    ),
    ...found(
      'cancelledWithMarks',
      those(tables.meetings, ({ state, marks }) => state === 'cancelled' && marks > 0),
    ),
  ];
}

function peopleFindings({ tables, oddities }: Facts): Finding[] {
  const people = (is: (row: Facts['tables']['inscriptions'][number]) => boolean) =>
    [...new Set(tables.inscriptions.flatMap((row) => (is(row) ? [row.participant as string] : [])))].sort();
  return [
    ...found(
      'peopleWithoutGender',
      people(({ gender }) => gender === undefined),
    ),
    ...found('peopleWithoutFile', oddities.withoutFile),
    ...found(
      'exitsWithoutReason',
      people(({ leftOn, exitReason }) => leftOn !== undefined && exitReason === undefined),
    ),
    ...found(
      'assiduityRestsOnUnmarked',
      people(({ kind, restsOnUnmarked }) => kind === 'socioprofessional' && restsOnUnmarked),
    ),
    ...found('enrolledProvisionally', oddities.enrolledProvisionally),
    ...found('presentAfterExit', oddities.presentAfterExit),
    ...found('astrayEnrolments', oddities.astrayEnrolments),
    ...found('astrayMarks', oddities.astrayMarks),
  ];
}
