import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildServer } from '../../sync-server/app.ts';
import { markRestored } from '../../sync-server/server-settings.ts';
import { basic } from './exchange.ts';
import { admin } from './targets.ts';

/** By its `uuid` a device notices that a server is not, or no longer, the one that proved to have its marks. */
describe('the identity of a server', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'presence-identity-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const authorization = basic(`${admin.name}:${admin.password}`);
  const serving = async <T>(
    name: string,
    look: (
      ask: (method: string, path: string, body?: object) => Promise<Record<string, unknown>>,
    ) => Promise<T>,
  ): Promise<T> => {
    const server = await buildServer({ dataDir: join(folder, name), admin, passwordIterations: 10 });
    try {
      return await look(async (method, path, body) => {
        const answer = await server.http.inject({
          method: method as 'GET',
          url: `/couch${path}`,
          headers: { authorization },
          ...(body ? { payload: body } : {}),
        });
        return answer.json();
      });
    } finally {
      await server.close();
    }
  };
  const uuidOf = (name: string) => serving(name, async (ask) => (await ask('GET', '/')).uuid);

  it('stays across restarts and differs between servers', async () => {
    const first = await uuidOf('one');
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await uuidOf('one')).toBe(first);
    expect(await uuidOf('two')).not.toBe(first);
  });

  it('is another one after a backup was put back, with all that the backup holds', async () => {
    const before = await serving('one', async (ask) => {
      await ask('PUT', '/db');
      await ask('PUT', '/db/kept', { v: 1 });
      return (await ask('GET', '/')).uuid;
    });
    cpSync(join(folder, 'one'), join(folder, 'copy'), { recursive: true });
    await serving('one', (ask) => ask('PUT', '/db/later', { v: 1 }));

    markRestored(join(folder, 'copy'));
    await serving('copy', async (ask) => {
      expect((await ask('GET', '/')).uuid).not.toBe(before);
      expect(await ask('GET', '/db/kept')).toMatchObject({ v: 1 });
      expect(await ask('GET', '/db/later')).toMatchObject({ error: 'not_found' });
    });
  });

  it('is another one after a copy was put back and nobody said so', async () => {
    const before = await uuidOf('one');
    cpSync(join(folder, 'one'), join(folder, 'copy'), { recursive: true });
    const copied = await uuidOf('copy');
    expect(copied).not.toBe(before);
    expect(await uuidOf('copy')).toBe(copied);
    renameSync(join(folder, 'one'), join(folder, 'moved'));
    expect(await uuidOf('moved')).toBe(before);
  });

  it('is not made anew in place of one that cannot be read', async () => {
    await uuidOf('one');
    writeFileSync(join(folder, 'one', 'server.json'), '{"uuid":');
    await expect(uuidOf('one')).rejects.toMatchObject({ code: 'PRESENCE_SETTINGS' });
  });
});
