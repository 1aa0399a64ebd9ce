/** People of the term who are not on a list yet: pure, so that it is tested without a screen. */
import type { RosterCard, WorkshopKind } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { fullName, matchesSearch } from '$lib/domain/names.ts';
import { whoMayJoin, type RosterEntry } from '$lib/domain/roster.ts';

/** More than this is a list to read: whoever is looked for types one letter more. */
const mostFound = 8;

/** Some people in their order, without those on the list, and without those whose card has not come. */
export function whoIsLookedFor(
  people: readonly ParticipantId[],
  roster: readonly RosterEntry[],
  cards: readonly RosterCard[],
): RosterCard[] {
  const there = new Set(roster.map(({ participant }) => participant));
  const cardOf = new Map(cards.map((card) => [card.participant, card]));
  return people.flatMap((participant) => (there.has(participant) ? [] : (cardOf.get(participant) ?? [])));
}

/**
 * Those whose name begins as typed. At a conversation those who learn French come first: it is for them; the others can
 * be found all the same.
 */
export function findPeople(
  typed: string,
  roster: readonly RosterEntry[],
  cards: readonly RosterCard[],
  kind: WorkshopKind | undefined,
): RosterCard[] {
  if (typed.trim() === '') return [];
  const found = whoMayJoin(roster, cards).filter((card) => matchesSearch(typed, fullName(card)));
  if (kind !== 'conversation') return found.slice(0, mostFound);
  const learners = found.filter(({ isFrancophone }) => !isFrancophone);
  return [...learners, ...found.filter(({ isFrancophone }) => isFrancophone)].slice(0, mostFound);
}
