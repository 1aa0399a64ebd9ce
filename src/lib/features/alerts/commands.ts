import type { Author } from '$lib/domain/documents.ts';
import { participantDocId, type ParticipantId } from '$lib/domain/ids.ts';
import { editParticipant } from '$lib/domain/participants.ts';
import type { Store } from '$lib/store/store.ts';
import { writeInTurn, type Written } from '$lib/store/taken-back.ts';

/**
 * Notes in a person's file that they were spoken to: off the list, until something new happens. Called twice on one
 * day, the second call counts too.
 * @param today local date
 */
export const noteCall = (
  registry: Store,
  participant: ParticipantId,
  today: string,
  author: Author,
): Promise<Written> =>
  writeInTurn(
    [
      {
        store: registry,
        edits: [
          {
            id: participantDocId(participant),
            change(current) {
              if (current?.type !== 'participant') return undefined;
              const noted = editParticipant(current, { lastContact: today }, author);
              if (noted !== current) return noted;
              const fields = [{ field: 'lastContact', before: today, after: today }];
              const change = { ...author, kind: 'edited' as const, fields };
              return { ...current, ...author, changes: [...(current.changes ?? []), change] };
            },
          },
        ],
      },
    ],
    author,
  );
