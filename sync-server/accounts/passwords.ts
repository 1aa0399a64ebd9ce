/** Passwords as CouchDB 3.5 stores them, so that the accounts can move to a real CouchDB as they are. */
import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Places } from './places.ts';

const derive = promisify(pbkdf2);

/** PBKDF2 runs in Node's four threads, which packing answers needs as well: two are left to it. */
const places = new Places(2, 200);

/** The hash functions that CouchDB knows, by Node's names for them. */
const digestOf = { sha: 'sha1', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512' };

type PasswordHash = keyof typeof digestOf;

/** The fields that CouchDB adds to an account in place of its password. */
export interface StoredPassword {
  readonly password_scheme: 'pbkdf2';
  readonly pbkdf2_prf: PasswordHash;
  readonly iterations: number;
  readonly derived_key: string;
  readonly salt: string;
}

/** CouchDB 3.5's own number of rounds. */
export const couchIterations = 600_000;
/** More than this would hold up everybody's sign-in: whoever wrote it into an account is not obeyed. */
export const mostIterations = 5_000_000;

/** Throws `NoPlace` when too many passwords wait already. */
export async function hashPassword(password: string, iterations = couchIterations): Promise<StoredPassword> {
  const salt = randomBytes(16).toString('hex');
  const key = await places.take(() => derive(password.normalize('NFC'), salt, iterations, 32, 'sha256'));
  return {
    password_scheme: 'pbkdf2',
    pbkdf2_prf: 'sha256',
    iterations,
    derived_key: key.toString('hex'),
    salt,
  };
}

/**
 * Takes the same time whatever the password; older `pbkdf2` accounts (SHA-1, fewer rounds) are read too.
 * Throws `NoPlace` when too many passwords wait already.
 * @param leastIterations an account with fewer rounds takes as long as one with so many
 */
export async function isPassword(
  password: string,
  stored: StoredPassword,
  leastIterations = 0,
): Promise<boolean> {
  // A CouchDB hashes what was typed; here the letters are put together first, as every keyboard does it but some.
  const spellings = new Set([password.normalize('NFC'), password]);
  const found = await places.take(async () => {
    const spare = leastIterations - stored.iterations;
    if (spare > 0) await derive(password, stored.salt, spare, 32, 'sha256');
    return Promise.all([...spellings].map((spelling) => isDerived(spelling, stored)));
  });
  return found.includes(true);
}

async function isDerived(password: string, stored: StoredPassword): Promise<boolean> {
  const wanted = Buffer.from(stored.derived_key, 'hex');
  const digest = digestOf[stored.pbkdf2_prf];
  const key = await derive(password, stored.salt, stored.iterations, wanted.length || 20, digest);
  return key.length === wanted.length && timingSafeEqual(key, wanted);
}
