import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { openCouch } from './gateways.ts';

const programs = {
  start: join(import.meta.dirname, '../../sync-server/main.ts'),
  demo: join(import.meta.dirname, '../../sync-server/demo.ts'),
};

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program of the server; `env` is all that it sees of ours. */
function run(program: keyof typeof programs, args: string[], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(process.execPath, [programs[program], ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  child.stdout?.on('data', (text: Buffer) => {
    out += text.toString();
    for (const listener of listeners) listener();
  });
  child.stderr?.on('data', (text: Buffer) => (err += text.toString()));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return {
    child,
    ended,
    /** Waits until the program has said something; what it said. */
    said: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(out);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${out}${err}`)));
      }),
  };
}

describe('the programs', () => {
  let folder = '';
  const running: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'presence-programs-'));
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const begin = (...given: Parameters<typeof run>) => {
    const program = run(...given);
    running.push(program.child);
    return program;
  };
  const listening = /listens on (http:\/\/[\d.]+:(\d+))\//;
  const data = () => join(folder, 'data');
  const start = (env: Record<string, string> = {}, ...args: string[]) =>
    begin('start', ['--port', '0', '--data-dir', data(), ...args], env);
  const asAdmin = (origin: string, method: string, path: string, body?: unknown) =>
    fetch(`${origin}/couch${path}`, {
      method,
      headers: { authorization: basic('admin:a long sentence'), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const withPassword = { ADMIN_PASSWORD: 'a long sentence' };

  it('tells every option, its variable and its default', async () => {
    const { code, out } = await begin('start', ['--help']).ended;
    expect(code).toBe(0);
    for (const word of ['--port', 'PORT', '8014', '--host', 'HOST', '127.0.0.1', '--data-dir', 'DATA_DIR'])
      expect(out).toContain(word);
    for (const word of [
      '--admin-user',
      'ADMIN_USER',
      '--admin-password',
      'ADMIN_PASSWORD',
      'TRUSTED_PROXIES',
    ])
      expect(out).toContain(word);
    expect((await begin('demo', ['--help']).ended).out).toContain('DEMO_PASSWORD');
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['a port that is no number', ['--port', 'many'], {}, /port/],
    ['a port that there is not', [], { PORT: '70000' }, /PORT/],
    ['an option that there is not', ['--prot', '1'], {}, /--prot/],
    ['a word too many', ['now'], {}, /argument/],
    ['an empty password', [], { ADMIN_PASSWORD: '' }, /ADMIN_PASSWORD/],
    ['a name with a colon', ['--admin-user', 'a:b'], {}, /--admin-user/],
    ['a number of proxies that is none', [], { TRUSTED_PROXIES: '-1' }, /TRUSTED_PROXIES/],
    ['a host that there is not', ['--host', 'no-such-host.invalid'], {}, /no-such-host\.invalid/],
  ])('says in one line what is wrong with %s', async (_what, args, env, reason) => {
    const given = args.includes('--port') || env.PORT ? args : ['--port', '0', ...args];
    const { code, err } = await begin('start', ['--data-dir', data(), ...given], env).ended;
    expect(code).toBe(2);
    expect(err).toMatch(reason);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('says in one line that the data folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const dataDir of [join(folder, 'file', 'below'), join(folder, 'file')]) {
      const { code, err } = await begin('start', ['--port', '0', '--data-dir', dataDir]).ended;
      expect([code, err.trim().split('\n').length]).toEqual([2, 1]);
      expect(err).toContain(dataDir);
    }
  });

  it('says in one line that the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const port = String((other.address() as { port: number }).port);
    const { code, err } = await begin('start', ['--port', port, '--data-dir', data()]).ended;
    other.close();
    expect([code, err.trim().split('\n').length]).toEqual([2, 1]);
    expect(err).toContain(port);
  });

  it('leaves the data folder to the server that has it', async () => {
    const first = start(withPassword);
    await first.said(listening);
    const { code, err } = await start(withPassword).ended;
    expect(code).toBe(2);
    expect(err).toMatch(/in use by another/);
  });

  it('makes a folder that its owner alone can read', async () => {
    await start(withPassword).said(listening);
    expect(statSync(data()).mode & 0o077).toBe(0);
    expect(statSync(join(data(), 'server.json')).mode & 0o077).toBe(0);
    expect(readFileSync(join(data(), 'server.json'), 'utf8')).not.toContain('a long sentence');
  });

  it('prints a random password at the first start and never again', async () => {
    const first = start();
    const [, password = ''] = await first.said(/Password, shown this once: (\S+)/);
    const [, origin] = await first.said(listening);
    const answer = await fetch(`${origin}/couch/_all_dbs`, {
      headers: { authorization: basic(`admin:${password}`) },
    });
    expect(answer.status).toBe(200);
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    const second = start();
    const [, again] = await second.said(listening);
    second.child.kill('SIGTERM');
    expect((await second.ended).out).not.toContain('assword');
    expect(again).toBeDefined();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends feeds and exits with 0 on %s', async (signal) => {
    const program = start(withPassword);
    const [, origin = ''] = await program.said(listening);
    await asAdmin(origin, 'PUT', '/db');
    const feed = await asAdmin(origin, 'GET', '/db/_changes?feed=continuous&heartbeat=1000');
    const ends = feed.text();
    program.child.kill(signal);
    program.child.kill(signal);
    expect((await program.ended).code).toBe(0);
    expect(await ends).toContain('last_seq');
    // Closed in order: nothing is left in the write-ahead log.
    expect(existsSync(join(data(), 'databases', 'db.sqlite-wal'))).toBe(false);
  });

  // A file that may not grow stands for a disk that is full.
  it('acknowledges nothing that a full disk does not take, and goes on reading', async () => {
    const limited = spawn(
      'sh',
      [
        '-c',
        'ulimit -f 3000; exec "$@"',
        'sh',
        process.execPath,
        programs.start,
        '--port',
        '0',
        '--data-dir',
        data(),
      ],
      {
        env: { PATH: process.env.PATH ?? '', ...withPassword },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    running.push(limited);
    let out = '';
    const origin = await new Promise<string>((ready) =>
      limited.stdout.on('data', (text: Buffer) => {
        out += text.toString();
        const match = listening.exec(out);
        if (match?.[1]) ready(match[1]);
      }),
    );
    await asAdmin(origin, 'PUT', '/db');
    const acknowledged: string[] = [];
    let refused: Response | undefined;
    for (let batch = 0; batch < 100 && !refused; batch += 1) {
      const docs = Array.from({ length: 50 }, (_, n) => ({ _id: `${batch}.${n}`, text: 'x'.repeat(1000) }));
      const answer = await asAdmin(origin, 'POST', '/db/_bulk_docs', { docs });
      if (answer.status === 201) acknowledged.push(...docs.map(({ _id }) => _id));
      else refused = answer;
    }
    expect(refused?.status).toBe(507);
    expect(await refused?.json()).toMatchObject({ error: 'insufficient_storage' });
    expect((await asAdmin(origin, 'GET', '/db/0.0')).status).toBe(200);
    expect(await (await asAdmin(origin, 'GET', '/_up')).json()).toMatchObject({ status: 'maintenance_mode' });
    limited.kill('SIGTERM');
    await new Promise((gone) => limited.once('close', gone));

    const again = start(withPassword);
    const [, roomy = ''] = await again.said(listening);
    const { rows } = (await (await asAdmin(roomy, 'GET', '/db/_all_docs')).json()) as {
      rows: { id: string }[];
    };
    expect(rows.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
    expect((await asAdmin(roomy, 'PUT', '/db/after', { v: 1 })).status).toBe(201);
  });

  it('writes no name, id or password into its log', async () => {
    const program = start(withPassword);
    const [, origin = ''] = await program.said(listening);
    await asAdmin(origin, 'PUT', '/secret-database');
    await asAdmin(origin, 'PUT', '/secret-database/mark:someone', { name: 'Somebody' });
    await asAdmin(origin, 'GET', '/secret-database/_all_docs?key="mark:someone"');
    await fetch(`${origin}/couch/_session`, {
      method: 'POST',
      body: '{"name":"guessed-name","password":"guess"}',
    });
    await fetch(`${origin}/personnes/someone`);
    program.child.kill('SIGTERM');
    const { out } = await program.ended;
    expect(out).toContain('"status":201');
    expect(out).toContain('"route":"/couch/:db/*"');
    expect(out).not.toMatch(
      /secret-database|someone|Somebody|guess|long sentence|127\.0\.0\.1:\d+\/couch\/[a-z]/,
    );
  });

  it('writes no name, id or password into its log in front of a CouchDB either', async () => {
    const couch = await openCouch();
    const { username, password } = new URL(couch.url);
    const program = start({
      COUCHDB_URL: couch.url,
      ...(couch.secret === undefined ? {} : { COUCHDB_SECRET: couch.secret }),
    });
    const [, origin = ''] = await program.said(listening);
    const ask = (method: string, path: string, headers: Record<string, string>, body?: string) =>
      fetch(`${origin}/couch/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    await ask('PUT', 'secret-database', couch.asAdmin);
    await ask('PUT', 'secret-database/mark:someone', couch.asAdmin, '{"name":"Somebody"}');
    await ask('GET', 'secret-database/_all_docs?key="mark:someone"', couch.asAdmin);
    await ask('GET', 'secret-database', { authorization: basic('guessed-name:guess') });
    await ask('GET', '//guessed-path', {});
    await ask('DELETE', 'secret-database', couch.asAdmin);
    const metrics = await (await ask('GET', '_metrics', couch.asAdmin)).text();
    program.child.kill('SIGTERM');
    const { out, err } = await program.ended;
    await couch.close();
    expect(out).toContain('"status":201');
    for (const text of [out, err, metrics])
      expect(text).not.toMatch(/secret-database|someone|Somebody|guess|\/couch\/[a-z]/);
    expect(out + err).not.toContain(`${username}:${password}`);
  });

  it('shows the demo year to its accounts, within its walls', async () => {
    const demo = begin('demo', ['--port', '0', '--data-dir', data()], { DEMO_PASSWORD: 'one for all' });
    const [, origin = ''] = await demo.said(/App\s+(http:\S+)\/\n/);
    await demo.said(/Ctrl-C/);
    const as = async (name: string, path: string) =>
      (await fetch(`${origin}/couch/${path}`, { headers: { authorization: basic(`${name}:one for all`) } }))
        .status;
    expect(await as('maia', 'paris13-s3-2023')).toBe(200);
    expect(await as('maia', 'paris13-commons')).toBe(200);
    expect(await as('maia', 'paris13-s1-2023')).toBe(403);
    expect(await as('maia', 'paris13-registry')).toBe(403);
    for (const database of ['commons', 's1-2023', 's2-2023', 's3-2023', 'registry'])
      expect(await as('elise', `paris13-${database}`)).toBe(200);
  });

  it('keeps what was added to the demo until its year is made anew', async () => {
    const once = async (look: (origin: string) => Promise<void>) => {
      const demo = begin('demo', ['--port', '0', '--data-dir', data()], withPassword);
      const [, origin = ''] = await demo.said(/App\s+(http:\S+)\/\n/);
      await look(origin);
      demo.child.kill('SIGTERM');
      expect((await demo.ended).code).toBe(0);
    };
    await once(async (origin) => {
      expect((await asAdmin(origin, 'PUT', '/paris13-s3-2023/added', { v: 1 })).status).toBe(201);
    });
    await once(async (origin) => {
      expect((await asAdmin(origin, 'GET', '/paris13-s3-2023/added')).status).toBe(200);
    });
    writeFileSync(join(data(), 'demo.txt'), 'of another day');
    await once(async (origin) => {
      expect((await asAdmin(origin, 'GET', '/paris13-s3-2023/added')).status).toBe(404);
    });
  });

  it('refuses to make a demo of a folder that holds something else', async () => {
    mkdirSync(data());
    writeFileSync(join(data(), 'server.json'), '{}');
    const { code, err } = await begin('demo', ['--port', '0', '--data-dir', data()]).ended;
    expect(code).toBe(2);
    expect(err).toContain(data());
    expect(readFileSync(join(data(), 'server.json'), 'utf8')).toBe('{}');
  });

  it('refuses a demo password that is too short', async () => {
    const { code, err } = await begin('demo', ['--port', '0'], { DEMO_PASSWORD: 'abc' }).ended;
    expect([code, err.trim().split('\n').length]).toEqual([2, 1]);
    expect(err).not.toContain("'abc'");
  });
});
