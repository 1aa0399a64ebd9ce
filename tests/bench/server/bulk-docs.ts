/**
 * `_bulk_docs` over HTTP against bare inserts of the same bodies: how much of the disk's speed the protocol keeps. Both
 * write with full sync, 500 documents a transaction; rounds alternate, so that a busy machine slows both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildServer } from '../../../sync-server/app.ts';

const documents = 10_000;
const batchSize = 500;
const rounds = 5;

const marks = Array.from({ length: documents }, (_, n) => ({
  _id: `mark:group${n % 40}.2023-11-${String((n % 28) + 1).padStart(2, '0')}T1400:p${String(n).padStart(6, '0')}`,
  type: 'mark',
  v: 1,
  at: '2023-11-20T13:05:12.345Z',
  by: 'maia',
  device: 'k3j9d7f2m5q8w4',
  occurrence: `group${n % 40}.2023-11-20T1400`,
  participant: `p${String(n).padStart(6, '0')}`,
  status: n % 7 ? 'present' : 'absent',
  history: [{ status: 'present', at: '2023-11-20T13:05:12.345Z', by: 'maia', device: 'k3j9d7f2m5q8w4' }],
}));
const batches = Array.from({ length: documents / batchSize }, (_, n) =>
  marks.slice(n * batchSize, (n + 1) * batchSize),
);

const folder = mkdtempSync(join(tmpdir(), 'presence-bench-'));
const server = await buildServer({
  dataDir: join(folder, 'server'),
  admin: { name: 'admin', password: 'bench-password' },
  passwordIterations: 10,
});
const origin = await server.listen({ host: '127.0.0.1', port: 0 });
const headers = {
  authorization: `Basic ${btoa('admin:bench-password')}`,
  'content-type': 'application/json',
};

const requests = batches.map((docs) => JSON.stringify({ docs }));

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One request by Node's plainest client: what is measured is the server. Answers the JSON text. */
const ask = (method: string, path: string, body = '') =>
  new Promise<string>((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const sent = request(origin + path, { method, agent, headers: { ...headers, ...length } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Milliseconds of writing all batches over HTTP. */
async function overHttp(round: number): Promise<number> {
  await ask('PUT', `/couch/bench-${round}`);
  const start = performance.now();
  for (const body of requests) {
    const rows = JSON.parse(await ask('POST', `/couch/bench-${round}/_bulk_docs`, body)) as {
      ok?: boolean;
    }[];
    if (rows.length !== batchSize || !rows.every((row) => row.ok)) throw new Error('a write was refused');
  }
  return performance.now() - start;
}

const bodies = batches.map((docs) => docs.map(({ _id, ...body }) => [_id, JSON.stringify(body)] as const));

/** Milliseconds of inserting the same bodies with nothing in between. */
function bare(round: number): number {
  const sql = new DatabaseSync(join(folder, `bare-${round}.sqlite`));
  sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  sql.exec('CREATE TABLE docs (id TEXT PRIMARY KEY, body TEXT NOT NULL)');
  const insert = sql.prepare('INSERT INTO docs (id, body) VALUES (?, ?)');
  const start = performance.now();
  for (const batch of bodies) {
    sql.exec('BEGIN IMMEDIATE');
    for (const [id, body] of batch) insert.run(id, body);
    sql.exec('COMMIT');
  }
  const elapsed = performance.now() - start;
  sql.close();
  return elapsed;
}

const median = (values: number[]) => values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? NaN;

const measured: { http: number; bare: number }[] = [];
// The first round warms up both.
for (let round = 0; round <= rounds; round += 1) {
  const http = await overHttp(round);
  const direct = bare(round);
  if (round > 0) measured.push({ http, bare: direct });
}
await server.close();
rmSync(folder, { recursive: true, force: true });

const http = median(measured.map((each) => each.http));
const direct = median(measured.map((each) => each.bare));
const ratio = median(measured.map((each) => each.http / each.bare));
const perSecond = (ms: number) => Math.round((documents / ms) * 1000).toLocaleString('en');
console.log(
  `${documents.toLocaleString('en')} documents in batches of ${batchSize}, median of ${rounds} rounds`,
);
console.log(`  _bulk_docs over HTTP    ${http.toFixed(0)} ms (${perSecond(http)} a second)`);
console.log(`  bare node:sqlite        ${direct.toFixed(0)} ms (${perSecond(direct)} a second)`);
console.log(`  ratio                   ${ratio.toFixed(2)} (goal: at most 4)`);
