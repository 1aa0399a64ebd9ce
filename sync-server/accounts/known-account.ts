/** Accounts as signing in needs them: documents of `_users`. */
import * as z from 'zod/mini';
import type { Engine } from '../engine/engine.ts';
import { mostIterations, type StoredPassword } from './passwords.ts';
import type { User } from './user.ts';

const document = z.looseObject({
  name: z.string(),
  roles: z.array(z.string()),
  password_scheme: z.literal('pbkdf2'),
  pbkdf2_prf: z._default(z.enum(['sha', 'sha224', 'sha256', 'sha384', 'sha512']), 'sha'),
  iterations: z.int().check(z.minimum(1), z.maximum(mostIterations)),
  derived_key: z.string(),
  salt: z.string(),
  /** The account's passwords let nobody in; its devices hand in what they have not sent. */
  disabled: z.optional(z.boolean()),
  disabledAt: z.optional(z.string()),
});

export interface KnownAccount {
  readonly user: User;
  readonly password: StoredPassword;
  /** Instant, as far as it is known. */
  readonly disabled?: { readonly at: string | undefined };
}

/** The account of a name, disabled or not; `undefined` when there is none that can sign in at all. */
export function findAccount(engine: Engine, name: string): KnownAccount | undefined {
  const row = engine.open('_users')?.row(`org.couchdb.user:${name}`);
  if (!row || row.isDeleted) return undefined;
  const parsed = z.safeParse(document, JSON.parse(row.body));
  if (!parsed.success || parsed.data.name !== name) return undefined;
  const { roles, disabled, disabledAt } = parsed.data;
  return {
    // Rights over the server come from its settings alone, whatever a document says.
    user: { name, roles: roles.filter((role) => !role.startsWith('_')) },
    password: parsed.data,
    ...(disabled ? { disabled: { at: disabledAt } } : {}),
  };
}
