/**
 * What was published, or typed into a report, held against what is counted. A gap is told, never hidden; which of the
 * two is right is for people to say.
 */
import { share } from '../assiduity.ts';
import { canonicalJson } from '../canonical-json.ts';
import { cellAt } from './cell-at.ts';
import type { Indicator, Place } from './evaluate.ts';

/** How a number is said: as it is; « près de »; « plus de ». */
type Relation = 'exactly' | 'about' | 'moreThan';

interface Said {
  /** What it is called by, for whoever looks for the sentence. */
  readonly id: string;
  readonly where: 'text' | 'table';
  readonly stated: number;
  readonly relation: Relation;
}

export type Statement = Said &
  (
    | {
        readonly kind: 'number';
        readonly key: string;
        readonly at: Place;
        /** Stated in hours, counted in minutes. */
        readonly inHours?: boolean;
      }
    /** A percentage of a figure that is counted. */
    | { readonly kind: 'percent'; readonly key: string; readonly at: Place }
    /** A percentage with its base, and perhaps what it counts, of something that is not counted here. */
    | { readonly kind: 'percentOf'; readonly of: number; readonly n?: number }
  );

export type StatementGap =
  | {
      readonly key: 'statedDiffers' | 'statedWithDigitsSwapped';
      readonly statement: string;
      readonly figure: string;
      readonly at: Place;
      readonly relation: Relation;
      readonly stated: number;
      readonly counted: number;
    }
  | {
      readonly key: 'percentDiffers';
      readonly statement: string;
      readonly stated: number;
      readonly counted: number;
      readonly n: number;
      readonly of: number;
    }
  | {
      readonly key: 'impossiblePercent';
      readonly statement: string;
      readonly stated: number;
      readonly of: number;
      /** The nearest that are possible. */
      readonly below: number;
      readonly above: number;
    };

/** Two sentences that say different numbers of the same thing: text against table. */
export interface StatementsDiffer {
  readonly key: 'statementsDiffer';
  readonly statement: string;
  readonly where: Said['where'];
  readonly stated: number;
  readonly other: string;
  readonly otherWhere: Said['where'];
  readonly otherStated: number;
}

/** « Près de »: as far from the number as this share of it, in per cent. */
const tolerance = 3;

function holds(relation: Relation, stated: number, counted: number): boolean {
  switch (relation) {
    case 'exactly':
      return stated === counted;
    case 'about':
      return Math.abs(stated - counted) * 100 <= stated * tolerance;
    case 'moreThan':
      return counted > stated;
    default:
      return relation satisfies never;
  }
}

const reversed = (number: number) => Number([...String(number)].reverse().join(''));

/** Whether some whole number of people out of so many gives the percentage, half up; the nearest that do, if not. */
export function possiblePercent(
  percent: number,
  of: number,
): { readonly isPossible: boolean; readonly below: number; readonly above: number } {
  const percentOf = (n: number) => share(Math.min(of, Math.max(0, n)), of).percent ?? 0;
  const near = Math.floor((percent * of) / 100);
  const around = [near - 1, near, near + 1, near + 2].map(percentOf);
  return {
    isPossible: of > 0 && around.includes(percent),
    below: Math.max(0, ...around.filter((each) => each <= percent)),
    above: Math.min(100, ...around.filter((each) => each >= percent)),
  };
}

export const gapsOf = (statements: readonly Statement[], indicators: readonly Indicator[]): StatementGap[] =>
  statements.flatMap((statement) =>
    statement.kind === 'number' ? numberGap(statement, indicators) : percentGaps(statement, indicators),
  );

const aboutText = (statement: Statement) =>
  statement.kind === 'percentOf' || statement.relation !== 'exactly'
    ? undefined
    : canonicalJson([statement.kind, statement.key, statement.at]);

/** Each pair of which one at least is wrong, whatever is counted. */
export function differingStatements(statements: readonly Statement[]): StatementsDiffer[] {
  const first = new Map<string, Statement>();
  return statements.flatMap((statement) => {
    const about = aboutText(statement);
    const before = about === undefined ? undefined : first.get(about);
    if (about !== undefined && !before) first.set(about, statement);
    if (!before || before.stated === statement.stated) return [];
    return [
      {
        ...{
          key: 'statementsDiffer' as const,
          statement: before.id,
          where: before.where,
          stated: before.stated,
        },
        ...{ other: statement.id, otherWhere: statement.where, otherStated: statement.stated },
      },
    ];
  });
}

function numberGap(
  statement: Statement & { kind: 'number' },
  indicators: readonly Indicator[],
): StatementGap[] {
  const { id, key: figure, at, relation, stated, inHours } = statement;
  const { n } = cellAt(indicators, figure, at);
  const counted = inHours ? Math.round(n / 60) : n;
  if (holds(relation, stated, counted)) return [];
  const isSwapped = relation === 'exactly' && stated > 9 && reversed(stated) === counted;
  const key = isSwapped ? ('statedWithDigitsSwapped' as const) : ('statedDiffers' as const);
  return [{ key, statement: id, figure, at, relation, stated, counted }];
}

function percentGaps(
  statement: Exclude<Statement, { kind: 'number' }>,
  indicators: readonly Indicator[],
): StatementGap[] {
  const { id, stated, relation } = statement;
  const { n, of = 0 } =
    statement.kind === 'percent' ? cellAt(indicators, statement.key, statement.at) : statement;
  const gaps: StatementGap[] = [];
  const { isPossible, below, above } = possiblePercent(stated, of);
  const isWrong = relation === 'exactly' && !isPossible;
  if (isWrong) gaps.push({ key: 'impossiblePercent', statement: id, stated, of, below, above });
  const counted = n === undefined ? undefined : share(n, of).percent;
  if (n !== undefined && counted !== undefined && !isWrong && !holds(relation, stated, counted))
    gaps.push({ key: 'percentDiffers', statement: id, stated, counted, n, of });
  return gaps;
}
