import type { AnyDocument, MarkStatus } from '../../src/lib/domain/documents.ts';
import {
  markDocId,
  type AccountName,
  type DeviceId,
  type DocId,
  type OccurrenceId,
  type ParticipantId,
} from '../../src/lib/domain/ids.ts';
import { answer, clearAnswer } from '../../src/lib/domain/roll-call.ts';
import { openStore, type Store } from '../../src/lib/store/store.ts';
import { createSyncEngine, type SyncEngine, type SyncEngineOptions } from '../../src/lib/sync/engine.ts';
import type { Fetch } from '../../src/lib/sync/request.ts';
import { signIn } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { openFaultyLine, type FaultyLine } from './faulty-line.ts';
import { termBase, type TestServer } from './test-server.ts';

/** What the screen confirmed, written down as it happened, by the test alone. */
export interface Confirmed {
  readonly phone: string;
  readonly id: DocId;
  /** `null`: the answer was taken away. */
  readonly status: MarkStatus | null;
  readonly at: string;
  readonly by: string;
  readonly device: string;
}

export const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
export const person = (n: number) => `p${n}` as ParticipantId;
export const markId = (n: number) => markDocId(occurrence, person(n));

let moments = Date.parse('2026-11-23T13:30:00.000Z');
/** Every answer has a moment of its own, so that it can be told from all others. */
const nextMoment = () => new Date((moments += 1000)).toISOString();

let phones = 0;

/** One phone: a store of its own, a line of its own, a sign-in of its own. */
export class Phone {
  readonly name: string;
  readonly account: AccountName;
  readonly store: Store;
  readonly line: FaultyLine;
  readonly jar: CookieJar;
  readonly engine: SyncEngine;
  readonly log: Confirmed[];

  constructor(parts: Pick<Phone, 'name' | 'account' | 'store' | 'line' | 'jar' | 'engine' | 'log'>) {
    this.name = parts.name;
    this.account = parts.account;
    this.store = parts.store;
    this.line = parts.line;
    this.jar = parts.jar;
    this.engine = parts.engine;
    this.log = parts.log;
  }

  get server(): string {
    return `${this.line.origin}/couch`;
  }

  /** Taps: what the store confirms goes into the log. */
  async mark(status: MarkStatus | null, ...people: number[]): Promise<void> {
    const author = { at: nextMoment(), by: this.account, device: this.name as DeviceId };
    const written: DocId[] = [];
    const done = await this.store.commit(
      people.map((n) => ({
        id: markId(n),
        change: (current: AnyDocument | undefined) => {
          const mark = current?.type === 'mark' ? current : undefined;
          const place = { occurrence, participant: person(n) };
          const next = status ? answer(mark, { ...place, status }, author) : clearAnswer(mark, author);
          if (next) written.push(markId(n));
          return next;
        },
      })),
    );
    if (!done.ok) return;
    for (const id of written) this.log.push({ phone: this.name, id, status, ...author });
  }

  signIn = () => signIn(this.server, this.account, `${this.account}-password`, this.jar.fetch);

  /** What a list shows of a person. */
  statusOf = async (n: number) => (await this.store.get('mark', markId(n)))?.status;

  async close(): Promise<void> {
    this.engine.stop();
    await this.line.close();
    this.store.close();
  }
}

export interface PhoneOptions {
  readonly server: TestServer;
  readonly log: Confirmed[];
  readonly account?: string;
  /** A store that was there before: the app was closed and opened again, or another person took the phone. */
  readonly storeName?: string;
  readonly isSignedIn?: boolean;
  /** Of a phone that was closed and is opened again. */
  readonly name?: string;
  /** Between the line and the engine: time limits and clocks that lie. */
  readonly fetch?: (fetch: Fetch) => Fetch;
  readonly engine?: Partial<SyncEngineOptions>;
}

export async function openPhone(options: PhoneOptions): Promise<Phone> {
  const name = options.name ?? `phone${++phones}`;
  const account = (options.account ?? 'maia') as AccountName;
  const line = await openFaultyLine(options.server.origin);
  const jar = new CookieJar();
  const opened = await openStore({ name: options.storeName ?? `presence~${account}~${name}` });
  if (!opened.ok) throw new Error(opened.why);
  const { store } = opened;
  const engine = createSyncEngine({
    server: `${line.origin}/couch`,
    replicas: [{ store, remote: termBase }],
    account,
    device: name as DeviceId,
    lockName: name,
    fetch: options.fetch?.(jar.fetch) ?? jar.fetch,
    ...options.engine,
  });
  const phone = new Phone({ name, account, store, line, jar, engine, log: options.log });
  if (options.isSignedIn !== false) {
    const signedIn = await phone.signIn();
    if (!signedIn.ok) throw new Error(`${account}: ${signedIn.why}`);
  }
  return phone;
}

/** The app is closed, in the middle of whatever it does, and opened again on the same phone. */
export async function reopen(
  server: TestServer,
  phone: Phone,
  engine?: PhoneOptions['engine'],
): Promise<Phone> {
  await phone.close();
  const { log, account, name } = phone;
  return openPhone({
    server,
    log,
    account,
    name,
    storeName: phone.store.name,
    ...(engine ? { engine } : {}),
  });
}
