/** The databases that this device holds of one account, those of terms that it no longer opens among them. */
import { destroyDatabase, heldDatabases } from '../store/held.ts';
import { openStore } from '../store/store.ts';
import type { Replica } from './cycle.ts';

export const storeName = (account: string, remote: string) => `presence~${account}~${remote}`;

/** The remote database of each that is held here, open or not. */
export async function remotesOf(account: string): Promise<string[]> {
  const prefix = storeName(account, '');
  return (
    (await heldDatabases())
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      // No database of a server has a `~` in its name: what has one is another account's.
      .filter((remote) => !remote.includes('~'))
  );
}

/**
 * What this account opened here once and does not open any more: opened where something in it was not sent, so that it
 * is handed in like the rest; removed where nothing waits.
 * @param opened remote databases that are in use
 */
export async function leftBehind(account: string, opened: readonly string[]): Promise<Replica[]> {
  const waiting: Replica[] = [];
  for (const remote of await remotesOf(account)) {
    if (opened.includes(remote)) continue;
    const result = await openStore({ name: storeName(account, remote) });
    // One that cannot be opened stays as it is, for the rescue copy.
    if (!result.ok) continue;
    if (await result.store.outbox.isEmpty()) await result.store.destroy();
    else waiting.push({ store: result.store, remote });
  }
  return waiting;
}

/** Removes every database of the account from this device, unsent work included. */
export async function destroyAllOf(account: string): Promise<void> {
  for (const remote of await remotesOf(account)) await destroyDatabase(storeName(account, remote));
}
