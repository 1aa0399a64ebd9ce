/** What the engine says of itself. `revoked`: this device hands in what it has, and reads nothing any more. */
import type { SyncFailure } from './push.ts';

export interface SyncStatus {
  readonly phase: 'idle' | 'syncing' | 'offline' | 'signed-out' | 'refused' | 'failing' | 'revoked';
  /** Documents that wait to be sent. */
  readonly unsent: number;
  /** Documents that the server refused. */
  readonly refused: number;
  /** Versions by other accounts, handed over by another phone, that only they or a coordinator may send. */
  readonly carried: number;
  /**
   * The server has proven in this run that it holds every local revision, and nothing was written since. Nothing else
   * allows a screen to say « À jour ».
   */
  readonly isProven: boolean;
  readonly lastSyncAt?: string;
  readonly nextTryAt?: string;
  readonly failure?: SyncFailure;
  /** How far this device's clock is ahead of the server's. */
  readonly clockSkewMs?: number;
  /** What the running cycle has done so far. */
  readonly progress?: { readonly sent: number; readonly received: number; readonly toReceive?: number };
}

/** A cycle that did not come to its end. */
export class CycleFailed extends Error {
  readonly why: SyncFailure | 'signed-out' | 'revoked';

  constructor(why: SyncFailure | 'signed-out' | 'revoked') {
    super(why);
    this.why = why;
  }
}
