/**
 * How Node runs the server: with little memory, for a small machine. V8 by itself lets its heap grow for a speed that a
 * server of this size does not need; nothing here is a limit, so that a large request is slow and never the end.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const serverFlags = ['--max-semi-space-size=6', '--heap-growing-percent=30'];

/** Compiled code stands for the flags it was compiled with. */
const cache = join(
  import.meta.dirname,
  '../node_modules/.cache',
  `server-code${serverFlags.join('').replaceAll(/-+/g, '-')}`,
);

/** The compiler for TypeScript stays out of a server whose code is kept compiled; one arena does for one busy thread. */
export const serverEnvironment = { NODE_COMPILE_CACHE: cache, MALLOC_ARENA_MAX: '1' };

/** Compiles a program of the server once, so that its first start is as small as the others. */
export function compileOnce(node, program, env) {
  if (existsSync(cache)) return;
  spawnSync(node, [...serverFlags, program, '--help'], {
    env: { ...env, ...serverEnvironment },
    stdio: 'ignore',
  });
}
