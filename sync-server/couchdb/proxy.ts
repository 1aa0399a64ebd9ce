/** Hands requests on to a CouchDB and its answers back, as streams: feeds stay open, nothing is held in memory. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { request as overHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';

/** What belongs to one connection, and what we say ourselves. */
const ownHeaders = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'proxy-authorization'],
  ...['host', 'cookie', 'set-cookie', 'authorization', 'origin', 'x-http-method-override'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-ssl'],
  ...[
    'x-auth-couchdb-username',
    'x-auth-couchdb-roles',
    'x-auth-couchdb-token',
    'x-couchdb-www-authenticate',
  ],
]);

const passed = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name)));

/** @param credentials the headers by which the CouchDB knows the user */
export function handOn(
  request: FastifyRequest,
  reply: FastifyReply,
  target: { readonly root: string; readonly path: string },
  credentials: Readonly<Record<string, string>>,
): Promise<number> {
  const { root, path } = target;
  reply.hijack();
  // Whom it locks out for wrong passwords is then the client who sent them, not everybody behind us.
  const ours = { ...credentials, 'x-forwarded-for': request.ip };
  let answer: IncomingMessage | undefined;
  return new Promise((tell) => {
    const send = root.startsWith('https:') ? overTls : overHttp;
    const outgoing = send(
      root + path,
      { method: request.method, headers: { ...passed(request.raw.headers), ...ours } },
      (incoming) => {
        answer = incoming;
        const status = incoming.statusCode ?? 502;
        for (const [name, value] of Object.entries(reply.getHeaders()))
          if (value !== undefined) reply.raw.setHeader(name, value);
        reply.raw.writeHead(status, {
          ...passed(incoming.headers),
          'cache-control': 'private, no-store, must-revalidate',
        });
        reply.raw.flushHeaders();
        incoming.pipe(reply.raw);
        incoming.on('error', () => reply.raw.destroy());
        tell(status);
      },
    );
    outgoing.on('error', () => {
      // A CouchDB ends an event source twice: what comes after the first end is none of this answer.
      if (answer?.complete) return;
      if (!reply.raw.headersSent) {
        reply.raw.writeHead(503, { 'content-type': 'application/json' });
        reply.raw.end(
          JSON.stringify({
            error: 'service_unavailable',
            reason: 'The database does not answer; nothing is lost on this device.',
          }),
        );
      } else reply.raw.destroy();
      tell(503);
    });
    reply.raw.on('close', () => outgoing.destroy());
    request.raw.pipe(outgoing);
  });
}
