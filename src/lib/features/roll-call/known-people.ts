/** Before a new card is made: who of the term may be the person at the door. Pure. */
import type { RosterCard } from '$lib/domain/documents.ts';
import { fullName, matchesSearch } from '$lib/domain/names.ts';
import { resembles } from '$lib/domain/resemblance.ts';
import type { RosterEntry } from '$lib/domain/roster.ts';

export interface KnownPerson {
  readonly card: RosterCard;
  readonly isOnTheList: boolean;
}

/** More than this is a list to read, not a question to answer. */
const mostShown = 4;

/**
 * People whose name resembles the one typed, or that what is typed begins. Those whose name begins as typed come
 * first; those of this very list are said to be on it, since a second card is the mistake to avoid.
 */
export function knownPeople(
  typed: { readonly firstName: string; readonly familyName: string },
  roster: readonly RosterEntry[],
  cards: readonly RosterCard[],
): KnownPerson[] {
  const name = { firstName: typed.firstName.trim(), familyName: typed.familyName.trim() };
  const text = fullName(name);
  if (text.length < 2) return [];
  const listed = new Set(roster.map((entry) => entry.participant));
  const begun: KnownPerson[] = [];
  const alike: KnownPerson[] = [];
  for (const card of cards) {
    const person = { card, isOnTheList: listed.has(card.participant) };
    if (matchesSearch(text, fullName(card))) begun.push(person);
    else if (resembles(name, card)) alike.push(person);
  }
  return [...begun, ...alike].slice(0, mostShown);
}

/** What was typed in the search as a first and a family name: the last word is the family's, with a capital each. */
export function splitTyped(typed: string): { firstName: string; familyName: string } {
  const words = typed
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toLocaleUpperCase('fr') + word.slice(1));
  const familyName = words.length > 1 ? (words.pop() ?? '') : '';
  return { firstName: words.join(' '), familyName };
}
