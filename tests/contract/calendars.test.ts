/** Calendars by a secret address: the embedded server, and the server in front of a CouchDB. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildGateway } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

let origin = '';
let stops: (() => Promise<void>)[] = [];

const asAdmin = { authorization: basic(`${admin.name}:${admin.password}`) };

async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
  const response = await fetch(origin + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const json = async <T>(method: string, path: string, headers?: Record<string, string>, body?: unknown) => {
  const answer = await ask(method, path, headers, body);
  return { status: answer.status, body: JSON.parse(answer.text || 'null') as T };
};

const provenance = { v: 1, at: '2023-09-20T08:00:00.000Z', by: 'elise', device: 'desk' };
const documents = [
  {
    _id: 'volunteer:v1',
    type: 'volunteer',
    volunteer: 'v1',
    name: 'Maïa Lescure',
    kind: 'volunteer',
    account: 'maia',
  },
  { _id: 'volunteer:v2', type: 'volunteer', volunteer: 'v2', name: 'Jean Marchetti', kind: 'volunteer' },
  ...['g1', 'g2'].flatMap((group) => [
    {
      _id: `group:${group}`,
      type: 'group',
      group,
      workshopType: 'language',
      label: `Français ${group}`,
      venue: group === 'g1' ? 'amarres' : 'clinic',
      weekday: 1,
      start: '10:00',
      end: '12:00',
    },
    {
      _id: `occurrence:${group}.2023-10-02T1000`,
      type: 'occurrence',
      occurrence: `${group}.2023-10-02T1000`,
      group,
      date: '2023-10-02',
      start: '10:00',
      end: '12:00',
      venue: group === 'g1' ? 'amarres' : 'clinic',
      week: 1,
      state: 'planned',
    },
    {
      _id: `shift:${group}.2023-10-02T1000:v${group.slice(1)}`,
      type: 'shift',
      occurrence: `${group}.2023-10-02T1000`,
      volunteer: `v${group.slice(1)}`,
      role: 'lead',
      state: 'planned',
    },
  ]),
  {
    _id: 'rosterCard:p1',
    type: 'rosterCard',
    participant: 'p1',
    firstName: 'Samira',
    sortKey: 'samira',
    screenLanguage: 'fr',
    isFrancophone: false,
    isProvisional: false,
  },
].map((one) => ({ ...provenance, ...one }));
const venues = [
  { _id: 'venue:amarres', type: 'venue', venue: 'amarres', name: 'Les Amarres' },
  { _id: 'venue:clinic', type: 'venue', venue: 'clinic', name: 'Clinique', isSensitive: true },
].map((one) => ({ ...provenance, ...one }));

const roles = {
  elise: ['coordinator:paris13'],
  maia: ['volunteer:paris13:s3-2023'],
  other: ['volunteer:paris13:s2-2023'],
};

const modes = {
  async 'the embedded server'() {
    const { server, close } = await openServer();
    stops.push(close);
    origin = await server.listen({ host: '127.0.0.1', port: 0 });
  },
  async 'in front of a CouchDB'() {
    const { server, dataDir, close } = await openServer();
    stops.push(close);
    const { host } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
    const { secret } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { secret: string };
    const folder = mkdtempSync(join(tmpdir(), 'presence-gateway-'));
    const couchUrl = `http://${admin.name}:${admin.password}@${host}/couch`;
    const gateway = await buildGateway({
      dataDir: folder,
      couchUrl,
      couchSecret: secret,
      passwordIterations: 10,
    });
    stops.unshift(async () => {
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    });
    origin = await gateway.listen({ host: '127.0.0.1', port: 0 });
  },
};

const base = '/api/sites/paris13/terms/s3-2023/calendars';
const make = (who: string, body: unknown) =>
  json<{ id: string; url: string }>('POST', base, signedIn[who], body);
const pathOf = (url: string) => new URL(url).pathname;
let signedIn: Record<string, Record<string, string>> = {};

describe.each(Object.entries(modes))('a calendar by its address: %s', (_title, open) => {
  beforeEach(async () => {
    stops = [];
    await open();
    for (const database of ['paris13-commons', 'paris13-s3-2023']) {
      await ask('PUT', `/couch/${database}`, asAdmin);
      await ask('PUT', `/couch/${database}/_security`, asAdmin, {
        admins: { names: [], roles: ['_admin'] },
        members: { names: [], roles: ['coordinator:paris13', 'volunteer:paris13:s3-2023'] },
      });
    }
    await ask('POST', '/couch/paris13-s3-2023/_bulk_docs', asAdmin, { docs: documents });
    await ask('POST', '/couch/paris13-commons/_bulk_docs', asAdmin, { docs: venues });
    signedIn = { admin: asAdmin };
    for (const [name, held] of Object.entries(roles)) {
      const account = { type: 'user', name, roles: held, password: `${name}-password` };
      await ask('PUT', `/couch/_users/org.couchdb.user:${name}`, asAdmin, account);
      const answer = await ask('POST', '/couch/_session', {}, { name, password: `${name}-password` });
      signedIn[name] = {
        cookie: /AuthSession=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '',
      };
    }
  });
  afterEach(async () => {
    for (const stop of stops) await stop();
  });

  it('shows the whole term to whoever has the address: hours and places that are no secret, nobody’s name', async () => {
    const made = await make('elise', {});
    expect(made.status).toBe(201);
    expect(made.body.url).toMatch(/\/api\/calendars\/[\w-]{22}\.ics$/);
    const file = await ask('GET', pathOf(made.body.url));
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(file.text).toContain('LOCATION:Les Amarres');
    expect(file.text).not.toMatch(/Clinique|Lescure|Samira|maia/);
  });

  it('is not sent again while nothing has changed, and is when a meeting was cancelled', async () => {
    const { body } = await make('elise', {});
    const path = pathOf(body.url);
    const etag = (await ask('GET', path)).headers.get('etag') ?? '';
    const again = await ask('GET', path, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    const found = await json<Record<string, unknown>>(
      'GET',
      '/couch/paris13-s3-2023/occurrence:g1.2023-10-02T1000',
      asAdmin,
    );
    const cancelled = {
      ...found.body,
      state: 'cancelled',
      cancelReason: 'Grève',
      at: '2023-09-25T08:00:00.000Z',
    };
    await ask('PUT', '/couch/paris13-s3-2023/occurrence:g1.2023-10-02T1000', asAdmin, cancelled);
    const changed = await ask('GET', path, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.text).toContain('STATUS:CANCELLED');
    expect(changed.text).not.toContain('Grève');
  });

  it('is a facilitator’s own: they make it for themself, and for nobody else', async () => {
    const own = await make('maia', { volunteer: 'v1' });
    expect(own.status).toBe(201);
    const file = await ask('GET', pathOf(own.body.url));
    expect(file.text.match(/SUMMARY:.*/g)).toEqual(['SUMMARY:Français g1']);
    expect((await make('maia', { volunteer: 'v2' })).status).toBe(403);
    expect((await make('maia', {})).status).toBe(403);
    expect((await make('other', { volunteer: 'v1' })).status).toBe(403);
    expect((await make('elise', { volunteer: 'v2' })).status).toBe(201);
    expect((await make('elise', { volunteer: 'v9' })).status).toBe(404);
  });

  it('answers no more once it is revoked, and nobody lists or revokes what is another’s', async () => {
    const [whole, own] = [await make('elise', {}), await make('maia', { volunteer: 'v1' })];
    const list = async (who: string) =>
      (await json<{ calendars: { id: string }[] }>('GET', base, signedIn[who])).body.calendars.map(
        ({ id }) => id,
      );
    expect((await list('elise')).sort()).toEqual([whole.body.id, own.body.id].sort());
    expect(await list('maia')).toEqual([own.body.id]);
    expect((await ask('DELETE', `${base}/${whole.body.id}`, signedIn.maia)).status).toBe(404);
    expect((await ask('DELETE', `${base}/${own.body.id}`, signedIn.maia)).status).toBe(200);
    expect((await ask('GET', pathOf(own.body.url))).status).toBe(404);
    expect((await ask('GET', pathOf(whole.body.url))).status).toBe(200);
    expect(await list('elise')).toEqual([whole.body.id]);
  });

  it('is found by nothing but the whole secret', async () => {
    const { body } = await make('elise', {});
    const path = pathOf(body.url);
    for (const wrong of [
      path.replace('.ics', ''),
      path.replace(/.\.ics$/, '.ics'),
      `/api/calendars/${'A'.repeat(22)}.ics`,
      `/api/calendars/${body.id}.ics`,
      `/api/calendars/${body.id.slice(0, 22)}.ics`,
    ])
      expect([wrong, (await ask('GET', wrong)).status]).toEqual([wrong, 404]);
    expect((await ask('PUT', path)).status).toBe(405);
  });

  it('is kept as a digest: the server’s own records do not tell the address', async () => {
    const { body } = await make('elise', {});
    const token = /([\w-]{22})\.ics$/.exec(body.url)?.[1] ?? '?';
    const listed = await ask('GET', '/couch/presence-server/_all_docs?include_docs=true', asAdmin);
    expect(listed.text).not.toContain(token);
  });

  it('shows nothing once the account it belongs to is disabled', async () => {
    const { body } = await make('maia', { volunteer: 'v1' });
    const disable = (isDisabled: boolean) =>
      ask('PUT', '/api/sites/paris13/accounts/maia', signedIn.elise, { isDisabled });
    expect((await disable(true)).status).toBe(200);
    expect((await ask('GET', pathOf(body.url))).status).toBe(404);
    await disable(false);
    expect((await ask('GET', pathOf(body.url))).status).toBe(200);
  });
});
