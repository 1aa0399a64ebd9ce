import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordsDatabase } from '../../sync-server/accounts/records.ts';
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
});
