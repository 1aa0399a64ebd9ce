/**
 * An envelope as a series of QR codes. Each part says which series it is of, its number, how many there are, and a sum
 * over all that: `PT1:{series}:{number}:{of}:{sum}:{bytes}`. They may come in any order, twice, and among others'.
 */
import { checksum, fromBase45, toBase45, type Bytes } from './bytes.ts';

/** Keeps a code at 65 modules a side with a sixth to spare: a phone reads it off another one's screen. */
const bytesInPart = 256;
const mostParts = 999;
const shape = /^PT1:([0-9A-F]{8}):(\d{1,3}):(\d{1,3}):([0-9A-F]{8}):(.+)$/s;

const sumOf = (series: string, number: number, of: number, bytes: Uint8Array) => {
  const head = new TextEncoder().encode(`${series}:${number}:${of}:`);
  const all = new Uint8Array(head.length + bytes.length);
  all.set(head);
  all.set(bytes, head.length);
  return checksum(all);
};

/** The texts of the codes; `undefined` when it would take more codes than anybody reads. */
export function partsOf(envelope: Bytes): string[] | undefined {
  const of = Math.ceil(envelope.length / bytesInPart);
  if (of > mostParts) return undefined;
  const series = checksum(envelope);
  return Array.from({ length: of }, (_, at) => {
    const bytes = envelope.slice(at * bytesInPart, (at + 1) * bytesInPart);
    return `PT1:${series}:${at + 1}:${of}:${sumOf(series, at + 1, of, bytes)}:${toBase45(bytes)}`;
  });
}

/** Whether a code is one of these at all, sound or not. */
const isPart = (text: string) => text.startsWith('PT1:');

export type Added =
  | { kind: 'added' | 'known'; have: number; of: number }
  /** All of its series are there. */
  | { kind: 'complete'; envelope: Bytes; of: number }
  /** A part that was misread, or no part of ours. */
  | { kind: 'damaged' | 'not-ours' };

/** Gathers parts; those of different series are never mixed. */
export class PartCollector {
  readonly #series = new Map<string, Map<number, Bytes>>();

  add(text: string): Added {
    const found = shape.exec(text);
    if (!found) return { kind: isPart(text) ? 'damaged' : 'not-ours' };
    const [, series = '', numberText = '', ofText = '', sum, encoded = ''] = found;
    const [number, of] = [Number(numberText), Number(ofText)];
    const bytes = fromBase45(encoded);
    if (!bytes || number < 1 || number > of || sumOf(series, number, of, bytes) !== sum)
      return { kind: 'damaged' };
    const key = `${series}:${of}`;
    const parts = this.#series.get(key) ?? new Map<number, Bytes>();
    this.#series.set(key, parts);
    const isKnown = parts.has(number);
    if (!isKnown) parts.set(number, bytes);
    if (parts.size < of) return { kind: isKnown ? 'known' : 'added', have: parts.size, of };
    const inOrder = Array.from({ length: of }, (_, at) => parts.get(at + 1) ?? new Uint8Array());
    const envelope = joined(inOrder);
    if (checksum(envelope) === series) return { kind: 'complete', envelope, of };
    // Sound parts that do not make up their whole: begun anew.
    this.#series.delete(key);
    return { kind: 'damaged' };
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
