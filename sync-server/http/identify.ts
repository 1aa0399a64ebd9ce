import type { FastifyReply, FastifyRequest } from 'fastify';
import { nobody, type User } from '../accounts/user.ts';
import type { Service } from './endpoint.ts';
import { lockedOut, unauthorized } from './http-error.ts';

/** Who makes a request, by Basic credentials or by cookie; renews the cookie when its time has come. */
export async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  service: Service,
): Promise<User> {
  const basic = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(request.headers.authorization ?? '');
  if (basic?.[1]) {
    const result = await service.accounts.byBasic(basic[1], request.ip);
    if (result.ok) return result.user;
    throw result.why === 'locked' ? lockedOut() : unauthorized('Name or password is incorrect.');
  }
  const cookie = /(?:^|;\s*)AuthSession=([A-Za-z0-9_-]+)/.exec(request.headers.cookie ?? '');
  if (!cookie?.[1]) return nobody;
  const { user, renewal } = service.accounts.byCookie(cookie[1]);
  if (renewal)
    reply.header('set-cookie', service.accounts.cookieHeader(renewal, request.protocol === 'https'));
  return user;
}
