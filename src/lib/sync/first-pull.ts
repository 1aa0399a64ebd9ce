/** The first opening on a device: replicas that were never filled are brought in from the server. */
import { ClockSkew } from './clock-skew.ts';
import type { Replica } from './cycle.ts';
import { rememberedDevice } from './remembered.ts';
import type { Fetch } from './request.ts';
import type { SignedIn } from './sign-in.ts';
import { CycleFailed } from './status.ts';

export interface FirstPullOptions {
  readonly server: string;
  readonly account: SignedIn;
  readonly fetch: Fetch;
  /** What came in so far, and how much there will be where the server says so. */
  readonly onProgress?: ((received: number, toReceive: number | undefined) => void) | undefined;
}

/** `isAllNew`: nothing was here before, so all that is here has just come from the server. */
export type FirstPulled = { ok: true; isAllNew: boolean } | { ok: false; why: 'unreachable' | 'signed-out' };

const isFilled = async ({ store }: Replica) => (await store.note('server')) !== undefined;

/**
 * Fills replicas that were never filled; asks nothing of the network when all were. It is a failure only when none of
 * them holds anything: a new term that cannot be fetched yet does not keep the others from being worked with.
 */
export async function firstPull(
  replicas: readonly Replica[],
  { server, account, fetch, onProgress }: FirstPullOptions,
): Promise<FirstPulled> {
  const filled = await Promise.all(replicas.map(isFilled));
  const empty = replicas.filter((_, place) => !filled[place]);
  if (empty.length === 0) return { ok: true, isAllNew: false };
  try {
    const { runCycle } = await import('./cycle.ts');
    await runCycle({
      server,
      account: account.name,
      device: rememberedDevice().id,
      replicas: empty,
      fetch,
      now: Date.now,
      skew: new ClockSkew(),
      signal: new AbortController().signal,
      onProgress: ({ received, toReceive }) => onProgress?.(received, toReceive),
    });
    return { ok: true, isAllNew: empty.length === replicas.length };
  } catch (error) {
    const isAnyFilled = (await Promise.all(replicas.map(isFilled))).includes(true);
    if (isAnyFilled) return { ok: true, isAllNew: false };
    const isSignedOut = error instanceof CycleFailed && error.why === 'signed-out';
    return { ok: false, why: isSignedOut ? 'signed-out' : 'unreachable' };
  }
}
