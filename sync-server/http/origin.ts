import type { FastifyRequest } from 'fastify';
import { forbidden } from './http-error.ts';

/** A page of another site must not write with the cookie of ours. Throws a 403. */
export function refuseForeignOrigin(request: FastifyRequest): void {
  const { method } = request;
  const { origin } = request.headers;
  if (origin === undefined || method === 'GET' || method === 'HEAD') return;
  // The host says whose page it is; the scheme may have been lost at a proxy in between.
  if (!URL.canParse(origin) || new URL(origin).host !== request.host)
    throw forbidden('Requests from another site are refused.');
}
