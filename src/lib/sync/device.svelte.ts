/** What a signed-in phone is: who, which device, the replicas it holds, and the engine that keeps them in step. */
import { followed } from '../store/followed.ts';
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Author, Site } from '../domain/documents.ts';
import {
  commonsDatabase,
  registryDatabase,
  siteDocId,
  termDatabase,
  type DeviceId,
  type SiteCode,
  type TermCode,
} from '../domain/ids.ts';
import type { OpenFailure } from '../store/open-failure.ts';
import { openStore, type Store } from '../store/store.ts';
import { leftBehind, storeName } from './account-databases.ts';
import type { Replica } from './cycle.ts';
import { createSyncEngine, type SyncEngine } from './engine.ts';
import { firstPull } from './first-pull.ts';
import type { Provision } from './provision.ts';
import {
  auditDone,
  isAuditDue,
  onSignIn,
  rememberDeviceLabel,
  rememberedAccount,
  rememberedDevice,
  rememberedSync,
  rememberRoles,
  rememberSync,
} from './remembered.ts';
import type { Fetch } from './request.ts';
import { describeDevice } from './self-description.ts';
import { rightsOf, termsInOrder, type Rights } from './rights.ts';
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
  readonly fetch?: Fetch;
  /** What the first pull has brought in so far. */
  readonly onProgress?: (received: number, toReceive: number | undefined) => void;
}

/** The address of the protocol beside this app. */
const serverOfThisApp = () => `${location.origin}/couch`;

const instantNow = () => new Date().toISOString();

export class PresenceDevice {
  readonly account: SignedIn;
  readonly deviceId: DeviceId;
  readonly site: SiteCode;
  readonly isCoordinator: boolean;
  readonly timeZone: string;
  readonly commons: Store;
  /** Full files; on coordinators' devices alone. */
  readonly registry: Store | undefined;
  readonly #others: readonly Store[];
  readonly engine: SyncEngine;
  readonly appVersion: string;
  #label = $state('');
  #terms = $state.raw<readonly TermReplica[]>([]);
  readonly #cleanups: (() => void)[] = [];
  #isClosed = false;
  readonly #subscribe: () => void;

  constructor(parts: {
    account: SignedIn;
    rights: Rights;
    timeZone: string;
    commons: Store;
    registry: Store | undefined;
    terms: readonly TermReplica[];
    /** What the account opened once, with something in it that was not sent. */
    others: readonly Store[];
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
    this.registry = parts.registry;
    this.#terms = parts.terms;
    this.#others = parts.others;
    this.engine = parts.engine;
    this.appVersion = parts.appVersion;
    this.#subscribe = createSubscriber((update) => this.engine.subscribe(update));
    // The same person signed in again after the sign-in had run out: what waits goes out.
    this.#cleanups.push(
      onSignIn(() => {
        if (rememberedAccount()?.name === this.account.name) void this.engine.syncNow();
      }),
    );
    if (this.isCoordinator) this.#followTerms();
  }

  /** The term in progress (or the latest) first. */
  get terms(): readonly TermReplica[] {
    return this.#terms;
  }

  /** A term that a coordinator makes, here or elsewhere, opens without a new start. */
  #followTerms(): void {
    const listed = followed(() => this.commons.get('site', siteDocId(this.site)));
    const subscription = listed.subscribe({
      next: (site) => {
        for (const { term } of site?.terms ?? []) void this.openTerm(term);
      },
      error: () => undefined,
    });
    this.#cleanups.push(() => subscription.unsubscribe());
  }

  /** The replica of a term, opened (and from now on kept in step) if it is not yet; `undefined` when it cannot be. */
  async openTerm(term: TermCode): Promise<TermReplica | undefined> {
    const known = this.#opening.get(term);
    if (known) return known;
    const opening = this.#openTerm(term);
    this.#opening.set(term, opening);
    const replica = await opening;
    if (!replica) this.#opening.delete(term);
    return replica;
  }

  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- read by nobody's screen
  readonly #opening = new Map<TermCode, Promise<TermReplica | undefined>>();

  async #openTerm(term: TermCode): Promise<TermReplica | undefined> {
    const open = this.#terms.find((one) => one.term === term);
    if (open) return open;
    const remote = termDatabase(this.site, term);
    const result = await openStore({ name: storeName(this.account.name, remote) });
    if (!result.ok) return undefined;
    const replica = { term, store: result.store };
    const site = await this.commons.get('site', siteDocId(this.site)).catch(() => undefined);
    if (this.#isClosed) {
      result.store.close();
      return undefined;
    }
    const order = termsInOrder({ site: this.site, isCoordinator: true, terms: [] }, site);
    this.#terms = [...this.#terms, replica].sort((a, b) => order.indexOf(a.term) - order.indexOf(b.term));
    this.engine.add({ store: result.store, remote });
    return replica;
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
    return [
      this.commons,
      ...(this.registry ? [this.registry] : []),
      ...this.#terms.map(({ store }) => store),
      ...this.#others,
    ];
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

  #hasHeardServer = false;

  /** The first round of this run ended well: what was refused and how far the clock is off are known now. */
  heardServer(): void {
    if (this.#hasHeardServer) return;
    this.#hasHeardServer = true;
    // Closed meanwhile: the next run says it.
    this.describeItself().catch(() => undefined);
  }

  /** Writes this device's document when something that it says changed; nothing otherwise. */
  async describeItself(): Promise<void> {
    const store = this.terms[0]?.store;
    if (!store) return;
    const { lastSyncAt, clockSkewMs } = this.engine.status;
    await describeDevice(store, this.stores, {
      author: this.author(),
      label: this.#label || '—',
      appVersion: this.appVersion,
      lastSyncAt,
      clock: this.#hasHeardServer ? { skewMs: clockSkewMs } : undefined,
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
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
  const fetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
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
  const filling = { server, account, fetch, onProgress: options.onProgress };
  const fetched = await firstPull(opened, filling);
  if (!fetched.ok) {
    closeAll();
    return fetched;
  }
  const site = await commons.store.get('site', siteDocId(rights.site));
  const terms: TermReplica[] = [];
  for (const term of termsInOrder(rights, site)) {
    const result = await open(termDatabase(rights.site, term));
    if (!result.ok) {
      closeAll();
      return result;
    }
    if (!rights.isCoordinator && isClosed(site, term) && (await isAllSent(result.store))) {
      // A closed term is nothing to keep on a volunteer's phone.
      opened.pop();
      await result.store.destroy();
      continue;
    }
    terms.push({ term, store: result.store });
  }
  const registry = rights.isCoordinator ? await open(registryDatabase(rights.site)) : undefined;
  if (registry && !registry.ok) {
    closeAll();
    return registry;
  }
  const filled = await firstPull(opened.slice(1), filling);
  if (!filled.ok) {
    closeAll();
    return filled;
  }
  // Without the site's document nobody knows which terms a coordinator opens.
  const others =
    site || !rights.isCoordinator
      ? await leftBehind(
          account.name,
          opened.map(({ remote }) => remote),
        )
      : [];
  // What has just come from the server needs no comparing with it.
  if (fetched.isAllNew && filled.isAllNew) auditDone();
  const current = terms[0] && termDatabase(rights.site, terms[0].term);
  const lastSyncAt = rememberedSync(account.name);
  const engine = createSyncEngine({
    server,
    account: account.name,
    device: rememberedDevice().id,
    fetch,
    // The term in progress first: that is where people wait.
    replicas: [...opened.slice(1), ...opened.slice(0, 1), ...others],
    auditsFirst: isAuditDue(account.name),
    onAudited: auditDone,
    ...(rights.isCoordinator ? { provision: () => loadProvision(rights.site, server, fetch) } : {}),
    onRoles: (roles) => rememberRoles(account.name, roles),
    onSynced(at) {
      rememberSync(account.name, at);
      device.heardServer();
    },
    ...(lastSyncAt ? { lastSyncAt } : {}),
    ...(current ? { listenTo: current } : {}),
  });
  const device = new PresenceDevice({
    account,
    rights,
    timeZone: site?.timezone ?? 'Europe/Paris',
    commons: commons.store,
    registry: registry?.store,
    terms,
    others: others.map(({ store }) => store),
    engine,
    appVersion: options.appVersion,
  });
  await device.describeItself();
  engine.start();
  return { ok: true, device };
}

/** How terms are made and closed on the server comes with a coordinator's rounds: volunteers' phones do without it. */
async function loadProvision(site: SiteCode, server: string, fetch: Fetch): Promise<Provision> {
  const { provisionOf } = await import('./provision.ts').catch(() => {
    throw new CycleFailed('network');
  });
  return provisionOf(site, server, fetch);
}

const isClosed = (site: Site | undefined, term: TermCode) =>
  site?.terms.some((one) => one.term === term && one.state === 'closed') ?? false;

const isAllSent = ({ outbox }: Store) => outbox.isEmpty();

/** The device of the page: `provideDevice` in the layout, `useDevice` in features. */
export const [useDevice, provideDevice] = createContext<PresenceDevice>();
