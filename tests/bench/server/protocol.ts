/**
 * What the protocol costs, on this server, on bare SQLite, and on a CouchDB (`COUCH_URL`) or a pouchdb-server
 * (`POUCHDB_SERVER_URL`) where they are given: all in one run. Where no CouchDB is given, the ratio to it is reckoned
 * from its share of bare SQLite on the machine where both were measured (docs in `shares`).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { compileOnce, serverEnvironment, serverFlags } from '../../../.run/server-runtime.mjs';

const documents = 10_000;
const singles = 300;
const many = Number(process.env.BENCH_DOCUMENTS ?? 1_000_000);
const marksEach = 40;

/** A second on one machine: CouchDB 3.5.0, single node, beside bare `node:sqlite` with full sync at 150,000 inserts. */
const shares = { bulk: 19_000, put: 354, changes: 18_900, bulkGet: 17_900 } as const;
const sharesBare = 150_000;

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Target {
  readonly name: string;
  readonly root: string;
  readonly authorization: string;
  /** A server in this run whose memory can be read. */
  readonly child?: ChildProcess;
}

const agent = new Agent({ keepAlive: true, maxSockets: 2000 });

function ask(
  target: { root: string; authorization?: string; cookie?: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      target.root + path,
      {
        method,
        agent,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          ...(target.authorization ? { authorization: target.authorization } : {}),
          ...(target.cookie ? { cookie: target.cookie } : {}),
        },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(pieces).toString(),
            headers: response.headers,
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

const markOf = (n: number, by = 'maia') => {
  const said = {
    status: n % 7 ? 'present' : 'absent',
    at: '2023-11-20T13:05:12.345Z',
    by,
    device: 'k3j9d7f2m5q8w4',
  };
  const occurrence = `group${n % 40}.2023-11-20T1400`;
  const participant = `p${String(n).padStart(7, '0')}`;
  return {
    _id: `mark:${occurrence}:${participant}`,
    type: 'mark',
    v: 1,
    occurrence,
    participant,
    ...said,
    history: [said],
  };
};

/** A second, from how many and how many milliseconds. */
const rate = (count: number, ms: number) => (count / ms) * 1000;
const shown = (value: number) => Math.round(value).toLocaleString('en').padStart(9);

async function timed<T>(step: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await step();
  return { ms: performance.now() - start, value };
}

async function writeAll(target: Target, database: string, from: number, count: number, batch: number) {
  const bodies: string[] = [];
  for (let at = from; at < from + count; at += batch)
    bodies.push(
      JSON.stringify({
        docs: Array.from({ length: Math.min(batch, from + count - at) }, (_, n) => markOf(at + n)),
      }),
    );
  const { ms } = await timed(async () => {
    for (const body of bodies) {
      const { status, text } = await ask(target, 'POST', `/${database}/_bulk_docs`, body);
      if (status !== 201 && status !== 202)
        throw new Error(`${target.name} answered a write ${status}: ${text.slice(0, 200)}`);
    }
  });
  return ms;
}

interface Figures {
  bulk100: number;
  bulk500: number;
  put: number;
  revsDiff: number;
  changes: number;
  bulkGet: number;
}

const median = (some: readonly number[]) => some.toSorted((x, y) => x - y)[some.length >> 1] ?? NaN;

/** The median of three turns after one that is not counted: no target is judged by its first steps. */
async function settled(turn: (n: number) => Promise<number>): Promise<number> {
  await turn(0);
  return median([await turn(1), await turn(2), await turn(3)]);
}

async function measure(target: Target): Promise<Figures> {
  const base = `bench-${Date.now().toString(36)}`;
  const made = new Set<string>();
  const fresh = async (name: string) => {
    await ask(target, 'PUT', `/${base}-${name}`);
    made.add(`${base}-${name}`);
    return `${base}-${name}`;
  };
  const bulk = (batch: number) =>
    settled(async (n) =>
      rate(documents, await writeAll(target, await fresh(`bulk${batch}-${n}`), 0, documents, batch)),
    );
  const bulk100 = await bulk(100);
  const bulk500 = await bulk(500);
  const singly = await fresh('put');
  const put = await settled(async (turn) => {
    const { ms } = await timed(async () => {
      for (let n = 0; n < singles; n++) {
        const { _id, ...body } = markOf(turn * singles + n);
        await ask(target, 'PUT', `/${singly}/${encodeURIComponent(_id)}`, body);
      }
    });
    return rate(singles, ms);
  });
  const read = `${base}-bulk500-0`;
  const feed = () => timed(() => ask(target, 'GET', `/${read}/_changes?include_docs=true`));
  const rows = (
    JSON.parse((await feed()).value.text) as { results: { id: string; changes: { rev: string }[] }[] }
  ).results;
  if (rows.length !== documents) throw new Error('the feed is not complete');
  const keys = rows.map(({ id, changes }) => ({ id, rev: changes[0]?.rev ?? '' }));
  const inBatches = (step: (some: typeof keys) => Promise<unknown>) =>
    settled(async () => {
      const { ms } = await timed(async () => {
        for (let at = 0; at < keys.length; at += 500) await step(keys.slice(at, at + 500));
      });
      return rate(documents, ms);
    });
  const changes = await settled(async () => rate(documents, (await feed()).ms));
  const bulkGet = await inBatches((docs) => ask(target, 'POST', `/${read}/_bulk_get`, { docs }));
  const revsDiff = await inBatches((some) => {
    const asked = Object.fromEntries(some.map(({ id, rev }) => [id, [rev, '9-missing']]));
    return ask(target, 'POST', `/${read}/_revs_diff`, asked);
  });
  for (const name of made) await ask(target, 'DELETE', `/${name}`);
  return { bulk100, bulk500, put, revsDiff, changes, bulkGet };
}

/** Bare inserts of the same bodies, with full sync, in transactions of 500: a second. */
function bareInserts(folder: string): number {
  const sql = new DatabaseSync(join(folder, `bare-${Date.now()}.sqlite`));
  sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  sql.exec('CREATE TABLE docs (id TEXT PRIMARY KEY, body TEXT NOT NULL)');
  const insert = sql.prepare('INSERT INTO docs (id, body) VALUES (?, ?)');
  const rows = Array.from({ length: documents }, (_, n) => markOf(n)).map(
    (mark) => [mark._id, JSON.stringify(mark)] as const,
  );
  const start = performance.now();
  for (let at = 0; at < rows.length; at += 500) {
    sql.exec('BEGIN IMMEDIATE');
    for (const [id, body] of rows.slice(at, at + 500)) insert.run(id, body);
    sql.exec('COMMIT');
  }
  const perSecond = rate(documents, performance.now() - start);
  sql.close();
  return perSecond;
}

async function startOurs(folder: string): Promise<Target> {
  const program = join(import.meta.dirname, '../../../sync-server/main.ts');
  compileOnce(process.execPath, program, process.env);
  const child = spawn(
    process.execPath,
    [
      ...serverFlags,
      program,
      ...['--port', '0', '--data-dir', join(folder, 'data'), '--admin-password', 'bench-password'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...serverEnvironment } },
  );
  let said = '';
  const origin = await new Promise<string>((ready, fail) => {
    child.stdout.on('data', (text: Buffer) => {
      if (said.length < 10_000) said += text.toString();
      const found = /listens on (http:\/\/[^/]+)\//.exec(said)?.[1];
      if (found) ready(found);
    });
    child.once('exit', () => fail(new Error('the server ended')));
  });
  return {
    name: 'Présence',
    root: `${origin}/couch`,
    authorization: `Basic ${btoa('admin:bench-password')}`,
    child,
  };
}

function given(name: string, url: string | undefined): Target[] {
  if (!url) return [];
  const { username, password, origin, pathname } = new URL(url);
  return [
    {
      name,
      root: origin + pathname.replace(/\/$/, ''),
      authorization: `Basic ${btoa(`${username}:${password}`)}`,
    },
  ];
}

const megabytesOf = ({ child }: Target, field: 'VmHWM' | 'VmRSS') =>
  Number(
    new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child?.pid}/status`, 'utf8'))?.[1] ?? 0,
  ) / 1024;

/** Cost a document while a database grows; the first and the last ten thousand are compared. */
async function growth(target: Target): Promise<void> {
  await ask(target, 'PUT', '/bench-large');
  const step = 10_000;
  const perSecond: number[] = [];
  for (let at = 0; at < many; at += step)
    perSecond.push(rate(step, await writeAll(target, 'bench-large', at, step, 500)));
  const mean = (some: number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
  const [first, last] = [mean(perSecond.slice(1, 6)), mean(perSecond.slice(-5))];
  console.log(`\nGrowing to ${many.toLocaleString('en')} documents`);
  console.log(`  first 50,000 (after the warm-up) ${shown(first)} a second`);
  console.log(`  last 50,000                      ${shown(last)} a second`);
  console.log(`  cost a document, last to first   ${(first / last).toFixed(2)} (goal: flat, 1)`);
  await ask(target, 'DELETE', '/bench-large');
}

/** Phones coming back at once, each with its marks, while others hold a longpoll and somebody signs in. */
async function comingBack(target: Target, clients: number, base: number): Promise<void> {
  const api = { ...target, root: target.root.replace(/\/couch$/, '/api') };
  const site = `bench${base}`;
  const database = `${site}-s1`;
  await ask(api, 'POST', '/sites', { site, name: 'Bench' });
  await ask(api, 'POST', `/sites/${site}/terms`, { term: 's1' });
  const names = Array.from({ length: 10 }, (_, n) => `${site}-v${n}`);
  const cookies = new Map<string, string>();
  for (const name of names) {
    const account = { type: 'user', name, roles: [`volunteer:${site}:s1`], password: 'bench-password' };
    await ask(target, 'PUT', `/_users/org.couchdb.user:${name}`, account);
    const { headers } = await ask({ root: target.root }, 'POST', '/_session', {
      name,
      password: 'bench-password',
    });
    cookies.set(name, String(headers['set-cookie']).split(';')[0] ?? '');
  }
  const asVolunteer = (n: number) => {
    const name = names[n % names.length] ?? '';
    return { name, root: target.root, cookie: cookies.get(name) ?? '' };
  };
  const held = Array.from({ length: 100 }, (_, n) =>
    ask(asVolunteer(n), 'GET', `/${database}/_changes?feed=longpoll&since=now&timeout=60000`),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  const signIns: number[] = [];
  let isOver = false;
  const signing = (async () => {
    while (!isOver) {
      const body = { name: names[0], password: 'bench-password' };
      signIns.push((await timed(() => ask({ root: target.root }, 'POST', '/_session', body))).ms);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const { ms } = await timed(() =>
    Promise.all(
      Array.from({ length: clients }, async (_, n) => {
        const who = asVolunteer(n);
        const docs = Array.from({ length: marksEach }, (_each, k) => markOf(n * marksEach + k, who.name));
        const written = await ask(who, 'POST', `/${database}/_bulk_docs`, { docs });
        const rows = JSON.parse(written.text) as { ok?: boolean; id: string; rev: string }[];
        const proof = await ask(
          who,
          'POST',
          `/${database}/_revs_diff`,
          Object.fromEntries(rows.map(({ id, rev }) => [id, [rev]])),
        );
        if (!rows.every(({ ok }) => ok) || proof.text.trim() !== '{}')
          throw new Error('a mark is not on the server');
      }),
    ),
  );
  isOver = true;
  await signing;
  await Promise.all(held);
  const info = JSON.parse((await ask(target, 'GET', `/${database}`)).text) as { doc_count: number };
  const lost = clients * marksEach - (info.doc_count - 1);
  console.log(`\n${clients} clients with ${marksEach} marks each at once, by the rules, 100 longpolls held`);
  console.log(`  drained in       ${(ms / 1000).toFixed(2)} s (goal for 500: under 10), lost: ${lost}`);
  console.log(`  slowest sign-in  ${Math.max(...signIns).toFixed(0)} ms (goal: under 1000)`);
}

const folder = mkdtempSync(join(tmpdir(), 'presence-bench-'));
const ours = await startOurs(folder);
try {
  const others = [
    ...given('CouchDB', process.env.COUCH_URL),
    ...given('pouchdb-server', process.env.POUCHDB_SERVER_URL),
  ];
  bareInserts(folder);
  const bare = median([bareInserts(folder), bareInserts(folder), bareInserts(folder)]);
  const mine = await measure(ours);
  const theirs: { name: string; figures: Figures }[] = [];
  for (const target of others) theirs.push({ name: target.name, figures: await measure(target) });
  const couch = theirs.find(({ name }) => name === 'CouchDB')?.figures;
  const reckoned = (key: keyof typeof shares) => (shares[key] / sharesBare) * bare;
  const rows = [
    { what: '_bulk_docs, batches of 100', key: 'bulk100', couch: couch?.bulk100, share: undefined, goal: 2 },
    {
      what: '_bulk_docs, batches of 500',
      key: 'bulk500',
      couch: couch?.bulk500,
      share: reckoned('bulk'),
      goal: 2,
    },
    { what: 'single PUTs', key: 'put', couch: couch?.put, share: reckoned('put'), goal: 3 },
    { what: '_revs_diff', key: 'revsDiff', couch: couch?.revsDiff, share: undefined, goal: undefined },
    {
      what: '_changes with documents',
      key: 'changes',
      couch: couch?.changes,
      share: reckoned('changes'),
      goal: 4,
    },
    { what: '_bulk_get', key: 'bulkGet', couch: couch?.bulkGet, share: reckoned('bulkGet'), goal: 4 },
  ] as const;
  console.log(
    `${documents.toLocaleString('en')} documents; a second. Bare node:sqlite inserts: ${shown(bare).trim()}`,
  );
  for (const { what, key, couch: measured, share, goal } of rows) {
    const beside = theirs.map(({ name, figures }) => `${name} ${shown(figures[key])}`).join('  ');
    const couchRate = measured ?? share;
    const ratio =
      couchRate === undefined
        ? ''
        : `${(mine[key] / couchRate).toFixed(2)}× CouchDB${measured ? '' : ', reckoned'}`;
    console.log(
      `  ${what.padEnd(27)}${shown(mine[key])}  ${beside}  ${ratio}${goal ? ` (goal ${goal}×)` : ''}`,
    );
  }
  await comingBack(ours, 50, 1);
  await comingBack(ours, 500, 2);
  console.log(
    `  resident memory  ${megabytesOf(ours, 'VmRSS').toFixed(0)} MB, at most ${megabytesOf(ours, 'VmHWM').toFixed(0)} MB so far (goal: at most 200)`,
  );
  await growth(ours);
  console.log(
    `  resident memory  ${megabytesOf(ours, 'VmRSS').toFixed(0)} MB, at most ${megabytesOf(ours, 'VmHWM').toFixed(0)} MB`,
  );
} finally {
  agent.destroy();
  ours.child?.kill('SIGTERM');
  await new Promise((end) => ours.child?.once('exit', end));
  rmSync(folder, { recursive: true, force: true });
}
