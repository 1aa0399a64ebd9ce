import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { buildServer, type ServerOptions } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

/** Cookies and passwords, over what the tables of exchanges show. */
describe('signing in', () => {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  async function open(options: Partial<ServerOptions> = {}) {
    const { server, close } = await openServer(options);
    opened.push(close);
    const authorization = basic(`${admin.name}:${admin.password}`);
    const setAccount = async (fields: object) => {
      const known = await server.http.inject({
        url: '/couch/_users/org.couchdb.user:maia',
        headers: { authorization },
      });
      return server.http.inject({
        method: 'PUT',
        url: '/couch/_users/org.couchdb.user:maia',
        headers: { authorization },
        payload: { _rev: known.json()._rev, type: 'user', name: 'maia', roles: [], ...fields },
      });
    };
    await setAccount({ password: 'maia-password' });
    const signIn = (password: string, headers = {}, remoteAddress = '192.0.2.7') =>
      server.http.inject({
        method: 'POST',
        url: '/couch/_session',
        headers,
        payload: { name: 'maia', password },
        remoteAddress,
      });
    const whoIs = (cookie: unknown) =>
      server.http.inject({ url: '/couch/_session', headers: { cookie: String(cookie).split(';')[0] ?? '' } });
    return { server, setAccount, signIn, whoIs };
  }

  it('gives a cookie that pages cannot read, for ninety days', async () => {
    const { signIn } = await open();
    const cookie = String((await signIn('maia-password')).headers['set-cookie']);
    expect(cookie).toMatch(/^AuthSession=[\w-]+; /);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', `Max-Age=${90 * 86_400}`])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Secure');
  });

  it('marks the cookie Secure behind a proxy that is trusted, and only then', async () => {
    const throughProxy = { 'x-forwarded-proto': 'https' };
    const trusting = await open({ trustedProxies: 1 });
    expect(String((await trusting.signIn('maia-password', throughProxy)).headers['set-cookie'])).toContain(
      'Secure',
    );
    const alone = await open();
    expect(String((await alone.signIn('maia-password', throughProxy)).headers['set-cookie'])).not.toContain(
      'Secure',
    );
  });

  it('stays signed in across a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'presence-restart-'));
    const options = { dataDir, admin, passwordIterations: 10 };
    const first = await buildServer(options);
    const signedIn = await first.http.inject({ method: 'POST', url: '/couch/_session', payload: admin });
    await first.close();
    const second = await buildServer({ dataDir, passwordIterations: 10 });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const again = await second.http.inject({ url: '/couch/_session', headers: { cookie } });
    await second.close();
    rmSync(dataDir, { recursive: true });
    expect(again.json().userCtx).toEqual({ name: 'admin', roles: ['_admin'] });
  });

  it('ends every sign-in when the password changes', async () => {
    const { signIn, setAccount, whoIs } = await open();
    const cookie = (await signIn('maia-password')).headers['set-cookie'];
    expect((await whoIs(cookie)).json().userCtx.name).toBe('maia');
    await setAccount({ password: 'another-password' });
    expect((await whoIs(cookie)).json().userCtx.name).toBeNull();
  });

  it('ends every sign-in when the account is deleted', async () => {
    const { signIn, setAccount, whoIs } = await open();
    const cookie = (await signIn('maia-password')).headers['set-cookie'];
    await setAccount({ _deleted: true });
    expect((await whoIs(cookie)).json().userCtx.name).toBeNull();
    expect((await signIn('maia-password')).statusCode).toBe(401);
  });

  it('does not know a cookie with one letter changed', async () => {
    const { signIn, whoIs } = await open();
    const cookie = String((await signIn('maia-password')).headers['set-cookie']).split(';')[0] ?? '';
    const last = cookie.at(-10) === 'A' ? 'B' : 'A';
    const forged = `${cookie.slice(0, -10)}${last}${cookie.slice(-9)}`;
    expect((await whoIs(forged)).json().userCtx.name).toBeNull();
  });

  it('forgets the cookie when signing out', async () => {
    const { server } = await open();
    const answer = await server.http.inject({ method: 'DELETE', url: '/couch/_session' });
    expect(String(answer.headers['set-cookie'])).toMatch(/^AuthSession=;.*Max-Age=0/);
  });

  it('stops looking at passwords after ten wrong ones from one address, and not from another', async () => {
    const { signIn } = await open();
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await signIn('wrong')).statusCode).toBe(401);
    expect((await signIn('maia-password')).statusCode).toBe(403);
    expect((await signIn('maia-password', {}, '192.0.2.8')).statusCode).toBe(200);
  });

  it('takes as long for a name that it does not know', async () => {
    const { server } = await open({ passwordIterations: 200_000 });
    const lasts = async (name: string) => {
      const start = performance.now();
      await server.http.inject({
        method: 'POST',
        url: '/couch/_session',
        payload: { name, password: 'wrong' },
      });
      return performance.now() - start;
    };
    await lasts('maia');
    const [known, unknown] = [await lasts('maia'), await lasts('nobody-at-all')];
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it('never stores a password that can be read', async () => {
    const { server } = await open();
    const row = server.engine.open('_users')?.row('org.couchdb.user:maia');
    expect(row?.body).not.toContain('maia-password');
    expect(JSON.parse(row?.body ?? '{}')).toMatchObject({ password_scheme: 'pbkdf2', pbkdf2_prf: 'sha256' });
  });
});
