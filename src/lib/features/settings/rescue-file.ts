/** Everything on this device in one file, for the day something goes wrong: all leaves, unsent work marked. */
import type { ExportedDocument, Store } from '$lib/store/store.ts';

interface RescueFile {
  readonly kind: 'presence-rescue';
  readonly version: 1;
  readonly madeAt: string;
  readonly device: string;
  readonly databases: readonly { readonly name: string; readonly documents: readonly ExportedDocument[] }[];
}

/** Reads all stores; tells how many documents were read so far. */
export async function rescueFile(
  stores: readonly Store[],
  facts: { device: string; now: string },
  onProgress: (count: number) => void,
): Promise<{ text: string; count: number; fileName: string }> {
  const databases: { name: string; documents: ExportedDocument[] }[] = [];
  let count = 0;
  for (const store of stores) {
    const documents: ExportedDocument[] = [];
    for await (const page of store.everything()) {
      documents.push(...page);
      count += page.length;
      onProgress(count);
    }
    // The account is part of the local name; the remote database is what a reader needs.
    databases.push({ name: store.name.split('~').at(-1) ?? store.name, documents });
  }
  const file: RescueFile = {
    kind: 'presence-rescue',
    version: 1,
    madeAt: facts.now,
    device: facts.device,
    databases,
  };
  return {
    text: JSON.stringify(file),
    count,
    fileName: `presence-secours-${facts.now.slice(0, 16).replace(/[:T]/g, '-')}.json`,
  };
}
