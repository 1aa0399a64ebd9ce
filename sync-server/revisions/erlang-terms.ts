/**
 * Erlang's external term format, as much of it as JSON needs. CouchDB hashes a revision over it; hashing the same
 * bytes gives the same revision here as there, so that an edit made on both is one edit.
 */

/** Writes terms one behind the other into one buffer: thousands of small buffers a batch cost more than the hashing. */
export class TermWriter {
  #bytes = Buffer.allocUnsafe(16_384);
  #length = 0;

  /** Begins a new term. */
  begin(): void {
    this.#length = 0;
    this.#byte(131);
  }

  /** What was written since `begin`; valid until the next one. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  atom(name: string): void {
    this.#bytesOf(100, 0, name.length);
    this.#latin1(name);
  }

  binary(bytes: Buffer): void {
    this.#byte(109);
    this.#uint32(bytes.length);
    this.#room(bytes.length);
    this.#length += bytes.copy(this.#bytes, this.#length);
  }

  text(value: string): void {
    this.#byte(109);
    this.#uint32(0);
    this.#room(value.length * 3);
    const size = this.#ascii(value) ?? this.#bytes.write(value, this.#length);
    this.#length -= 4;
    this.#uint32(size);
    this.#length += size;
  }

  /** Copies a short text of plain letters by hand, which beats a call out of the engine; `undefined` for another. */
  #ascii(value: string): number | undefined {
    if (value.length > 64) return undefined;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code > 127) return undefined;
      this.#bytes[this.#length + at] = code;
    }
    return value.length;
  }

  /** The head of a list of `size` terms, which follow; then `endList`. */
  beginList(size: number): void {
    this.#byte(108);
    this.#uint32(size);
  }

  endList(): void {
    this.#byte(106);
  }

  /** The head of a tuple of up to 255 terms, which follow. */
  beginTuple(size: number): void {
    this.#bytesOf(104, size);
  }

  /** A JSON value as CouchDB holds it: objects are `{[{Key, Value}]}`, texts are binaries. */
  json(value: unknown): void {
    if (value === null || typeof value === 'boolean') this.atom(String(value));
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.text(value);
    else if (Array.isArray(value)) this.#list(value);
    else this.#object(value as Record<string, unknown>);
  }

  #object(value: Record<string, unknown>): void {
    const keys = Object.keys(value);
    this.#bytesOf(104, 1);
    if (keys.length) this.beginList(keys.length);
    for (const key of keys) {
      this.#bytesOf(104, 2);
      this.text(key);
      this.json(value[key]);
    }
    this.endList();
  }

  #list(values: readonly unknown[]): void {
    // Erlang writes a list of bytes as a string.
    if (values.length > 0 && values.length < 65_536 && values.every(isByte)) {
      this.#bytesOf(107, values.length >> 8, values.length & 255);
      for (const value of values) this.#byte(value as number);
      return;
    }
    if (values.length) this.beginList(values.length);
    for (const value of values) this.json(value);
    this.endList();
  }

  #number(value: number): void {
    if (!Number.isInteger(value) || Math.abs(value) >= 1e21) {
      this.#byte(70);
      this.#room(8);
      this.#length = this.#bytes.writeDoubleBE(value, this.#length);
    } else if (isByte(value)) this.#bytesOf(97, value);
    else if (value >= -(2 ** 31) && value < 2 ** 31) {
      this.#byte(98);
      this.#room(4);
      this.#length = this.#bytes.writeInt32BE(value, this.#length);
    } else {
      const digits: number[] = [];
      for (let rest = BigInt(Math.abs(value)); rest > 0n; rest >>= 8n) digits.push(Number(rest & 255n));
      this.#bytesOf(110, digits.length, value < 0 ? 1 : 0, ...digits);
    }
  }

  #room(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe((this.#length + size) * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#room(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  #bytesOf(...values: number[]): void {
    for (const value of values) this.#byte(value);
  }

  #uint32(value: number): void {
    this.#room(4);
    for (let shift = 24; shift >= 0; shift -= 8) {
      this.#bytes[this.#length] = (value >>> shift) & 255;
      this.#length += 1;
    }
  }

  #latin1(text: string): void {
    this.#room(text.length);
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }
}

const isByte = (value: unknown) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
