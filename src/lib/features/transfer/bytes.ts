/** Bytes on their way: smaller, as text, and with a sum that tells a damaged one. */

export type Bytes = Uint8Array<ArrayBuffer>;

/** What the reading side unpacks at most: a list of a thousand people is a tenth of it. */
const largestContent = 8_000_000;

async function through(bytes: Bytes, stream: GenericTransformStream): Promise<Bytes | undefined> {
  const reader = (new Blob([bytes]).stream().pipeThrough(stream) as ReadableStream<Bytes>).getReader();
  const chunks: Bytes[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    if ((size += value.length) > largestContent) {
      await reader.cancel();
      return undefined;
    }
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** The browser's own DEFLATE: nothing to download. */
export async function compress(bytes: Bytes): Promise<Bytes> {
  return (await through(bytes, new CompressionStream('deflate-raw'))) ?? bytes;
}

/** `undefined` for what was not compressed here, or unpacks to more than a roll call can be. */
export const decompress = (bytes: Bytes): Promise<Bytes | undefined> =>
  through(bytes, new DecompressionStream('deflate-raw')).catch(() => undefined);

/** CRC-32 (ISO 3309), as eight capital hexadecimal digits. */
export function checksum(bytes: Uint8Array): string {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ((sum ^ 0xffffffff) >>> 0).toString(16).toUpperCase().padStart(8, '0');
}

/** The 45 characters that QR codes hold most densely (RFC 9285). */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Two bytes in three characters, a last one in two. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = [bytes[at], bytes[at + 1]];
    let value = low === undefined ? high : high * 256 + low;
    for (let left = low === undefined ? 2 : 3; left > 0; left -= 1) {
      text += alphabet[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** `undefined` for what is no such text. */
export function fromBase45(text: string): Bytes | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => alphabet.indexOf(character));
    if (digits.includes(-1)) return undefined;
    const [one = 0, two = 0, three] = digits;
    const value = one + two * 45 + (three ?? 0) * 2025;
    if (value > (three === undefined ? 0xff : 0xffff)) return undefined;
    if (three !== undefined) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return new Uint8Array(bytes);
}
