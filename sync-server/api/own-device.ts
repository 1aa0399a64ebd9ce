import type { Call, Endpoint } from '../http/endpoint.ts';
import { unauthorized } from '../http/http-error.ts';

/** `GET /api/device`: how this device stands. */
export const ownDevice: Endpoint = {
  methods: ['GET'],
  path: '/device',
  access: 'anyone',
  forRevoked: ['GET'],
  handle({ user }) {
    if (user.name === null) throw unauthorized('Sign in first.');
    const { isRevoked = false, mayHandIn } = user.device ?? {};
    return { body: isRevoked ? { state: 'revoked', mayHandIn } : { state: 'active' } };
  },
};

/** `POST /api/device/forgotten`: its data are gone from it; its credential is dead from now on. */
export const forgotten: Endpoint = {
  methods: ['POST'],
  path: '/device/forgotten',
  access: 'anyone',
  forRevoked: ['POST'],
  handle(call: Call) {
    const { user, service, isSecure } = call;
    if (user.name === null) throw unauthorized('Sign in first.');
    const found = user.device && service.accounts.devices.find(user.device.key);
    if (found) service.accounts.devices.forget(found, Date.now());
    return { headers: { 'set-cookie': service.accounts.cookieHeader('', isSecure) }, body: { ok: true } };
  },
};
