/** The journal as this device can tell it: every version of every document that it holds. */
import { journalOf, type HeldVersion, type JournalEntry } from '$lib/domain/journal.ts';
import type { Store } from '$lib/store/store.ts';
import { readNames, type Names } from '../names.ts';
import type { DeskStores } from '../queries.ts';

export interface ReadJournal {
  readonly entries: readonly JournalEntry[];
  readonly names: Names;
  /** What each note of something given up is about, by its own id. */
  readonly abouts: ReadonlyMap<string, string>;
}

/** Deleted documents and losing versions tell their part too. Reads all there is: done once, when the page opens. */
export async function readJournal(
  desk: DeskStores & { readonly stores: readonly Store[] },
): Promise<ReadJournal> {
  const versions: HeldVersion[] = [];
  const abouts = new Map<string, string>();
  for (const store of desk.stores) {
    const database = store.name.split('~').at(-1) ?? store.name;
    for await (const page of store.everything())
      for (const { id, isDeleted, body, others } of page) {
        versions.push({ database, id, isDeleted, body });
        for (const other of others) versions.push({ database, id, ...other });
        if (typeof body.about === 'string') abouts.set(id, body.about);
      }
  }
  return { entries: journalOf(versions), names: await readNames(desk), abouts };
}
