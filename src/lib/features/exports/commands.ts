/** An export from its choice to the file in somebody's hands: made, noted, handed over, in this order. */
import { slugOf } from '$lib/domain/terms.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { recordExport } from '$lib/sync/record-export.ts';
import { handOver } from '$lib/ui/hand-over.ts';
import { endingOf, mediaTypeOf, type ExportChoice } from './choice.ts';
import { makeInWorker } from './exports-worker.ts';

export type Exported = 'made' | 'cancelled' | 'failed' | 'notRecorded';

/** « presence-donnees-2023-sans-noms.xlsx » @param part in words */
function fileNameOf(choice: ExportChoice, part: string): string {
  const parts = [
    choice.what === 'data' ? m.exports_file_data() : m.exports_file_beneficiaries(),
    part,
    choice.isPseudonymised ? m.exports_file_without() : '',
  ];
  return `${parts.map(slugOf).filter(Boolean).join('-')}.${endingOf(choice)}`;
}

/**
 * What cannot be noted in the journal is not handed over.
 * @param part in words, for the name of the file
 */
export async function exportFile(
  device: PresenceDevice,
  choice: ExportChoice,
  part: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Exported> {
  const { commons, registry, terms } = device;
  if (!registry) return 'failed';
  const author = device.author();
  let made;
  try {
    made = await makeInWorker(
      { commons, registry, terms: terms.map(({ store }) => store) },
      { choice, at: author.at, by: author.by, key: crypto.getRandomValues(new Uint8Array(32)) },
      onProgress,
      signal,
    );
  } catch {
    return signal.aborted ? 'cancelled' : 'failed';
  }
  const { what, format, scope, isPseudonymised } = choice;
  const facts = {
    ...{ what, format, isPseudonymised, rows: made.rows },
    ...(scope === undefined ? {} : { scope }),
  };
  if (!(await recordExport(device, facts, made.bytes))) return 'notRecorded';
  handOver(fileNameOf(choice, part), new Blob([made.bytes], { type: mediaTypeOf(choice) }));
  return 'made';
}
