import type { FastifyReply, FastifyRequest } from 'fastify';
import { nobody, type User } from '../accounts/user.ts';
import type { Service } from './endpoint.ts';
import { lockedOut, unauthorized } from './http-error.ts';

const basicOf = ({ headers }: FastifyRequest) =>
  /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(headers.authorization ?? '')?.[1];
const cookieOf = ({ headers }: FastifyRequest) =>
  /(?:^|;\s*)AuthSession=([A-Za-z0-9_-]+)/.exec(headers.cookie ?? '')?.[1];

/**
 * Who a request that was identified before is of by now; `nobody` when it would be refused. No password is derived
 * again: of one that was right it is enough that it is still the account's.
 */
export function identifyAgain(request: FastifyRequest, { accounts }: Service): User {
  const basic = basicOf(request);
  if (basic) return accounts.byProvenBasic(basic);
  const cookie = cookieOf(request);
  return cookie ? accounts.byCookie(cookie).user : nobody;
}

/** Who makes a request, by Basic credentials or by cookie; renews the cookie when its time has come. */
export async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  service: Service,
): Promise<User> {
  const basic = basicOf(request);
  if (basic) {
    const result = await service.accounts.byBasic(basic, request.ip);
    if (result.ok) return result.user;
    throw result.why === 'locked' ? lockedOut() : unauthorized('Name or password is incorrect.');
  }
  const cookie = cookieOf(request);
  if (!cookie) return nobody;
  const { user, renewal } = service.accounts.byCookie(cookie);
  if (renewal)
    reply.header('set-cookie', service.accounts.cookieHeader(renewal, request.protocol === 'https'));
  return user;
}
