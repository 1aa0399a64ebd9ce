/** What a worker needs that counts beside the page: the same replicas, opened by their names, and read only. */
import Dexie from 'dexie';
import type { SiteStoreNames, SiteStores } from './site-documents.ts';
import { openStore, type Store } from './store.ts';

async function opened(name: string): Promise<Store> {
  const found = await openStore({ name });
  if (!found.ok) throw new Error(`${found.why}: ${found.detail}`);
  return found.store;
}

/** @throws when one of them cannot be opened */
export const openSite = async ({ commons, registry, terms }: SiteStoreNames): Promise<SiteStores> => ({
  commons: await opened(commons),
  registry: registry === undefined ? undefined : await opened(registry),
  terms: await Promise.all(terms.map(opened)),
});

/** A sync writes many times a second: whoever follows is told at most this often. */
const restMs = 2000;

/** Tells a moment after something was written, by the page or another tab. */
export function onSiteWritten({ commons, registry, terms }: SiteStoreNames, written: () => void): void {
  const tables = [commons, ...(registry === undefined ? [] : [registry]), ...terms].map(
    (name) => `idb://${name}/docs/`,
  );
  let waits: ReturnType<typeof setTimeout> | undefined;
  Dexie.on('storagemutated', (parts) => {
    if (waits || !Object.keys(parts).some((part) => tables.some((table) => part.startsWith(table)))) return;
    waits = setTimeout(() => {
      waits = undefined;
      written();
    }, restMs);
  });
}
