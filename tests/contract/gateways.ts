/** Servers in front of a CouchDB: the one of `COUCH_URL`, or a second server of ours, which speaks the same protocol. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGateway, type ServerOptions } from '../../sync-server/app.ts';
import { readSettings } from '../../sync-server/server-settings.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

export type Headers = Record<string, string>;

export interface Couch {
  readonly url: string;
  readonly secret?: string;
  readonly administrator: string;
  /** Credentials of its administrator. */
  readonly asAdmin: Headers;
  /** Speaks to it directly. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answered>;
  readonly close: () => Promise<void>;
}

export async function openCouch(): Promise<Couch> {
  const given = process.env.COUCH_URL;
  const own = given ? undefined : await openServer();
  const host = own && new URL(await own.server.listen({ host: '127.0.0.1', port: 0 })).host;
  const url = given ?? `http://${admin.name}:${admin.password}@${host}/couch`;
  const { username, password, origin, pathname } = new URL(url);
  const administrator = decodeURIComponent(username);
  const asAdmin = { authorization: basic(`${administrator}:${decodeURIComponent(password)}`) };
  const root = origin + pathname.replace(/\/$/, '');
  return {
    url,
    ...(own ? { secret: readSettings(own.dataDir).secret } : {}),
    administrator,
    asAdmin,
    ask: (method, path, body) => askAt(root + path, method, asAdmin, body),
    close: async () => own?.close(),
  };
}

export interface Answered {
  readonly status: number;
  readonly headers: globalThis.Headers;
  /** Of the sign-in, as it is sent back. */
  readonly cookie: string;
  readonly json: Record<string, unknown>;
}

async function askAt(url: string, method: string, headers: Headers = {}, body?: unknown): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const cookie = /AuthSession=[^;]*/.exec(response.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const json = JSON.parse(text || 'null') as Record<string, unknown>;
  return { status: response.status, headers: response.headers, cookie, json };
}

export interface Gateway {
  readonly origin: string;
  readonly ask: (method: string, path: string, headers?: Headers, body?: unknown) => Promise<Answered>;
  /** Sent as it stands, without a client that mends the address first. */
  readonly raw: (
    method: string,
    path: string,
    headers: Headers,
    body?: string,
  ) => Promise<{ status: number; text: string }>;
  readonly close: () => Promise<void>;
}

/** A gateway on a folder of its own, or on one that is given and stays. */
export async function openGateway(
  couch: Couch,
  { dataDir: given, ...options }: Partial<ServerOptions> = {},
): Promise<Gateway> {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'presence-gateway-'));
  const { url: couchUrl, secret: couchSecret } = couch;
  const server = await buildGateway({ dataDir, couchUrl, couchSecret, passwordIterations: 10, ...options });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    origin,
    ask: (method, path, headers, body) => askAt(origin + path, method, headers, body),
    raw: (method, path, headers, body = '') => askRaw(origin, method, path, headers, body),
    async close() {
      await server.close();
      if (given === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const askRaw = (origin: string, method: string, path: string, headers: Headers, body: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const own = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ hostname, port, method, path, headers: { ...own, ...headers } }, (response) => {
      let said = '';
      response.on('data', (piece: Buffer) => (said += piece.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: said }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
