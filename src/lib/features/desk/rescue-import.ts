/** What a rescue file would bring to this device, and bringing it. */
import { deviceDocId, type DeviceId } from '$lib/domain/ids.ts';
import type { CommitFailure } from '$lib/store/commit.ts';
import { takeOver } from '$lib/store/handed-over.ts';
import type { IncomingRevision } from '$lib/store/replicated.ts';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import type { RescueFile } from './rescue-reading.ts';

export interface RescuePlan {
  /** Whose phone it was, and which, as far as the file says. */
  readonly account: string | undefined;
  readonly deviceLabel: string | undefined;
  readonly madeAt: string | undefined;
  readonly documents: number;
  /** Documents of which this device lacks a version. */
  readonly fresh: number;
  /** Documents with something that the phone had not sent. */
  readonly unsent: number;
  readonly damaged: number;
  /** Databases of the same site that are not open on this device. */
  readonly notOpen: readonly string[];
  /** What is to be written, by store. */
  readonly parts: readonly { readonly store: Store; readonly revisions: readonly IncomingRevision[] }[];
}

export type Planned = { ok: true; plan: RescuePlan } | { ok: false; why: 'other-site' | 'empty' };

/** Lets the screen breathe between two slices. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));
const compareAtOnce = 500;
const writeAtOnce = 200;

/** Compares the file with this device; writes nothing. */
export async function planRescue(
  device: PresenceDevice,
  file: RescueFile,
  onProgress: (done: number, total: number) => void,
): Promise<Planned> {
  const total = file.databases.reduce((sum, { documents }) => sum + documents.length, 0);
  if (file.databases.length === 0) return { ok: false, why: 'empty' };
  if (!file.databases.some(({ remote }) => remote.startsWith(`${device.site}-`)))
    return { ok: false, why: 'other-site' };
  const stores = new Map(device.stores.map((store) => [store.name.split('~').at(-1), store]));
  const parts: { store: Store; revisions: IncomingRevision[] }[] = [];
  const notOpen: string[] = [];
  let [documents, fresh, unsent, damaged, done] = [0, 0, 0, 0, 0];
  for (const database of file.databases) {
    const store = stores.get(database.remote);
    if (!store) {
      // Of another site: none of ours, and not worth a word beside what is.
      if (database.remote.startsWith(`${device.site}-`)) notOpen.push(database.remote);
      continue;
    }
    documents += database.documents.length;
    damaged += database.damaged;
    const missing: IncomingRevision[] = [];
    for (let at = 0; at < database.documents.length; at += compareAtOnce) {
      const slice = database.documents.slice(at, at + compareAtOnce);
      unsent += slice.filter((document) => document.unsent.length > 0).length;
      const revisions = slice.flatMap((document) => document.revisions);
      const lacking = new Set((await store.missing(revisions)).map(({ id, rev }) => `${id}\n${rev}`));
      const found = revisions.filter(({ id, rev }) => lacking.has(`${id}\n${rev}`));
      missing.push(...found);
      fresh += new Set(found.map(({ id }) => id)).size;
      onProgress((done += slice.length), total);
      await breathe();
    }
    if (missing.length) parts.push({ store, revisions: missing });
  }
  const owner = await ownerOf(device, file);
  return {
    ok: true,
    plan: { ...owner, madeAt: file.madeAt, documents, fresh, unsent, damaged, notOpen, parts },
  };
}

/** The phone's own document, in the file or here, says whose it is. */
async function ownerOf(device: PresenceDevice, file: RescueFile) {
  if (!file.device) return { account: file.account, deviceLabel: undefined };
  const id = deviceDocId(file.device as DeviceId);
  for (const { documents } of file.databases) {
    const body = documents.find((document) => document.id === id)?.revisions[0]?.body;
    if (body && typeof body.user === 'string' && typeof body.label === 'string')
      return { account: body.user, deviceLabel: named(body.label) };
  }
  for (const { store } of device.terms) {
    const known = await store.get('device', id);
    if (known) return { account: known.user as string, deviceLabel: named(known.label) };
  }
  return { account: file.account, deviceLabel: undefined };
}

/** A device that nobody named has a dash for a name. */
const named = (label: string) => (label === '—' ? undefined : label);

export interface Rescued {
  /** Versions written here and to be sent. */
  readonly written: number;
  /** Kept out of every screen: they fit no schema of this app. */
  readonly quarantined: number;
  readonly leftOut: number;
  /** Documents on which people disagree now, in what came. */
  readonly disagreements: number;
}

/**
 * Writes what lacks here, slice by slice; each is all or none. When one cannot be written, what came before it stays,
 * and the same file brings the rest another time.
 */
export async function takeRescue(
  device: PresenceDevice,
  plan: RescuePlan,
  onProgress: (done: number, total: number) => void,
): Promise<({ ok: true } & Rescued) | (CommitFailure & Rescued)> {
  const sender = { account: device.account.name, passesOn: device.isCoordinator };
  const total = plan.parts.reduce((sum, { revisions }) => sum + revisions.length, 0);
  const count = { written: 0, quarantined: 0, leftOut: 0, disagreements: 0 };
  let done = 0;
  for (const { store, revisions } of plan.parts) {
    for (let at = 0; at < revisions.length; at += writeAtOnce) {
      const slice = revisions.slice(at, at + writeAtOnce);
      const taken = await takeOver(store, slice, sender);
      if (!taken.ok) return { ...taken, ...count };
      count.written += taken.toSend + taken.carried;
      count.quarantined += taken.quarantined;
      count.leftOut += taken.leftOut;
      onProgress((done += slice.length), total);
      await breathe();
    }
    // As after a sync: the same answers are united, different ones stay side by side.
    if (device.isCoordinator)
      await (await import('$lib/sync/cycle.ts')).mergeConflicts(store, device.author());
    const brought = new Set(revisions.map(({ id }) => id));
    count.disagreements += (await store.conflicts()).filter(({ id }) => brought.has(id)).length;
  }
  return { ok: true, ...count };
}
