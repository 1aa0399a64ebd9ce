/**
 * The signing key of this device: ECDSA P-256, made at the first signature. The private half is not extractable and
 * stays in a database of its own in IndexedDB, apart from every replica: signing out or taking a term away does not
 * touch it. A browser without WebCrypto (a page that is not served over HTTPS) has none.
 */
import Dexie, { type Table } from 'dexie';

interface KeyRow {
  readonly name: 'signing';
  readonly pair: CryptoKeyPair;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface Signature {
  /** Over the UTF-8 of the text, base64url. */
  readonly signature: string;
  /** The public key, JWK. */
  readonly signedWith: Record<string, unknown>;
}

export type Signed = ({ ok: true } & Signature) | { ok: false; why: 'no-crypto' | 'storage' };

const bytesOf = (text: string) => new TextEncoder().encode(text);

function base64url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

const subtle = () => (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;

async function withKeys<Answer>(work: (keys: Table<KeyRow, string>) => Promise<Answer>): Promise<Answer> {
  const database = new Dexie('presence-device');
  database.version(1).stores({ keys: 'name' });
  try {
    return await work(database.table<KeyRow, string>('keys'));
  } finally {
    database.close();
  }
}

/** The pair of this device. Two tabs that make one at the same moment end with the same one. */
const keyPair = (crypto: SubtleCrypto) =>
  withKeys(async (keys) => {
    const known = await keys.get('signing');
    if (known) return known.pair;
    const pair = await crypto.generateKey(algorithm, false, ['sign', 'verify']);
    await keys.add({ name: 'signing', pair }).catch(() => undefined);
    const kept = await keys.get('signing');
    if (!kept) throw new Error('the key was not kept');
    return kept.pair;
  });

/** Signs a text with the key of this device. */
export async function signText(text: string): Promise<Signed> {
  const crypto = subtle();
  if (!crypto) return { ok: false, why: 'no-crypto' };
  try {
    const { privateKey, publicKey } = await keyPair(crypto);
    const [signature, jwk] = await Promise.all([
      crypto.sign(signing, privateKey, bytesOf(text)),
      crypto.exportKey('jwk', publicKey),
    ]);
    const { kty, crv, x, y } = jwk;
    return { ok: true, signature: base64url(signature), signedWith: { kty, crv, x, y } };
  } catch {
    return { ok: false, why: 'storage' };
  }
}

/**
 * Whether a text is, to the letter, what the holder of the key signed; `undefined` where this browser cannot tell. A
 * key or signature that is none is a no.
 */
export async function isSignatureOf(text: string, signed: Signature): Promise<boolean | undefined> {
  const crypto = subtle();
  if (!crypto) return undefined;
  try {
    const key = await crypto.importKey('jwk', signed.signedWith as JsonWebKey, algorithm, false, ['verify']);
    return await crypto.verify(signing, key, fromBase64url(signed.signature), bytesOf(text));
  } catch {
    return false;
  }
}

/** SHA-256 of a text in UTF-8, hexadecimal; `undefined` without WebCrypto. */
export async function sha256Of(text: string): Promise<string | undefined> {
  const digest = await subtle()?.digest('SHA-256', bytesOf(text));
  return digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Takes the key away from this device: what it signed can be verified all the same. */
export const forgetDeviceKey = () => Dexie.delete('presence-device');
