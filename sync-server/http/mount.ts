/** Puts endpoints on a Fastify server: who calls, whether they may, what they get when it goes wrong. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAdmin, isMember, isServerAdmin, type User } from '../accounts/user.ts';
import type { Database } from '../engine/engine.ts';
import {
  streamed,
  type Access,
  type Answer,
  type Call,
  type Endpoint,
  type Method,
  type Service,
} from './endpoint.ts';
import { HttpError, forbidden, notFound, unauthorized } from './http-error.ts';
import { parseJson } from './json.ts';
import { identify, identifyAgain } from './identify.ts';
import { refuseLargeBodyOfStranger } from './large-bodies.ts';
import { refuseForeignOrigin } from './origin.ts';
import { Query } from './query.ts';
import { Turns } from './turns.ts';
import { piecesOf } from '../protocol/path.ts';

export interface MountOptions {
  readonly service: Service;
  /** Where the protocol stands: `/couch`. */
  readonly prefix: string;
  /** What a user may do to an account document: their own, for instance. */
  readonly mayTouchOwn: (user: User, database: string, id: string | undefined, method: Method) => boolean;
}

/** Nothing of the data stays in a browser's cache after its person signed out. */
const notKept = { 'cache-control': 'private, no-store, must-revalidate' };

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'COPY'] as const;

/** Characters of an answer that is not worth sending in pieces. */
const shortAnswer = 500_000;

const nothing = Buffer.alloc(0);
const turns = new Turns();

/** Registers the endpoints; a method that none of a path's endpoints has is answered 405. */
export function mount(app: FastifyInstance, endpoints: readonly Endpoint[], options: MountOptions): void {
  if (!app.supportedMethods.includes('COPY')) app.addHttpMethod('COPY', { hasBody: false });
  for (const endpoint of endpoints) {
    app.route({
      method: [...methods],
      url: options.prefix + (endpoint.path === '/' ? '' : endpoint.path),
      exposeHeadRoute: false,
      onRequest: (request, reply) => refuseLargeBodyOfStranger(request, reply, options.service),
      handler: async (request, reply) => answer(endpoint, request, reply, options),
    });
  }
}

async function answer(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  options: MountOptions,
): Promise<unknown> {
  const method = request.method as Method;
  if (!endpoint.methods.includes(method)) {
    const allowed = [...endpoint.methods].sort().join(',');
    reply.header('allow', allowed);
    throw new HttpError(405, 'method_not_allowed', `Only ${allowed} allowed`);
  }
  refuseForeignOrigin(request);
  const params = request.params as Record<string, string | undefined>;
  const user = await identify(request, reply, options.service);
  const access =
    typeof endpoint.access === 'string' ? endpoint.access : (endpoint.access[method] ?? 'serverAdmin');
  // Who is refused in any case takes nobody's turn.
  if (endpoint.takesTurns && (user.name !== null || access === 'anyone')) await turns.take();
  if (user.device?.isRevoked) {
    // Without a right to hand in it is told so, and nothing of any database.
    const mayAsk = user.device.mayHandIn || access === 'anyone';
    if (!mayAsk || !endpoint.forRevoked?.includes(method)) throw unauthorized('device_revoked');
  }
  const rawPath = request.url.slice(options.prefix.length).split('?', 1)[0] ?? '';
  // The document that is asked about, read in the one way in which it is read by who answers.
  const id = params['*'] === undefined ? undefined : piecesOf(rawPath).slice(1).join('/');
  const asked = { access, method, params, id };
  const database = authorise({ ...asked, user }, options);
  const bytes = Buffer.isBuffer(request.body) ? request.body : nothing;
  const call: Call = {
    service: options.service,
    method,
    user,
    query: new Query(request.url),
    params,
    rawPath,
    headers: request.headers,
    origin: `${request.protocol}://${request.host}${options.prefix}`,
    isSecure: request.protocol === 'https',
    address: request.ip,
    bytes,
    json() {
      if (method === 'POST' && !/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? ''))
        throw new HttpError(415, 'bad_content_type', 'Content-Type must be application/json');
      return parseJson(bytes);
    },
    // Endpoints that need no database never look at it.
    database: database as Database,
    mayStillRead() {
      const now = identifyAgain(request, options.service);
      if (now.device?.isRevoked) return false;
      try {
        authorise({ ...asked, user: now }, options);
        return true;
      } catch {
        return false;
      }
    },
    stream(headers) {
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.raw.writeHead(200, { ...notKept, ...headers });
      reply.raw.flushHeaders();
      return reply.raw;
    },
  };
  const result = await endpoint.handle(call);
  return result === streamed ? reply : send(reply, result, method);
}

function send(reply: FastifyReply, answer: Answer, method: Method): FastifyReply {
  reply.code(answer.status ?? 200);
  reply.headers(notKept);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.bytes) {
    reply.header('content-type', answer.bytes.type);
    if (method !== 'HEAD') return reply.send(answer.bytes.content);
    return reply.header('content-length', answer.bytes.content.length).send('');
  }
  if (answer.pieces) return sendPieces(reply, answer.pieces, method);
  const text = answer.raw ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  if (text) reply.header('content-type', 'application/json');
  return reply.send(method === 'HEAD' || answer.status === 304 ? '' : text);
}

/** A short answer goes as one, and what is wrong with it is found before anything was sent. */
function sendPieces(reply: FastifyReply, pieces: Iterable<string>, method: Method): FastifyReply {
  reply.header('content-type', 'application/json');
  if (method === 'HEAD') return reply.send('');
  const iterator = pieces[Symbol.iterator]();
  let begun = '';
  let next = iterator.next();
  for (; !next.done && begun.length < shortAnswer; next = iterator.next()) begun += next.value;
  if (next.done) return reply.send(begun);
  const rest = function* () {
    yield Buffer.from(begun);
    for (; !next.done; next = iterator.next()) yield Buffer.from(next.value);
  };
  return reply.send(Readable.from(rest(), { objectMode: false }));
}

interface Asked {
  readonly user: User;
  readonly access: Access;
  readonly method: Method;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly id: string | undefined;
}

/** Checks the right to call; answers the database of the path, if it names one. */
function authorise(
  { user, access, method, params, id }: Asked,
  { service, mayTouchOwn }: MountOptions,
): Database | undefined {
  const name = params.db;
  const database = name === undefined ? undefined : service.engine.open(name);
  if (access === 'anyone') return database;
  if (access === 'serverAdmin') {
    if (!isServerAdmin(user)) throw unauthorized('You are not a server admin.');
    return database;
  }
  if (user.name === null) throw unauthorized('You are not authorized to access this db.');
  if (access === 'coordinator') {
    if (!isServerAdmin(user) && !user.roles.includes(`coordinator:${params.site}`))
      throw forbidden('Only coordinators of this site may do this.');
    return undefined;
  }
  if (!database) throw notFound('Database does not exist.');
  const isOwn = mayTouchOwn(user, database.name, id, method);
  if (database.name === '_users' && !isOwn && !isServerAdmin(user)) {
    // As if the accounts of others were not there.
    const isReading = id !== undefined && (method === 'GET' || method === 'HEAD');
    throw isReading ? notFound('missing') : unauthorized('You are not a server admin.');
  }
  const security = database.security();
  const isAllowed =
    access === 'databaseAdmin' ? isDatabaseAdmin(user, security) : isOwn || isMember(user, security);
  if (!isAllowed)
    throw access === 'databaseAdmin' && isMember(user, security)
      ? unauthorized('You are not a db or server admin.')
      : forbidden('You are not allowed to access this db.');
  return database;
}
