/**
 * The app's own files, one cache a version. The whole of a version is there or none of it: a page opened from a
 * cache never misses a chunk. Nothing of `/couch/` or `/api/` ever enters it. What coordinators' screens alone need is
 * part of the whole only where a coordinator is signed in.
 */
import { build, files, version } from '$service-worker';

const prefix = 'presence-shell~';
const currentCache = prefix + version;

/** The fallback page: every route starts from it. */
const page = '/';
const sources = files.filter((path) => !path.startsWith('/fonts/OFL-'));
/** Named after their content: a copy in an older cache is the same file. */
const immutable = new Set(build);
const everything: readonly string[] = [page, ...build, ...sources];
/** Names the files of coordinators' screens; made with the build. */
const coordinatorList = '/coordinator-files.json';
/** Holds one entry where a coordinator is signed in: a worker remembers nothing else from one start to the next. */
const whoCache = 'presence-who';
const coordinatorSign = '/coordinator';

/** A captive portal answers 200 with its own page: neither a page that is not ours nor HTML for a script goes in. */
async function isOurs(path: string, response: Response): Promise<boolean> {
  if (!response.ok || response.redirected) return false;
  const isHtml = response.headers.get('content-type')?.includes('text/html') ?? false;
  if (path !== page) return !isHtml;
  return isHtml && (await response.clone().text()).includes('name="application-name" content="Présence"');
}

async function fetched(path: string): Promise<Response> {
  const response = await fetch(path, {
    cache: immutable.has(path) ? 'default' : 'reload',
    credentials: 'omit',
  });
  if (!(await isOurs(path, response))) throw new Error(`not a file of the app: ${path}`);
  return response;
}

async function olderCaches(): Promise<Cache[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== currentCache);
  return Promise.all(names.map((name) => caches.open(name)));
}

/** Whose screens are kept here. */
export async function keepFor(isCoordinator: boolean): Promise<void> {
  const cache = await caches.open(whoCache);
  if (isCoordinator) await cache.put(coordinatorSign, new Response(''));
  else await cache.delete(coordinatorSign);
}

/** The files that this device is to hold; throws where the list of them cannot be had. */
async function wanted(cache: Cache): Promise<string[]> {
  if (await (await caches.open(whoCache)).match(coordinatorSign)) return [coordinatorList, ...everything];
  const known = await cache.match(coordinatorList);
  const list = known ?? (await fetched(coordinatorList));
  if (!known) await cache.put(coordinatorList, list.clone());
  const left = new Set((await list.json()) as string[]);
  return [coordinatorList, ...everything.filter((path) => !left.has(path))];
}

async function missing(cache: Cache): Promise<{ lacking: string[]; total: number }> {
  const found = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const paths = await wanted(cache);
  return { lacking: paths.filter((path) => !found.has(path)), total: paths.length };
}

/**
 * Brings in what the cache lacks, six at a time, from an older version where the file is the same. Rejects if one
 * cannot be had; what came stays, so that the next try goes on from there.
 */
export async function fill(): Promise<void> {
  const cache = await caches.open(currentCache);
  const older = await olderCaches();
  const { lacking } = await missing(cache);
  const bring = async (path: string) => {
    let response: Response | undefined;
    if (immutable.has(path)) for (const one of older) response ??= await one.match(path);
    await cache.put(path, response ?? (await fetched(path)));
  };
  const worker = async () => {
    for (let path = lacking.pop(); path !== undefined; path = lacking.pop()) await bring(path);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
}

/** How much of this version the cache really holds. */
export async function check(): Promise<{ stored: number; total: number }> {
  const { lacking, total } = await missing(await caches.open(currentCache));
  return { stored: total - lacking.length, total };
}

/** The page of this version, for any route. */
export const cachedPage = async () => (await caches.open(currentCache)).match(page);

/** A file of this version, or of an older one that a page still runs. */
export async function cachedFile(path: string): Promise<Response | undefined> {
  const own = await (await caches.open(currentCache)).match(path);
  if (own) return own;
  for (const cache of await olderCaches()) {
    const response = await cache.match(path);
    if (response) return response;
  }
  return undefined;
}

export async function dropOlder(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== currentCache);
  await Promise.all(names.map((name) => caches.delete(name)));
}
