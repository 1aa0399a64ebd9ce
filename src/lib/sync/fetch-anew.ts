/** Documents of one replica that are given up here, so that what the server holds of them stands instead. */
import type { Store } from '../store/store.ts';
import { forgetCheckpoint } from './pull.ts';

/**
 * Lets documents go and reads the server's feed from its start with the next round: what it holds of them comes back,
 * and what the app can read by now is admitted. Nothing else is brought again that is here.
 */
export async function fetchAnew(store: Store, ids: readonly string[]): Promise<void> {
  await store.letGo(ids);
  await forgetCheckpoint(store);
  const known = await store.note('server');
  if (!known) return;
  // Without its sequence the round does not take the replica for pulled already.
  const { seq: _seq, ...rest } = known;
  await store.setNote('server', rest);
}
