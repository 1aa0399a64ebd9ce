/** What a server keeps for itself in its data folder: identity, cookie secret, administrator. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { StoredPassword } from './accounts/passwords.ts';

const stored = z.object({
  uuid: z.string(),
  secret: z.string(),
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
  readonly admins: Readonly<Record<string, StoredPassword>>;
}

const pathOf = (dataDir: string) => join(dataDir, 'server.json');

/** Reads the settings, made new for an empty folder. Throws when the file is there and cannot be read. */
export function readSettings(dataDir: string): ServerSettings {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (existsSync(pathOf(dataDir))) return stored.parse(JSON.parse(readFileSync(pathOf(dataDir), 'utf8')));
  const settings = {
    uuid: randomUUID().replaceAll('-', ''),
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
  writeSettings(dataDir, { ...readSettings(dataDir), uuid: randomUUID().replaceAll('-', '') });
}
