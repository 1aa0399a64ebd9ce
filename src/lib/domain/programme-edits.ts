/** A site's workshop types and rooms, made and changed by hand. */
import { withChange } from './changes.ts';
import type { Author, Venue, WorkshopType } from './documents.ts';
import { venueDocId, workshopTypeDocId, type VenueCode, type WorkshopTypeCode } from './ids.ts';

/** What a workshop type says of itself. */
export type WorkshopTypeFacts = Pick<
  WorkshopType,
  'label' | 'kind' | 'isMandatory' | 'weeklyMinutes' | 'countsForAssiduity' | 'hasOpenRoster' | 'isArchived'
>;

/** A workshop type, new or changed; as it was where nothing differs. */
export const workshopTypeWith = (
  before: WorkshopType | undefined,
  code: WorkshopTypeCode,
  facts: WorkshopTypeFacts,
  author: Author,
): WorkshopType =>
  withChange<WorkshopType>(
    before,
    {
      ...before,
      _id: workshopTypeDocId(code),
      type: 'workshopType',
      v: 1,
      ...author,
      workshopType: code,
      ...facts,
      label: facts.label.trim(),
    },
    author,
  );

/** What a room says of itself. */
export type VenueFacts = Pick<
  Venue,
  'name' | 'address' | 'hasWifi' | 'capacity' | 'isSensitive' | 'isArchived'
>;

/** A room, new or changed; a fact that is `undefined` is taken away. */
export const venueWith = (
  before: Venue | undefined,
  code: VenueCode,
  facts: VenueFacts,
  author: Author,
): Venue => {
  const { address, capacity, ...rest } = facts;
  const { address: _address, capacity: _capacity, ...known } = before ?? {};
  return withChange<Venue>(
    before,
    {
      ...known,
      _id: venueDocId(code),
      type: 'venue',
      v: 1,
      ...author,
      venue: code,
      ...rest,
      name: facts.name.trim(),
      ...(address?.trim() ? { address: address.trim() } : {}),
      ...(capacity === undefined ? {} : { capacity }),
    },
    author,
  );
};
