/**
 * How much JavaScript the app weighs, gzipped: what must be there before the first screen shows, and all of it. Reads
 * what `vite build` left; run it by `npm run bench size`, with `--list` for the largest files.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = resolve(import.meta.dirname, '../..');
const client = join(root, '.svelte-kit/output/client');
const budget = { screen: 90, everything: 250 };

/** Vite's own account of the build: each source that starts a file, and what that file imports at once. */
interface Piece {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Piece
>;

const sizes = new Map<string, number>();
/** Gzipped size in bytes of a file of the build. */
function weight(file: string): number {
  let size = sizes.get(file);
  if (size === undefined)
    sizes.set(file, (size = gzipSync(readFileSync(join(client, file)), { level: 9 }).length));
  return size;
}

/** The one source whose name ends so. */
function source(ending: string): string {
  const found = Object.keys(manifest).find((name) => name.endsWith(ending));
  if (!found) throw new Error(`not in the build: ${ending}`);
  return found;
}

/** The files that must be there before the given sources run. */
const closure = (sources: readonly string[]) => reached(sources, (piece) => piece.imports ?? []);

/** The files that are come to from the given sources, by the ways given. */
function reached(sources: readonly string[], onwards: (piece: Piece) => readonly string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const queue = [...sources];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const piece = manifest[name];
    if (seen.has(name) || !piece) continue;
    seen.add(name);
    if (piece.file.endsWith('.js')) files.add(piece.file);
    queue.push(...onwards(piece));
  }
  return files;
}

/** The page of a route, by the router's own table: `"/": [2]`. */
function pageOf(route: string): string {
  const table = readFileSync(join(root, '.svelte-kit/generated/client-optimized/app.js'), 'utf8');
  const [, number] = /^\[~?(\d+)/.exec(table.split(`"${route}": `)[1] ?? '') ?? [];
  if (number === undefined) throw new Error(`no route ${route} in the build`);
  return source(`client-optimized/nodes/${number}.js`);
}

/** With every route come the router, the root layout and the page of errors. */
const always = [
  source('runtime/client/entry.js'),
  source('client-optimized/app.js'),
  source('client-optimized/nodes/0.js'),
  source('client-optimized/nodes/1.js'),
];
/** A first visit: `/` finds nobody signed in and goes on to the sign-in. */
const firstVisit = closure([...always, pageOf('/'), pageOf('/connexion')]);
/** Later: the databases open, then « Aujourd'hui ». It comes from the device, but is parsed all the same. */
const today = closure([
  ...always,
  pageOf('/'),
  source('shell/DeviceScope.svelte'),
  source('today/Today.svelte'),
]);
const all = readdirSync(client, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
  .map((entry) => join(entry.parentPath, entry.name).slice(client.length + 1));

/** What is brought in once a coordinator signs in. */
const coordinators = new Set(
  (JSON.parse(readFileSync(join(client, 'coordinator-files.json'), 'utf8')) as string[]).map((path) =>
    path.slice(1),
  ),
);

const volunteers = all.filter((file) => !coordinators.has(file));
/** Capabilities with a budget of their own: what is come to through their pages alone. A file goes to the first. */
const apart = [
  {
    what: 'and by codes',
    // Reading codes with the camera, and handing a roll call from phone to phone.
    pages: [pageOf('/recevoir'), pageOf('/transmettre/[occurrence]'), source('roll-call/BadgeReader.svelte')],
    limit: 35,
  },
  {
    what: 'and to lead, to go out',
    // The host's page of a conversation, and the pages of outings.
    pages: [pageOf('/conversation/[occurrence]'), pageOf('/sortie'), pageOf('/sortie/[occurrence]')],
    limit: 40,
  },
  // Signing on the screen: its sentences in ten languages.
  { what: 'and to sign', pages: [pageOf('/signer/[occurrence]')], limit: 25 },
];
const apartPages = new Set(apart.flatMap(({ pages }) => pages));
const everybody = reached(always, ({ file, imports = [], dynamicImports = [] }) =>
  coordinators.has(file) ? [] : [...imports, ...dynamicImports].filter((name) => !apartPages.has(name)),
);
const taken = new Set(everybody);
const capabilities = apart.map(({ what, pages, limit }) => {
  const others = new Set([...apartPages].filter((page) => !pages.includes(page)));
  const come = reached(pages, ({ imports = [], dynamicImports = [] }) =>
    [...imports, ...dynamicImports].filter((name) => !others.has(name)),
  );
  const files = new Set(volunteers.filter((file) => come.has(file) && !taken.has(file)));
  for (const file of files) taken.add(file);
  return { what, files, limit };
});
const isApart = (file: string) => capabilities.some(({ files }) => files.has(file));

const total = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + weight(file), 0);
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(7);

const rows = [
  { what: 'first visit', files: firstVisit, limit: budget.screen },
  { what: 'today, signed in', files: today, limit: budget.screen },
  {
    what: 'kept by volunteers',
    files: new Set(volunteers.filter((file) => !isApart(file))),
    limit: budget.everything,
  },
  ...capabilities,
  { what: 'kept by coordinators', files: new Set(all), limit: undefined },
];
for (const { what, files, limit } of rows) {
  const bytes = total(files);
  const verdict = limit === undefined ? '' : `, budget ${limit} kB${bytes > limit * 1000 ? '  OVER' : ''}`;
  console.log(`${what.padEnd(23)}${kilobytes(bytes)} kB gzip in ${files.size} files${verdict}`);
}
console.log(`${'service worker'.padEnd(23)}${kilobytes(weight('service-worker.js'))} kB gzip, counted above`);

if (process.argv.includes('--list'))
  for (const file of all.sort((a, b) => weight(b) - weight(a)).slice(0, 25)) {
    const when = firstVisit.has(file) ? 'visit' : today.has(file) ? 'today' : '';
    console.log(`${kilobytes(weight(file))} ${when.padEnd(6)} ${file}`);
  }
