/** Taking a revoked device's data away, once everything it held was handed in. */
import { destroyAllOf, remotesOf, storeName } from './account-databases.ts';
import { forgetDeviceKey } from './device-key.ts';
import type { PresenceDevice } from './device.svelte.ts';
import { forgetAccount, rememberRemoved } from './remembered.ts';
import { requestJson, serviceUrl, type Fetch } from './request.ts';

const browserFetch: Fetch = (input, init) => fetch(input, init);

/**
 * Whether everything that this device holds of the account was handed in, as its databases say at this moment. One that
 * cannot be read, or was not opened, is not known to be.
 */
export async function isHandedIn({ account, stores }: PresenceDevice): Promise<boolean> {
  const opened = new Set(stores.map(({ name }) => name));
  try {
    for (const { outbox } of stores) if (!(await outbox.isEmpty())) return false;
    return (await remotesOf(account.name)).every((remote) => opened.has(storeName(account.name, remote)));
  } catch {
    return false;
  }
}

/**
 * Removes all of the account's databases and the signing key from this device, then tells the server, whose credential for
 * it is dead from then on. Without a network it is removed all the same.
 */
export async function removeFromDevice(
  device: PresenceDevice,
  server: string,
  fetch: Fetch = browserFetch,
): Promise<void> {
  device.close();
  await destroyAllOf(device.account.name);
  await forgetDeviceKey();
  forgetAccount();
  rememberRemoved(true);
  await requestJson(fetch, serviceUrl(server, 'device/forgotten'), { method: 'POST', timeoutMs: 10_000 });
}
