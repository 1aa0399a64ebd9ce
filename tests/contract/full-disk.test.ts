import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRecordIn } from '../../sync-server/accounts/change-record.ts';
import { Invitations } from '../../sync-server/accounts/invitations.ts';
import { Records, recordsDatabase } from '../../sync-server/accounts/records.ts';
import { openSite, term, type OpenSite } from './a-site.ts';

describe('a disk that takes nothing more', () => {
  let site: OpenSite;

  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(() => site.close());

  /** From now on one file refuses what is written into a table; answers the way to mend it. */
  function refuse(database: string, table: 'docs' | 'local'): () => void {
    const file = new DatabaseSync(join(site.dataDir, 'databases', `${database}.sqlite`));
    file.exec(
      `CREATE TRIGGER no_room BEFORE INSERT ON ${table} BEGIN SELECT RAISE(FAIL, 'disk is full'); END`,
    );
    return () => {
      file.exec('DROP TRIGGER no_room');
      file.close();
    };
  }

  it('keeps no device from reading', async () => {
    const maia = await site.join('maia');
    const mend = refuse(recordsDatabase, 'local');
    expect((await site.ask('GET', term, maia)).status).toBe(200);
    mend();
  });

  it('uses up no invitation whose account could not be made', async () => {
    const token = await site.invite('noor');
    const mend = refuse('_users', 'docs');
    expect((await site.accept(token)).status).toBe(500);
    mend();
    const accepted = await site.accept(token);
    expect(accepted.status).toBe(200);
    expect((await site.ask('GET', term, { cookie: accepted.cookie })).status).toBe(200);
    expect((await site.accept(token)).status).toBe(410);
  });

  it('lets one alone in by an invitation that was tried in vain, many at once', async () => {
    const token = await site.invite('noor');
    const mend = refuse('_users', 'docs');
    await Promise.all([1, 2, 3].map(() => site.accept(token)));
    mend();
    const tries = await Promise.all([1, 2, 3].map(() => site.accept(token)));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  });

  it('gives back no invitation that somebody else used', async () => {
    const { engine } = site.server;
    const invitations = new Invitations(new Records(engine), changeRecordIn(engine));
    const find = (token: string) => invitations.find(token, Date.now());
    const token = await site.invite('noor');
    const found = find(token);
    if (!found) throw new Error('it was just made');
    const spentBy = await invitations.spend(found, Date.now());
    expect(await invitations.spend(found, Date.now())).toBeUndefined();
    await invitations.unspend(found, 'somebody else');
    expect(find(token)).toBeUndefined();
    await invitations.unspend(found, String(spentBy));
    expect(find(token)).toBeDefined();
  });
});
