/** What signing writes: one document a person and meeting, on the disk before anything is confirmed. */
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import { signatureDocId, type OccurrenceId, type ParticipantId } from '$lib/domain/ids.ts';
import { sign, type Given, type SignedFor } from '$lib/domain/signatures.ts';
import type { Store } from '$lib/store/store.ts';

export interface SigningPlace {
  readonly store: Store;
  readonly occurrence: OccurrenceId;
  readonly author: () => Author;
}

/** Whether the device has kept it: not when it has no room, or holds one that a newer app wrote. */
export async function takeSignature(
  { store, occurrence, author }: SigningPlace,
  participant: ParticipantId,
  given: Given,
  signedFor: SignedFor,
): Promise<boolean> {
  const by = author();
  const change = (current: AnyDocument | undefined) =>
    sign(
      current?.type === 'signature' ? current : undefined,
      { occurrence, participant },
      given,
      signedFor,
      by,
    );
  const committed = await store.commit([{ id: signatureDocId(occurrence, participant), change }]);
  return committed.ok && committed.written.length > 0;
}
