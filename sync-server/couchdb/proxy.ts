/** Hands requests on to a CouchDB and its answers back, as streams: feeds stay open, nothing is held in memory. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  request as overHttp,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { request as overTls } from 'node:https';
import { safetyHeaders } from '../app-files.ts';
import type { CouchClient, Credentials } from './client.ts';

/** What a request of the protocol says: everything else stays here, credentials and what other proxies say as well. */
const asked = [
  ...['accept', 'accept-encoding', 'content-type', 'content-encoding', 'content-length', 'content-md5'],
  ...['destination', 'if-match', 'if-none-match', 'last-event-id', 'range'],
];
const answered = [
  ...['accept-ranges', 'allow', 'content-disposition', 'content-encoding', 'content-length', 'content-md5'],
  ...['content-range', 'content-type', 'date', 'etag', 'retry-after', 'vary'],
];

const only = (names: readonly string[], headers: IncomingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));

/** How often it is looked whether who listens to a feed may still do so: a CouchDB asks it at the beginning alone. */
const lookAgainMs = 30_000;

interface HandedOn {
  readonly path: string;
  readonly credentials: Credentials;
  /** Of feeds, which may stay open for long: the answer is cut off when it says no. */
  readonly mayStillRead?: (() => boolean) | undefined;
}

/** Resolves when the CouchDB has begun to answer, or did not. Never throws. */
export function handOn(
  request: FastifyRequest,
  reply: FastifyReply,
  couch: CouchClient,
  { path, credentials, mayStillRead }: HandedOn,
): Promise<void> {
  reply.hijack();
  let answer: IncomingMessage | undefined;
  return new Promise((done) => {
    const outgoing = (couch.url.protocol === 'https:' ? overTls : overHttp)(
      {
        protocol: couch.url.protocol,
        hostname: couch.url.hostname.replace(/^\[|\]$/g, ''),
        port: couch.url.port,
        // As it was looked at: a URL would be mended on the way.
        path: couch.basePath + path,
        method: request.method,
        headers: {
          ...only(asked, request.raw.headers),
          ...credentials,
          'x-forwarded-for': request.ip,
          ...framing(request),
        },
      },
      (incoming) => {
        answer = incoming;
        for (const [name, value] of Object.entries(reply.getHeaders()))
          if (value !== undefined) reply.raw.setHeader(name, value);
        reply.raw.writeHead(incoming.statusCode ?? 502, {
          ...only(answered, incoming.headers),
          ...locationOf(request, couch, incoming.headers.location),
          ...headersOf(request),
        });
        reply.raw.flushHeaders();
        incoming.pipe(reply.raw);
        incoming.on('error', () => reply.raw.destroy());
        done();
      },
    );
    outgoing.on('error', () => {
      // A CouchDB ends an event source twice: what comes after the first end is none of this answer.
      if (answer?.complete) return;
      if (reply.raw.headersSent) reply.raw.destroy();
      else {
        reply.raw.writeHead(503, { 'content-type': 'application/json', ...headersOf(request) });
        reply.raw.end(
          JSON.stringify({
            error: 'service_unavailable',
            reason: 'The database does not answer; nothing is lost on this device.',
          }),
        );
      }
      done();
    });
    const looking = mayStillRead && setInterval(() => mayStillRead() || outgoing.destroy(), lookAgainMs);
    reply.raw.on('close', () => {
      clearInterval(looking);
      outgoing.destroy();
    });
    if (hasBody(request)) request.raw.pipe(outgoing);
    else outgoing.end();
  });
}

const hasBody = ({ raw: { headers } }: FastifyRequest) =>
  headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;

/** Where a body ends is said for every method: a body that ends nowhere would be read as the next request. */
const framing = ({ raw: { headers } }: FastifyRequest): Record<string, string> =>
  headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };

/** Nothing that a CouchDB serves runs with the rights of this address, or stays in a cache. */
const headersOf = (request: FastifyRequest): Record<string, string> => ({
  ...safetyHeaders,
  ...(request.protocol === 'https' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  'content-security-policy': "sandbox; default-src 'none'",
  'cache-control': 'private, no-store, must-revalidate',
});

/** The address of what was written, as the client reaches it. */
function locationOf(request: FastifyRequest, couch: CouchClient, location: string | undefined) {
  if (location === undefined || !URL.canParse(location, couch.url)) return {};
  const { pathname, search } = new URL(location, couch.url);
  const path = pathname.startsWith(`${couch.basePath}/`) ? pathname.slice(couch.basePath.length) : pathname;
  return { location: `${request.protocol}://${request.host}/couch${path}${search}` };
}
