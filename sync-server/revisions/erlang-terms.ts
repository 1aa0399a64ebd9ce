/**
 * Erlang's external term format, as much of it as JSON needs. CouchDB hashes a revision over it; hashing the same
 * bytes gives the same revision here as there, so that an edit made on both is one edit.
 */

const nil = Buffer.from([106]);
const atom = (name: string) =>
  Buffer.concat([Buffer.from([100, 0, name.length]), Buffer.from(name, 'latin1')]);

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export const binaryTerm = (bytes: Buffer) => Buffer.concat([Buffer.from([109]), uint32(bytes.length), bytes]);

/** A list of terms that are encoded already and not all small whole numbers. */
export const listTerm = (terms: readonly Buffer[]) =>
  terms.length === 0 ? nil : Buffer.concat([Buffer.from([108]), uint32(terms.length), ...terms, nil]);

const tupleOfOne = (term: Buffer) => Buffer.concat([Buffer.from([104, 1]), term]);

function numberTerm(value: number): Buffer {
  if (!Number.isInteger(value) || Math.abs(value) >= 1e21) {
    const bytes = Buffer.alloc(9, 70);
    bytes.writeDoubleBE(value, 1);
    return bytes;
  }
  if (value >= 0 && value <= 255) return Buffer.from([97, value]);
  if (value >= -(2 ** 31) && value < 2 ** 31) {
    const bytes = Buffer.alloc(5, 98);
    bytes.writeInt32BE(value, 1);
    return bytes;
  }
  const digits: number[] = [];
  for (let rest = BigInt(Math.abs(value)); rest > 0n; rest >>= 8n) digits.push(Number(rest & 255n));
  return Buffer.from([110, digits.length, value < 0 ? 1 : 0, ...digits]);
}

const isByte = (value: unknown) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;

/** A JSON value as CouchDB holds it: objects are `{[{Key, Value}]}`, texts are binaries. */
export function jsonTerm(value: unknown): Buffer {
  if (value === null || typeof value === 'boolean') return atom(String(value));
  if (typeof value === 'number') return numberTerm(value);
  if (typeof value === 'string') return binaryTerm(Buffer.from(value));
  if (Array.isArray(value)) {
    // Erlang writes a list of bytes as a string.
    if (value.length > 0 && value.length < 65_536 && value.every(isByte))
      return Buffer.concat([
        Buffer.from([107, value.length >> 8, value.length & 255]),
        Buffer.from(value as number[]),
      ]);
    return listTerm(value.map(jsonTerm));
  }
  const pairs = Object.entries(value as object).map(([key, entry]) =>
    Buffer.concat([Buffer.from([104, 2]), binaryTerm(Buffer.from(key)), jsonTerm(entry)]),
  );
  return tupleOfOne(listTerm(pairs));
}

/** A whole term with its version byte. */
export const external = (term: Buffer) => Buffer.concat([Buffer.from([131]), term]);
