/** What the server refused of this device, and what this app cannot read. */
import { parseDocument } from '$lib/domain/documents.ts';
import type { RefusedDocument } from '$lib/store/outbox.ts';
import type { Store } from '$lib/store/store.ts';
import { readNames, type Names } from './names.ts';
import type { DeskStores } from './queries.ts';

export interface Refused {
  readonly store: Store;
  readonly refused: RefusedDocument;
}

export interface Quarantined {
  readonly store: Store;
  readonly id: string;
  readonly rev: string;
  /** `readable`: an older app set it aside, this one can read it. */
  readonly why: 'unknown type' | 'newer version' | 'bad shape' | 'readable';
  /** The first field that is not as it should be. */
  readonly path: string | undefined;
}

export interface SetAside {
  readonly refused: readonly Refused[];
  readonly quarantined: readonly Quarantined[];
  /** Read only where there is something to name. */
  readonly names: Names | undefined;
}

interface AllStores extends DeskStores {
  readonly stores: readonly Store[];
}

async function setAside(stores: readonly Store[]): Promise<Omit<SetAside, 'names'>> {
  const found = await Promise.all(
    stores.map(async (store) => ({
      refused: (await store.outbox.refused()).map((refused) => ({ store, refused })),
      quarantined: (await store.quarantined()).map(({ id, rev, document }): Quarantined => {
        const parsed = parseDocument({ ...document, _id: id });
        return parsed.ok
          ? { store, id, rev, why: 'readable', path: undefined }
          : { store, id, rev, why: parsed.why, path: parsed.path };
      }),
    })),
  );
  return {
    refused: found.flatMap((one) => one.refused),
    quarantined: found.flatMap((one) => one.quarantined),
  };
}

export async function findSetAside(desk: AllStores): Promise<SetAside> {
  const found = await setAside(desk.stores);
  const isAny = found.refused.length + found.quarantined.length > 0;
  return { ...found, names: isAny ? await readNames(desk) : undefined };
}

export async function countSetAside({ stores }: Pick<AllStores, 'stores'>): Promise<number> {
  const { refused, quarantined } = await setAside(stores);
  return refused.length + quarantined.length;
}
