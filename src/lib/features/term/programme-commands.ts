/** What a coordinator does to the site's workshop types and rooms. */
import type { Venue, WorkshopType } from '$lib/domain/documents.ts';
import { venueDocId, workshopTypeDocId, type VenueCode, type WorkshopTypeCode } from '$lib/domain/ids.ts';
import {
  venueWith,
  workshopTypeWith,
  type VenueFacts,
  type WorkshopTypeFacts,
} from '$lib/domain/programme-edits.ts';
import { standardVenues, standardWorkshopTypes } from '$lib/domain/standard-programme.ts';
import { slugOf } from '$lib/domain/terms.ts';
import type { Edit } from '$lib/store/commit.ts';
import type { TermDesk, Written } from './listing.ts';

type Desk = Pick<TermDesk, 'commons' | 'author'>;

async function write(desk: Desk, edits: readonly Edit[]): Promise<Written> {
  const done = await desk.commons.commit(edits);
  return done.ok ? { ok: true } : { ok: false, why: done.why };
}

/** The types and rooms of the 2023 programme; those that are there already stay as they are. */
export function addStandardProgramme(desk: Desk): Promise<Written> {
  const author = desk.author();
  const all = [...standardWorkshopTypes(author), ...standardVenues(author)];
  return write(
    desk,
    all.map((document) => ({ id: document._id, change: (current) => (current ? undefined : document) })),
  );
}

/** A code from a name that no other has: codes stand in documents for ever, names may change. */
function freshCode(name: string, taken: readonly string[]): string {
  const base = slugOf(name).slice(0, 60) || 'sans-nom';
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(code)) return code;
  }
}

/** Saves a workshop type: `before` as it is shown, or nothing for a new one. */
export async function saveWorkshopType(
  desk: Desk,
  before: WorkshopType | undefined,
  facts: WorkshopTypeFacts,
): Promise<Written> {
  const taken = (await desk.commons.ofType('workshopType')).map(({ workshopType }) => workshopType);
  const code = before?.workshopType ?? (freshCode(facts.label, taken) as WorkshopTypeCode);
  const change: Edit['change'] = (current) => {
    const known = current?.type === 'workshopType' ? current : undefined;
    const next = workshopTypeWith(known, code, facts, desk.author(), before);
    return next === known ? undefined : next;
  };
  return write(desk, [{ id: workshopTypeDocId(code), change }]);
}

/** Saves a room: `before` as it is shown, or nothing for a new one. */
export async function saveVenue(desk: Desk, before: Venue | undefined, facts: VenueFacts): Promise<Written> {
  const taken = (await desk.commons.ofType('venue')).map(({ venue }) => venue);
  const code = before?.venue ?? (freshCode(facts.name, taken) as VenueCode);
  const change: Edit['change'] = (current) => {
    const known = current?.type === 'venue' ? current : undefined;
    const next = venueWith(known, code, facts, desk.author(), before);
    return next === known ? undefined : next;
  };
  return write(desk, [{ id: venueDocId(code), change }]);
}
