/** What a period is called. */
import type { Site } from '$lib/domain/documents.ts';
import type { Period } from '$lib/domain/indicators/period.ts';
import { fullDate } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';

export function periodName(period: Period, terms: Site['terms']): string {
  switch (period.kind) {
    case 'term':
      return terms.find(({ term }) => term === period.term)?.label ?? period.term;
    case 'year':
      return m.indicators_year({ year: String(period.year) });
    case 'dates':
      return m.figures_dates({ from: fullDate(period.from), to: fullDate(period.to) });
    default:
      return period satisfies never;
  }
}
