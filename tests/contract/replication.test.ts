import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { basic } from './exchange.ts';
import { localReplica, remoteDatabase, type Pouch, type Replication } from './pouchdb.ts';
import { listeningTargets } from './targets.ts';

/** Of this run: a CouchDB that was given may hold others. */
const run = Date.now().toString(36);
let count = 0;

/** An independent client of the protocol: the npm package `pouchdb`, in memory, over real HTTP. */
describe.each(listeningTargets)('replicating with PouchDB, $title', ({ open: openTarget }) => {
  let target: Awaited<ReturnType<typeof openTarget>>;
  let user = '';
  const open: Pouch[] = [];
  const made: string[] = [];

  beforeAll(async () => {
    target = await openTarget();
    user = `maia.${run}.${(count += 1)}`;
    await makeAccount(user);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((database) => database.close()));
    for (const name of made.splice(0)) await asAdmin('DELETE', `/${name}`);
  });
  afterAll(() => target.close());

  const asAdmin = (method: string, path: string, body?: unknown) =>
    fetch(target.root + path, {
      method,
      headers: { authorization: basic(target.admin), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const makeAccount = (name: string) =>
    asAdmin('PUT', `/_users/org.couchdb.user:${name}`, {
      name,
      type: 'user',
      roles: [],
      password: `${name}-password`,
    });

  /** A fresh database on the server and two phones of a volunteer who is its member. */
  async function twoPhones() {
    const name = `replicated-${run}-${(count += 1)}`;
    made.push(name);
    await asAdmin('PUT', `/${name}`);
    await asAdmin('PUT', `/${name}/_security`, { members: { names: [user], roles: [] } });
    const phones = { here: localReplica(), there: localReplica() };
    const server = remoteDatabase(`${target.root}/${name}`, user, `${user}-password`);
    open.push(phones.here, phones.there, server);
    return { ...phones, server, name };
  }

  const idsOf = async (database: Pouch) => (await database.allDocs()).rows.map((row) => row.id);
  const revisionsOf = async (database: Pouch) =>
    (await database.allDocs()).rows.map((row) => `${row.id} ${row.value.rev}`);

  it('brings what one phone wrote to the other', async () => {
    const { here, there, server } = await twoPhones();
    const marks = Array.from({ length: 250 }, (_, n) => ({ _id: `mark:${String(n).padStart(3, '0')}`, n }));
    await here.bulkDocs(marks);
    const sent = await here.replicate.to(server, { batch_size: 100 });
    expect(sent).toMatchObject({ ok: true, docs_written: 250, doc_write_failures: 0 });
    const got = await there.replicate.from(server, { batch_size: 100 });
    expect(got).toMatchObject({ ok: true, docs_written: 250 });
    expect(await revisionsOf(there)).toEqual(await revisionsOf(here));
    expect(await revisionsOf(server)).toEqual(await revisionsOf(here));
  });

  it('sends nothing a second time', async () => {
    const { here, server } = await twoPhones();
    await here.bulkDocs([{ _id: 'one' }, { _id: 'two' }]);
    await here.replicate.to(server);
    const again = await here.replicate.to(server);
    expect(again.docs_read).toBe(0);
    await here.put({ _id: 'three' });
    expect((await here.replicate.to(server)).docs_written).toBe(1);
  });

  it('keeps both edits of two phones, and shows the same one everywhere', async () => {
    const { here, there, server } = await twoPhones();
    await here.put({ _id: 'mark', status: 'present' });
    await here.sync(server);
    await there.sync(server);
    const { _rev: rev } = await there.get('mark');
    await here.put({ _id: 'mark', ...(rev ? { _rev: rev } : {}), status: 'late' });
    await there.put({ _id: 'mark', ...(rev ? { _rev: rev } : {}), status: 'absent' });
    await here.sync(server);
    await there.sync(server);
    await here.sync(server);
    const seen = await Promise.all(
      [here, there, server].map((database) => database.get('mark', { conflicts: true })),
    );
    const [first] = seen;
    for (const one of seen) expect(one).toEqual(first);
    expect(first?._conflicts).toHaveLength(1);

    await here.remove('mark', first?._conflicts?.[0] ?? '');
    await here.sync(server);
    await there.sync(server);
    for (const database of [there, server])
      expect((await database.get('mark', { conflicts: true }))._conflicts).toBeUndefined();
  });

  it('brings deletions', async () => {
    const { here, there, server } = await twoPhones();
    const { rev } = await here.put({ _id: 'gone' });
    await here.put({ _id: 'kept' });
    await here.sync(server);
    await there.sync(server);
    await here.remove('gone', rev);
    await here.sync(server);
    await there.sync(server);
    expect(await idsOf(there)).toEqual(['kept']);
    expect(await idsOf(server)).toEqual(['kept']);
  });

  it('makes the revision that PouchDB makes of the same edit', async () => {
    const { here, server } = await twoPhones();
    await here.put({ _id: 'a', v: 1 });
    await here.replicate.to(server);
    const onServer = await server.get('a', { revs: true });
    expect(onServer).toEqual(await here.get('a', { revs: true }));
  });

  it('stays in touch both ways, live', async () => {
    const { here, there, server } = await twoPhones();
    const live: Replication[] = [here, there].map((phone) => phone.sync(server, { live: true, retry: true }));
    for (const one of live) one.on('error', () => undefined);
    await here.put({ _id: 'from-here', v: 1 });
    await there.put({ _id: 'from-there', v: 1 });
    const wanted = ['from-here', 'from-there'];
    await vi.waitFor(async () => expect(await idsOf(here)).toEqual(wanted), 15_000);
    await vi.waitFor(async () => expect(await idsOf(there)).toEqual(wanted), 15_000);
    const { _rev: rev } = await there.get('from-here');
    await there.put({ _id: 'from-here', ...(rev ? { _rev: rev } : {}), v: 2 });
    await vi.waitFor(async () => expect(await here.get('from-here')).toMatchObject({ v: 2 }), 15_000);
    for (const one of live) one.cancel();
    await Promise.allSettled(live);
  });

  it('lets in nobody who is not a member', async () => {
    const { name } = await twoPhones();
    const other = `other.${user}`;
    await makeAccount(other);
    const stranger = remoteDatabase(`${target.root}/${name}`, other, `${other}-password`);
    const here = localReplica();
    open.push(stranger, here);
    await here.put({ _id: 'one' });
    await expect(here.replicate.to(stranger)).rejects.toMatchObject({ status: 403 });
  });
});
