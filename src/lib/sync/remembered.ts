/** What this device remembers outside its databases: who is signed in, its own id and name. No attendance. */
import * as z from 'zod/mini';
import { opaqueKey, type AccountName, type DeviceId } from '../domain/ids.ts';
import type { SignedIn } from './sign-in.ts';

const accountKey = 'presence.account';
const deviceKey = 'presence.device';

const account = z.object({ name: z.string(), roles: z.array(z.string()) });
const device = z.object({ id: z.string(), label: z.string() });

function read<T>(key: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    const parsed = z.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The account of the last sign-in; it stays when the sign-in runs out, so that recording goes on. */
export function rememberedAccount(): SignedIn | undefined {
  const found = read(accountKey, account);
  return found && { name: found.name as AccountName, roles: found.roles };
}

export const rememberAccount = (signedIn: SignedIn) =>
  localStorage.setItem(accountKey, JSON.stringify({ name: signedIn.name, roles: signedIn.roles }));

export const forgetAccount = () => localStorage.removeItem(accountKey);

export interface RememberedDevice {
  readonly id: DeviceId;
  readonly label: string;
}

/** This device's opaque id, made at the first call, and the name its user gave it. */
export function rememberedDevice(): RememberedDevice {
  const found = read(deviceKey, device);
  if (found) return { id: found.id as DeviceId, label: found.label };
  const made = { id: opaqueKey(crypto.getRandomValues(new Uint8Array(14))) as DeviceId, label: '' };
  localStorage.setItem(deviceKey, JSON.stringify(made));
  return made;
}

export const rememberDeviceLabel = (label: string) =>
  localStorage.setItem(deviceKey, JSON.stringify({ ...rememberedDevice(), label }));
