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

/**
 * The nodes of a route, by the router's own table `"/": [2]`, with the root layout and the page of errors, which come
 * with every route.
 */
function nodesOf(route: string): string[] {
  const table = readFileSync(all.find((path) => path.includes('/entry/app.')) ?? '', 'utf8');
  const listed = new RegExp(`["'\`]${route}["'\`]:\\s*\\[([\\d,\\s~-]*)`).exec(table)?.[1];
  if (listed === undefined) throw new Error(`no route ${route} in the build`);
  // The router writes `~` in front of nodes that a server would load data for.
  const wanted = new Set(['0', '1', ...(listed.match(/\d+/g) ?? [])]);
  return all.filter((path) => wanted.has(/\/nodes\/(\d+)\./.exec(path)?.[1] ?? ''));
}

const entries = all.filter(
  (path) => /\/entry\/(start|app)\./.test(path) || path.endsWith('/before-paint.js'),
);
const closureOf = (route: string) => closure([...entries, ...nodesOf(route)]);
/** The sign-in is what a first visit sees; « Aujourd'hui » is what everybody sees, with the databases open. */
const signIn = closureOf('/connexion');
const first = closureOf('/');
const worker = all.filter((path) => path.endsWith('/service-worker.js'));

const rows = [
  { what: 'first screen', paths: first, budget: budget.firstScreen },
  { what: 'sign-in', paths: signIn, budget: budget.firstScreen },
  { what: 'all JavaScript', paths: new Set(all), budget: budget.everything },
].map((row) => ({ ...row, bytes: total(row.paths) }));
for (const { what, paths, bytes, budget } of rows)
  console.log(
    `${what.padEnd(16)} ${kilobytes(bytes).padStart(7)} kB gzip in ${paths.size} files, budget ${budget} kB` +
      (bytes > budget * 1000 ? '  OVER' : ''),
  );
console.log(`${'service worker'.padEnd(16)} ${kilobytes(total(worker)).padStart(7)} kB gzip, counted above`);

if (process.argv.includes('--list'))
  for (const path of all.sort((a, b) => weight(b) - weight(a)).slice(0, 25))
    console.log(
      `${kilobytes(weight(path)).padStart(8)} ${first.has(path) ? '1st' : '   '} ${path.slice(build.length + 1)}`,
    );
if (rows.some((row) => row.bytes > row.budget * 1000)) process.exitCode = 1;
