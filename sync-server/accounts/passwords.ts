/** Passwords as CouchDB 3.5 stores them, so that the accounts can move to a real CouchDB as they are. */
import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** The fields that CouchDB adds to an account in place of its password. */
export interface StoredPassword {
  readonly password_scheme: 'pbkdf2';
  readonly pbkdf2_prf: 'sha256' | 'sha';
  readonly iterations: number;
  readonly derived_key: string;
  readonly salt: string;
}

/** CouchDB 3.5's own number of rounds. */
export const couchIterations = 600_000;

export async function hashPassword(password: string, iterations = couchIterations): Promise<StoredPassword> {
  const salt = randomBytes(16).toString('hex');
  const key = await derive(password.normalize('NFC'), salt, iterations, 32, 'sha256');
  return {
    password_scheme: 'pbkdf2',
    pbkdf2_prf: 'sha256',
    iterations,
    derived_key: key.toString('hex'),
    salt,
  };
}

/** Takes the same time whatever the password; older `pbkdf2` accounts (SHA-1) are read too. */
export async function isPassword(password: string, stored: StoredPassword): Promise<boolean> {
  const wanted = Buffer.from(stored.derived_key, 'hex');
  const digest = stored.pbkdf2_prf === 'sha256' ? 'sha256' : 'sha1';
  const key = await derive(
    password.normalize('NFC'),
    stored.salt,
    stored.iterations,
    wanted.length || 20,
    digest,
  );
  return key.length === wanted.length && timingSafeEqual(key, wanted);
}
