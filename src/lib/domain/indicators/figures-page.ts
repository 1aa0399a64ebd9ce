/** All that the page of figures shows of a scope: plain data, that a worker sends. */
import type { Chart, ChartNames } from './chart.ts';
import { chartNames, chartsOf } from './charts.ts';
import type { Indicator } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { headlineOf, type HeadlineFigure } from './headline.ts';
import type { Report } from './report.ts';

export interface FiguresPage {
  readonly report: Report;
  readonly headline: readonly HeadlineFigure[];
  readonly charts: readonly Chart[];
  readonly names: ChartNames;
  /** Whether anything is counted at all. */
  readonly isEmpty: boolean;
  /** Whether there is anybody enrolled or any meeting, and no answer yet. */
  readonly isUnmarked: boolean;
}

/** @param before the figures of the period that it is compared with, where anything was counted in it */
export function figuresPage(
  report: Report,
  facts: Facts,
  before: readonly Indicator[] | undefined,
): FiguresPage {
  const { inscriptions, meetings } = facts.tables;
  return {
    report,
    headline: headlineOf(report.indicators, before),
    charts: chartsOf(report.indicators, facts),
    names: chartNames(facts),
    isEmpty: inscriptions.length === 0 && meetings.length === 0,
    isUnmarked: meetings.every(({ marks, headcount }) => marks === 0 && headcount === undefined),
  };
}
