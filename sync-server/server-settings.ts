/** What a server keeps for itself in its data folder: identity, cookie secret, administrator. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { StoredPassword } from './accounts/passwords.ts';

const stored = z.object({
  uuid: z.string(),
  secret: z.string(),
  /** Where the folder lay on its disk when the server last ran. */
  place: z.optional(z.string()),
  admins: z.record(
    z.string(),
    z.object({
      password_scheme: z.literal('pbkdf2'),
      pbkdf2_prf: z.enum(['sha256', 'sha']),
      iterations: z.number(),
      derived_key: z.string(),
      salt: z.string(),
    }),
  ),
});

export interface ServerSettings {
  readonly uuid: string;
  readonly secret: string;
  readonly place?: string | undefined;
  readonly admins: Readonly<Record<string, StoredPassword>>;
}

const newUuid = () => randomUUID().replaceAll('-', '');

const pathOf = (dataDir: string) => join(dataDir, 'server.json');

/**
 * Makes a folder, readable by its owner alone, and those above it. Step by step: the recursive form never comes back
 * from a place where nothing can be made, such as `/proc`.
 */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

function parse(text: string): ServerSettings {
  try {
    return stored.parse(JSON.parse(text));
  } catch (cause) {
    throw Object.assign(new Error('server.json cannot be read', { cause }), { code: 'PRESENCE_SETTINGS' });
  }
}

/** Reads the settings, made new for an empty folder. Throws when the file is there and cannot be read. */
export function readSettings(dataDir: string): ServerSettings {
  makeFolder(dataDir);
  if (existsSync(pathOf(dataDir))) return parse(readFileSync(pathOf(dataDir), 'utf8'));
  const settings = {
    uuid: newUuid(),
    secret: randomBytes(32).toString('hex'),
    admins: {},
  };
  writeSettings(dataDir, settings);
  return settings;
}

/** Written beside and then moved, so that a power cut leaves the old file or the new one. */
export function writeSettings(dataDir: string, settings: ServerSettings): void {
  const path = pathOf(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify(settings, null, 2), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}

/**
 * To be called on a data folder that was put back from a copy: a new identity tells every device to compare all it
 * holds with the server and to send again what the copy lacks.
 */
export function markRestored(dataDir: string): void {
  writeSettings(dataDir, { ...readSettings(dataDir), uuid: newUuid() });
}

/**
 * Notices a folder that was copied: its files lie elsewhere on the disk than when the server last ran. It may be a backup
 * put back, which nobody told, so it counts as one: a comparison too many costs a minute, one too few loses marks.
 * @param witness a file of the folder that is made once and never written again
 */
export function recognisePlace(dataDir: string, settings: ServerSettings, witness: string): ServerSettings {
  const { ino, birthtimeMs } = statSync(witness);
  const place = `${ino}.${Math.floor(birthtimeMs)}`;
  if (settings.place === place) return settings;
  const uuid = settings.place === undefined ? settings.uuid : newUuid();
  const updated = { ...settings, place, uuid };
  writeSettings(dataDir, updated);
  return updated;
}
