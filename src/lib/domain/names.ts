/** Names as people write, say, sort and search for them: many spellings of one name, none of them wrong. */
import type { RosterCard, Site } from './documents.ts';

/** What people are called, as far as it is known here. */
export interface PersonName {
  readonly firstName: string;
  readonly familyName?: string | undefined;
}

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
  ɓ: 'b',
  ɗ: 'd',
  ɛ: 'e',
  ɔ: 'o',
};

/**
 * A name stripped to what a search compares: lower case, no accents, the Turkish dotless ı as i, no apostrophes,
 * hyphens and every other sign as one space. Latin letters only: a name in another script gives an empty text.
 */
export function normaliseName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7f]/g, (letter) => letters[letter] ?? letter)
    .replace(/['’ʼ‘ʻ`´]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Files of the past hold a dash where no family name was known. */
export const noFamilyName = '—';

/** The family name; empty where there is none. Whatever shows or exports one asks here. */
export const familyNameOf = ({ familyName }: Pick<PersonName, 'familyName'>) =>
  familyName === noFamilyName ? '' : (familyName ?? '');

/** First name and family name, as far as they are known. */
export const fullName = (name: PersonName) => `${name.firstName} ${familyNameOf(name)}`.trim();

/** What a list is ordered by: first name as it is called, then family name, both stripped. */
export const sortKeyOf = (name: PersonName) => normaliseName(fullName(name)) || fullName(name).toLowerCase();

/** Whether every word typed begins a word of a name, in any order: « noo abd » finds Abdul Rahman Noorzai. */
export function matchesSearch(typed: string, name: string): boolean {
  if (typed.trim() === '') return true;
  const wanted = normaliseName(typed);
  // A script that is not stripped here is compared as it stands.
  if (wanted === '') return name.includes(typed.trim());
  const words = normaliseName(name).split(' ');
  return wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)));
}

/** A person's name to call, as the site chose: « Farid », « Farid A. » or « Farid Ahmadi ». */
export function callName(
  card: Pick<RosterCard, 'firstName' | 'familyName'>,
  display: Site['nameDisplay'],
): string {
  const [initial] = familyNameOf(card).trim();
  if (display === 'first' || initial === undefined) return card.firstName;
  return display === 'full' ? fullName(card) : `${card.firstName} ${initial.toLocaleUpperCase('fr')}.`;
}
