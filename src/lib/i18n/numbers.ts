import { getLocale, type Locale } from './paraglide/runtime.js';

const tags: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };
const format = (value: number, options?: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(tags[getLocale()], options).format(value).replaceAll('\u00A0', '\u202F');

/** « 1 234,5 », at most `digits` after the comma. */
export const number = (value: number, digits = 0) => format(value, { maximumFractionDigits: digits });

/** « 62 % » from 0.62. */
export const percent = (ratio: number) => format(ratio, { style: 'percent', maximumFractionDigits: 0 });

/** « 1,2 Mo » from bytes. */
export function fileSize(bytes: number): string {
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes / 1000;
  let index = 0;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  const unit = units[index] ?? 'kilobyte';
  return format(value, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 });
}
