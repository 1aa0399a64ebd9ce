import { afterEach, describe, expect, it } from 'vitest';
import {
  ago,
  dateOf,
  duration,
  hour,
  hourOf,
  longDate,
  moment,
  relativeDay,
  shortDate,
  timeOf,
  titleDate,
  untilStart,
  weekdayName,
  weekOf,
} from './dates.ts';
import { chooseLocale } from './locale.svelte.ts';
import { fileSize, number, percent } from './numbers.ts';
import { languageName, ownLanguageName } from './participant-languages.ts';

const paris = 'Europe/Paris';
/** Narrow no-break spaces made visible. */
const seen = (text: string) => text.replaceAll('\u202F', '~');

afterEach(() => chooseLocale('fr'));

describe('dates in French', () => {
  it('names a day', () => {
    expect(titleDate('2026-11-23')).toBe('Lundi 23 novembre');
    expect(longDate('2026-05-01')).toBe('vendredi 1er mai');
    expect(shortDate('2026-10-26')).toBe('26 oct.');
    expect(longDate('2026-11-21')).toBe('samedi 21 novembre');
    expect(weekdayName(1)).toBe('lundi');
    expect(weekdayName(7)).toBe('dimanche');
  });

  it('sets hours and lengths with narrow no-break spaces', () => {
    expect(seen(hour('14:30'))).toBe('14~h~30');
    expect(seen(hour('09:05'))).toBe('9~h~05');
    expect(seen(duration(125))).toBe('2~h~05');
    expect(seen(duration(120))).toBe('2~h');
    expect(seen(duration(45))).toBe('45~min');
  });

  it('shows an instant in the time of the site', () => {
    expect(seen(hourOf('2026-07-01T12:42:00Z', paris))).toBe('14~h~42');
    expect(timeOf('2026-11-23T23:30:00Z', paris)).toBe('00:30');
    expect(dateOf('2026-11-23T23:30:00Z', paris)).toBe('2026-11-24');
  });

  it('says today, yesterday, tomorrow', () => {
    expect(relativeDay('2026-11-23', '2026-11-23')).toBe("aujourd'hui");
    expect(relativeDay('2026-11-22', '2026-11-23')).toBe('hier');
    expect(relativeDay('2026-11-24', '2026-11-23')).toBe('demain');
    expect(relativeDay('2026-11-16', '2026-11-23')).toBe('lundi 16 novembre');
    expect(seen(moment('2026-11-23T08:12:00Z', '2026-11-23T10:00:00Z', paris))).toBe("aujourd'hui, 9~h~12");
  });

  it('says how long ago and how soon', () => {
    const now = '2026-11-23T10:00:00Z';
    expect(ago('2026-11-23T10:00:20Z', now)).toBe('maintenant');
    expect(seen(ago('2026-11-23T09:56:00Z', now))).toBe('il y a 4~min');
    expect(seen(ago('2026-11-23T07:55:00Z', now))).toBe('il y a 2~h~05');
    expect(seen(ago('2026-11-22T17:10:00Z', now, paris))).toBe('hier, 18~h~10');
    expect(untilStart(20)).toBe('Dans 20 minutes');
    expect(untilStart(1)).toBe('Dans 1 minute');
    expect(untilStart(0)).toBe('Maintenant');
    expect(seen(untilStart(-5))).toBe('Commencé il y a 5~min');
    expect(weekOf(8, 10)).toBe('Semaine 8 sur 10');
  });

  it('sets numbers', () => {
    expect(seen(percent(0.62))).toBe('62~%');
    expect(seen(number(12345))).toBe('12~345');
    expect(seen(fileSize(1_234_000))).toBe('1,2~Mo');
  });

  it('names the languages of participants', () => {
    expect(languageName('fa-AF')).toBe('dari');
    expect(languageName('ar')).toBe('arabe');
    expect(ownLanguageName('ps')).toMatchObject({ lang: 'ps', dir: 'rtl' });
    expect(languageName('not a code')).toBe('not a code');
  });
});

describe('dates in English', () => {
  it('follow the language chosen', () => {
    chooseLocale('en');
    expect(titleDate('2026-11-23')).toBe('Monday 23 November');
    expect(hour('14:30')).toBe('14:30');
    expect(relativeDay('2026-11-23', '2026-11-23')).toBe('today');
    expect(languageName('fa-AF')).toBe('Dari');
  });
});
