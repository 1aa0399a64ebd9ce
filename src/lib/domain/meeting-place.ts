/** Where an occurrence takes place: a room of the site, or words. */
import type { Group, Occurrence, Venue } from './documents.ts';
import type { VenueCode } from './ids.ts';

/** The room of what takes place in none of the site's: the words beside it say where. */
export const elsewhere = 'elsewhere' as VenueCode;

/** What to call the place; `undefined` while the room's own document is not here. */
export const placeNameOf = (
  { place }: Pick<Occurrence, 'place'>,
  venue: Pick<Venue, 'name'> | undefined,
): string | undefined => place ?? venue?.name;

/**
 * The words that say where: the meeting's own, or its group's, which count only of what takes place in none of the
 * rooms. A group that moves leaves its past meetings where they were.
 */
export const placeWordsOf = (
  { venue, place }: Pick<Occurrence, 'venue' | 'place'>,
  group: Pick<Group, 'place'> | undefined,
): string | undefined => place ?? (venue === elsewhere ? group?.place : undefined);
