/**
 * The sealed envelope: AES-GCM under a key made from the code that the sender reads aloud. It names nobody, and nobody
 * without the code can open it or change a bit of it.
 *
 * Twelve digits and not eight: the file may lie in a mailbox, where the code can be tried at leisure. At 600,000 rounds
 * of PBKDF2 a graphics card tries some ten thousand codes a second: hours for eight digits, years for twelve.
 */
import { compress, decompress, type Bytes } from './bytes.ts';

const digits = 12;
const rounds = 600_000;
/** « PT », and the version of everything after it: salt, nonce, rounds. */
const mark: Bytes = new Uint8Array([0x50, 0x54, 1]);
const saltBytes = 16;
const nonceBytes = 12;
const headBytes = mark.length + saltBytes + nonceBytes;

/** A new code, every one as likely as the other. */
export function newCode(): string {
  let code = '';
  while (code.length < digits) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 250) code += String(byte % 10);
  }
  return code;
}

/** « 4821 0937 5526 »: how it is read aloud. */
export const spacedCode = (code: string) => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/** The digits of what somebody typed; `undefined` when that cannot be a code. */
export function typedCode(text: string): string | undefined {
  const code = text.replace(/[\s.·-]/g, '');
  return /^\d+$/.test(code) && code.length === digits ? code : undefined;
}

async function keyOf(code: string, salt: Bytes): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** Compresses and seals. */
export async function seal(content: string, code: string): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  const iv = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const packed = await compress(new TextEncoder().encode(content));
  const key = await keyOf(code, salt);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: mark }, key, packed);
  const envelope = new Uint8Array(headBytes + sealed.byteLength);
  envelope.set(mark);
  envelope.set(salt, mark.length);
  envelope.set(iv, mark.length + saltBytes);
  envelope.set(new Uint8Array(sealed), headBytes);
  return envelope;
}

export type Opened = { ok: true; content: string } | { ok: false; why: 'not-ours' | 'newer' | 'wrong-code' };

/** Opens; a changed bit and a wrong code look the same, so whatever carried it brings a sum of its own. */
export async function open(envelope: Bytes, code: string): Promise<Opened> {
  if (envelope.length <= headBytes || envelope[0] !== mark[0] || envelope[1] !== mark[1])
    return { ok: false, why: 'not-ours' };
  if (envelope[2] !== mark[2]) return { ok: false, why: 'newer' };
  const salt = envelope.slice(mark.length, mark.length + saltBytes);
  const iv = envelope.slice(mark.length + saltBytes, headBytes);
  const key = await keyOf(code, salt);
  let packed: ArrayBuffer;
  try {
    packed = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: mark },
      key,
      envelope.slice(headBytes),
    );
  } catch {
    return { ok: false, why: 'wrong-code' };
  }
  const content = await decompress(new Uint8Array(packed));
  return content ? { ok: true, content: new TextDecoder().decode(content) } : { ok: false, why: 'not-ours' };
}
