import * as z from 'zod/mini';
import type { Call } from '../http/endpoint.ts';
import { badRequest } from '../http/http-error.ts';

/** The request's body by its schema; a 400 that names the field which is wrong, never what was in it. */
export function bodyOf<T>(call: Call, schema: z.ZodMiniType<T>): T {
  const parsed = z.safeParse(schema, call.json());
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.');
  throw badRequest(field ? `The field ${field} is missing or wrong.` : 'The body is not what was expected.');
}

/** A term's code, `s3-2023`: it stands in the name of a database. */
export const termCode = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,40}$/));

/** A site's code, `paris13`: without `-`, which parts it from the term in a database's name. */
export const siteCode = z.string().check(z.regex(/^[a-z][a-z0-9]{1,30}$/));

/** The name a person signs in with. */
export const accountName = z.string().check(z.regex(/^[a-z][a-z0-9._-]{0,60}$/));

/** What a person or a place is called on screens. */
export const displayName = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
