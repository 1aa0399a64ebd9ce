import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseOf, fileNameOf } from './file-name.ts';

describe('the file of a database', () => {
  it('can be read by a person', () => {
    expect(fileNameOf('paris13-s3-2023')).toBe('paris13-s3-2023.sqlite');
    expect(fileNameOf('_users')).toBe('_users.sqlite');
  });

  it('stays in its folder and differs where capitals do not count', () => {
    for (const name of ['../etc/passwd', '..', 'a/b', 'a\\b', 'Site', 'site', 'con:', 'a\u0000b'])
      expect(fileNameOf(name)).toMatch(/^[a-z0-9_=-]+\.sqlite$/);
    expect(fileNameOf('Site').toLowerCase()).not.toBe(fileNameOf('site').toLowerCase());
  });

  it('property: gives the name back, and two names never share a file', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...'aB9_$()+/-.=é%') }), (name) => {
        expect(Buffer.from(databaseOf(fileNameOf(name)) ?? '')).toEqual(Buffer.from(name));
      }),
    );
  });

  it('is not any other file of the folder', () => {
    for (const file of ['.in-use', 'server.json', 'a.sqlite-wal', 'a.sqlite-shm', 'A.sqlite'])
      expect(databaseOf(file)).toBeUndefined();
  });
});
