/**
 * The server in front of a CouchDB: databases, accounts and data live there; the app, the limits on sign-in, devices,
 * invitations and the rules are ours. Who asks is known here; the request is handed on with a cookie that the CouchDB
 * itself would have made for that account, so that its own rights and rules apply.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Accounts } from '../accounts/accounts.ts';
import { cookieValue } from '../accounts/cookie.ts';
import { recordsDatabase } from '../accounts/records.ts';
import { isServerAdmin } from '../accounts/user.ts';
import { apiEndpoints } from '../api/endpoints.ts';
import { openSqliteEngine } from '../engine/sqlite/sqlite-engine.ts';
import type { Service } from '../http/endpoint.ts';
import { watchHealth } from '../http/health.ts';
import { identify, identifyAgain } from '../http/identify.ts';
import { countEverything } from '../http/metrics.ts';
import { mount } from '../http/mount.ts';
import { refuseForeignOrigin } from '../http/origin.ts';
import { notHere } from '../protocol/not-here.ts';
import { session } from '../protocol/session.ts';
import { mayTouchOwnAccount } from '../protocol/users-document.ts';
import { metrics as metricsEndpoint, up } from '../protocol/server-root.ts';
import { makeFolder } from '../server-settings.ts';
import { administratorNames, isAdministrator } from './administrators.ts';
import { CouchClient, CouchFailed, type Credentials } from './client.ts';
import { handInEndpoint } from './hand-in.ts';
import { Mirror } from './mirror.ts';
import { ownAccountEndpoint } from './own-account.ts';
import { placeOf, type Place } from './place.ts';
import { handOn } from './proxy.ts';
import { keepRemoteRulesCurrent, remoteDatabases } from './remote-databases.ts';
import { checkRight, isAnsweredHere, isNotHere } from './rights.ts';

export interface GatewayOptions {
  /** `http://name:password@host:5984`, an administrator of the CouchDB. */
  readonly couchUrl: string;
  /** `[chttpd_auth] secret` of the CouchDB; asked for where it is not given. */
  readonly couchSecret?: string | undefined;
  /** Folder of the mirror. */
  readonly dataDir: string;
  readonly cookieDays?: number;
  readonly passwordIterations?: number;
}

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
  const administrators = await administratorNames(couch);
  makeFolder(options.dataDir);
  const engine = openSqliteEngine(join(options.dataDir, 'mirror'));
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const mirror = new Mirror(engine, couch, { pulled: ['_users'], shared: [recordsDatabase] });
  await mirror.start(stopping.signal);
  const accounts = new Accounts({
    engine,
    secret: cookieSecretOf(couchSecret),
    admins: {},
    cookieSeconds: (options.cookieDays ?? 90) * 86_400,
    changeRecord: mirror.change,
    elsewhere: {
      refresh: () => mirror.refresh(),
      administrators,
      isAdministrator: (name, password) => isAdministrator(couch, name, password),
    },
    ...(options.passwordIterations ? { iterations: options.passwordIterations } : {}),
  });
  await keepRemoteRulesCurrent(couch);
  const metrics = countEverything(engine, options.dataDir);
  metrics.count(http);
  const service: Service = {
    engine,
    accounts,
    databases: remoteDatabases(couch, mirror),
    health: watchHealth(options.dataDir, stopping.signal),
    metrics,
    uuid: '',
    startedAt: Date.now(),
    limits: { documentBytes: 8 * 2 ** 20 },
    stopping: stopping.signal,
  };

  /** A cookie as the CouchDB makes them, for an account that has proven to us who it is. */
  function credentialsOf(name: string): Credentials {
    const row = engine.open('_users')?.row(`org.couchdb.user:${name}`);
    const { salt = '' } = JSON.parse(row?.body ?? '{}') as { salt?: string };
    const value = cookieValue({ name, issuedAt: Math.floor(Date.now() / 1000) }, salt, couchSecret);
    return { cookie: `AuthSession=${value}` };
  }

  /** Whether an endpoint of ours answers. */
  function isOurs(place: Place): boolean {
    const { parts } = place;
    if (parts[0] === '_up') return service.health.trouble() !== undefined;
    if (isNotHere(place)) return true;
    return parts.length === 1 && (parts[0] === '_session' || parts[0] === '_metrics');
  }

  async function forward(request: FastifyRequest, reply: FastifyReply, place: Place): Promise<void> {
    const user = await identify(request, reply, service);
    checkRight(request.method, place, user);
    if (isAnsweredHere(place, user)) return;
    const { authorization = '' } = request.headers;
    const credentials = isServerAdmin(user) ? { authorization } : user.name ? credentialsOf(user.name) : {};
    // Each role may be the one that opens the database: without one of them the CouchDB is asked anew.
    const mayStillRead = () => {
      const now = identifyAgain(request, service);
      const isSame = now.name === user.name && now.device?.isRevoked !== true;
      return isSame && user.roles.every((role) => now.roles.includes(role));
    };
    await handOn(request, reply, couch, {
      path: place.path,
      credentials,
      ...(isFeed(place) ? { mayStillRead } : {}),
    });
  }

  // Before any body is read: what is handed on goes through as a stream.
  http.addHook('onRequest', async (request, reply) => {
    const place = placeOf(request.url);
    if (!place || isOurs(place)) return;
    refuseForeignOrigin(request);
    await forward(request, reply, place);
  });
  const endpoints = [
    ...[session, metricsEndpoint, up, ...notHere],
    ...[handInEndpoint(couch, credentialsOf), ownAccountEndpoint(couch, mirror)],
  ];
  mount(http, endpoints, { service, prefix: '/couch', mayTouchOwn: mayTouchOwnAccount });
  mount(http, apiEndpoints, { service, prefix: '/api', mayTouchOwn: () => false });
  return {
    close() {
      stopping.abort();
      engine.close();
    },
  };
}

const isFeed = ({ parts }: Place) => parts.at(-1) === '_changes' || parts[0] === '_db_updates';

/** Of our own cookies: the same on every server before this CouchDB, and none by which the CouchDB takes one of them. */
const cookieSecretOf = (couchSecret: string) =>
  createHmac('sha256', couchSecret).update('cookies of a server in front').digest('hex');

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
