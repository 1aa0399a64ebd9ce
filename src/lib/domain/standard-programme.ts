/** The workshop types and rooms of the 2023 programme, ready to begin a site with (programme, what happens). */
import type { Author, Venue, WorkshopKind, WorkshopType } from './documents.ts';
import { venueDocId, workshopTypeDocId, type VenueCode, type WorkshopTypeCode } from './ids.ts';

/** Kind, label, minutes a week. */
export const standardWorkshops: readonly (readonly [WorkshopKind, string, number])[] = [
  ['socioprofessional', 'Socioprofessionnel', 180],
  ['language', 'Français', 450],
  ['digital', 'Numérique', 120],
  ['conversation', 'Atelier conversation', 120],
  ['practical', 'Atelier pratique', 120],
  ['cultural', 'Activité culturelle', 180],
];

/** Code, name, address, wifi. */
const standardRooms: readonly (readonly [string, string, string, boolean])[] = [
  ['maison-des-refugies', 'Maison des Réfugiés', '50 boulevard Jourdan, 75014 Paris', true],
  ['amarres-adj', 'Les Amarres (ADJ)', '24 quai d’Austerlitz, 75013 Paris', false],
  ['amarres-polaris14', 'Les Amarres (Polaris 14)', '24 quai d’Austerlitz, 75013 Paris', false],
  ['bnp-place-des-fetes', 'BNP Place des Fêtes', 'Place des Fêtes, 75019 Paris', true],
  ['capsys-censier', 'CAPSYS Censier', 'Rue Censier, 75005 Paris', false],
];

/** The room whose name alone reveals care. */
const sensitiveRoom = 'capsys-censier';

/** One workshop type for each kind, under the same code. */
export const standardWorkshopTypes = (author: Author): WorkshopType[] =>
  standardWorkshops.map(([kind, label, weeklyMinutes]) => ({
    _id: workshopTypeDocId(kind as string as WorkshopTypeCode),
    type: 'workshopType',
    v: 1,
    ...author,
    workshopType: kind as string as WorkshopTypeCode,
    label,
    kind,
    isMandatory: kind === 'socioprofessional',
    weeklyMinutes,
    countsForAssiduity: kind === 'socioprofessional',
    hasOpenRoster: kind === 'conversation' || kind === 'cultural',
  }));

export const standardVenues = (author: Author): Venue[] =>
  standardRooms.map(([code, name, address, hasWifi]) => ({
    _id: venueDocId(code as VenueCode),
    type: 'venue',
    v: 1,
    ...author,
    venue: code as VenueCode,
    name,
    address,
    hasWifi,
    ...(code === sensitiveRoom ? { isSensitive: true } : {}),
  }));
