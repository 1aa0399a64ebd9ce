import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

/** Feeds that stay open, over real HTTP. */
describe('waiting for changes', () => {
  let server: PresenceServer;
  let root = '';
  let close = async () => {};
  let database = '';
  let count = 0;

  beforeAll(async () => {
    ({ server, close } = await openServer());
    root = `${await server.listen({ host: '127.0.0.1', port: 0 })}/couch`;
  });
  beforeEach(async () => {
    database = `feed-${(count += 1)}`;
    await ask('PUT', '');
  });
  afterAll(() => close());

  const ask = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
    fetch(`${root}/${database}${path}`, {
      method,
      headers: { authorization: basic(`${admin.name}:${admin.password}`) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });

  /** Opens a feed and gathers what it says. */
  async function listen(query: string) {
    const leaving = new AbortController();
    const response = await ask('GET', `/_changes?${query}`, undefined, leaving.signal);
    const heard = { text: '', isOver: false };
    void (async () => {
      const decoder = new TextDecoder();
      try {
        for await (const chunk of response.body ?? []) heard.text += decoder.decode(chunk as Uint8Array);
      } catch {
        // We left.
      }
      heard.isOver = true;
    })();
    return { response, heard, leave: () => leaving.abort() };
  }

  it('answers a long poll as soon as something is written', async () => {
    const { heard } = await listen('feed=longpoll&since=now');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard.isOver).toBe(false);
    await ask('PUT', '/mark', { v: 1 });
    await vi.waitFor(() => expect(heard.isOver).toBe(true));
    expect(JSON.parse(heard.text)).toMatchObject({ results: [{ id: 'mark' }], pending: 0 });
  });

  it('goes on waiting while what is written is not what was asked for', async () => {
    const { heard } = await listen('feed=longpoll&since=now&filter=_doc_ids&doc_ids=["wanted"]');
    await ask('PUT', '/other', { v: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard.isOver).toBe(false);
    await ask('PUT', '/wanted', { v: 1 });
    await vi.waitFor(() => expect(heard.isOver).toBe(true));
    expect(heard.text).toContain('"id":"wanted"');
    expect(heard.text).not.toContain('"id":"other"');
  });

  it('tells each change once in a continuous feed, for as long as it is listened to', async () => {
    const { heard, leave } = await listen('feed=continuous&since=now&heartbeat=1000&include_docs=true');
    for (const id of ['a', 'b', 'c']) await ask('PUT', `/${id}`, { of: id });
    await vi.waitFor(() => expect(heard.text.match(/"id":/g)).toHaveLength(3));
    expect(heard.isOver).toBe(false);
    const lines = heard.text.trim().split('\n').filter(Boolean);
    expect(lines.map((line) => (JSON.parse(line) as { doc: { of: string } }).doc.of)).toEqual([
      'a',
      'b',
      'c',
    ]);
    leave();
  });

  it('beats while there is nothing to tell, so that a dead line is noticed', async () => {
    const { heard, leave } = await listen('feed=continuous&since=now&heartbeat=100');
    await vi.waitFor(() => expect(heard.text.length).toBeGreaterThanOrEqual(3));
    expect(heard.text.trim()).toBe('');
    leave();
  });

  it('loses no write that falls between reading and waiting', async () => {
    const { heard, leave } = await listen('feed=continuous&since=0&heartbeat=1000');
    const ids = Array.from({ length: 60 }, (_, n) => `doc${n}`);
    await Promise.all(ids.map((id) => ask('PUT', `/${id}`, {})));
    await vi.waitFor(() => expect(new Set(heard.text.match(/"id":"\w+"/g)).size).toBe(60));
    expect(heard.text.match(/"id":"\w+"/g)).toHaveLength(60);
    leave();
  });

  it('ends when the database is deleted', async () => {
    const { heard } = await listen('feed=continuous&since=now&heartbeat=1000');
    await ask('DELETE', '');
    await vi.waitFor(() => expect(heard.isOver).toBe(true));
  });

  it('serves others while a hundred wait', async () => {
    const feeds = await Promise.all(
      Array.from({ length: 100 }, () => listen('feed=longpoll&since=now&heartbeat=5000')),
    );
    expect((await ask('PUT', '/mark', { v: 1 })).status).toBe(201);
    await vi.waitFor(() => expect(feeds.every(({ heard }) => heard.isOver)).toBe(true), 10_000);
    for (const { heard } of feeds) expect(heard.text).toContain('"id":"mark"');
  });

  it('tells the time, by which devices measure their clocks', async () => {
    for (const path of ['', '/_changes', '/_changes?feed=longpoll&timeout=50', '/missing']) {
      const { headers } = await ask('GET', path);
      expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
    }
  });

  it('begins at the start when the sequence is one that it never reached', async () => {
    await ask('PUT', '/mark', { v: 1 });
    const { last_seq: seq } = (await (await ask('GET', '/_changes')).json()) as { last_seq: string };
    const ahead = seq.replace(/^\d+/, '9999');
    const answer = (await (await ask('GET', `/_changes?since=${ahead}`)).json()) as { results: unknown[] };
    expect(answer.results).toHaveLength(1);
  });
});
