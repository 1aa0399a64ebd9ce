/** Numbers as they stand in a table or beside a bar. */
import type { Cell } from '../../domain/indicators/evaluate.ts';
import { number } from '../../i18n/numbers.ts';
import { m } from '../../i18n/paraglide/messages.js';
import type { Bar, ReportChart } from './content.ts';

/** « 136/186, 73 % »; a dash out of nothing. */
export const shareWords = ({ n, of = 0, percent }: Pick<Cell, 'n' | 'of' | 'percent'>): string =>
  percent === undefined ? '–' : m.indicators_share({ n: number(n), of: number(of), percent });

export const percentWords = ({ percent }: { readonly percent?: number | undefined }): string =>
  percent === undefined ? '–' : m.report_percent({ percent });

/** Whole hours of minutes. */
export const hours = (minutes: number | undefined): string => number((minutes ?? 0) / 60);

/** A bar of a share: how many of how many. */
export const shareBar = (label: string, cell: Pick<Cell, 'n' | 'of' | 'percent'>): Bar => ({
  label,
  n: cell.n,
  of: cell.of ?? 0,
  value: percentWords(cell),
  detail: m.report_of({ n: number(cell.n), of: number(cell.of ?? 0) }),
});

/** A bar of a number, against the largest of its chart. */
export const lengthBar = (label: string, n: number, value = number(n)): Bar => ({ label, n, value });

/** `undefined` where there is nothing to draw. @param what « Personnes assidues parmi les inscrites » */
export function chartOf(what: string, bars: readonly Bar[]): ReportChart | undefined {
  if (!bars.some(({ n, of = 0 }) => n > 0 || of > 0)) return undefined;
  const said = bars.map(({ label, value, detail, of }) =>
    [label, ...(of === undefined ? [value, detail] : [detail, value])].filter(Boolean).join(', '),
  );
  // The title of its block says already what mere numbers are.
  return {
    what: bars.some(({ of }) => of !== undefined) ? what : '',
    bars,
    alt: m.report_chart_alt({ what, list: said.join(' ; ') }),
  };
}
