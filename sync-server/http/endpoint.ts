/** An endpoint of the protocol: what it answers to, who may call it, and what it does. */
import type { ServerResponse } from 'node:http';
import type { Accounts } from '../accounts/accounts.ts';
import type { User } from '../accounts/user.ts';
import type { Database, Engine } from '../engine/engine.ts';
import type { SiteDatabases } from '../site-databases.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';
import type { Query } from './query.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'COPY';

/**
 * Who may call: `anyone`; `serverAdmin`; `member` of the database named in the path (its security object decides);
 * `databaseAdmin` of it; `coordinator` of the site named in the path.
 */
export type Access = 'anyone' | 'serverAdmin' | 'member' | 'databaseAdmin' | 'coordinator';

/** What all requests share. */
export interface Service {
  readonly engine: Engine;
  readonly accounts: Accounts;
  readonly databases: SiteDatabases;
  /** Changes when a backup was restored, so that devices audit and send again. */
  readonly uuid: string;
  readonly health: Health;
  readonly metrics: Metrics;
  /** When this server started, in milliseconds. */
  readonly startedAt: number;
  readonly limits: { readonly documentBytes: number };
  /** Aborts when the server stops: open feeds end. */
  readonly stopping: AbortSignal;
}

export interface Call {
  readonly service: Service;
  readonly method: Method;
  readonly user: User;
  readonly query: Query;
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The path below the protocol's root as it came, not decoded. */
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Base address of the protocol as the client sees it, for `Location`. */
  readonly origin: string;
  readonly isSecure: boolean;
  /** The client's address, for the limits on sign-in. */
  readonly address: string;
  /** The JSON body; throws CouchDB's 400 when it is none, and its 415 when a `POST` does not say that it is one. */
  readonly json: () => unknown;
  /** The body as it came. */
  readonly bytes: Buffer;
  /** The database of the path; access was checked before. */
  readonly database: Database;
  /**
   * Whether the same call would be let in by now: account, device and rights are looked up again. Who takes over an
   * answer asks it before telling more.
   */
  readonly mayStillRead: () => boolean;
  /** Takes over the answer, for feeds. */
  readonly stream: (headers: Record<string, string>) => ServerResponse;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** JSON, or text that is JSON already (`{ raw }`); absent: no body. */
  readonly body?: unknown;
  readonly raw?: string;
  /** JSON text in pieces, each made when the one before was sent: an answer of any length takes little memory. */
  readonly pieces?: Iterable<string>;
  /** A body that is no JSON, with its media type. */
  readonly bytes?: { readonly type: string; readonly content: Buffer };
}

/** The answer was streamed. */
export const streamed = Symbol('streamed');

export interface Endpoint {
  readonly methods: readonly Method[];
  /** Below `/couch`; `:db` is a database. */
  readonly path: string;
  readonly access: Access | Readonly<Partial<Record<Method, Access>>>;
  /** What a revoked device may still ask, to hand in what it had not sent. */
  readonly forRevoked?: readonly Method[];
  /** Its work may be long: it waits for its turn, so that short requests are answered in between. */
  readonly takesTurns?: true;
  readonly handle: (call: Call) => Answer | typeof streamed | Promise<Answer | typeof streamed>;
}
