/**
 * The app as kept on this device: is all of it in the cache, and does a newer version wait? A newer version takes
 * over only when somebody asks for it, and the page reloads only where they asked.
 */
import { dev, version } from '$app/environment';
import { getContext, setContext } from 'svelte';

/** `checking`: not known yet; `preparing`: some files lack; `unsupported`: this browser cannot. */
export type Readiness = 'checking' | 'ready' | 'preparing' | 'unsupported';

export class OfflineApp {
  #readiness = $state<Readiness>('checking');
  #stored = $state(0);
  #total = $state(0);
  #waiting = $state<ServiceWorker>();
  #isReplaced = $state(false);
  #isAsked = false;
  #isCoordinator: boolean | undefined;

  get readiness(): Readiness {
    return this.#readiness;
  }
  /** Files of the app in the cache, of how many. */
  get files(): { stored: number; total: number } {
    return { stored: this.#stored, total: this.#total };
  }
  /** A newer version is here: it waits, or took over at the wish of another tab. */
  get hasUpdate(): boolean {
    return this.#waiting !== undefined || this.#isReplaced;
  }

  /** Registers the service worker once the browser has nothing better to do, and follows it. */
  async start(): Promise<void> {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (!container || dev) {
      this.#readiness = 'unsupported';
      return;
    }
    const wasControlled = container.controller !== null;
    container.addEventListener('message', (event: MessageEvent<{ type?: string }>) => {
      if (event.data?.type === 'WHICH_VERSION') event.ports[0]?.postMessage(version);
    });
    container.addEventListener('controllerchange', () => {
      if (this.#isAsked) location.reload();
      // Another tab asked. This page goes on with the files it has, until somebody reloads it.
      else if (wasControlled) this.#isReplaced = true;
      else void this.check();
    });
    container.startMessages();
    // The app's files must not race the first screen for a slow line.
    await new Promise<void>((resolve) => {
      if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 3000 });
      else setTimeout(resolve, 1000);
    });
    try {
      const registration = await container.register('/service-worker.js', { updateViaCache: 'none' });
      this.#follow(registration);
      registration.addEventListener('updatefound', () => this.#follow(registration));
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
      });
      window.addEventListener('online', () => void this.check());
      (await container.ready).active?.postMessage({ type: 'RUNNING' });
      await this.check();
    } catch {
      // Registering needs the network once; the next start tries again.
      this.#readiness = container.controller ? this.#readiness : 'preparing';
    }
  }

  /** Whose screens this device is to keep: a coordinator's are more. */
  keepFor(isCoordinator: boolean): void {
    if (this.#isCoordinator === isCoordinator) return;
    this.#isCoordinator = isCoordinator;
    if (this.#readiness !== 'unsupported') void this.check();
  }

  /**
   * Asks the worker to look at every file of this version, bringing in what lacks. « Prêt hors ligne » is said only
   * after this, never because the worker merely runs.
   */
  async check(): Promise<void> {
    const active = (await navigator.serviceWorker?.getRegistration())?.active;
    if (!active) {
      this.#readiness = 'preparing';
      return;
    }
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<{ stored: number; total: number } | undefined>((resolve) => {
      port1.onmessage = (event: MessageEvent<{ stored: number; total: number }>) => resolve(event.data);
      setTimeout(() => resolve(undefined), 60_000);
    });
    active.postMessage({ type: 'CHECK', isCoordinator: this.#isCoordinator }, [port2]);
    const counts = await answer;
    port1.close();
    if (!counts) return;
    this.#stored = counts.stored;
    this.#total = counts.total;
    this.#readiness = counts.stored === counts.total ? 'ready' : 'preparing';
  }

  /** Lets the newer version take over and reloads this page. Nothing unsaved is lost: every tap was written. */
  update(): void {
    if (!this.#waiting) {
      location.reload();
      return;
    }
    this.#isAsked = true;
    this.#waiting.postMessage({ type: 'SKIP_WAITING' });
  }

  #follow({ installing, waiting, active }: ServiceWorkerRegistration): void {
    // Without an active worker this is the first installation, not an update.
    if (waiting && active) this.#waiting = waiting;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller) this.#waiting = installing;
      if (installing.state === 'activated') void this.check();
    });
  }
}

const key = Symbol('offline-app');
export const provideOfflineApp = (app: OfflineApp) => setContext(key, app);
export const useOfflineApp = () => getContext<OfflineApp>(key);
