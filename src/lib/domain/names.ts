/** Names as people write, say, sort and search for them: many spellings of one name, none of them wrong. */
import type { RosterCard, Site } from './documents.ts';

/** Latin letters that no decomposition takes apart. */
const letters: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ŋ: 'ng',
  ə: 'e',
  ħ: 'h',
};

/**
 * A name stripped to what a search compares: lower case, no accents, the Turkish dotless ı as i, hyphens,
 * apostrophes and every other sign as one space or nothing, Latin letters only.
 */
export function normaliseName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ıłøđðþßæœŋəħ]/g, (letter) => letters[letter] ?? '')
    .replace(/['’ʼ‘`´]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** What a list is ordered by: first name as it is called, then family name, both stripped. */
export function sortKeyOf(name: {
  readonly firstName: string;
  readonly familyName?: string | undefined;
}): string {
  return normaliseName(`${name.firstName} ${name.familyName ?? ''}`);
}

/** Whether every word typed begins a word of the name: « abd noo » finds Abdul Rahman Noorzai. */
export function matchesSearch(
  name: { readonly firstName: string; readonly familyName?: string | undefined },
  typed: string,
): boolean {
  const words = sortKeyOf(name).split(' ');
  const wanted = normaliseName(typed);
  return wanted === '' || wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}

/** A person's name to call, as the site chose: « Farid », « Farid A. » or « Farid Ahmadi ». */
export function callName(
  card: Pick<RosterCard, 'firstName' | 'familyName'>,
  display: Site['nameDisplay'],
): string {
  const family = card.familyName?.trim();
  if (display === 'first' || !family) return card.firstName;
  return display === 'full'
    ? `${card.firstName} ${family}`
    : `${card.firstName} ${[...family][0]?.toUpperCase()}.`;
}
