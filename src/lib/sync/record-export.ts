/** A file with people in it is handed over when its note is kept, and not before. */
import { exportedNote, type ExportedFacts } from '../domain/exports/exported.ts';
import { opaqueKey } from '../domain/ids.ts';
import type { PresenceDevice } from './device.svelte.ts';

const hexadecimal = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Notes an export in the registry, for the journal.
 * @returns whether the note is kept on this device: without it nothing may be handed over
 */
export async function recordExport(
  device: Pick<PresenceDevice, 'registry' | 'author'>,
  facts: Omit<ExportedFacts, 'sha256'>,
  file: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const { registry } = device;
  if (!registry) return false;
  const sha256 = hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', file)));
  const note = exportedNote(
    opaqueKey(crypto.getRandomValues(new Uint8Array(14))),
    { ...facts, sha256 },
    device.author(),
  );
  return (await registry.commit([{ id: note._id, change: () => note }])).ok;
}
