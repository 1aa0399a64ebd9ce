/**
 * Every phone keeps a copy of the whole app, and `date-holidays` is large: it knows every country, every time zone and
 * where the Earth stands. What the holidays of France never ask for stays out of the build.
 */
import type { Plugin } from 'vite';

const countries = ['FR'];
const timeZones = ['Europe/Paris'];

/** By the end of a file's name: what is left of its content. */
const narrowed: Readonly<Record<string, (code: string) => string>> = {
  'date-holidays/src/data.js': (code) => {
    const data = JSON.parse(code.slice(code.indexOf('{'), code.lastIndexOf('}') + 1)) as {
      holidays: Record<string, unknown>;
    };
    const kept = Object.entries(data.holidays).filter(([country]) => countries.includes(country));
    return `export const data = ${JSON.stringify({ ...data, holidays: Object.fromEntries(kept) })}`;
  },
  'moment-timezone/data/packed/latest.json': (code) => {
    const data = JSON.parse(code) as { zones: string[] };
    const zones = data.zones.filter((zone) => timeZones.includes(zone.split('|')[0] ?? ''));
    return JSON.stringify({ ...data, zones, links: [], countries: [] });
  },
  // The orbit of the Earth: equinoxes, solstices, and the calendars of the moon.
  'astronomia/data/vsop87Bearth.js': () => 'export default {}',
};

export const frenchHolidays: Plugin = {
  name: 'french-holidays',
  enforce: 'pre',
  transform(code, id) {
    const [path = ''] = id.split('?');
    const narrow = Object.entries(narrowed).find(([end]) => path.endsWith(`/node_modules/${end}`));
    return narrow ? { code: narrow[1](code), map: null } : undefined;
  },
};
