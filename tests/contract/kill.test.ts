/** `kill -9` at random moments of concurrent writes: after each restart all that was acknowledged is there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFolder } from '../../sync-server/keeping/check.ts';
import { basic } from './exchange.ts';
import { admin } from './targets.ts';

const isLong = process.env.LONG_SEARCH === '1';
const rounds = isLong ? 120 : 4;
const seed = isLong ? Date.now() % 2 ** 31 : 20231002;
const program = join(import.meta.dirname, '../../sync-server/main.ts');

let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'presence-killed-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** The same moments for the same seed (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function start(): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(
    process.execPath,
    [program, '--port', '0', '--data-dir', dataDir, '--admin-password', admin.password],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const origin = await new Promise<string>((ready, fail) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /listens on (http:\/\/[^/]+)\//.exec(said)?.[1];
      if (found) ready(found);
    });
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
  return { child, origin };
}

const headers = {
  authorization: basic(`${admin.name}:${admin.password}`),
  'content-type': 'application/json',
};
const ask = async <T>(origin: string, method: string, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(`${origin}/couch${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
};

interface Written {
  ok?: boolean;
  id: string;
  rev: string;
}

describe('kill -9', () => {
  it(
    `property: loses nothing acknowledged, in ${rounds} rounds (seed ${seed})`,
    async () => {
      const random = randomOf(seed);
      /** Revision by id, as the server acknowledged it. */
      const acknowledged = new Map<string, string>();
      let highest = 0;
      const numberOf = (info: { update_seq: string }) => Number.parseInt(info.update_seq, 10);

      for (let round = 0; round < rounds; round++) {
        const { child, origin } = await start();
        if (round === 0) await ask(origin, 'PUT', '/db');
        const found = numberOf(await ask(origin, 'GET', '/db'));
        expect(found, `round ${round}: the sequence went back`).toBeGreaterThanOrEqual(highest);
        const { rows } = await ask<{ rows: { id: string; value: { rev: string } }[] }>(
          origin,
          'GET',
          '/db/_all_docs',
        );
        const present = new Map(rows.map(({ id, value }) => [id, value.rev]));
        const lost = [...acknowledged].filter(([id, rev]) => {
          const generation = Number.parseInt(present.get(id) ?? '0', 10);
          // A later edit may have been written and not answered.
          return present.get(id) !== rev && generation <= Number.parseInt(rev, 10);
        });
        expect(lost, `round ${round}`).toEqual([]);

        const writers = [0, 1, 2].map(async (writer) => {
          for (let batch = 0; ; batch++) {
            const fresh = Array.from({ length: 20 }, (_, n) => ({
              _id: `${round}.${writer}.${batch}.${n}`,
              n,
            }));
            const mine = [...acknowledged].filter(([id]) => id.startsWith(`${round}.${writer}.`)).slice(-5);
            const edits = mine.map(([_id, _rev]) => ({ _id, _rev, edited: batch }));
            const answers = await ask<Written[]>(origin, 'POST', '/db/_bulk_docs', {
              docs: [...fresh, ...edits],
            });
            for (const { ok, id, rev } of answers) if (ok) acknowledged.set(id, rev);
            if (batch % 4 === 0) highest = Math.max(highest, numberOf(await ask(origin, 'GET', '/db')));
          }
        });
        const over = Promise.allSettled(writers);
        await new Promise((resolve) => setTimeout(resolve, 30 + random() * 300));
        const ended = new Promise((end) => child.once('exit', end));
        child.kill('SIGKILL');
        await Promise.all([over, ended]);
        if (round % 10 === 0 || round === rounds - 1)
          expect(
            checkFolder(dataDir).flatMap(({ problems }) => problems),
            `round ${round}: trees, bodies and numbers are whole`,
          ).toEqual([]);
      }
      expect(acknowledged.size).toBeGreaterThan(100);
      process.stdout.write(
        `kill -9: ${rounds} rounds, ${acknowledged.size} documents acknowledged, none lost\n`,
      );
    },
    isLong ? 1_800_000 : 60_000,
  );
});
