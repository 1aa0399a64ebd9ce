/**
 * Between the sign-in and the screens: opens what the remembered account holds on this device, and says why when it
 * cannot. Screens below the gate always have a device.
 */
import { getContext, setContext } from 'svelte';
import { version } from '$app/environment';
import type { OpenedDevice, PresenceDevice } from '$lib/sync/device.svelte.ts';
import { rememberedAccount } from '$lib/sync/remembered.ts';

export type GateFailure = Extract<OpenedDevice, { ok: false }>['why'];

export type GateState =
  /** Nobody has looked yet. */
  | { at: 'starting' }
  /** Nobody is signed in on this device. */
  | { at: 'signed-out' }
  | { at: 'opening'; received: number; toReceive: number | undefined }
  | { at: 'open'; device: PresenceDevice }
  | { at: 'failed'; why: GateFailure };

export class DeviceGate {
  #state = $state.raw<GateState>({ at: 'starting' });
  /** The account that is open or opening. */
  #account: string | undefined;

  get state(): GateState {
    return this.#state;
  }
  get device(): PresenceDevice | undefined {
    return this.#state.at === 'open' ? this.#state.device : undefined;
  }

  /**
   * Brings the device in line with the account that is remembered: opens it, changes to another one, or closes after
   * a sign-out. Does nothing when they agree; call it on each navigation.
   * @param mayOpen false on the sign-in's own page, where the account is about to change
   */
  follow({ mayOpen }: { mayOpen: boolean }): void {
    const account = rememberedAccount();
    if (!account) {
      if (this.#state.at !== 'signed-out') this.close();
      return;
    }
    if (!mayOpen || (account.name === this.#account && this.#state.at !== 'failed')) return;
    this.close();
    void this.open();
  }

  /** Opens the remembered account's device, again after a failure. */
  async open(): Promise<void> {
    const account = rememberedAccount();
    if (!account) return this.close();
    this.#account = account.name;
    this.#state = { at: 'opening', received: 0, toReceive: undefined };
    // The sign-in screen needs none of this: it comes when there is something to open.
    const { openDevice } = await import('$lib/sync/device.svelte.ts');
    const opened = await openDevice(account, {
      appVersion: version,
      onProgress: (received, toReceive) => {
        if (this.#state.at === 'opening') this.#state = { at: 'opening', received, toReceive };
      },
    });
    // Somebody signed out, or another account in, while it was opening.
    if (this.#account !== account.name) {
      if (opened.ok) opened.device.close();
      return;
    }
    this.#state = opened.ok ? { at: 'open', device: opened.device } : { at: 'failed', why: opened.why };
    if (opened.ok) {
      const { requestPersistence } = await import('$lib/sync/persistence.ts');
      void requestPersistence();
    }
  }

  close(): void {
    this.device?.close();
    this.#account = undefined;
    this.#state = { at: 'signed-out' };
  }
}

const key = Symbol('device-gate');
export const provideGate = (gate: DeviceGate) => setContext(key, gate);
export const useGate = () => getContext<DeviceGate>(key);
