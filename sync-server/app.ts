/** The server: wiring of engine, accounts, protocol and app. `main.ts` and `demo.ts` start it. */
import compress from '@fastify/compress';
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { apiEndpoints } from './api/endpoints.ts';
import { Accounts } from './accounts/accounts.ts';
import { changeRecordIn } from './accounts/change-record.ts';
import { hashPassword, isPassword } from './accounts/passwords.ts';
import { NoPlace } from './accounts/places.ts';
import { safetyHeaders, serveApp } from './app-files.ts';
import { CouchFailed } from './couchdb/client.ts';
import { mountGateway } from './couchdb/gateway.ts';
import { keepRulesCurrent } from './design/presence-design.ts';
import type { Engine } from './engine/engine.ts';
import { lockFile } from './engine/sqlite/folder-lock.ts';
import { openSqliteEngine } from './engine/sqlite/sqlite-engine.ts';
import type { Service } from './http/endpoint.ts';
import { HttpError, badRequest } from './http/http-error.ts';
import { isDiskFull, watchHealth, type Health } from './http/health.ts';
import { countEverything } from './http/metrics.ts';
import { mount } from './http/mount.ts';
import { endpoints } from './protocol/endpoints.ts';
import { mayTouchOwnAccount } from './protocol/users-document.ts';
import { embeddedDatabases } from './site-databases.ts';
import { readSettings, recognisePlace, writeSettings } from './server-settings.ts';

export interface ServerOptions {
  /** Folder of the databases and of the server's own settings; made when missing. */
  readonly dataDir: string;
  /** The built app; without it only the protocol is served. */
  readonly appDir?: string | undefined;
  /** The administrator; kept (hashed) from one start to the next. */
  readonly admin?: { readonly name: string; readonly password: string } | undefined;
  readonly logger?: boolean;
  /** How many proxies stand in front: whose word on the client's address is believed. */
  readonly trustedProxies?: number;
  readonly cookieDays?: number;
  readonly requestBytes?: number;
  readonly documentBytes?: number;
  /** Rounds of PBKDF2 for new passwords. */
  readonly passwordIterations?: number;
}

export interface PresenceServer {
  readonly engine: Engine;
  readonly http: FastifyInstance;
  /** Answers the address, `http://127.0.0.1:8014`. Port 0 takes a free one. */
  listen(at: { host: string; port: number }): Promise<string>;
  /** Ends feeds, answers what is under way, closes the files. */
  close(): Promise<void>;
}

const megabyte = 2 ** 20;

/** Builds the server on a data folder; nothing listens yet. */
export async function buildServer(options: ServerOptions): Promise<PresenceServer> {
  const withAdmin = await settingsWithAdmin(options);
  const folder = join(options.dataDir, 'databases');
  const engine = openSqliteEngine(folder);
  const settings = recognisePlace(options.dataDir, withAdmin, join(folder, lockFile));
  if (!engine.open('_users')) engine.create('_users');
  keepRulesCurrent(engine);
  const stopping = new AbortController();
  // Every open feed listens for the end.
  setMaxListeners(0, stopping.signal);
  const health = watchHealth(options.dataDir, stopping.signal);
  const metrics = countEverything(engine, options.dataDir);
  const service: Service = {
    engine,
    databases: embeddedDatabases(engine),
    uuid: settings.uuid,
    health,
    metrics,
    startedAt: Date.now(),
    stopping: stopping.signal,
    limits: { documentBytes: options.documentBytes ?? 8 * megabyte },
    accounts: new Accounts({
      engine,
      secret: settings.secret,
      admins: settings.admins,
      changeRecord: changeRecordIn(engine),
      cookieSeconds: (options.cookieDays ?? 90) * 86_400,
      ...(options.passwordIterations ? { iterations: options.passwordIterations } : {}),
    }),
  };
  const http = await plainServer(options, health);
  metrics.count(http);
  mount(http, endpoints, {
    service,
    prefix: '/couch',
    mayTouchOwn: mayTouchOwnAccount,
  });
  mount(http, apiEndpoints, { service, prefix: '/api', mayTouchOwn: () => false });
  answerNotFound(http);
  if (options.appDir) serveApp(http, options.appDir);

  return {
    engine,
    http,
    listen: ({ host, port }) => http.listen({ host, port }),
    async close() {
      stopping.abort();
      await http.close();
      engine.close();
    },
  };
}

/** Builds the server in front of a CouchDB; nothing listens yet. Throws `CouchFailed`. */
export async function buildGateway(
  options: ServerOptions & { readonly couchUrl: string; readonly couchSecret?: string | undefined },
): Promise<Omit<PresenceServer, 'engine'>> {
  const http = await plainServer(options);
  const gateway = await mountGateway(http, options);
  answerNotFound(http);
  if (options.appDir) serveApp(http, options.appDir);
  return {
    http,
    listen: ({ host, port }) => http.listen({ host, port }),
    async close() {
      gateway.close();
      await http.close();
    },
  };
}

/** Fastify as we use it: bodies as bytes, answers packed, errors in CouchDB's shape, one line of log a request. */
async function plainServer(options: ServerOptions, health?: Health): Promise<FastifyInstance> {
  const http = Fastify({
    bodyLimit: options.requestBytes ?? 64 * megabyte,
    // The client's address is the one that the last proxy we know of saw.
    trustProxy: (_address: string, hop: number) => hop <= (options.trustedProxies ?? 0) - 1,
    forceCloseConnections: true,
    // For a whole request: a slow line has its time, one that sends a letter a minute has not.
    requestTimeout: 300_000,
    logController: new LogController({ disableRequestLogging: true }),
    logger: options.logger ? { level: 'info', base: null } : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 8192 },
    // A path that cannot be decoded.
    frameworkErrors(_error, _request, reply) {
      const answer: FastifyReply = reply;
      void answer
        .code(400)
        .type('application/json')
        .send(JSON.stringify({ error: 'bad_request', reason: 'invalid_url_encoding' }));
    },
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  await http.register(compress, { threshold: 1024, encodings: ['gzip'], customTypes: /^application\/json$/ });
  answerErrors(http, health);
  logRequests(http);
  refuseOddAddresses(http);
  http.addHook('onSend', async (request, reply) => {
    reply.headers(safetyHeaders);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  });
  return http;
}

/** The settings, with the administrator's password brought up to date. */
async function settingsWithAdmin({ dataDir, admin, passwordIterations }: ServerOptions) {
  const settings = readSettings(dataDir);
  if (!admin) return settings;
  const known = settings.admins[admin.name];
  const isOnlyOne = Object.keys(settings.admins).length === 1;
  if (known && isOnlyOne && (await isPassword(admin.password, known))) return settings;
  const hashed = await hashPassword(admin.password, passwordIterations);
  // The administrator is the one named last: a former one does not keep a key.
  const updated = { ...settings, admins: { [admin.name]: hashed } };
  writeSettings(dataDir, updated);
  return updated;
}

/** Below the protocol and the service nothing is the app's; what is asked in a way that nobody knows is refused. */
function answerNotFound(http: FastifyInstance): void {
  for (const url of ['/couch/*', '/api', '/api/*'])
    http.all(url, (request) => {
      if (request.method === 'OPTIONS') throw notAllowed();
      throw new HttpError(404, 'not_found', 'missing');
    });
  http.setNotFoundHandler((request) => {
    const isMissing = request.method === 'GET' || request.method === 'HEAD' || asksForSession(request);
    throw isMissing ? new HttpError(404, 'not_found', 'missing') : notAllowed();
  });
}

/**
 * A CouchDB that replicates asks for a cookie at the root of the host, wherever the databases are. It goes on with name
 * and password when there is none to be had, and gives up when the address is there and takes no questions.
 */
const asksForSession = ({ method, url }: FastifyRequest) => method === 'POST' && url === '/_session';

/**
 * An address is a path and a query. With the name of a server before it, or with a `#`, the router would look at another
 * part of it than those who read it after.
 */
function refuseOddAddresses(http: FastifyInstance): void {
  http.addHook('onRequest', async ({ url }) => {
    if (!url.startsWith('/') || url.includes('#')) throw badRequest('The address is not well formed.');
  });
}
const notAllowed = () =>
  new HttpError(405, 'method_not_allowed', 'Only COPY,DELETE,GET,HEAD,POST,PUT allowed');

/** Every error leaves in CouchDB's shape; what is not ours says nothing of the inside. */
function answerErrors(http: FastifyInstance, health: Health | undefined): void {
  http.setErrorHandler((error, request, reply) => {
    const say = (code: number, word: string, reason: string) =>
      reply
        .code(code)
        .type('application/json')
        .send(JSON.stringify({ error: word, reason }));
    if (error instanceof HttpError) return say(error.status, error.error, error.reason);
    if (error instanceof CouchFailed) return say(503, 'service_unavailable', 'The database does not answer.');
    if (error instanceof NoPlace)
      return say(503, 'service_unavailable', 'Too many ask for this at the moment: try again.');
    // A document nested deeper than it can be walked through.
    const isTooDeep = error instanceof RangeError && error.message.includes('call stack');
    const status = isTooDeep ? 400 : ((error as { statusCode?: number }).statusCode ?? 500);
    if (status === 413) return say(413, 'too_large', 'the request entity is too large');
    if (status < 500) return say(status, 'bad_request', 'The request could not be read.');
    if (isDiskFull(error)) {
      health?.sawFullDisk();
      return say(507, 'insufficient_storage', 'The disk of the server cannot take it; nothing was written.');
    }
    request.log.error({
      kind: error instanceof Error ? error.name : 'unknown',
      route: request.routeOptions.url,
    });
    return say(
      500,
      'internal_server_error',
      'The server met an error of its own; nothing is lost on this device.',
    );
  });
}

/** One line a request: method, pattern of the path, status, duration. No names, no ids. */
function logRequests(http: FastifyInstance): void {
  http.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
}
