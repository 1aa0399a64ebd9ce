/** What the pill says: a problem comes before being offline, that before what waits, that before « À jour ». */
import type { SyncStatus } from '$lib/sync/status.ts';

export type PillState = 'problem' | 'offline' | 'pending' | 'carried' | 'checking' | 'current';

/**
 * Nothing but a proof of the server lets the pill say `current`. A failure of the network is being offline, a normal
 * state; what asks for somebody's hand is a problem.
 */
export function pillState(status: SyncStatus): PillState {
  const isBroken =
    status.phase === 'failing' && (status.failure === 'server' || status.failure === 'storage');
  if (status.refused > 0 || status.phase === 'signed-out' || isBroken) return 'problem';
  if (status.phase === 'offline' || status.phase === 'failing') return 'offline';
  if (status.unsent > 0) return 'pending';
  if (status.carried > 0) return 'carried';
  return status.isProven ? 'current' : 'checking';
}
