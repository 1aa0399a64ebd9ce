/**
 * What a coordinator's device asks of the server beside the protocol, so that making, closing and opening a term are
 * writes on this device like any other: a term's database is made when it is missing, and closed as its document says.
 */
import {
  registryDatabase,
  commonsDatabase,
  termDatabase,
  termDocId,
  type SiteCode,
  type TermCode,
} from '../domain/ids.ts';
import type { Replica } from './cycle.ts';
import { requestJson, serviceUrl, type Fetch } from './request.ts';
import { CycleFailed } from './status.ts';

export interface Provision {
  /** Makes a missing database on the server; false when it is not one that this account may make. */
  make(remote: string): Promise<boolean>;
  /** After a replica's documents were sent: has the server been told whether its term is closed? */
  settle(replica: Replica): Promise<void>;
}

/** @param server address of the protocol */
export function provisionOf(site: SiteCode, server: string, fetch: Fetch): Provision {
  const prefix = termDatabase(site, '' as TermCode);
  const termOf = (remote: string) =>
    remote.startsWith(prefix) && remote !== commonsDatabase(site) && remote !== registryDatabase(site)
      ? (remote.slice(prefix.length) as TermCode)
      : undefined;
  const ask = async (method: string, path: string, body: unknown) => {
    const answered = await requestJson(fetch, serviceUrl(server, `sites/${site}/${path}`), { method, body });
    if (!answered.ok) throw new CycleFailed(answered.why);
    return answered.status;
  };
  return {
    async make(remote) {
      const term = termOf(remote);
      if (term === undefined) return false;
      const status = await ask('POST', 'terms', { term });
      // 412: another coordinator's device was faster.
      return status === 201 || status === 412;
    },
    async settle({ store, remote }) {
      const code = termOf(remote);
      const term = code && (await store.get('term', termDocId(code)));
      if (!code || !term) return;
      const isClosed = term.state === 'closed';
      const told = await store.note('closed-on-server');
      if ((told?.isClosed ?? false) === isClosed) return;
      const status = await ask('PUT', `terms/${encodeURIComponent(code)}`, { isClosed });
      if (status < 300) await store.setNote('closed-on-server', { isClosed });
    },
  };
}
