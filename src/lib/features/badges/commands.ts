/** Giving people badges, in the terms of this device: a card without one gets it, a lost one is replaced everywhere. */
import { newBadge } from '$lib/domain/badges.ts';
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import { rosterCardDocId, type ParticipantId } from '$lib/domain/ids.ts';
import type { Edit } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';

export const drawBadge = (): string => newBadge(crypto.getRandomValues(new Uint8Array(11)));

/**
 * Writes badges to the cards that have none: what somebody else gave meanwhile stays.
 * @param drawn the badge of each person
 * @returns whether the device has kept them, all or none
 */
export async function giveBadges(
  store: Store,
  drawn: ReadonlyMap<ParticipantId, string>,
  author: Author,
): Promise<boolean> {
  const edits = [...drawn].map(([participant, badge]): Edit => ({
    id: rosterCardDocId(participant),
    change: (current: AnyDocument | undefined) =>
      current?.type === 'rosterCard' && current.badge === undefined
        ? { ...current, ...author, badge }
        : undefined,
  }));
  return (await store.commit(edits)).ok;
}

/** The former badge of each term in which it was replaced, to put it back. */
export type Replaced = readonly { readonly store: Store; readonly former: string; readonly badge: string }[];

/**
 * One badge in place of a lost one, in every term that holds the person's.
 * @returns `undefined` when a device could not keep it
 */
export async function replaceBadge(
  stores: readonly Store[],
  participant: ParticipantId,
  author: Author,
): Promise<Replaced | undefined> {
  const badge = drawBadge();
  const replaced: Replaced[number][] = [];
  for (const store of stores) {
    let former: string | undefined;
    const done = await store.commit([
      {
        id: rosterCardDocId(participant),
        change(current) {
          if (current?.type !== 'rosterCard' || current.badge === undefined) return undefined;
          former = current.badge;
          return { ...current, ...author, badge };
        },
      },
    ]);
    if (!done.ok) return undefined;
    if (former !== undefined) replaced.push({ store, former, badge });
  }
  return replaced;
}

/** The former badges again, where nobody has changed them since. */
export async function putBadgesBack(
  replaced: Replaced,
  participant: ParticipantId,
  author: Author,
): Promise<void> {
  for (const { store, former, badge } of replaced)
    await store.commit([
      {
        id: rosterCardDocId(participant),
        change: (current) =>
          current?.type === 'rosterCard' && current.badge === badge
            ? { ...current, ...author, badge: former }
            : undefined,
      },
    ]);
}
