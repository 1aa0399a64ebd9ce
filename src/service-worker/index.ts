/// <reference types="@sveltejs/kit" />
/**
 * The service worker. It keeps the app's files, opens every route without a network, waits to be told before it
 * takes over from an older version, and pushes the outbox after the app was closed, where the browser can.
 *
 * Messages from a page: `SKIP_WAITING`; `CHECK` with `isCoordinator` (answered on the port with `{ stored, total }`,
 * after bringing in what lacks); `RUNNING` with the page's `version`. Message to a page: `WHICH_VERSION`, answered on the port.
 */
import { version } from '$service-worker';
import { pushOutbox } from './background-push.ts';
import { cachedFile, cachedPage, check, dropOlder, fill, keepFor } from './shell-cache.ts';

const worker = self as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('install', (event) => event.waitUntil(fill()));

worker.addEventListener('activate', (event) =>
  // Claims the page of the first visit: from there on it can be opened again without a network.
  event.waitUntil(worker.clients.claim().then(dropUnused)),
);

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (/^\/(couch|api)(\/|$)/.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(cachedPage().then((page) => page ?? fetch(request)));
  else event.respondWith(cachedFile(url.pathname).then((file) => file ?? fetch(request)));
});

worker.addEventListener('message', (event: ExtendableMessageEvent) => {
  const { type, isCoordinator } = (event.data ?? {}) as { type?: string; isCoordinator?: boolean };
  const [port] = event.ports;
  if (type === 'SKIP_WAITING') event.waitUntil(worker.skipWaiting());
  if (type === 'RUNNING') event.waitUntil(dropUnused());
  if (type === 'CHECK' && port)
    event.waitUntil(
      (isCoordinator === undefined ? Promise.resolve() : keepFor(isCoordinator))
        .then(fill)
        // Without a network what lacks stays out; the count says so.
        .catch(() => undefined)
        .then(check)
        .then(
          (answer) => port.postMessage(answer),
          // Not even known what there should be: nothing is ready.
          () => port.postMessage({ stored: 0, total: 1 }),
        ),
    );
});

/** Background Sync, not known to TypeScript's library. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

worker.addEventListener('sync' as 'message', (event) => {
  const { tag, waitUntil } = event as unknown as SyncEvent;
  if (tag === 'outbox') waitUntil.call(event, pushOutbox());
});

/** Old files go once this version is the active one and every open page has said that it runs it. */
async function dropUnused(): Promise<void> {
  // A newer version is on its way: its files are not to be taken for old ones.
  if (worker.registration.installing || worker.registration.waiting) return;
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const versions = await Promise.all(pages.map(versionOf));
  if (versions.every((one) => one === version)) await dropOlder();
}

/** A page that does not answer in two seconds (frozen, or still starting) counts as an old one. */
function versionOf(page: WindowClient | Client): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(undefined), 2000);
    port1.onmessage = (event: MessageEvent<string>) => {
      clearTimeout(timer);
      resolve(event.data);
    };
    page.postMessage({ type: 'WHICH_VERSION' }, [port2]);
  });
}
