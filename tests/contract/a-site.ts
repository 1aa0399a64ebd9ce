/** A server with a site, a term and its people, for tests of what they may do there. */
import type { PresenceServer } from '../../sync-server/app.ts';
import { basic } from './exchange.ts';
import { admin, openServer } from './targets.ts';

type Headers = Record<string, string>;

interface Answered {
  readonly status: number;
  readonly cookie: string;
  readonly body: Record<string, unknown>;
}

export const asAdmin: Headers = { authorization: basic(`${admin.name}:${admin.password}`) };
export const term = '/couch/paris13-s3-2023';

export interface OpenSite {
  readonly server: PresenceServer;
  readonly dataDir: string;
  readonly ask: (method: string, url: string, headers?: Headers, payload?: unknown) => Promise<Answered>;
  /** The coordinator's device. */
  readonly elise: Headers;
  /** Invites somebody; answers the token. */
  readonly invite: (name: string, by?: Headers, role?: 'volunteer' | 'coordinator') => Promise<string>;
  readonly accept: (token: string) => Promise<Answered>;
  /** Signs a volunteer's device in. */
  readonly join: (name: string) => Promise<Headers>;
  readonly close: () => Promise<void>;
}

export async function openSite(): Promise<OpenSite> {
  const { server, dataDir, close } = await openServer();
  let phones = 0;

  async function ask(method: string, url: string, headers: Headers = {}, payload?: unknown) {
    const response = await server.http.inject({
      method: method as 'GET',
      url,
      headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
    });
    const cookie = /AuthSession=[^;]*/.exec(String(response.headers['set-cookie'] ?? ''))?.[0] ?? '';
    return { status: response.statusCode, cookie, body: response.json<Record<string, unknown>>() };
  }
  const invite = async (name: string, by = elise, role: 'volunteer' | 'coordinator' = 'volunteer') => {
    const terms = role === 'volunteer' ? ['s3-2023'] : [];
    const { body } = await ask('POST', '/api/sites/paris13/invitations', by, {
      ...{ name, displayName: name, role, terms },
    });
    return String(body.token);
  };
  const accept = (token: string) =>
    ask(
      'POST',
      '/api/invitations/accept',
      {},
      {
        token,
        device: { id: `devicedevice${(phones += 1)}`, label: 'Téléphone' },
      },
    );
  const elise: Headers = {};

  await ask('POST', '/api/sites', asAdmin, { site: 'paris13', name: 'Paris 13' });
  elise.cookie = (await accept(await invite('elise', asAdmin, 'coordinator'))).cookie;
  await ask('POST', '/api/sites/paris13/terms', elise, { term: 's3-2023' });
  const join = async (name: string) => ({ cookie: (await accept(await invite(name))).cookie });
  return { server, dataDir, ask, elise, invite, accept, join, close };
}

/** A mark as an account's phone writes it. */
export function markBy(by: string, participant = 'p'): Record<string, unknown> & { _id: string } {
  const said = { status: 'present', at: '2023-11-20T13:00:00.000Z', by, device: 'devicedevice01' };
  const about = { _id: `mark:o:${participant}`, type: 'mark', v: 1, occurrence: 'o', participant };
  return { ...about, ...said, history: [said] };
}
