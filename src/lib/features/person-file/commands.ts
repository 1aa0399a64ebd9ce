/**
 * Saving a file: the registry first (the file, and who sent the person where that is somebody new), then the card of
 * each open term. Where it is interrupted the file is there, and the cards follow when people are next looked at.
 */
import type { AnyDocument, Author, Participant, Referrer, Site } from '$lib/domain/documents.ts';
import {
  opaqueKey,
  participantDocId,
  referrerDocId,
  rosterCardDocId,
  type ParticipantId,
  type ReferrerId,
  type TermCode,
} from '$lib/domain/ids.ts';
import { withChange } from '$lib/domain/changes.ts';
import {
  editParticipant,
  newParticipant,
  rosterCardOf,
  type ParticipantFacts,
} from '$lib/domain/participants.ts';
import { bringCardsUp } from '$lib/store/cards.ts';
import type { PeopleStores } from '$lib/store/people.ts';
import type { Store } from '$lib/store/store.ts';

const newKey = () => opaqueKey(crypto.getRandomValues(new Uint8Array(14)));
export const newParticipantId = () => newKey() as ParticipantId;
export const newReferrerId = () => newKey() as ReferrerId;

export interface FileToSave {
  readonly participant: ParticipantId;
  /** Everything, for a file that is not there yet. */
  readonly facts: ParticipantFacts;
  /** What was changed here, for one that is. */
  readonly changed: Partial<ParticipantFacts>;
  readonly referrer: Pick<Referrer, 'referrer' | 'name' | 'organisation' | 'phone'> | undefined;
  /** Open terms in whose lists the person is to be found. */
  readonly joins: readonly TermCode[];
  readonly nameDisplay: Site['nameDisplay'];
}

export type Saved =
  { readonly ok: true } | { readonly ok: false; readonly why: 'quota' | 'closed' | 'failed' };

export async function saveFile(
  stores: PeopleStores & { readonly registry: Store },
  saved: FileToSave,
  author: Author,
): Promise<Saved> {
  const { participant, nameDisplay } = saved;
  let next: Participant | undefined;
  const file = {
    id: participantDocId(participant),
    change: (current: AnyDocument | undefined) => {
      const before = current?.type === 'participant' ? current : undefined;
      next = bare(
        before
          ? editParticipant(before, saved.changed, author)
          : newParticipant(participant, saved.facts, author),
      );
      return before && next.changes?.length === before.changes?.length ? undefined : next;
    },
  };
  const edits = [...(saved.referrer ? [referrerEdit(saved.referrer, author)] : []), file];
  const done = await stores.registry.commit(edits);
  if (!done.ok) return done;
  for (const { term, store } of stores.terms) {
    const person = next;
    if (!person || !saved.joins.includes(term)) continue;
    const joined = await store.commit([
      {
        id: rosterCardDocId(participant),
        change: (current) => (current ? undefined : rosterCardOf(person, nameDisplay, undefined, author)),
      },
    ]);
    if (!joined.ok) return joined;
  }
  return bringCardsUp(stores, nameDisplay, author, participant);
}

/** Without the fields that were emptied. */
function bare(file: Participant): Participant {
  return Object.fromEntries(Object.entries(file).filter(([, value]) => value !== undefined)) as Participant;
}

function referrerEdit(
  { referrer, name, organisation, phone }: NonNullable<FileToSave['referrer']>,
  author: Author,
) {
  const document: Referrer = {
    _id: referrerDocId(referrer),
    type: 'referrer',
    v: 1,
    ...author,
    referrer,
    name,
    ...(organisation ? { organisation } : {}),
    ...(phone ? { phone } : {}),
  };
  return {
    id: referrerDocId(referrer),
    change: (current: AnyDocument | undefined) =>
      current ? undefined : withChange(undefined, document, author),
  };
}
