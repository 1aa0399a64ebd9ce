/** What the contract is run against: our server in this process and over HTTP, and any CouchDB given in `COUCH_URL`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGateway, buildServer, type PresenceServer, type ServerOptions } from '../../sync-server/app.ts';
import { readSettings } from '../../sync-server/server-settings.ts';
import type { Given, Request, Target } from './exchange.ts';

export const admin = { name: 'admin', password: 'admin-password' };

/** A server on a folder of its own, for one test file. */
export async function openServer(
  options: Partial<ServerOptions> = {},
): Promise<{ server: PresenceServer; dataDir: string; close: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'presence-contract-'));
  const server = await buildServer({ dataDir, admin, passwordIterations: 10, ...options });
  return {
    server,
    dataDir,
    async close() {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Speaks to an address. */
export async function askOver(root: string, { method, path, headers, body }: Request): Promise<Given> {
  const response = await fetch(root + path, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
}

async function inProcess(): Promise<Target> {
  const { server, close } = await openServer();
  return {
    title: 'in process',
    admin: `${admin.name}:${admin.password}`,
    async ask({ method, path, headers, body }) {
      const response = await server.http.inject({
        method: method as 'GET',
        url: `/couch${path}`,
        headers,
        ...(body === undefined ? {} : { payload: body }),
      });
      const all = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      return {
        status: response.statusCode,
        headers: Object.fromEntries(all) as Record<string, string>,
        text: response.body,
      };
    },
    close,
  };
}

/** A target that has an address, for clients of the protocol that make their own requests. */
interface ListeningTarget extends Target {
  /** The protocol's root, without a slash at the end. */
  readonly root: string;
}

async function overHttp(): Promise<ListeningTarget> {
  const { server, close } = await openServer();
  const root = `${await server.listen({ host: '127.0.0.1', port: 0 })}/couch`;
  return {
    title: 'over HTTP',
    admin: `${admin.name}:${admin.password}`,
    root,
    ask: (request) => askOver(root, request),
    close,
  };
}

/** In front of a CouchDB: the one given, or a second server of ours. */
async function throughGateway(): Promise<ListeningTarget> {
  const couch = couchUrl ? undefined : await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'presence-gateway-'));
  const host = couch && new URL(await couch.server.listen({ host: '127.0.0.1', port: 0 })).host;
  const secret = couch && readSettings(couch.dataDir).secret;
  const url = couchUrl ?? `http://${admin.name}:${admin.password}@${host}/couch`;
  const gateway = await buildGateway({ dataDir, couchUrl: url, couchSecret: secret, passwordIterations: 10 });
  const root = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/couch`;
  const { username, password } = new URL(url);
  return {
    title: 'through the gateway',
    admin: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
    root,
    ask: (request) => askOver(root, request),
    async close() {
      await gateway.close();
      await couch?.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** @param url `http://name:password@host:port` */
function givenCouch(url: string): Target {
  const { username, password, origin, pathname } = new URL(url);
  const root = origin + pathname.replace(/\/$/, '');
  return {
    title: `CouchDB at ${origin}`,
    admin: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
    ask: (request) => askOver(root, request),
    close: async () => undefined,
  };
}

const couchUrl = process.env.COUCH_URL;

/** Every target, not yet opened. */
export const targets: readonly { title: string; isGiven?: boolean; open: () => Promise<Target> }[] = [
  { title: 'in process', open: inProcess },
  { title: 'over HTTP', open: overHttp },
  { title: 'through the gateway', isGiven: couchUrl !== undefined, open: throughGateway },
  ...(couchUrl
    ? [{ title: 'the CouchDB given', isGiven: true, open: async () => givenCouch(couchUrl) }]
    : []),
];

/** Our server, and our server before a CouchDB. */
export const listeningTargets = [
  { title: 'over HTTP', open: overHttp },
  { title: 'through the gateway', open: throughGateway },
] as const;
