import { describe, expect, it } from 'vitest';
import {
  checkCode,
  isKeyOf,
  listCode,
  pageLink,
  pageReference,
  readPage,
  typedListKey,
} from './sheet-codes.ts';

const list = 'occurrence:g1.2023-11-20T1430';

describe('codes of pages', () => {
  it('are read out in threes of four, and differ with the content', () => {
    const [one, other] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(8)];
    expect(checkCode(one)).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
    expect(checkCode(one)).not.toBe(checkCode(other));
  });

  it('refer to a list without saying anything of it', () => {
    const reference = pageReference(list, 2, 3);
    expect(reference).toMatch(/^PRESENCE:F:[0-9A-F]{20}:2:3$/);
    const link = pageLink('https://presence.example', list, {
      version: 2,
      page: 3,
      people: { from: 21, to: 40 },
    });
    expect(link).toMatch(/^https:\/\/presence\.example\/feuilles\/relire#F:[0-9A-F]{20}:2:3:21-40$/);
    for (const text of [reference, link]) expect(text).not.toMatch(/2023|g1/i);
  });

  it('are read back to the list, its version, its page and the people on it', () => {
    const page = { version: 0, page: 2, people: { from: 21, to: 33 } };
    const read = readPage(pageLink('http://localhost:8080', list, page));
    expect(read).toMatchObject(page);
    expect(read && isKeyOf(read.key, list)).toBe(true);
    expect(read && isKeyOf(read.key, 'occurrence:g1.2023-11-27T1430')).toBe(false);
    const plain = readPage(pageReference(list, 1, 1));
    expect(plain).toEqual({ key: read?.key, version: 1, page: 1 });
    for (const text of ['', 'https://example.org', 'PRESENCE:B:1234', `${pageReference(list, 1, 1)}:x`])
      expect(readPage(text)).toBeUndefined();
  });

  it('may be typed', () => {
    const code = listCode(list);
    expect(code).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/);
    const key = typedListKey(` ${code.toLowerCase().replace('-', ' ')} `);
    expect(key && isKeyOf(key, list)).toBe(true);
    for (const text of ['', 'A1B2', 'A1B2-C3DZ', 'A1B2-C3D4-E5F6'])
      expect(typedListKey(text)).toBeUndefined();
  });
});
