/**
 * The `AuthSession` cookie: name, time of issue, the device where it has a credential of its own, and a signature over
 * all of it and the account's salt. Changing a password changes the salt and so ends every sign-in of that account.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const sign = (head: string, salt: string, secret: string) =>
  createHmac('sha256', `${secret}${salt}`).update(head).digest();

export interface Issued {
  readonly name: string;
  /** Seconds. */
  readonly issuedAt: number;
  /** Key of the device's record. */
  readonly device?: string | undefined;
}

/** The cookie's value. @param salt the account's, with the device's behind it */
export function cookieValue({ name, issuedAt, device }: Issued, salt: string, secret: string): string {
  const head = `${name}:${issuedAt.toString(16).toUpperCase()}${device === undefined ? '' : `.${device}`}`;
  return Buffer.concat([Buffer.from(`${head}:`), sign(head, salt, secret)]).toString('base64url');
}

export interface ReadCookie extends Issued {
  readonly isGenuine: (salt: string, secret: string) => boolean;
}

/** Takes a cookie's value apart; whether it is genuine depends on the salts. */
export function readCookie(value: string): ReadCookie | undefined {
  const bytes = Buffer.from(value, 'base64url');
  const signature = bytes.subarray(bytes.length - 32);
  const signed = bytes.subarray(0, bytes.length - 32).toString('utf8');
  const parts = /^(.+):([0-9A-F]{1,12})(?:\.([0-9a-f]{32}))?:$/s.exec(signed);
  if (!parts?.[1] || !parts[2]) return undefined;
  const head = signed.slice(0, -1);
  return {
    name: parts[1],
    issuedAt: parseInt(parts[2], 16),
    device: parts[3],
    isGenuine: (salt, secret) => {
      const wanted = sign(head, salt, secret);
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
