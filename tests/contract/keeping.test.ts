import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceServer } from '../../sync-server/app.ts';
import { Calendars } from '../../sync-server/accounts/calendars.ts';
import { carryRestrictions } from '../../sync-server/accounts/carry-restrictions.ts';
import { changeRecordIn } from '../../sync-server/accounts/change-record.ts';
import { Devices } from '../../sync-server/accounts/devices.ts';
import { Invitations } from '../../sync-server/accounts/invitations.ts';
import { findAccount } from '../../sync-server/accounts/known-account.ts';
import { Records } from '../../sync-server/accounts/records.ts';
import { Team } from '../../sync-server/accounts/team.ts';
import type { Database, Engine } from '../../sync-server/engine/engine.ts';
import { backUp } from '../../sync-server/keeping/backup.ts';
import { checkFolder } from '../../sync-server/keeping/check.ts';
import { compactFolder } from '../../sync-server/keeping/compact.ts';
import { restore } from '../../sync-server/keeping/restore.ts';
import { openServer } from './targets.ts';

const now = new Date('2026-11-24T10:15:00Z');
const program = join(import.meta.dirname, '../../sync-server/keep.ts');

let dataDir = '';
let shelf = '';
let server: PresenceServer | undefined;
let database: Database;

const stop = async () => {
  await server?.close();
  server = undefined;
};
const write = (from: number, to: number) =>
  database.write(
    Array.from({ length: to - from }, (_, n) => ({
      id: `note:${from + n}`,
      body: { n: from + n },
      isDeleted: false,
      edit: { parent: undefined },
    })),
  );
const documentsIn = (folder: string, name = 'site') =>
  checkFolder(folder).find(({ database: one }) => one === name)?.documents;
const keep = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 30_000 });

beforeEach(async () => {
  const opened = await openServer();
  ({ server, dataDir } = opened);
  shelf = mkdtempSync(join(tmpdir(), 'presence-shelf-'));
  const created = server.engine.create('site');
  if (!created.ok) throw new Error(created.why);
  database = created.database;
  write(0, 500);
});
afterEach(async () => {
  await stop();
  for (const folder of [dataDir, shelf]) rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('holds all that was acknowledged before it began, while writes go on', async () => {
    let at = 500;
    let isWriting = true;
    const writing = (async () => {
      while (isWriting) {
        write(at, at + 20);
        at += 20;
        await new Promise((next) => setImmediate(next));
      }
    })();
    await new Promise((next) => setTimeout(next, 30));
    const before = at;
    // In a process of its own, as cron runs it: this one goes on writing.
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, [program, 'backup', '--to', shelf, '--data-dir', dataDir]);
    const code = await new Promise((end) => child.once('exit', end));
    isWriting = false;
    await writing;
    expect(code).toBe(0);
    const [name = ''] = readdirSync(shelf);
    expect(documentsIn(join(shelf, name))).toBeGreaterThanOrEqual(before);
    expect(at).toBeGreaterThan(before);
    expect(checkFolder(join(shelf, name)).flatMap(({ problems }) => problems)).toEqual([]);
    expect(statSync(join(shelf, name, 'server.json')).mode & 0o077).toBe(0);
  });

  it('leaves the newest ones when told how many stay', () => {
    for (let minute = 0; minute < 4; minute++) {
      const made = backUp({ dataDir, to: shelf, keep: 2, now: new Date(now.getTime() + minute * 60_000) });
      expect(made).toMatchObject({ ok: true, databases: 3 });
    }
    expect(readdirSync(shelf).sort()).toEqual(['presence-20261124-101700', 'presence-20261124-101800']);
  });

  it('of a folder without data is none', () => {
    expect(backUp({ dataDir: shelf, to: join(shelf, 'b'), now })).toEqual({ ok: false, why: 'no data' });
  });
});

describe('a backup put back', () => {
  const uuidOf = (folder: string) =>
    (JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { uuid: string }).uuid;

  it('gives the server another identity, and keeps what was there aside', async () => {
    const made = backUp({ dataDir, to: shelf, now });
    if (!made.ok) throw new Error(made.why);
    write(500, 600);
    await stop();
    const formerly = uuidOf(dataDir);
    expect(
      restore({ from: made.folder, dataDir, replace: false, now, carryOver: carryRestrictions }),
    ).toEqual({
      ok: false,
      why: 'not empty',
    });
    const put = restore({ from: made.folder, dataDir, replace: true, now, carryOver: carryRestrictions });
    expect(put).toMatchObject({ ok: true, databases: 3 });
    expect(uuidOf(dataDir)).not.toBe(formerly);
    expect(documentsIn(dataDir)).toBe(500);
    const aside = put.ok ? (put.aside ?? '') : '';
    expect(documentsIn(aside)).toBe(600);
    rmSync(aside, { recursive: true });
    ({ server } = await openServer({ dataDir }));
    expect(server.engine.open('site')?.info()).toMatchObject({ documents: 500 });
  });

  it('is refused under the feet of a running server', () => {
    const made = backUp({ dataDir, to: shelf, now });
    const from = made.ok ? made.folder : '';
    expect(() => restore({ from, dataDir, replace: true, now, carryOver: carryRestrictions })).toThrow(
      'in use',
    );
    expect(keep('restore', '--from', from, '--data-dir', dataDir, '--replace')).toMatchObject({
      status: 2,
      stderr: `The data folder ${dataDir} is in use by another Présence server.\n`,
    });
  });

  it('is refused when it is damaged, and nothing changes', async () => {
    const made = backUp({ dataDir, to: shelf, now });
    const from = made.ok ? made.folder : '';
    const file = join(from, 'databases', 'site.sqlite');
    writeFileSync(file, readFileSync(file).fill(7, 5000, 9000));
    await stop();
    expect(restore({ from, dataDir, replace: true, now, carryOver: carryRestrictions })).toMatchObject({
      ok: false,
      why: 'damaged',
    });
    expect(documentsIn(dataDir)).toBe(500);
    expect(existsSync(`${dataDir}.restoring`)).toBe(false);
  });
});

describe('what was taken back after the backup', () => {
  const formerly = now.getTime() - 1000;
  const later = now.getTime();
  const peopleOf = (engine: Engine) => {
    const records = new Records(engine);
    return {
      devices: new Devices(records),
      invitations: new Invitations(records, changeRecordIn(engine)),
      calendars: new Calendars(records),
      team: new Team(engine, changeRecordIn(engine), 10),
    };
  };
  const asked = { site: 'paris13', displayName: 'Noor', roles: ['volunteer:paris13:s1'], by: 'elise' };

  /** A team of which much was taken back after the backup. */
  async function takenBack() {
    const { engine } = server as PresenceServer;
    const { devices, invitations, calendars, team } = peopleOf(engine);
    for (const name of ['maia', 'zoe']) await team.admit('paris13', { ...asked, name });
    const lost = devices.register('zoe', { id: 'devicedevice01', label: '' }, formerly);
    const kept = devices.register('zoe', { id: 'devicedevice02', label: '' }, formerly);
    const invited = invitations.make({ ...asked, account: 'noor' }, formerly);
    const open = invitations.make({ ...asked, account: 'sami' }, formerly);
    const shared = calendars.make({ site: 'paris13', term: 's1', by: 'elise' }, formerly);
    const made = backUp({ dataDir, to: shelf, now });
    if (!made.ok) throw new Error(made.why);
    await team.setDisabled('paris13', 'maia', true, later);
    devices.revoke(lost, later);
    const found = invitations.find(invited.token, later);
    if (found) await invitations.spend(found, later);
    const calendar = calendars.find(shared.token);
    if (calendar) calendars.revoke(calendar, later);
    await stop();
    return { from: made.folder, lost, kept, invited, open, shared };
  }

  it('is not given again', async () => {
    const { from, lost, kept, invited, open, shared } = await takenBack();
    expect(restore({ from, dataDir, replace: true, now, carryOver: carryRestrictions })).toMatchObject({
      ok: true,
      takenBack: 4,
    });
    expect(checkFolder(dataDir).flatMap(({ problems }) => problems)).toEqual([]);
    ({ server } = await openServer({ dataDir }));
    const { devices, invitations, calendars, team } = peopleOf(server.engine);
    expect(team.find('maia')?.isDisabled).toBe(true);
    expect(findAccount(server.engine, 'maia')?.password.derived_key).toBe('');
    expect(team.find('zoe')?.isDisabled).toBe(false);
    const revokedAt = new Date(later).toISOString();
    expect(devices.find(lost.key)?.record).toMatchObject({ revokedAt });
    expect(devices.find(kept.key)?.record).not.toHaveProperty('revokedAt');
    expect(invitations.find(invited.token, later)).toBeUndefined();
    expect(invitations.find(open.token, later)).toBeDefined();
    expect(calendars.find(shared.token)).toBeUndefined();
  });

  it('is said to be open again where what was there cannot be read', async () => {
    const { from } = await takenBack();
    const file = join(dataDir, 'databases', '_users.sqlite');
    writeFileSync(file, readFileSync(file).fill(7, 0, 9000));
    const { status, stdout } = keep('restore', '--from', from, '--data-dir', dataDir, '--replace');
    expect(status).toBe(0);
    expect(stdout).toContain('Access that was taken back since the backup is open again: review the team.');
  });

  it('is said to be open again in an empty folder', async () => {
    const { from } = await takenBack();
    const { stdout } = keep('restore', '--from', from, '--data-dir', join(shelf, 'new'));
    expect(stdout).toContain('review the team');
  });
});

describe('the check', () => {
  const damage = (statement: string) => {
    const sql = new DatabaseSync(join(dataDir, 'databases', 'site.sqlite'));
    sql.exec(statement);
    sql.close();
  };
  const problems = () => checkFolder(dataDir).flatMap((one) => one.problems);
  const hashes = ['a', 'b'].map((letter) => letter.repeat(32));

  beforeEach(async () => {
    for (const hash of hashes)
      database.write([
        { id: 'split', body: { hash }, isDeleted: false, edit: { revision: { start: 1, hashes: [hash] } } },
      ]);
    await stop();
  });

  it('finds nothing where nothing is wrong', () => {
    expect(problems()).toEqual([]);
    expect(keep('check', '--data-dir', dataDir)).toMatchObject({ status: 0 });
  });

  it.each([
    ['a version without a body', "DELETE FROM revs WHERE id = 'split'", 'a version has no body'],
    ['a tree that cannot be read', "UPDATE docs SET tree = '[{' WHERE id = 'note:3'", 'tree cannot be read'],
    ['a winner that is none', "UPDATE docs SET deleted = 1 WHERE id = 'split'", 'winner is not'],
    ['a body cut short', "UPDATE docs SET body = '{\"n\":' WHERE id = 'note:4'", 'body cannot be read'],
    [
      'an attachment without its content',
      `UPDATE docs SET body = '{"_attachments":{"x":{"digest":"md5-none"}}}' WHERE id = 'note:5'`,
      'attachment is missing',
    ],
    ['a body of nobody', "DELETE FROM docs WHERE id = 'split'", 'belong to no document'],
  ])('finds %s, and names nobody', (_what, statement, said) => {
    damage(statement);
    expect(problems().join('\n')).toContain(said);
    expect(problems().join('\n')).not.toMatch(/note:|split/);
    expect(keep('check', '--data-dir', dataDir)).toMatchObject({ status: 1 });
  });
});

describe('compacting', () => {
  it('gives back the room of versions that were replaced, and loses no leaf', async () => {
    const text = 'x'.repeat(20_000);
    let parent: string | undefined;
    for (let n = 0; n < 50; n++) {
      const [written] = database.write([
        { id: 'often', body: { text, n }, isDeleted: false, edit: { parent } },
      ]);
      parent = written?.ok ? written.rev : undefined;
    }
    await stop();
    const { before, after } = compactFolder(dataDir);
    expect(after).toBeLessThan(before);
    expect(checkFolder(dataDir).flatMap((one) => one.problems)).toEqual([]);
    expect(documentsIn(dataDir)).toBe(501);
  });
});

describe('the commands', () => {
  it.each([
    [['backup'], /--to/],
    [['backup', '--to', 'x', '--keep', '0'], /whole number/],
    [['restore', '--from', '/nowhere'], /is no backup/],
    [['check', '--data-dir', '/nowhere'], /holds no data/],
    [['mend'], /one of: backup, restore, check,/],
    [['couchdb'], /couchdb migrate/],
    [['couchdb', 'migrate', '--to', 'http://host'], /http:\/\/name:password@host:port/],
  ])('%j is a clear line and exit code 2', (args, said) => {
    const { status, stderr } = keep(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('tell what they can be told', () => {
    const { status, stdout } = keep('backup', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--keep <number>');
  });
});
