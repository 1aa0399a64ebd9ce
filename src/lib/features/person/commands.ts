/** What the page of a person writes. */
import type { Author } from '$lib/domain/documents.ts';
import { participantDocId, type ParticipantId } from '$lib/domain/ids.ts';
import { editParticipant } from '$lib/domain/participants.ts';
import type { Committed } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';

/** « C'est fait »: somebody spoke with the person on this local date. */
export function noteContact(
  registry: Store,
  participant: ParticipantId,
  date: string,
  author: Author,
): Promise<Committed> {
  return registry.commit([
    {
      id: participantDocId(participant),
      change: (current) => {
        if (current?.type !== 'participant' || (current.lastContact ?? '') >= date) return undefined;
        return editParticipant(current, { lastContact: date }, author);
      },
    },
  ]);
}
