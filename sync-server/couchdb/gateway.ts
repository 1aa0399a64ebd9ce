/**
 * The server in front of a CouchDB: databases, accounts and data live there; the app, the limits on sign-in, devices,
 * invitations and the rules are ours. A request that carries our cookie is handed on with a cookie that the CouchDB
 * itself would have made for that account, so that its own rights and rules apply.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Accounts } from '../accounts/accounts.ts';
import { cookieValue } from '../accounts/cookie.ts';
import { recordsDatabase } from '../accounts/records.ts';
import { apiEndpoints } from '../api/endpoints.ts';
import { openSqliteEngine } from '../engine/sqlite/sqlite-engine.ts';
import type { Service } from '../http/endpoint.ts';
import { watchHealth } from '../http/health.ts';
import { HttpError, unauthorized } from '../http/http-error.ts';
import { countEverything } from '../http/metrics.ts';
import { identify, mount } from '../http/mount.ts';
import { refuseForeignOrigin } from '../http/origin.ts';
import { session } from '../protocol/session.ts';
import { metrics as metricsEndpoint } from '../protocol/server-root.ts';
import { readSettings } from '../server-settings.ts';
import { CouchClient, CouchFailed } from './client.ts';
import { Mirror } from './mirror.ts';
import { handOn } from './proxy.ts';
import { keepRemoteRulesCurrent, remoteDatabases } from './remote-databases.ts';

export interface GatewayOptions {
  /** `http://name:password@host:5984`, an administrator of the CouchDB. */
  readonly couchUrl: string;
  /** `[chttpd_auth] secret` of the CouchDB; asked for where it is not given. */
  readonly couchSecret?: string | undefined;
  /** Folder of the mirror and of the server's own settings. */
  readonly dataDir: string;
  readonly cookieDays?: number;
  readonly passwordIterations?: number;
}

/** What a revoked device may still ask, to hand in what it had not sent. */
const handingIn = /^\/(?:[^/]+\/(?:_bulk_docs|_revs_diff)|[^/]*)\/?$/;

/** Puts the gateway on a Fastify server. Answers how to stop it. Throws `CouchFailed`. */
export async function mountGateway(
  http: FastifyInstance,
  options: GatewayOptions,
): Promise<{ close: () => void }> {
  const couch = new CouchClient(options.couchUrl);
  const welcome = await couch.ask('GET', '/_all_dbs');
  if (welcome.status !== 200)
    throw new CouchFailed(`${couch.address} does not take the name and password for an administrator.`);
  const couchSecret = options.couchSecret ?? (await secretOf(couch));
  const engine = openSqliteEngine(join(options.dataDir, 'mirror'));
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const mirror = new Mirror(engine, couch, ['_users', recordsDatabase]);
  if (!engine.open('_users')) engine.create('_users');
  const accounts = new Accounts({
    engine,
    secret: readSettings(options.dataDir).secret,
    admins: {},
    cookieSeconds: (options.cookieDays ?? 90) * 86_400,
    ...(options.passwordIterations ? { iterations: options.passwordIterations } : {}),
  });
  await mirror.start(stopping.signal);
  await keepRemoteRulesCurrent(couch);
  const metrics = countEverything(engine, options.dataDir);
  metrics.count(http);
  const service: Service = {
    engine,
    accounts,
    databases: remoteDatabases(couch, () => mirror.settle()),
    health: watchHealth(options.dataDir, stopping.signal),
    metrics,
    uuid: '',
    startedAt: Date.now(),
    limits: { documentBytes: 8 * 2 ** 20 },
    stopping: stopping.signal,
  };
  const target = (request: FastifyRequest) => ({
    root: couch.address,
    path: request.url.slice('/couch'.length) || '/',
  });

  // Before any body is read: what is handed on goes through as a stream.
  http.addHook('onRequest', async (request, reply) => {
    if (!/^\/couch(?:\/|\?|$)/.test(request.url)) return;
    refuseForeignOrigin(request);
    const isSession = /^\/couch\/_session\/?(?:\?|$)/.test(request.url);
    if (request.headers.authorization === undefined && isSession) {
      // An account made a moment ago may sign in at once.
      if (request.method === 'POST') await mirror.refresh('_users').catch(() => undefined);
      return;
    }
    if (/^\/couch\/_metrics/.test(request.url)) return;
    await forward(request, reply);
  });

  async function forward(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return withPassword(request, reply, authorization);
    const user = await identify(request, reply, service);
    if (user.name === null) {
      await handOn(request, reply, target(request), {});
      return;
    }
    const path = target(request).path.split('?', 1)[0] ?? '';
    if (user.device?.isRevoked && !(handingIn.test(path) && !path.startsWith('/_')))
      throw unauthorized('device_revoked');
    await handOn(request, reply, target(request), { cookie: `AuthSession=${cookieOf(user.name)}` });
  }

  /** Basic: the CouchDB knows whether it is right; we count how often it is not. */
  async function withPassword(request: FastifyRequest, reply: FastifyReply, authorization: string) {
    const decoded = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64').toString();
    const name = decoded.split(':', 1)[0] ?? '';
    if (accounts.isLocked(name, request.ip))
      throw new HttpError(
        403,
        'forbidden',
        'Account is temporarily locked due to multiple authentication failures',
      );
    // A CouchDB knows nothing of accounts that are disabled.
    if (couch.isGuessAtOurName(decoded) || accounts.team.find(name)?.isDisabled) {
      accounts.countFailure(name, request.ip);
      throw unauthorized('Name or password is incorrect.');
    }
    const status = await handOn(request, reply, target(request), { authorization });
    if (status === 401) accounts.countFailure(name, request.ip);
  }

  /** A cookie as the CouchDB makes them, for an account that has proven to us who it is. */
  function cookieOf(name: string): string {
    const row = engine.open('_users')?.row(`org.couchdb.user:${name}`);
    const { salt = '' } = JSON.parse(row?.body ?? '{}') as { salt?: string };
    return cookieValue({ name, issuedAt: Math.floor(Date.now() / 1000) }, salt, couchSecret);
  }

  const ours = { service, mayTouchOwn: () => false };
  mount(http, [session, metricsEndpoint], { ...ours, prefix: '/couch' });
  mount(http, apiEndpoints, { ...ours, prefix: '/api' });
  return {
    close() {
      stopping.abort();
      engine.close();
    },
  };
}

async function secretOf(couch: CouchClient): Promise<string> {
  for (const section of ['chttpd_auth', 'couch_httpd_auth']) {
    const { status, json } = await couch.ask('GET', `/_node/_local/_config/${section}/secret`);
    const secret = z.safeParse(z.string().check(z.minLength(1)), json);
    if (status === 200 && secret.success) return secret.data;
  }
  throw new CouchFailed(
    `${couch.address} does not tell its cookie secret: give [chttpd_auth] secret of its configuration as COUCHDB_SECRET.`,
  );
}
