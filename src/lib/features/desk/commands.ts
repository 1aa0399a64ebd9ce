/** What the desk writes about meetings. */
import type { Author, Occurrence } from '$lib/domain/documents.ts';
import { cancelOccurrence } from '$lib/domain/occurrence-edits.ts';
import type { Store } from '$lib/store/store.ts';
import { writeInTurn, type Written } from '$lib/store/taken-back.ts';

/** The meeting did not take place, for a reason that the whole team reads. Nobody can be there any more. */
export const declareNotHeld = (
  store: Store,
  occurrence: Occurrence,
  reason: string,
  author: Author,
): Promise<Written> =>
  writeInTurn(
    [
      {
        store,
        edits: [
          {
            id: occurrence._id,
            change: (current) =>
              current?.type === 'occurrence' ? cancelOccurrence(current, reason, author) : undefined,
          },
        ],
      },
    ],
    author,
  );
