import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum, compress, decompress, fromBase45, toBase45, type Bytes } from './bytes.ts';
import { newCode, open, seal, spacedCode, typedCode } from './envelope.ts';
import { letterOf, readLetter } from './letter.ts';
import { PartCollector, partsOf } from './parts.ts';

const bytes = (constraints: fc.IntArrayConstraints = {}) =>
  fc.uint8Array(constraints).map((array): Bytes => new Uint8Array(array));
const asBlob = (text: string) => new Blob([text]);

/** What came out of a collector that was given all of these, in that order. */
function gathered(texts: readonly string[]): Bytes | undefined {
  const collector = new PartCollector();
  for (const text of texts) {
    const added = collector.add(text);
    if (added.kind === 'complete') return added.envelope;
  }
  return undefined;
}

describe('bytes as text', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(bytes(), (given) => {
        expect(fromBase45(toBase45(given))).toEqual(given);
      }),
    );
  });

  it('are as RFC 9285 writes them', () => {
    const text = (plain: string) => new TextEncoder().encode(plain);
    expect(toBase45(text('AB'))).toBe('BB8');
    expect(toBase45(text('Hello!!'))).toBe('%69 VD92EX0');
    expect(fromBase45('QED8WEX0')).toEqual(text('ietf!'));
    expect(fromBase45('FGW')).toEqual(new Uint8Array([0xff, 0xff]));
    for (const odd of ['GGW', 'A', '::', 'ab1']) expect(fromBase45(odd)).toBeUndefined();
  });

  it('have the sum that ISO 3309 gives them', () => {
    expect(checksum(new TextEncoder().encode('123456789'))).toBe('CBF43926');
  });

  it('are compressed and come back; what would unpack without end does not', async () => {
    await fc.assert(
      fc.asyncProperty(bytes({ maxLength: 2000 }), async (given) => {
        expect(await decompress(await compress(given))).toEqual(given);
      }),
      { numRuns: 30 },
    );
    expect(await decompress(await compress(new Uint8Array(9_000_000)))).toBeUndefined();
    expect(await decompress(new Uint8Array([7, 7, 7]))).toBeUndefined();
  });
});

describe('a series of codes', () => {
  const envelope = bytes({ minLength: 1, maxLength: 2500 });

  it('gives the envelope back in any order, with parts doubled and misread between them', () => {
    fc.assert(
      fc.property(
        envelope.chain((given) => {
          const parts = partsOf(given) ?? [];
          return fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...parts, ...parts], { minLength: parts.length * 2 }),
          );
        }),
        ([given, texts]) => {
          const misread = texts.flatMap((text) => [`${text.slice(0, -1)}?`, text]);
          expect(gathered(misread)).toEqual(given);
        },
      ),
    );
  });

  it('is never complete while a part is missing', () => {
    fc.assert(
      fc.property(envelope, fc.nat(), (given, which) => {
        const parts = partsOf(given) ?? [];
        const lost = which % parts.length;
        expect(gathered(parts.filter((_, at) => at !== lost))).toBeUndefined();
      }),
    );
  });

  it('is never mixed with another one', () => {
    fc.assert(
      fc.property(envelope, envelope, fc.infiniteStream(fc.boolean()), (one, other, turns) => {
        fc.pre(checksum(one) !== checksum(other));
        const [mine, theirs] = [partsOf(one) ?? [], (partsOf(other) ?? []).slice(1)];
        const mixed: string[] = [];
        while (mine.length || theirs.length) {
          const next = (turns.next().value ? mine.shift() : theirs.shift()) ?? mine.shift() ?? theirs.shift();
          if (next) mixed.push(next);
        }
        expect(gathered(mixed)).toEqual(one);
      }),
    );
  });

  it('takes no part of which a character was changed', () => {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
    fc.assert(
      fc.property(envelope, fc.nat(), fc.nat(), fc.nat(44), (given, part, place, sign) => {
        const parts = partsOf(given) ?? [];
        const text = parts[part % parts.length] ?? '';
        const at = place % text.length;
        const changed = text.slice(0, at) + alphabet.charAt(sign) + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(['damaged', 'not-ours']).toContain(new PartCollector().add(changed).kind);
      }),
    );
  });

  it('knows its own codes from others', () => {
    expect(new PartCollector().add('https://example.org').kind).toBe('not-ours');
    expect(new PartCollector().add('PT1:nonsense').kind).toBe('damaged');
  });
});

describe('the envelope', () => {
  it('opens with its code and no other, and not at all with one bit changed', async () => {
    const content = JSON.stringify({ list: 'Présent·e '.repeat(50) });
    const code = newCode();
    const envelope = await seal(content, code);
    expect(new TextDecoder().decode(envelope)).not.toContain('list');
    expect(await open(envelope, code)).toEqual({ ok: true, content });
    expect(await open(envelope, newCode())).toEqual({ ok: false, why: 'wrong-code' });
    await fc.assert(
      fc.asyncProperty(fc.nat(envelope.length * 8 - 1), async (bit) => {
        const changed = envelope.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect((await open(changed, code)).ok).toBe(false);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('is not the same twice', async () => {
    expect(await seal('x', '123412341234')).not.toEqual(await seal('x', '123412341234'));
  });

  it('has a code of twelve digits, typed with or without spaces', () => {
    fc.assert(
      fc.property(fc.constant(undefined), () => {
        const code = newCode();
        expect(code).toMatch(/^\d{12}$/);
        expect(typedCode(spacedCode(code))).toBe(code);
      }),
    );
    expect(spacedCode('482109375526')).toBe('4821 0937 5526');
    expect(typedCode('4821 0937')).toBeUndefined();
    expect(typedCode('4821 0937 552x')).toBeUndefined();
  });
});

describe('a letter', () => {
  it('is read through what a mail program does to its lines', async () => {
    await fc.assert(
      fc.asyncProperty(bytes({ minLength: 1, maxLength: 500 }), async (envelope) => {
        const letter = letterOf(envelope, 'Bonjour.');
        const broken = letter.replace(/.{60}/g, '$&\r\n> ');
        expect(await readLetter(asBlob(broken))).toEqual({ ok: true, envelope });
      }),
      { numRuns: 40 },
    );
  });

  it('says when it is cut short, changed, of a newer app, or none', async () => {
    const letter = letterOf(new Uint8Array(90).fill(7), 'Bonjour.');
    const why = async (text: string) => {
      const read = await readLetter(asBlob(text));
      return read.ok ? 'read' : read.why;
    };
    expect(await why(letter.trimEnd().slice(0, -8))).toBe('damaged');
    expect(await why(letter.replace('BwcH', 'BwcI'))).toBe('damaged');
    expect(await why('PRESENCE-APPEL')).toBe('damaged');
    expect(await why(letter.replace('APPEL:1', 'APPEL:2'))).toBe('newer');
    expect(await why('Bonjour.')).toBe('not-ours');
  });
});
