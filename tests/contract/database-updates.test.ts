import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const headers = {
  authorization: basic(`${admin.name}:${admin.password}`),
  'content-type': 'application/json',
};

/** Which databases were made, written or deleted, over real HTTP. */
describe('updates of databases', () => {
  let server: PresenceServer;
  let root = '';
  let close = async () => {};

  beforeEach(async () => {
    ({ server, close } = await openServer());
    root = `${await server.listen({ host: '127.0.0.1', port: 0 })}/couch`;
    await ask('PUT', '/one');
    await ask('PUT', '/one/a', '{}');
    await ask('PUT', '/two');
    await ask('DELETE', '/two');
    await new Promise((resolve) => setImmediate(resolve));
  });
  afterEach(() => close());

  const ask = (method: string, path: string, body?: string) =>
    fetch(root + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const told = async (query: string) => (await ask('GET', `/_db_updates?${query}`)).text();
  const kinds = (text: string) =>
    [...text.matchAll(/"db_name":"(\w+)","type":"(\w+)"/g)].map(([, name, what]) => `${name} ${what}`);

  it('tells the last time of each thing that happened to each', async () => {
    const all = kinds(await told(''));
    expect(all).toContain('one created');
    expect(all).toContain('one updated');
    expect(all.slice(all.indexOf('two created'))).toContain('two deleted');
    expect(new Set(all).size).toBe(all.length);
  });

  it('tells so many, and goes on from there', async () => {
    const first = await told('limit=1');
    expect(kinds(first)).toHaveLength(1);
    const { last_seq: since } = JSON.parse(first) as { last_seq: string };
    const rest = kinds(await told(`since=${since}`));
    expect(rest).not.toContain(kinds(first)[0]);
    expect(kinds(await told('limit=0'))).toEqual([]);
  });

  it('tells the newest first when asked', async () => {
    const all = kinds(await told(''));
    expect(kinds(await told('descending=true'))).toEqual(all.toReversed());
    expect(kinds(await told('descending=true&limit=1'))).toEqual(all.slice(-1));
  });

  it('tells them line by line until the time is up', async () => {
    const text = await told('feed=continuous&timeout=200');
    const lines = text.trim().split('\n');
    expect(kinds(text)).toEqual(kinds(await told('')));
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ last_seq: expect.any(String) as string });
    expect(kinds(await told('feed=continuous&limit=1'))).toHaveLength(1);
  });

  it('tells them as events', async () => {
    const text = await told('feed=eventsource&limit=1');
    expect(text).toMatch(/^data: \{"db_name":[^\n]*\}\nid: "[^"\n]+"\n\n$/);
  });

  it('answers a long poll when something happens', async () => {
    const waiting = told('feed=longpoll&since=now');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await ask('PUT', '/three');
    expect(kinds(await waiting)).toEqual(['three created']);
  });

  it('answers a long poll in the end when nothing happens', async () => {
    expect(kinds(await told('feed=longpoll&since=now&timeout=100'))).toEqual([]);
  });

  it.each(['feed=odd', 'since=odd', 'since=', 'feed=continuous&heartbeat=x', 'feed=continuous&timeout=x'])(
    'refuses %s before it begins',
    async (query) => {
      expect((await ask('GET', `/_db_updates?${query}`)).status).toBe(400);
    },
  );
});
