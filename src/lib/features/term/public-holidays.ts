/** Public holidays of a site's region, by `date-holidays`: a large library, loaded when a calendar is edited. */
import { getLocale } from '$lib/i18n/paraglide/runtime.js';

export interface PublicHoliday {
  /** Local date of the region: `yyyy-mm-dd`. */
  readonly date: string;
  readonly name: string;
}

/**
 * The public holidays between two local dates, both included, in order; none for a region that is not known.
 * @param region as the site has it: `FR`, or `FR-57` for a place with days of its own
 */
export async function publicHolidaysBetween(
  region: string,
  from: string,
  to: string,
): Promise<PublicHoliday[]> {
  const { default: Holidays } = await import('date-holidays');
  const [country = '', state] = region.split('-');
  const calendar = new Holidays({ country, ...(state ? { state } : {}) }, { types: ['public'] });
  const years = Array.from(
    { length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 },
    (_, later) => Number(from.slice(0, 4)) + later,
  );
  return years
    .flatMap((year) => calendar.getHolidays(year, getLocale()))
    .map(({ date, name }) => ({ date: date.slice(0, 10), name }))
    .filter(({ date }) => from <= date && date <= to);
}
