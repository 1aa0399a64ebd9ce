/** What an outing's page shows, from what is written: pure. */
import { wasThere } from '$lib/domain/attendance.ts';
import type { Closing, Mark, RosterCard, SignUp } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import { fullName, matchesSearch } from '$lib/domain/names.ts';

/** The most people that a search proposes. */
const mostFound = 6;

/** Those of the term whose name begins as typed and who are not signed up. */
export function whoMaySignUp(
  typed: string,
  cards: readonly RosterCard[],
  signUps: readonly SignUp[],
): RosterCard[] {
  if (typed.trim() === '') return [];
  const there = new Set(
    signUps.filter(({ state }) => state === 'signedUp').map(({ participant }) => participant),
  );
  return cards
    .filter((card) => !there.has(card.participant) && matchesSearch(typed, fullName(card)))
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    .slice(0, mostFound);
}

/** Names by person; a card that has not come yet has none. */
export const namesOf = (cards: readonly RosterCard[]): ReadonlyMap<ParticipantId, string> =>
  new Map(cards.map((card) => [card.participant, fullName(card)]));

/** How many left: as they were counted, else as they were named. */
export const departed = (closing: Closing | undefined, marks: readonly Mark[]): number =>
  closing?.headcount ?? marks.filter(wasThere).length;

/** How the number of those who came back stands to that of those who left. */
export type ReturnState = 'uncounted' | 'all' | 'fewer' | 'more';

export function returnState(left: number, returned: number | undefined): ReturnState {
  if (returned === undefined) return 'uncounted';
  return returned === left ? 'all' : returned < left ? 'fewer' : 'more';
}
