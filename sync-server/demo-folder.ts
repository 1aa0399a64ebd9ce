/** The folder of the demonstration: made again when the day or the year's generator has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './engine/sqlite/folder-lock.ts';
import { makeFolder } from './server-settings.ts';

const generator = join(import.meta.dirname, '../src/lib/domain/demo-year');

/** What a loaded folder was made from. */
function signature(today: string): string {
  const hash = createHash('sha256').update(today);
  for (const file of readdirSync(generator).sort()) hash.update(readFileSync(join(generator, file)));
  return hash.digest('hex');
}

export interface DemoFolder {
  /** False: the year is there already, with what was added to it since. */
  readonly isEmpty: boolean;
  /** To be called once all is loaded; a folder left half loaded is made again. */
  readonly markLoaded: () => void;
}

/**
 * Prepares the folder; one that holds anything else than a demo is refused.
 * Throws `PRESENCE_IN_USE` when a demo runs on it.
 */
export function prepareDemoFolder(
  folder: string,
  today: string,
): { ok: true; folder: DemoFolder } | { ok: false; why: string } {
  const mark = join(folder, 'demo.txt');
  const wanted = signature(today);
  makeFolder(folder);
  const isOurs = existsSync(mark);
  if (!isOurs && readdirSync(folder).length > 0)
    return { ok: false, why: `The folder ${folder} holds something else than a demo: see --data-dir.` };
  const isLoaded = isOurs && readFileSync(mark, 'utf8') === wanted;
  if (!isLoaded) {
    const databases = join(folder, 'databases');
    // Never under the feet of a demo that runs.
    if (existsSync(databases)) lockFolder(databases)();
    writeFileSync(mark, 'being loaded');
    for (const name of ['databases', 'server.json'])
      rmSync(join(folder, name), { recursive: true, force: true });
  }
  return {
    ok: true,
    folder: { isEmpty: !isLoaded, markLoaded: () => writeFileSync(mark, wanted, { flush: true }) },
  };
}
