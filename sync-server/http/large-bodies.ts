import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from './endpoint.ts';
import { unauthorized } from './http-error.ts';
import { identify } from './identify.ts';

/** What a sign-in or an invitation needs, and more. */
const smallBytes = 65_536;

/**
 * A body is read into memory before its request is looked at: a large one, and one whose end is not known, for those
 * alone who are known here. Throws a 401.
 */
export async function refuseLargeBodyOfStranger(
  request: FastifyRequest,
  reply: FastifyReply,
  service: Service,
): Promise<void> {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (coding === undefined && !(Number(length) > smallBytes)) return;
  const user = await identify(request, reply, service);
  if (user.name === null) throw unauthorized('You are not authorized to access this db.');
}
