/**
 * The `AuthSession` cookie: name, hour of issue and a signature over both and the account's salt. Changing a password
 * changes the salt and so ends every sign-in of that account.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const sign = (name: string, issued: string, salt: string, secret: string) =>
  createHmac('sha256', `${secret}${salt}`).update(`${name}:${issued}`).digest();

/** The cookie's value. `issuedAt` in seconds. */
export function cookieValue(name: string, issuedAt: number, salt: string, secret: string): string {
  const issued = issuedAt.toString(16).toUpperCase();
  const signature = sign(name, issued, salt, secret);
  return Buffer.concat([Buffer.from(`${name}:${issued}:`), signature]).toString('base64url');
}

export interface ReadCookie {
  readonly name: string;
  /** Seconds. */
  readonly issuedAt: number;
  readonly isGenuine: (salt: string, secret: string) => boolean;
}

/** Takes a cookie's value apart; whether it is genuine depends on the account's salt. */
export function readCookie(value: string): ReadCookie | undefined {
  const bytes = Buffer.from(value, 'base64url');
  const signature = bytes.subarray(bytes.length - 32);
  const head = /^(.+):([0-9A-F]+):$/s.exec(bytes.subarray(0, bytes.length - 32).toString('utf8'));
  if (!head?.[1] || !head[2]) return undefined;
  const [, name, issued] = head;
  return {
    name,
    issuedAt: parseInt(issued, 16),
    isGenuine: (salt, secret) => {
      const wanted = sign(name, issued, salt, secret);
      return signature.length === wanted.length && timingSafeEqual(signature, wanted);
    },
  };
}

/** `Set-Cookie` for a sign-in, or, with no value, for a sign-out. Persistent: a phone may be away for weeks. */
export function setCookie(value: string, maxAgeSeconds: number, isSecure: boolean, now: Date): string {
  const seconds = value ? maxAgeSeconds : 0;
  return [
    `AuthSession=${value}`,
    `Expires=${new Date(now.getTime() + seconds * 1000).toUTCString()}`,
    `Max-Age=${seconds}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
}
