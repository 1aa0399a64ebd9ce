/** The administrators of a CouchDB: they stand in its configuration, and no document tells of them. */
import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { basic, type CouchClient } from './client.ts';

const section = z.record(z.string(), z.string());
const signedIn = z.object({ userCtx: z.object({ name: z.string(), roles: z.array(z.string()) }) });

/** Their names, as far as the configuration may be read; that of the one by whom it is asked in any case. */
export async function administratorNames(couch: CouchClient): Promise<ReadonlySet<string>> {
  const { status, json } = await couch.ask('GET', '/_node/_local/_config/admins');
  const parsed = z.safeParse(section, json);
  return new Set([
    couch.administrator,
    ...(status === 200 && parsed.success ? Object.keys(parsed.data) : []),
  ]);
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether it is an administrator's password. The CouchDB is asked, but for the one by whom we ask it ourselves: it
 * counts wrong passwords by our address, and would lock us out. Throws `CouchFailed`.
 */
export async function isAdministrator(couch: CouchClient, name: string, password: string): Promise<boolean> {
  if (name === couch.administrator) return timingSafeEqual(digest(couch.password), digest(password));
  const { status, json } = await couch.ask('GET', '/_session', undefined, {
    authorization: basic(name, password),
  });
  const parsed = z.safeParse(signedIn, json);
  if (status !== 200 || !parsed.success) return false;
  return parsed.data.userCtx.name === name && parsed.data.userCtx.roles.includes('_admin');
}
