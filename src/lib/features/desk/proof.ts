/** The last full comparison with the server, remembered on this device. */
import * as z from 'zod/mini';
import type { Store } from '$lib/store/store.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';

const noteSchema = z.object({
  at: z.string(),
  compared: z.number(),
  missing: z.number(),
  isComplete: z.boolean(),
});
/** How the last comparison ended; one that was cut short says how far it came. */
export type Proof = z.infer<typeof noteSchema>;

export type ProofFailure = Extract<
  Awaited<ReturnType<PresenceDevice['engine']['audit']>>,
  { ok: false }
>['why'];

const noteKey = 'proof';

/** `undefined` where nothing was ever compared here. */
export async function lastProof(commons: Store): Promise<Proof | undefined> {
  const parsed = z.safeParse(noteSchema, await commons.note(noteKey));
  return parsed.success ? parsed.data : undefined;
}

/** How many revisions there are to compare, about: a disagreement has several. */
export async function revisionsHeld(device: PresenceDevice): Promise<number> {
  let count = 0;
  for (const store of device.stores) count += await store.count();
  return count;
}

/**
 * Compares every version on this device with the server; what the server lacks is sent again.
 * @returns why it stopped short, or nothing when it came to its end
 */
export async function proveAll(
  device: PresenceDevice,
  onProgress: (compared: number) => void,
): Promise<ProofFailure | undefined> {
  const result = await device.engine.audit(onProgress);
  // A failure at the first request compared nothing: the result before it says more.
  if (result.ok || result.compared > 0)
    await device.commons.setNote(noteKey, {
      at: new Date().toISOString(),
      compared: result.compared,
      missing: result.missing,
      isComplete: result.ok,
    } satisfies Proof);
  return result.ok ? undefined : result.why;
}
