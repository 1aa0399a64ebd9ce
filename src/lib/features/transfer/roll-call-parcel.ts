/** A whole roll call on its way: its answers, its closing, the people added to it, with what they hang on. */
import * as z from 'zod/mini';
import type { Group, Occurrence } from '$lib/domain/documents.ts';
import {
  closingDocId,
  groupDocId,
  occurrenceDocId,
  rosterCardDocId,
  type OccurrenceId,
  type TermCode,
} from '$lib/domain/ids.ts';
import { leafRevisions } from '$lib/store/leaf-revisions.ts';
import type { IncomingRevision } from '$lib/store/replicated.ts';
import { untrustedRevision } from '$lib/store/untrusted-revision.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';

/** What is on its way, for the sender to see. */
export interface Parcel {
  readonly occurrence: Occurrence;
  readonly group: Group;
  readonly marks: number;
  readonly isClosed: boolean;
  /** Provisional cards. */
  readonly people: number;
  /** As it goes into the envelope. */
  readonly content: string;
}

const parcelSchema = z.object({
  kind: z.literal('presence-roll-call'),
  version: z.number(),
  site: z.string(),
  term: z.string(),
  occurrence: z.string(),
  /** The account that handed it over. */
  by: z.string(),
  madeAt: z.string(),
  revisions: z.array(z.unknown()).check(z.maxLength(20_000)),
});
const revisionSchema = z.tuple([z.string(), z.number(), z.array(z.string()), z.number(), z.unknown()]);

/** Gathers a roll call from this device; `null` when none of its terms holds it. */
export async function parcelOf(device: PresenceDevice, id: OccurrenceId): Promise<Parcel | null> {
  for (const { term, store } of device.terms) {
    const occurrence = await store.get('occurrence', occurrenceDocId(id));
    const group = occurrence && (await store.get('group', groupDocId(occurrence.group)));
    if (!occurrence || !group) continue;
    const [marks, closing] = await Promise.all([
      store.where('mark', 'occurrence', id),
      store.get('closing', closingDocId(id)),
    ]);
    const cards = await Promise.all(
      marks.map(({ participant }) => store.get('rosterCard', rosterCardDocId(participant))),
    );
    const added = cards.filter((card) => card?.isProvisional);
    const documents = [occurrence, group, ...marks, ...(closing ? [closing] : []), ...added];
    const revisions = await leafRevisions(
      store,
      documents.flatMap((one) => (one ? [one._id] : [])),
    );
    const content: z.infer<typeof parcelSchema> = {
      kind: 'presence-roll-call',
      version: 1,
      site: device.site,
      term,
      occurrence: id,
      by: device.account.name,
      madeAt: new Date().toISOString(),
      revisions: revisions.map((one) => [one.id, one.start, one.hashes, one.isDeleted ? 1 : 0, one.body]),
    };
    return {
      occurrence,
      group,
      marks: marks.filter(({ status }) => status !== null).length,
      isClosed: closing?.state === 'closed',
      people: added.length,
      content: JSON.stringify(content),
    };
  }
  return null;
}

export interface ReceivedParcel {
  readonly site: string;
  readonly term: TermCode;
  readonly occurrence: OccurrenceId;
  readonly by: string;
  readonly revisions: readonly IncomingRevision[];
  /** Versions that could not be made sense of. */
  readonly damaged: number;
}

/** Reads what came out of an envelope: opened or not, it is from outside. */
export function parcelFrom(
  content: string,
): { ok: true; parcel: ReceivedParcel } | { ok: false; why: 'not-ours' | 'newer' } {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return { ok: false, why: 'not-ours' };
  }
  const parsed = z.safeParse(parcelSchema, json);
  if (!parsed.success) return { ok: false, why: 'not-ours' };
  const { version, site, term, occurrence, by, revisions: given } = parsed.data;
  if (version !== 1) return { ok: false, why: 'newer' };
  const revisions = given.flatMap((value) => {
    const one = z.safeParse(revisionSchema, value);
    if (!one.success) return [];
    const [id, start, hashes, deleted, body] = one.data;
    const rev = `${start}-${hashes[0]}`;
    const revision = untrustedRevision({ id, rev, start, hashes, isDeleted: deleted === 1, body });
    return revision && isOfRollCall(revision, occurrence) ? [revision] : [];
  });
  const damaged = given.length - revisions.length;
  return {
    ok: true,
    parcel: {
      site,
      term: term as TermCode,
      occurrence: occurrence as OccurrenceId,
      by,
      revisions,
      damaged,
    },
  };
}

/** A roll call brings nothing else in: no team, no enrolment, no answer of another list. */
function isOfRollCall({ id, isDeleted, body }: IncomingRevision, occurrence: string): boolean {
  switch (id.slice(0, id.indexOf(':'))) {
    case 'mark':
      return id.startsWith(`mark:${occurrence}:`);
    case 'closing':
      return id === `closing:${occurrence}`;
    case 'occurrence':
      return id === `occurrence:${occurrence}`;
    case 'group':
      return true;
    case 'rosterCard':
      return isDeleted || body.isProvisional === true;
    default:
      return false;
  }
}
