import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { watchHealth } from '../../sync-server/http/health.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

const authorization = basic(`${admin.name}:${admin.password}`);

let server: PresenceServer;
let origin = '';
let close: () => Promise<void>;
beforeEach(async () => {
  ({ server, close } = await openServer());
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => close());

const metrics = async () => (await fetch(`${origin}/couch/_metrics`, { headers: { authorization } })).text();

describe('the metrics', () => {
  it('count requests by pattern, and hold no name', async () => {
    await fetch(`${origin}/couch/paris13-s3-2023/mark:secret:person`, { headers: { authorization } });
    await fetch(`${origin}/couch/_session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'somebody', password: 'wrong' }),
    });
    const text = await metrics();
    expect(text).toMatch(
      /presence_request_seconds_count\{method="GET",route="\/couch\/:db\/\*",status="404"\} 1/,
    );
    expect(text).toContain('presence_sign_ins_refused_total 1');
    expect(text).toMatch(/presence_databases \d+/);
    expect(text).not.toMatch(/secret|somebody|paris13/);
  });

  it('count feeds while they are open', async () => {
    const leaving = new AbortController();
    const { signal } = leaving;
    await fetch(`${origin}/couch/_users/_changes?feed=continuous`, { headers: { authorization }, signal });
    expect(await metrics()).toContain('presence_requests_open 2');
    leaving.abort();
    await expect.poll(metrics).toContain('presence_requests_open 1');
  });
});

describe('the health', () => {
  it('is well on a disk with room', () => {
    expect(watchHealth('/', new AbortController().signal).trouble()).toBeUndefined();
  });

  it('says that the disk refuses writes', () => {
    const health = watchHealth('/', new AbortController().signal);
    health.sawFullDisk();
    expect(health.trouble()).toContain('507');
  });

  it('is what /_up answers', async () => {
    expect(await (await fetch(`${origin}/couch/_up`)).json()).toEqual({ status: 'ok', seeds: {} });
  });
});
