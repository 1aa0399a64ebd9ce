/** What the desk writes about meetings and their lists. */
import { closeRollCall, keepAside } from '$lib/domain/closing.ts';
import type { AnyDocument, Author, Mark, Occurrence } from '$lib/domain/documents.ts';
import { closingDocId, markDocId } from '$lib/domain/ids.ts';
import type { LateList } from '$lib/domain/late-answers.ts';
import { cancelOccurrence } from '$lib/domain/occurrence-edits.ts';
import { answersOf, countMarks } from '$lib/domain/roster.ts';
import type { Edit } from '$lib/store/commit.ts';
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

/** Reads the answers of a list as the transaction finds them, and writes none of them. */
function reading({ occurrence, roster, answers }: LateList, seen: Map<string, Mark>): Edit[] {
  const people = new Set([...roster, ...answers].map(({ participant }) => participant));
  return [...people].map((participant) => ({
    id: markDocId(occurrence.occurrence, participant),
    change(current: AnyDocument | undefined) {
      if (current?.type === 'mark') seen.set(participant, current);
      return undefined;
    },
  }));
}

const asClosing = (document: AnyDocument | undefined) =>
  document?.type === 'closing' ? document : undefined;

/** Late answers are counted: the list is closed anew, with the answers that the transaction finds. */
export function acceptLate(store: Store, list: LateList, author: Author): Promise<Written> {
  const { occurrence } = list.occurrence;
  const seen = new Map<string, Mark>();
  const edits: Edit[] = [
    ...reading(list, seen),
    {
      id: closingDocId(occurrence),
      change: (current) =>
        closeRollCall(
          asClosing(current),
          { occurrence, counts: countMarks(list.roster, seen.values()), counted: answersOf(seen.values()) },
          author,
        ),
    },
  ];
  return writeInTurn([{ store, edits }], author);
}

/** Late answers are seen, and the counts of the closing stay. The answers themselves stay too. */
export function keepLateAside(store: Store, list: LateList, author: Author): Promise<Written> {
  const seen = new Map<string, Mark>();
  const edits: Edit[] = [
    ...reading(list, seen),
    {
      id: closingDocId(list.occurrence.occurrence),
      change(current) {
        // Of a closing that noted nothing, all that stands now is what was seen.
        const people = (list.isExact ? list.answers : list.roster).map(({ participant }) => participant);
        return keepAside(
          asClosing(current),
          new Map(people.map((participant) => [participant, seen.get(participant)?.status ?? null])),
          author,
        );
      },
    },
  ];
  return writeInTurn([{ store, edits }], author);
}
