/** What a signed-in phone is: who, which device, the replicas it holds, and the engine that keeps them in step. */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Author, Site } from '../domain/documents.ts';
import {
  commonsDatabase,
  deviceDocId,
  siteDocId,
  termDatabase,
  type DeviceId,
  type SiteCode,
  type TermCode,
} from '../domain/ids.ts';
import type { OpenFailure } from '../store/open-failure.ts';
import { openStore, type Store } from '../store/store.ts';
import { runCycle, type Replica } from './cycle.ts';
import { ClockSkew } from './clock-skew.ts';
import { createSyncEngine, type SyncEngine } from './engine.ts';
import { rememberDeviceLabel, rememberedDevice } from './remembered.ts';
import type { SignedIn } from './sign-in.ts';
import { CycleFailed, type SyncStatus } from './status.ts';

export interface TermReplica {
  readonly term: TermCode;
  readonly store: Store;
}

export type OpenedDevice =
  | { ok: true; device: PresenceDevice }
  /** A database could not be opened. */
  | { ok: false; why: OpenFailure; detail: string }
  /** The account belongs to no site: an administrator of the server, for instance. */
  | { ok: false; why: 'no-site' }
  /** The first opening needs the server, and it did not answer. */
  | { ok: false; why: 'unreachable' | 'signed-out' };

export interface OpenOptions {
  /** Address of the protocol. */
  readonly server?: string;
  readonly appVersion: string;
  /** What the first pull has brought in so far. */
  readonly onProgress?: (received: number, toReceive: number | undefined) => void;
}

/** The address of the protocol beside this app. */
export const serverOfThisApp = () => `${location.origin}/couch`;

interface Rights {
  readonly site: SiteCode;
  readonly isCoordinator: boolean;
  readonly terms: readonly TermCode[];
}

/** What an account may open, read from its roles: `coordinator:{site}`, `volunteer:{site}:{term}`. */
export function rightsOf(roles: readonly string[]): Rights | undefined {
  const parts = roles.map((role) => role.split(':'));
  const coordinator = parts.find(([kind, site]) => kind === 'coordinator' && site);
  const volunteer = parts.filter(([kind, site, term]) => kind === 'volunteer' && site && term);
  const site = (coordinator ?? volunteer[0])?.[1];
  if (!site) return undefined;
  return {
    site: site as SiteCode,
    isCoordinator: coordinator !== undefined,
    terms: volunteer.filter((part) => part[1] === site).map((part) => part[2] as TermCode),
  };
}

export const storeName = (account: string, remote: string) => `presence~${account}~${remote}`;

const instantNow = () => new Date().toISOString();

export class PresenceDevice {
  readonly account: SignedIn;
  readonly deviceId: DeviceId;
  readonly site: SiteCode;
  readonly isCoordinator: boolean;
  readonly timeZone: string;
  readonly commons: Store;
  /** The term in progress (or the latest) first. */
  readonly terms: readonly TermReplica[];
  readonly engine: SyncEngine;
  readonly appVersion: string;
  #label = $state('');
  readonly #subscribe: () => void;

  constructor(parts: {
    account: SignedIn;
    rights: Rights;
    timeZone: string;
    commons: Store;
    terms: readonly TermReplica[];
    engine: SyncEngine;
    appVersion: string;
  }) {
    const remembered = rememberedDevice();
    this.account = parts.account;
    this.deviceId = remembered.id;
    this.#label = remembered.label;
    this.site = parts.rights.site;
    this.isCoordinator = parts.rights.isCoordinator;
    this.timeZone = parts.timeZone;
    this.commons = parts.commons;
    this.terms = parts.terms;
    this.engine = parts.engine;
    this.appVersion = parts.appVersion;
    this.#subscribe = createSubscriber((update) => this.engine.subscribe(update));
  }

  /** How sync stands, for screens. */
  get status(): SyncStatus {
    this.#subscribe();
    return this.engine.status;
  }

  get deviceLabel(): string {
    return this.#label;
  }

  /** Every store of this device. */
  get stores(): readonly Store[] {
    return [this.commons, ...this.terms.map(({ store }) => store)];
  }

  /** Who writes, when, where: what each command is given. */
  author(at = instantNow()): Author {
    return { at, by: this.account.name, device: this.deviceId };
  }

  /** Gives the device a name, told to the coordinator with the next push. */
  async rename(label: string): Promise<void> {
    this.#label = label.trim();
    rememberDeviceLabel(this.#label);
    await this.describeItself();
  }

  /** Writes this device's document when its name or the app's version changed; nothing otherwise. */
  async describeItself(): Promise<void> {
    const store = this.terms[0]?.store;
    if (!store) return;
    const author = this.author();
    const label = this.#label || '—';
    await store.commit([
      {
        id: deviceDocId(this.deviceId),
        change: (current) => {
          const known = current?.type === 'device' ? current : undefined;
          if (known?.label === label && known.appVersion === this.appVersion) return undefined;
          return {
            ...known,
            _id: deviceDocId(this.deviceId),
            type: 'device',
            v: 1,
            ...author,
            user: this.account.name,
            label,
            appVersion: this.appVersion,
          };
        },
      },
    ]);
  }

  close(): void {
    this.engine.stop();
    for (const store of this.stores) store.close();
  }
}

/**
 * Opens what the account may see on this device. The first time it brings everything in from the server; later it
 * opens at once, with or without a network.
 */
export async function openDevice(account: SignedIn, options: OpenOptions): Promise<OpenedDevice> {
  const rights = rightsOf(account.roles);
  if (!rights) return { ok: false, why: 'no-site' };
  const server = options.server ?? serverOfThisApp();
  const opened: Replica[] = [];
  const closeAll = () => {
    for (const { store } of opened) store.close();
  };
  const open = async (remote: string) => {
    const result = await openStore({ name: storeName(account.name, remote) });
    if (result.ok) opened.push({ store: result.store, remote });
    return result;
  };

  const commons = await open(commonsDatabase(rights.site));
  if (!commons.ok) return commons;
  const fetched = await bringInFirst(server, account, opened, options);
  if (!fetched.ok) {
    closeAll();
    return fetched;
  }
  const site = await commons.store.get('site', siteDocId(rights.site));
  const terms: TermReplica[] = [];
  for (const term of termsInOrder(rights, site)) {
    const store = await open(termDatabase(rights.site, term));
    if (!store.ok) {
      closeAll();
      return store;
    }
    terms.push({ term, store: store.store });
  }
  const filled = await bringInFirst(server, account, opened.slice(1), options);
  if (!filled.ok) {
    closeAll();
    return filled;
  }
  const current = terms[0] && termDatabase(rights.site, terms[0].term);
  const engine = createSyncEngine({
    server,
    account: account.name,
    // The term in progress first: that is where people wait.
    replicas: [...opened.slice(1), ...opened.slice(0, 1)],
    ...(current ? { listenTo: current } : {}),
  });
  const device = new PresenceDevice({
    account,
    rights,
    timeZone: site?.timezone ?? 'Europe/Paris',
    commons: commons.store,
    terms,
    engine,
    appVersion: options.appVersion,
  });
  await device.describeItself();
  engine.start();
  return { ok: true, device };
}

/** The term in progress first, then the planned ones, then the closed ones, the latest first. */
function termsInOrder(rights: Rights, site: Site | undefined): TermCode[] {
  const listed = site?.terms ?? [];
  const codes = rights.isCoordinator ? listed.map(({ term }) => term) : rights.terms;
  const rank = { open: 0, planned: 1, closed: 2 };
  const order = (term: TermCode) => {
    const found = listed.find((one) => one.term === term);
    return { rank: found ? rank[found.state] : 3, start: found?.start ?? '' };
  };
  return [...new Set(codes)].sort((a, b) => {
    const [one, other] = [order(a), order(b)];
    return one.rank - other.rank || (one.start < other.start ? 1 : -1);
  });
}

/** Fills replicas that were never filled; does nothing, and needs no network, when all were. */
async function bringInFirst(
  server: string,
  account: SignedIn,
  replicas: readonly Replica[],
  options: OpenOptions,
): Promise<{ ok: true } | { ok: false; why: 'unreachable' | 'signed-out' }> {
  const empty: Replica[] = [];
  for (const replica of replicas) if (!(await replica.store.note('server'))) empty.push(replica);
  if (empty.length === 0) return { ok: true };
  try {
    await runCycle({
      server,
      account: account.name,
      replicas: empty,
      fetch: (input, init) => fetch(input, init),
      now: Date.now,
      skew: new ClockSkew(),
      signal: new AbortController().signal,
      onProgress: ({ received, toReceive }) => options.onProgress?.(received, toReceive),
    });
    return { ok: true };
  } catch (error) {
    const isSignedOut = error instanceof CycleFailed && error.why === 'signed-out';
    return { ok: false, why: isSignedOut ? 'signed-out' : 'unreachable' };
  }
}

/** The device of the page: `provideDevice` in the layout, `useDevice` in features. */
export const [useDevice, provideDevice] = createContext<PresenceDevice>();
