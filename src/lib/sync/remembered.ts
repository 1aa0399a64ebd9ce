/** What this device remembers outside its databases: who is signed in, its own id and name. No attendance. */
import * as z from 'zod/mini';
import { opaqueKey, type AccountName, type DeviceId } from '../domain/ids.ts';
import type { SignedIn } from './sign-in.ts';

const keys = {
  account: 'presence.account',
  device: 'presence.device',
  auditDue: 'presence.audit-due',
  signOutDue: 'presence.sign-out-due',
  lastSync: 'presence.last-sync',
  removed: 'presence.removed',
} as const;

const account = z.object({ name: z.string(), roles: z.array(z.string()) });
const device = z.object({ id: z.string(), label: z.string() });
const lastSync = z.object({ account: z.string(), at: z.string() });

/** Browsers may refuse to remember (private windows, storage switched off): then every start is the first one. */
function read<T>(key: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    const parsed = z.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing that is kept here is worth an error.
  }
}

/** The account of the last sign-in; it stays when the sign-in runs out, so that recording goes on. */
export function rememberedAccount(): SignedIn | undefined {
  const found = read(keys.account, account);
  return found && { name: found.name as AccountName, roles: found.roles };
}

const signIns = new EventTarget();

/** Called after every sign-in on this device, in this tab or another. Answers how to stop listening. */
export function onSignIn(listener: () => void): () => void {
  const fromOtherTab = ({ key }: StorageEvent) => {
    if (key === keys.auditDue && isSomethingDue()) listener();
  };
  signIns.addEventListener('sign-in', listener);
  globalThis.addEventListener?.('storage', fromOtherTab);
  return () => {
    signIns.removeEventListener('sign-in', listener);
    globalThis.removeEventListener?.('storage', fromOtherTab);
  };
}

const isSomethingDue = () => read(keys.auditDue, z.string()) !== undefined;

/** After a sign-in: who it is, and that all this device holds is to be compared with the server. */
export function rememberAccount(signedIn: SignedIn): void {
  write(keys.account, { name: signedIn.name, roles: signedIn.roles });
  write(keys.auditDue, signedIn.name);
  signIns.dispatchEvent(new Event('sign-in'));
}

/** The server says that an account's rights changed: the next start opens what they allow. */
export function rememberRoles(name: AccountName, roles: readonly string[]): void {
  if (rememberedAccount()?.name === name) write(keys.account, { name, roles });
}

export const forgetAccount = () => write(keys.account, undefined);

/** Whether everything is still to be compared with the server since this account signed in. */
export const isAuditDue = (name: AccountName) => read(keys.auditDue, z.string()) === name;
export const auditDone = () => write(keys.auditDue, undefined);

/** A sign-out of which the server could not be told yet. */
export const isSignOutDue = () => read(keys.signOutDue, z.boolean()) === true;
export const rememberSignOutDue = (isDue: boolean) => write(keys.signOutDue, isDue || undefined);

/** This device was taken back and its data are gone: to be said at the next sign-in. */
export const wasRemoved = () => read(keys.removed, z.boolean()) === true;
export const rememberRemoved = (isRemoved: boolean) => write(keys.removed, isRemoved || undefined);

/** When the last complete round of this account ended, in an earlier run of the app. */
export function rememberedSync(name: AccountName): string | undefined {
  const found = read(keys.lastSync, lastSync);
  return found?.account === name ? found.at : undefined;
}
export const rememberSync = (name: AccountName, at: string) => write(keys.lastSync, { account: name, at });

export interface RememberedDevice {
  readonly id: DeviceId;
  readonly label: string;
}

/** This device's opaque id, made at the first call, and the name its user gave it. */
export function rememberedDevice(): RememberedDevice {
  const found = read(keys.device, device);
  if (found) return { id: found.id as DeviceId, label: found.label };
  const made = { id: opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as DeviceId, label: '' };
  write(keys.device, made);
  return made;
}

export const rememberDeviceLabel = (label: string) => write(keys.device, { ...rememberedDevice(), label });
