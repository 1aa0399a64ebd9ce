/** Opening an envelope and taking its roll call over. */
import { groupDocId, occurrenceDocId, type OccurrenceId } from '$lib/domain/ids.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { takeOver } from '$lib/store/handed-over.ts';
import type { ConflictedDocument } from '$lib/store/leaves.ts';
import type { Store } from '$lib/store/store.ts';
import type { Bytes } from './bytes.ts';
import { open } from './envelope.ts';
import { parcelFrom } from './roll-call-parcel.ts';

export type ReceiveFailure =
  'not-ours' | 'newer' | 'wrong-code' | 'other-site' | 'other-term' | 'quota' | 'closed' | 'failed';

export interface Received {
  readonly occurrence: OccurrenceId;
  /** What the group and its day are called here. */
  readonly label: string | undefined;
  readonly date: string | undefined;
  readonly by: string;
  /** Versions that were new here and will be sent from here. */
  readonly toSend: number;
  /** Those that only their author's phone or a coordinator's device may send. */
  readonly carried: number;
  readonly setAside: number;
  /** Answers on which people disagree now. */
  readonly disagreements: number;
}

/** Never throws; where it fails, nothing was written. */
export async function receive(
  device: PresenceDevice,
  envelope: Bytes,
  code: string,
): Promise<{ ok: true; received: Received } | { ok: false; why: ReceiveFailure }> {
  const opened = await open(envelope, code);
  if (!opened.ok) return opened;
  const read = parcelFrom(opened.content);
  if (!read.ok) return read;
  const { site, term, occurrence, by, revisions, damaged } = read.parcel;
  if (site !== device.site) return { ok: false, why: 'other-site' };
  const store = device.terms.find((one) => one.term === term)?.store;
  if (!store) return { ok: false, why: 'other-term' };
  const taken = await takeOver(store, revisions, {
    account: device.account.name,
    passesOn: device.isCoordinator,
  });
  if (!taken.ok) return { ok: false, why: taken.why };
  if (device.isCoordinator) await uniteWhatAgrees(device, store);
  const ids = new Set(revisions.map(({ id }) => id));
  const meeting = await store.get('occurrence', occurrenceDocId(occurrence));
  const group = meeting && (await store.get('group', groupDocId(meeting.group)));
  return {
    ok: true,
    received: {
      occurrence,
      label: group?.label,
      date: meeting?.date,
      by,
      toSend: taken.toSend,
      carried: taken.carried,
      setAside: taken.quarantined + taken.leftOut + damaged,
      disagreements: (await store.conflicts()).filter((one) => ids.has(one.id) && saysTwoThings(one)).length,
    },
  };
}

/**
 * As after a sync: a coordinator's device unites what says the same. What that takes may not be on a device that lost
 * the network right after its first sign-in: then the next round does it.
 */
async function uniteWhatAgrees(device: PresenceDevice, store: Store): Promise<void> {
  const { mergeConflicts } = await import('$lib/sync/cycle.ts');
  await mergeConflicts(store, device.author()).catch(() => undefined);
}

/** A volunteer's device leaves versions that say the same side by side: those are no disagreement. */
const saysTwoThings = ({ leaves }: ConflictedDocument) =>
  new Set(leaves.map(({ document }) => (document.type === 'mark' ? document.status : document._rev))).size >
  1;
