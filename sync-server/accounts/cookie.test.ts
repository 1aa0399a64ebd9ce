import { describe, expect, it } from 'vitest';
import { cookieValue, readCookie } from './cookie.ts';

/** Made by a CouchDB 3.5 for an account of nobody. */
const madeByCouch = 'bWFpYS50ZXN0OjZCMDczMzUyOm_uF1q8HfsQD04LSfwtXO5ckIBSd3GAfDeswIbx5-Cf';
const salt = '9e7c5e1875866eef94ea59e276abefcd';
const secret = '5ec2e75ec2e75ec2e75ec2e75ec2e7aa';

describe('the cookie', () => {
  it('is the one that a CouchDB makes', () => {
    expect(cookieValue({ name: 'maia.test', issuedAt: 0x6b073352 }, salt, secret)).toBe(madeByCouch);
  });

  it('of a CouchDB is genuine', () => {
    const read = readCookie(madeByCouch);
    expect(read).toMatchObject({ name: 'maia.test', issuedAt: 0x6b073352, device: undefined });
    expect(read?.isGenuine(salt, secret)).toBe(true);
    expect(read?.isGenuine(salt, 'another')).toBe(false);
    expect(read?.isGenuine('another', secret)).toBe(false);
  });

  it('carries the device, and no other', () => {
    const device = 'd'.repeat(32);
    const value = cookieValue({ name: 'séance:a', issuedAt: 1, device }, salt, secret);
    const read = readCookie(value);
    expect(read).toMatchObject({ name: 'séance:a', device });
    expect(read?.isGenuine(salt, secret)).toBe(true);
    const other = Buffer.from(value, 'base64url');
    other[other.indexOf('.') + 1] = 0x65;
    expect(readCookie(other.toString('base64url'))?.isGenuine(salt, secret)).toBe(false);
  });
});
