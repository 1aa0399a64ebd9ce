import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asAdmin, markBy, openSite, term, type OpenSite } from './a-site.ts';
import { openCouch, openGateway, type Couch, type Gateway } from './gateways.ts';

/** Opens a feed and gathers what it says. */
async function listen(url: string, headers: Record<string, string>) {
  const response = await fetch(url, { headers });
  const heard = { text: '', isOver: false };
  void (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) heard.text += decoder.decode(chunk as Uint8Array);
    } catch {
      // It was cut off.
    }
    heard.isOver = true;
  })();
  expect(response.status).toBe(200);
  return heard;
}

describe('a feed that stays open', () => {
  let site: OpenSite;
  let origin = '';
  let maia: Record<string, string>;

  beforeEach(async () => {
    site = await openSite();
    origin = await site.server.listen({ host: '127.0.0.1', port: 0 });
    maia = await site.join('maia');
  });
  afterEach(() => site.close());

  const devicePath = async (name: string) => {
    const { body } = await site.ask('GET', '/api/sites/paris13/accounts', site.elise);
    const { accounts } = body as { accounts: { name: string; devices: { id: string }[] }[] };
    const id = accounts.find((one) => one.name === name)?.devices.at(-1)?.id;
    return `/api/sites/paris13/accounts/${name}/devices/${id}`;
  };
  const write = () => site.ask('PUT', `${term}/mark:o:p`, site.elise, markBy('elise'));
  const changeAccount = async (change: (account: Record<string, unknown>) => Record<string, unknown>) => {
    const path = '/couch/_users/org.couchdb.user:maia';
    const { body } = await site.ask('GET', path, asAdmin);
    expect((await site.ask('PUT', path, asAdmin, change(body))).status).toBe(201);
  };

  const takenBack: [string, () => Promise<unknown>][] = [
    ['its device was revoked', async () => site.ask('DELETE', await devicePath('maia'), site.elise)],
    [
      'its account was disabled',
      () => site.ask('PUT', '/api/sites/paris13/accounts/maia', site.elise, { isDisabled: true }),
    ],
    ['its account lost the role', () => changeAccount((account) => ({ ...account, roles: [] }))],
    ['its password was changed', () => changeAccount((account) => ({ ...account, password: 'another-one' }))],
    [
      'the database was closed to it',
      async () => {
        const security = {
          admins: { names: [], roles: [] },
          members: { names: [], roles: ['coordinator:paris13'] },
        };
        await site.ask('PUT', `${term}/_security`, asAdmin, security);
      },
    ],
  ];
  const feeds = ['continuous&heartbeat=60000', 'longpoll&heartbeat=60000', 'eventsource&heartbeat=60000'];

  describe.each(feeds)('%s', (feed) => {
    it.each(takenBack)('tells nothing more when %s, and ends', async (_what, takeBack) => {
      const heard = await listen(`${origin}${term}/_changes?feed=${feed}&since=now&include_docs=true`, maia);
      await takeBack();
      expect((await write()).status).toBe(201);
      await vi.waitFor(() => expect(heard.isOver).toBe(true), 10_000);
      expect(heard.text).toBe('');
    });
  });

  it('ends at its next beat though nothing is written', async () => {
    const heard = await listen(`${origin}${term}/_changes?feed=continuous&since=now&heartbeat=100`, maia);
    await vi.waitFor(() => expect(heard.text).not.toBe(''), 10_000);
    await site.ask('DELETE', await devicePath('maia'), site.elise);
    await vi.waitFor(() => expect(heard.isOver).toBe(true), 10_000);
  });

  it('goes on for whoever still may read, by cookie and by password', async () => {
    for (const headers of [maia, asAdmin]) {
      const heard = await listen(
        `${origin}${term}/_changes?feed=continuous&since=now&heartbeat=60000`,
        headers,
      );
      for (const participant of ['q', 'r'])
        await site.ask('POST', `${term}/_bulk_docs`, site.elise, { docs: [markBy('elise', participant)] });
      await vi.waitFor(() => expect(heard.text.match(/"id":/g)).toHaveLength(2), 10_000);
      expect(heard.isOver).toBe(false);
      for (const participant of ['q', 'r']) {
        const { body } = await site.ask('GET', `${term}/mark:o:${participant}`, asAdmin);
        await site.ask('DELETE', `${term}/mark:o:${participant}?rev=${String(body._rev)}`, asAdmin);
      }
    }
  });
});

describe('a feed that is handed on to a CouchDB', () => {
  let couch: Couch;
  let gateway: Gateway;

  beforeEach(async () => {
    couch = await openCouch();
    gateway = await openGateway(couch);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await gateway.close();
    await couch.close();
  });

  it('is cut off when its account was disabled, and stays open until then', async () => {
    const name = `feed${Date.now().toString(36)}`;
    const account = { type: 'user', name, roles: [], password: 'a-long-password' };
    const path = `/_users/org.couchdb.user:${name}`;
    const members = { admins: { names: [], roles: [] }, members: { names: [name], roles: [] } };
    await couch.ask('PUT', path, account);
    await couch.ask('PUT', `/${name}`);
    await couch.ask('PUT', `/${name}/_security`, members);
    let cookie = '';
    await vi.waitFor(async () => {
      const device = { id: 'devicedevice01', label: '' };
      const signIn = { name, password: account.password, device };
      ({ cookie } = await gateway.ask('POST', '/couch/_session', {}, signIn));
      expect(cookie).not.toBe('');
    }, 20_000);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const heard = await listen(
      `${gateway.origin}/couch/${name}/_changes?feed=continuous&since=now&heartbeat=60000`,
      { cookie },
    );
    await vi.advanceTimersByTimeAsync(30_000);
    expect(heard.isOver).toBe(false);
    const { json } = await couch.ask('GET', path);
    await couch.ask('PUT', path, { ...json, disabled: true });
    await vi.waitFor(async () => {
      expect((await gateway.ask('GET', `/couch/${name}/_changes`, { cookie })).status).toBe(401);
    }, 20_000);
    vi.advanceTimersByTime(30_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(heard.isOver).toBe(true), 10_000);
    await couch.ask('DELETE', `/${name}`);
    await couch.ask('DELETE', `${path}?rev=${String((await couch.ask('GET', path)).json._rev)}`);
  });
});
