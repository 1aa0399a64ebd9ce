/** The figures that are asked for first, and how far they are from those of the period before. */
import { cellAt } from './cell-at.ts';
import type { Cell, Indicator, Place } from './evaluate.ts';

/** What a difference is told in: a number of people or minutes, points of a percentage. */
export interface Difference {
  readonly before: Cell;
  /** Signed; in whole hours of minutes. */
  readonly n: number;
  /** Signed; of shares that have a percentage in both. */
  readonly points?: number;
}

export interface HeadlineFigure {
  /** Of its definition. */
  readonly figure: 'people' | 'assidus' | 'volunteerHours';
  readonly cell: Cell;
  /** The same of those who came at least once: the other denominator. */
  readonly ofThoseWhoCame?: Cell;
  /** How many volunteers led. */
  readonly volunteers?: number;
  /** None where nothing is there to be compared with. */
  readonly difference?: Difference;
}

const figures: readonly { readonly figure: HeadlineFigure['figure']; readonly at: Place }[] = [
  { figure: 'people', at: {} },
  { figure: 'assidus', at: { kind: 'socioprofessional' } },
  { figure: 'volunteerHours', at: {} },
];

const inHours = (minutes: number) => Math.round(minutes / 60);

function differenceBetween(figure: HeadlineFigure['figure'], now: Cell, before: Cell): Difference {
  const isTime = figure === 'volunteerHours';
  const points =
    now.percent === undefined || before.percent === undefined ? undefined : now.percent - before.percent;
  return {
    before,
    n: isTime ? inHours(now.n) - inHours(before.n) : now.n - before.n,
    ...(points === undefined ? {} : { points }),
  };
}

/** @param before the figures of the period before; none where nothing was counted in it */
export const headlineOf = (
  indicators: readonly Indicator[],
  before: readonly Indicator[] | undefined,
): HeadlineFigure[] =>
  figures.map(({ figure, at }): HeadlineFigure => {
    const cell = cellAt(indicators, figure, at);
    return {
      ...{ figure, cell },
      ...(figure === 'assidus' ? { ofThoseWhoCame: cellAt(indicators, 'assidusOfEngages', at) } : {}),
      ...(figure === 'volunteerHours'
        ? { volunteers: cellAt(indicators, 'facilitators', { facilitatorKind: 'volunteer' }).n }
        : {}),
      ...(before ? { difference: differenceBetween(figure, cell, cellAt(before, figure, at)) } : {}),
    };
  });
