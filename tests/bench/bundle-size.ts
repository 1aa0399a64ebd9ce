/**
 * How much JavaScript the app weighs, gzipped: what the first screen needs before it can show, and all of it. Reads
 * what `vite build` left; run it by `npm run bench size`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const build = resolve(import.meta.dirname, '../../build');
const budget = { firstScreen: 90, everything: 250 };

const sizes = new Map<string, number>();
/** Gzipped size in bytes. */
function weight(path: string): number {
  let size = sizes.get(path);
  if (size === undefined) sizes.set(path, (size = gzipSync(readFileSync(path), { level: 9 }).length));
  return size;
}

/** The files that `path` imports before it runs: `import … from`, `import '…'`, `export … from`. */
function staticImports(path: string): string[] {
  const code = readFileSync(path, 'utf8');
  const found = code.matchAll(
    /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^'"()]*?from\s*)?["'](\.[^'"]+)["']/g,
  );
  return [...found].map(([, target = '']) => resolve(dirname(path), target));
}

/** All that must be there before the given files run. */
function closure(entries: string[]): Set<string> {
  const seen = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    queue.push(...staticImports(path));
  }
  return seen;
}

const scripts = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));

const total = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + weight(path), 0);
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

const all = scripts(build);
if (!all.length) throw new Error('nothing built: run `npm run build` first');

/** The nodes of `/`: its layout, its page, and the page of errors that the router loads with them. */
function nodesOfFirstScreen(): string[] {
  const client = all.find((path) => path.includes('/entry/app.'));
  const manifest = client ? readFileSync(client, 'utf8') : '';
  const root = /["']\/["']:\s*\[(-?\d+)/.exec(manifest)?.[1];
  const wanted = new Set(['0', '1', root ?? '2']);
  return all.filter(
    (path) => /\/nodes\/(\d+)\./.test(path) && wanted.has(/\/nodes\/(\d+)\./.exec(path)?.[1] ?? ''),
  );
}

const entries = all.filter(
  (path) => /\/entry\/(start|app)\./.test(path) || path.endsWith('/before-paint.js'),
);
const first = closure([...entries, ...nodesOfFirstScreen()]);
const worker = all.filter((path) => path.endsWith('/service-worker.js'));

const rows = [
  { what: 'first screen', files: first.size, bytes: total(first), budget: budget.firstScreen },
  { what: 'all JavaScript', files: all.length, bytes: total(all), budget: budget.everything },
];
for (const row of rows)
  console.log(
    `${row.what.padEnd(16)} ${kilobytes(row.bytes).padStart(7)} kB gzip in ${row.files} files, budget ${row.budget} kB` +
      (row.bytes > row.budget * 1000 ? '  OVER' : ''),
  );
console.log(`${'service worker'.padEnd(16)} ${kilobytes(total(worker)).padStart(7)} kB gzip, counted above`);

if (process.argv.includes('--list'))
  for (const path of all.sort((a, b) => weight(b) - weight(a)).slice(0, 25))
    console.log(
      `${kilobytes(weight(path)).padStart(8)} ${first.has(path) ? '1st' : '   '} ${path.slice(build.length + 1)}`,
    );
if (rows.some((row) => row.bytes > row.budget * 1000)) process.exitCode = 1;
