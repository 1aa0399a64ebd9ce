/**
 * What the service worker must know to push after the app was closed: which stores of this device go to which remote
 * databases. It has no `localStorage`, so the note lies in a cache of its own. The worker reads it in
 * `src/service-worker/background-push.ts`.
 */
import { storeName } from '$lib/sync/account-databases.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';

const cacheName = 'presence-outbox';
const address = '/outbox-note.json';

/** Background Sync, not known to TypeScript's library; Chromium has it. */
interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

async function write(device: PresenceDevice): Promise<void> {
  const prefix = storeName(device.account.name, '');
  const note = {
    account: device.account.name,
    lock: `presence-sync~${device.account.name}`,
    replicas: device.stores.map(({ name }) => ({ store: name, remote: name.slice(prefix.length) })),
  };
  await (await caches.open(cacheName)).put(address, new Response(JSON.stringify(note)));
}

async function askForSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
  // Refused in a private window, or switched off: the app pushes when it is next open.
  await registration?.sync?.register('outbox').catch(() => undefined);
}

/**
 * Keeps the note as long as the device is open, and asks the browser to wake the worker when the page goes out of
 * sight with something unsent. For an `$effect`: returns how to end it.
 */
export function pushInBackground(device: PresenceDevice): () => void {
  if (!('caches' in globalThis)) return () => undefined;
  void write(device).catch(() => undefined);
  const leaving = () => {
    if (document.visibilityState === 'hidden' && device.engine.status.unsent > 0) void askForSync();
  };
  document.addEventListener('visibilitychange', leaving);
  return () => {
    document.removeEventListener('visibilitychange', leaving);
    void caches.delete(cacheName);
  };
}
