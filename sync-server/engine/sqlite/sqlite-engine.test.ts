import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database, Engine, Incoming } from '../engine.ts';
import { openSqliteEngine } from './sqlite-engine.ts';

const edit = (id: string, body: Incoming['body'], parent?: string): Incoming => ({
  id,
  body,
  isDeleted: false,
  edit: { parent },
});
const replica = (id: string, start: number, hashes: string[], body = {}, isDeleted = false): Incoming => ({
  id,
  body,
  isDeleted,
  edit: { revision: { start, hashes } },
});

describe('the embedded engine', () => {
  let folder = '';
  let engine: Engine;
  const create = (name = 'db'): Database => {
    const created = engine.create(name);
    if (!created.ok) throw new Error(created.why);
    return created.database;
  };
  const reopen = (): Database => {
    engine.close();
    engine = openSqliteEngine(folder);
    const database = engine.open('db');
    if (!database) throw new Error('it is gone');
    return database;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'presence-engine-'));
    engine = openSqliteEngine(folder);
  });
  afterEach(() => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds its databases again', () => {
    create('paris13-s3-2023').write([edit('a', { v: 1 })]);
    create('odd/name+(1)');
    engine.close();
    engine = openSqliteEngine(folder);
    expect(engine.names()).toEqual(['odd/name+(1)', 'paris13-s3-2023']);
    expect(engine.open('paris13-s3-2023')?.row('a')?.body).toBe('{"v":1}');
    expect(engine.create('odd/name+(1)')).toEqual({ ok: false, why: 'exists' });
    expect(engine.open('other')).toBeUndefined();
  });

  it('is opened by one server at a time', () => {
    expect(() => openSqliteEngine(folder)).toThrow(expect.objectContaining({ code: 'PRESENCE_IN_USE' }));
  });

  it('tells a database made anew from the one that was deleted', () => {
    const { uuid } = create();
    expect(engine.destroy('db')).toBe(true);
    expect(engine.destroy('db')).toBe(false);
    expect(create().uuid).not.toBe(uuid);
  });

  it('counts on where it stopped', () => {
    const [first] = create().write([edit('a', {})]);
    const again = reopen();
    again.write([edit('b', {})]);
    expect(again.info()).toMatchObject({ lastSeq: 2, documents: 2, deleted: 0 });
    expect(again.changes(0, 10).map(({ id, seq }) => [id, seq])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(first).toMatchObject({ ok: true });
  });

  it('finds many documents by their ids at once, whatever letters these are of', () => {
    const database = create();
    const ids = ['a', 'é"\\', 'nul\0inside', 'مرحبا', '😀', '\ud800'];
    database.write(ids.map((id) => edit(id, { id })));
    const rows = database.rows([...ids, 'not there', 'a']);
    expect(rows.size).toBe(ids.length);
    for (const id of ids) expect(rows.get(id), id).toEqual(database.row(id));
    expect(database.rows([])).toEqual(new Map());
  });

  it('writes all of a batch or nothing', () => {
    const database = create();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(() => database.write([edit('a', {}), edit('b', cyclic)])).toThrow();
    expect(database.info()).toMatchObject({ lastSeq: 0, documents: 0 });
    expect(database.row('a')).toBeUndefined();
    database.write([edit('c', {})]);
    expect(database.changes(0, 10).map(({ id, seq }) => [id, seq])).toEqual([['c', 1]]);
  });

  it('keeps the bodies of older revisions until it is compacted, those of conflicts for ever', () => {
    const database = create();
    database.write([replica('a', 1, ['a'], { v: 1 })]);
    database.write([replica('a', 2, ['c', 'a'], { v: 'winner' })]);
    database.write([replica('a', 2, ['b', 'a'], { v: 'loser' })]);
    expect(database.bodyOf('a', '1-a')).toBe('{"v":1}');
    database.compact();
    expect(database.bodyOf('a', '1-a')).toBeUndefined();
    expect(database.bodyOf('a', '2-b')).toBe('{"v":"loser"}');
    expect(database.bodyOf('a', '2-c')).toBe('{"v":"winner"}');
  });

  it('brings the loser back when the winner is deleted', () => {
    const database = create();
    database.write([
      replica('a', 2, ['c', 'a'], { v: 'winner' }),
      replica('a', 2, ['b', 'a'], { v: 'loser' }),
    ]);
    database.write([replica('a', 3, ['d', 'c', 'a'], {}, true)]);
    expect(database.row('a')).toMatchObject({ rev: '2-b', body: '{"v":"loser"}', isDeleted: false });
  });

  it('counts documents and tombstones as they come and go', () => {
    const database = create();
    const [written] = database.write([edit('a', { v: 1 }), edit('b', {})]);
    const rev = written?.ok ? written.rev : '';
    database.write([{ id: 'a', body: {}, isDeleted: true, edit: { parent: rev } }]);
    expect(database.info()).toMatchObject({ documents: 1, deleted: 1 });
    database.write([edit('a', { v: 2 })]);
    expect(database.info()).toMatchObject({ documents: 2, deleted: 0 });
    expect(reopen().info()).toMatchObject({ documents: 2, deleted: 0 });
  });

  it('refuses an edit without parent of a document that lives, and one on an inner revision', () => {
    const database = create();
    const [first] = database.write([edit('a', { v: 1 })]);
    const rev = first?.ok ? first.rev : '';
    database.write([edit('a', { v: 2 }, rev)]);
    expect(database.write([edit('a', {}), edit('a', {}, rev), edit('new', {}, rev)])).toEqual([
      { ok: false, id: 'a', why: 'conflict' },
      { ok: false, id: 'a', why: 'conflict' },
      { ok: false, id: 'new', why: 'conflict' },
    ]);
  });

  it('takes no place in the feed for a revision that it has', () => {
    const database = create();
    database.write([replica('a', 2, ['b', 'a'], { v: 1 })]);
    database.write([replica('a', 2, ['b', 'a'], { v: 1 }), replica('a', 1, ['a'], { v: 0 })]);
    expect(database.info().lastSeq).toBe(1);
  });

  it('tells once that something was written, and nothing when nothing was', async () => {
    const database = create();
    const told = vi.fn();
    const stop = database.onChange(told);
    database.write([edit('a', {})]);
    database.write([edit('b', {})]);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
    database.write([edit('a', {})]);
    database.putLocalDocument('_local/a', '0-1', {});
    stop();
    database.write([edit('c', {})]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('remembers who may open it', () => {
    expect(create().security()).toBeUndefined();
    engine.open('db')?.setSecurity({ members: { roles: ['volunteer:paris13:s3-2023'] } });
    expect(reopen().security()).toEqual({
      admins: { names: [], roles: [] },
      members: { names: [], roles: ['volunteer:paris13:s3-2023'] },
    });
  });

  it('purges a branch for good, keeps what others share, and never counts back', () => {
    const database = create();
    const [one, two, root] = ['b'.repeat(32), 'c'.repeat(32), 'a'.repeat(32)];
    database.write([replica('a', 2, [one, root], { v: 1 }), replica('a', 2, [two, root], { v: 2 })]);
    database.write([edit('last', {})]);
    expect(database.purge('a', [`1-${root}`, `2-${two}`])).toEqual([`2-${two}`]);
    expect(database.row('a')).toMatchObject({ rev: `2-${one}`, body: '{"v":1}' });
    expect(database.bodyOf('a', `2-${two}`)).toBeUndefined();
    expect(database.purge('a', [`2-${one}`])).toEqual([`2-${one}`]);
    expect(database.row('a')).toBeUndefined();
    expect(reopen().info()).toMatchObject({ documents: 1, deleted: 0, lastSeq: 5 });
  });

  it('tells what last happened to each database', () => {
    const database = create();
    database.write([edit('a', {})]);
    expect(engine.eventsAfter(0).map(({ name, what }) => [name, what])).toEqual([['db', 'created']]);
    engine.destroy('db');
    expect(engine.eventsAfter(0).map(({ what }) => what)).toEqual(['created', 'deleted']);
  });
});
