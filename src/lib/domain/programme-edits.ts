/** A site's workshop types and rooms, made and changed by hand. */
import { typedOver, withChange } from './changes.ts';
import type { Author, Venue, WorkshopType } from './documents.ts';
import { venueDocId, workshopTypeDocId, type VenueCode, type WorkshopTypeCode } from './ids.ts';

/** What a workshop type says of itself. */
export type WorkshopTypeFacts = Pick<
  WorkshopType,
  'label' | 'kind' | 'isMandatory' | 'weeklyMinutes' | 'countsForAssiduity' | 'hasOpenRoster' | 'isArchived'
>;

const factsOfType = ({
  label,
  kind,
  isMandatory,
  weeklyMinutes,
  countsForAssiduity,
  hasOpenRoster,
  isArchived,
}: WorkshopTypeFacts): WorkshopTypeFacts => ({
  ...{ label: label.trim(), kind, isMandatory, weeklyMinutes, countsForAssiduity, hasOpenRoster },
  ...(isArchived === undefined ? {} : { isArchived }),
});

/**
 * A workshop type, new or changed; as it was where nothing differs.
 * @param shown as it stood when it was opened: what was not touched since stays as it is by now
 */
export const workshopTypeWith = (
  before: WorkshopType | undefined,
  code: WorkshopTypeCode,
  facts: WorkshopTypeFacts,
  author: Author,
  shown = before,
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
      ...(before && shown
        ? typedOver(factsOfType(facts), factsOfType(shown), factsOfType(before))
        : factsOfType(facts)),
    },
    author,
  );

/** What a room says of itself. */
export type VenueFacts = Pick<
  Venue,
  'name' | 'address' | 'hasWifi' | 'capacity' | 'isSensitive' | 'isArchived'
>;

const factsOfVenue = ({
  name,
  address,
  hasWifi,
  capacity,
  isSensitive,
  isArchived,
}: VenueFacts): VenueFacts => ({
  name: name.trim(),
  ...(hasWifi === undefined ? {} : { hasWifi }),
  ...(address?.trim() ? { address: address.trim() } : {}),
  ...(capacity === undefined ? {} : { capacity }),
  ...(isSensitive === undefined ? {} : { isSensitive }),
  ...(isArchived === undefined ? {} : { isArchived }),
});

/**
 * A room, new or changed; a fact that is `undefined` is taken away.
 * @param shown as it stood when it was opened: what was not touched since stays as it is by now
 */
export const venueWith = (
  before: Venue | undefined,
  code: VenueCode,
  facts: VenueFacts,
  author: Author,
  shown = before,
): Venue => {
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
      ...(before && shown
        ? typedOver(factsOfVenue(facts), factsOfVenue(shown), factsOfVenue(before))
        : factsOfVenue(facts)),
    },
    author,
  );
};
