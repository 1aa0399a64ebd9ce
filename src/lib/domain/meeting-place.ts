/** Where an occurrence takes place: a room of the site, or words. */
import type { Occurrence, Venue } from './documents.ts';
import type { VenueCode } from './ids.ts';

/** The room of what takes place in none of the site's: the words beside it say where. */
export const elsewhere = 'elsewhere' as VenueCode;

/** What to call the place; `undefined` while the room's own document is not here. */
export const placeNameOf = (
  { place }: Pick<Occurrence, 'place'>,
  venue: Pick<Venue, 'name'> | undefined,
): string | undefined => place ?? venue?.name;
