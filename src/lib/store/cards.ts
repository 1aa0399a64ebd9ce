/**
 * The cards of the terms follow the full files. A file is written first and its cards after it, each term's database by
 * itself: where that was interrupted, or the file came from another device, the cards are brought up here.
 */
import type { Author, Participant, RosterCard, Site } from '../domain/documents.ts';
import { rosterCardDocId, type ParticipantId } from '../domain/ids.ts';
import { rosterCardOf } from '../domain/participants.ts';
import { sameFacts } from '../domain/person-merge.ts';
import type { Committed } from './commit.ts';
import { termsOf, type PeopleStores } from './people.ts';

/** What a card is to be, `undefined` where it is so already. */
function cardAfter(
  file: Participant,
  card: RosterCard,
  nameDisplay: Site['nameDisplay'],
  author: Author,
): RosterCard | undefined {
  const next = rosterCardOf(file, nameDisplay, card, author);
  return sameFacts(card, next) ? undefined : next;
}

/**
 * Writes the cards, in terms that are not closed, that say something else than their file.
 * @param only one person's; everyone's without it
 * @returns the first failure, if there was one; the others are written all the same
 */
export async function bringCardsUp(
  stores: PeopleStores,
  nameDisplay: Site['nameDisplay'],
  author: Author,
  only?: ParticipantId,
): Promise<Committed> {
  const files = new Map(
    (
      (await (only
        ? stores.registry?.where('participant', 'participant', only)
        : stores.registry?.ofType('participant'))) ?? []
    )
      .filter(({ mergedInto }) => mergedInto === undefined)
      .map((file) => [file.participant, file]),
  );
  const written: Extract<Committed, { ok: true }>['written'] = [];
  let failure: Committed | undefined;
  for (const { store, document } of await termsOf(stores.terms)) {
    if (document?.state === 'closed') continue;
    const cards = await (only ? store.where('rosterCard', 'participant', only) : store.ofType('rosterCard'));
    const edits = cards.flatMap((card) => {
      const file = files.get(card.participant);
      if (!file || !cardAfter(file, card, nameDisplay, author)) return [];
      return {
        id: rosterCardDocId(card.participant),
        change: (current: unknown) => {
          const here = current as RosterCard | undefined;
          return here?.type === 'rosterCard' ? cardAfter(file, here, nameDisplay, author) : undefined;
        },
      };
    });
    if (edits.length === 0) continue;
    const done = await store.commit(edits);
    if (done.ok) written.push(...done.written);
    else failure ??= done;
  }
  return failure ?? { ok: true, written };
}
