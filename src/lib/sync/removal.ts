/** Taking a revoked device's data away, once everything it held was handed in. */
import { destroyAllOf } from './account-databases.ts';
import { forgetDeviceKey } from './device-key.ts';
import type { PresenceDevice } from './device.svelte.ts';
import { forgetAccount, rememberRemoved } from './remembered.ts';
import { requestJson, serviceUrl, type Fetch } from './request.ts';

const browserFetch: Fetch = (input, init) => fetch(input, init);

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
