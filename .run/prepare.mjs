/**
 * What a fresh machine needs before anything else runs: packages, the built app, a Chromium. Runs on Node 20 with
 * no package installed, so it imports nothing but Node itself.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { compileOnce, serverEnvironment, serverFlags } from './server-runtime.mjs';

export const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
/** The runtime that the project brings itself (Node 24). */
export const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
/** The environment of everything we start: our own programs come first on the path. */
export const environment = { ...process.env, PATH: bin + delimiter + (process.env.PATH ?? '') };

const say = (text) => process.stderr.write(`${text}\n`);

/** Runs a command to its end in the project; answers its exit code. */
export function run(command, args, { env = environment, quiet = false, timeout } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    timeout,
    stdio: quiet ? 'ignore' : ['ignore', 'inherit', 'inherit'],
  });
  return done.status ?? 1;
}

function stop(message) {
  say(message);
  process.exit(1);
}

/** Installs the packages, as the lock file names them, when they are missing or older than it. */
export function ensurePackages() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (
    existsSync(node) &&
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lock).mtimeMs - 1000
  )
    return;
  say('Installing the packages (once)…');
  // Not `npm ci`: it refuses where the optional package of some other platform cannot be had, which nobody needs here.
  if (run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']) !== 0)
    stop('The packages could not be installed. Is the network there? Try again: nothing is half done.');
}

/** A digest of everything that the build is made from: names, sizes, times. */
function sourcesDigest() {
  const hash = createHash('sha256');
  const walk = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    // What the build itself leaves among the sources: compiled messages, and notes beside the languages' settings.
    if (/project\.inlang[\\/](?!settings\.json$)/.test(path)) return;
    if (stat.isDirectory()) {
      if (path.endsWith('paraglide')) return;
      for (const name of readdirSync(path).sort()) walk(join(path, name));
    } else hash.update(`${path.slice(root.length)} ${stat.size} ${Math.floor(stat.mtimeMs)}\n`);
  };
  for (const path of [
    'src',
    'static',
    'svelte.config.js',
    'vite.config.ts',
    'package.json',
    'package-lock.json',
  ])
    walk(join(root, path));
  return hash.digest('hex');
}

/** Builds the app when it is missing or older than its sources. */
export function ensureBuild() {
  const stamp = join(root, 'build', '.made-from');
  const digest = sourcesDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('Building the app…');
  if (run(join(bin, 'vite'), ['build', '--logLevel', 'error']) !== 0) stop('The app could not be built.');
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(stamp, digest);
}

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function installedChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return candidates.find((path) => path && isProgram(path));
}

function playwrightChromium() {
  const found = spawnSync(node, ['-p', "require('@playwright/test').chromium.executablePath()"], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  const path = found.stdout?.trim();
  return path && isProgram(path) && run(path, ['--version'], { quiet: true }) === 0 ? path : undefined;
}

/**
 * A Chromium for the browser tests: an installed one if found, else Playwright's download, else the distribution's
 * package. Answers its path.
 */
export function ensureChromium() {
  const found = installedChromium() ?? playwrightChromium();
  if (found) return found;
  say('Looking for a Chromium: trying the download of Playwright…');
  const downloads = { ...environment, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  run(join(bin, 'playwright'), ['install', 'chromium'], { env: downloads, quiet: true, timeout: 300_000 });
  const downloaded = playwrightChromium();
  if (downloaded) return downloaded;
  say('Not to be had: trying the package of the distribution…');
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, 'apt-get', ...args];
    return run(command, rest, { env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' }, quiet: true });
  };
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  const packaged = installedChromium();
  if (packaged) return packaged;
  return stop('No Chromium could be found or installed. Install one, or give its path in CHROMIUM_PATH.');
}

/** Starts a program of the server in the foreground, hands signals on to it, and ends as it ends. */
export function become(script, args) {
  const program = join(root, script);
  compileOnce(node, program, environment);
  const child = spawn(node, [...serverFlags, program, ...args], {
    cwd: root,
    env: { ...environment, ...serverEnvironment },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
