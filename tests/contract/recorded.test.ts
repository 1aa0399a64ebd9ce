/**
 * Exchanges recorded from a real CouchDB 3.5, where they lie beside this checkout; our own table (`exchanges/`) is what
 * is always run, here and on a machine that has nothing but this repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, type Target } from './exchange.ts';
import { isSame, type Recorded } from './recorded.ts';
import { targets } from './targets.ts';

const file = join(import.meta.dirname, '../../../shared/reference/couchdb-3.5/transcripts.json');
const wanted = [
  'server',
  'documents',
  'local documents',
  'bulk',
  'all_docs',
  'changes',
  'auth',
  'find',
  'attachments',
];

/** Where we answer better than what was recorded, and how: docs/decisions/2026-11-24-design-functions-in-a-thread.md. */
const better: Readonly<Record<string, number>> = { 'set security as user': 401 };

const recordings = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly Recorded[]>)
  : undefined;

if (recordings === undefined)
  it('runs our own table alone: no recorded exchanges beside this checkout', () =>
    expect(existsSync(file)).toBe(false));
else
  for (const { title, open } of targets)
    describe(`exchanges recorded from CouchDB, ${title}`, () => {
      let target: Target;
      beforeAll(async () => {
        target = await open();
      });
      afterAll(() => target.close());

      for (const suite of wanted)
        it(`answers as recorded: ${suite}`, async () => {
          const differing = await replay(recordings[suite] ?? [], target, suite);
          expect(differing).toEqual([]);
          expect(recordings[suite]?.length).toBeGreaterThan(5);
        });
    });

/** Makes the requests of a suite in order; answers those that went otherwise. */
async function replay(suite: readonly Recorded[], target: Target, name: string): Promise<string[]> {
  const kept = new Map<string, string>();
  const database = `recorded-${name.replaceAll(/\W/g, '')}-${Date.now().toString(36)}`;
  const fill = (text: string, encode = (value: string) => value) =>
    text
      .replaceAll('{db}', database)
      .replace(/\$([a-z]+\d*)/g, (whole, key: string) => encode(kept.get(key) ?? whole));
  const differing: string[] = [];
  for (const recorded of suite) {
    const { request } = recorded;
    const credentials = request.auth === 'admin' ? target.admin : request.auth && fill(request.auth);
    const headers = Object.entries(request.headers ?? {}).map(([key, value]) => [key, fill(value)]);
    const body = request.body === undefined ? request.raw : JSON.stringify(request.body);
    const given = await target.ask({
      method: request.method,
      path: fill(request.path, encodeURIComponent),
      headers: {
        ...(Object.fromEntries(headers) as Record<string, string>),
        ...(credentials ? { authorization: basic(credentials) } : {}),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: fill(body) }),
    });
    const fixed = new Set(JSON.stringify(suite.map((each) => each.request)).match(/[0-9a-f]{32}/g));
    const [kind, key] = recorded.save?.split(':') ?? [];
    if (key) kept.set(key, fieldOf(given.text, kind === 'rev' ? 'rev' : 'last_seq'));
    if (better[recorded.name] === given.status) continue;
    if (!isSame(recorded, given, database, fixed))
      differing.push(`${recorded.name}: ${given.status} ${given.text.slice(0, 300)}`);
  }
  await target.ask({
    method: 'DELETE',
    path: `/${database}`,
    headers: { authorization: basic(target.admin) },
  });
  return differing;
}

const fieldOf = (text: string, field: string) => String((JSON.parse(text) as Record<string, unknown>)[field]);
