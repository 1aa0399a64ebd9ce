import { expect, vi } from 'vitest';
import type { AnyDocument, MarkStatus } from '../../src/lib/domain/documents.ts';
import { answer } from '../../src/lib/domain/roll-call.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { openDevice, type PresenceDevice } from '../../src/lib/sync/device.svelte.ts';
import { rememberAccount } from '../../src/lib/sync/remembered.ts';
import { signIn } from '../../src/lib/sync/sign-in.ts';
import { CookieJar } from './cookie-jar.ts';
import { isCut, openFaultyLine, type FaultyLine } from './faulty-line.ts';
import { Kept } from './kept.ts';
import { markId, occurrence, person } from './phone.ts';
import type { TestServer } from './test-server.ts';

export interface SignedInDevice {
  readonly device: PresenceDevice;
  readonly line: FaultyLine;
}

/** A device of its own, in step with the server; its line is cut then. */
export async function openSignedIn(server: TestServer, name: string): Promise<SignedInDevice> {
  vi.stubGlobal('localStorage', new Kept());
  const line = await openFaultyLine(server.origin);
  const { fetch } = new CookieJar();
  const at = `${line.origin}/couch`;
  const signedIn = await signIn(at, name, `${name}-password`, fetch);
  if (!signedIn.ok) throw new Error(signedIn.why);
  rememberAccount(signedIn.account);
  const result = await openDevice(signedIn.account, { server: at, appVersion: '1', fetch });
  if (!result.ok) throw new Error(result.why);
  expect(await result.device.engine.syncNow()).toMatchObject({ isProven: true });
  line.faultOf = isCut;
  return { device: result.device, line };
}

/** Closes it and removes what it kept. */
export async function disposeOf({ device, line }: SignedInDevice): Promise<void> {
  device.close();
  for (const store of device.stores) await store.destroy();
  await line.close();
}

/** The replica of its one term. */
export function termStore(device: PresenceDevice): Store {
  const store = device.terms[0]?.store;
  if (!store) throw new Error('no term');
  return store;
}

/** Taps on that device. */
export const mark = (device: PresenceDevice, status: MarkStatus, ...people: number[]) =>
  termStore(device).commit(
    people.map((n) => ({
      id: markId(n),
      change: (current: AnyDocument | undefined) =>
        answer(
          current?.type === 'mark' ? current : undefined,
          { occurrence, participant: person(n), status },
          device.author(),
        ),
    })),
  );
