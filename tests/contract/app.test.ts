import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { openServer } from './targets.ts';

const inline = `\n  import('/_app/immutable/entry/start.js');\n`;
const page = `<!doctype html><html><head><script src="/before-paint.js"></script></head><body><script>${inline}</script>${'<!-- long enough to be compressed -->'.repeat(40)}</body></html>`;
const files: Record<string, string> = {
  'index.html': page,
  'service-worker.js': 'self.addEventListener("install", () => {});',
  'manifest.webmanifest': '{"name":"Présence"}',
  'before-paint.js': 'document.documentElement.dataset.theme = "light";',
  '_app/version.json': '{"version":"1"}',
  '_app/immutable/entry/start.js': `console.log(${JSON.stringify('é'.repeat(2000))});`,
  'icons/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

describe('serving the app', () => {
  let server: PresenceServer;
  let close = async () => {};
  const appDir = mkdtempSync(join(tmpdir(), 'presence-app-'));

  beforeAll(async () => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(appDir, name)), { recursive: true });
      writeFileSync(join(appDir, name), text);
    }
    ({ server, close } = await openServer({ appDir }));
  });
  afterAll(async () => {
    await close();
    rmSync(appDir, { recursive: true });
  });

  const get = (url: string, headers = {}) => server.http.inject({ url, headers });
  const directivesOf = (policy: unknown) =>
    new Map(
      String(policy)
        .split('; ')
        .map((directive) => {
          const [name = '', ...values] = directive.split(' ');
          return [name, values.join(' ')];
        }),
    );

  it('lets only its own scripts run, and the one in the page by its hash', async () => {
    const policy = directivesOf((await get('/')).headers['content-security-policy']);
    const hash = createHash('sha256').update(inline).digest('base64');
    expect(policy.get('script-src')).toBe(`'self' 'sha256-${hash}'`);
    expect(policy.get('default-src')).toBe(`'none'`);
    expect(policy.get('style-src')).toBe(`'self'`);
    expect(policy.get('connect-src')).toBe(`'self'`);
    expect(policy.get('frame-ancestors')).toBe(`'none'`);
    expect(policy.get('base-uri')).toBe(`'none'`);
    expect(policy.get('form-action')).toBe(`'self'`);
    expect([...policy.values()].join(' ')).not.toContain('unsafe-eval');
  });

  it('tells browsers not to guess types nor to tell other sites where one was', async () => {
    for (const url of ['/', '/_app/version.json', '/couch/']) {
      const { headers } = await get(url);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['permissions-policy']).toContain('geolocation=()');
    }
  });

  it('leaves nothing of the data in the browser’s cache, and insists on TLS where it has it', async () => {
    const { server: behindProxy, close: end } = await openServer({ trustedProxies: 1 });
    const ask = (headers: Record<string, string>) => behindProxy.http.inject({ url: '/couch/', headers });
    const secure = await ask({ 'x-forwarded-proto': 'https' });
    const plain = await ask({});
    await end();
    expect(secure.headers['cache-control']).toContain('no-store');
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(plain.headers['strict-transport-security']).toBeUndefined();
  });

  it.each(['/', '/appel/g1.2023-11-20T1400', '/personnes/p1', '/reglages', '/connexion?next=%2Fjour'])(
    'answers %s with the page',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toBe(page);
    },
  );

  it.each(['/_app/immutable/entry/gone.js', '/missing.png', '/_app/x'])(
    'answers 404 for the file %s that is not there',
    async (url) => expect((await get(url)).statusCode).toBe(404),
  );

  it.each(['/api', '/api/anything', '/couch/_unknown/x', '/couch/a/b/c'])(
    'never answers %s with the page',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.headers['content-type']).toContain('application/json');
      expect(answer.json()).toHaveProperty('reason');
    },
  );

  it.each([
    '/../server.json',
    '/%2e%2e/server.json',
    '/..%2f..%2fetc/passwd',
    '/icons/..%5c..%5cserver.json',
    '/%',
  ])('lets nothing out of the folder by %s', async (url) => {
    const answer = await get(url);
    expect([200, 400, 404]).toContain(answer.statusCode);
    expect(answer.body).not.toMatch(/"secret"|root:/);
  });

  it('keeps what is named by its content for ever, and asks again for the rest', async () => {
    const caching = async (url: string) => (await get(url)).headers['cache-control'];
    expect(await caching('/_app/immutable/entry/start.js')).toBe('public, max-age=31536000, immutable');
    for (const url of [
      '/',
      '/reglages',
      '/index.html',
      '/service-worker.js',
      '/_app/version.json',
      '/manifest.webmanifest',
    ])
      expect([url, await caching(url)]).toEqual([url, 'no-cache']);
  });

  it('says nothing new to who has the page', async () => {
    const { etag } = (await get('/')).headers;
    const again = await get('/', { 'if-none-match': String(etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('sends it smaller to who can read that', async () => {
    const url = '/_app/immutable/entry/start.js';
    const br = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(files['_app/immutable/entry/start.js']);
    const gzip = await get(url, { 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(files['_app/immutable/entry/start.js']);
    expect((await get(url)).headers['content-encoding']).toBeUndefined();
    expect((await get(url, { 'accept-encoding': 'br;q=0' })).headers['content-encoding']).toBeUndefined();
    expect(br.headers.vary).toBe('Accept-Encoding');
  });

  it('answers HEAD without a body', async () => {
    const answer = await server.http.inject({ method: 'HEAD', url: '/reglages' });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('');
  });

  it('gives types that browsers accept', async () => {
    const types = await Promise.all(
      ['/service-worker.js', '/manifest.webmanifest', '/icons/icon.svg'].map(async (url) =>
        String((await get(url)).headers['content-type']),
      ),
    );
    expect(types).toEqual(['text/javascript; charset=utf-8', 'application/manifest+json', 'image/svg+xml']);
  });
});
