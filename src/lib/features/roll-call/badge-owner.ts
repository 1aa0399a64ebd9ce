/** Whose badge was read, as this device knows it. */
import { readBadge } from '$lib/domain/badges.ts';
import type { RosterCard } from '$lib/domain/documents.ts';
import { termDocId } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';
import type { Stores } from './queries.ts';

export type BadgeOwner =
  | { readonly who: 'here'; readonly card: RosterCard }
  /** Of a person of another term of this device. */
  | { readonly who: 'elsewhere'; readonly term: string }
  | { readonly who: 'unknown' | 'notABadge' | 'misread' };

/**
 * @param text as the camera saw it, or as it was typed
 * @param here the cards of the list's own term: what is found there asks no disk
 */
export async function ownerOf(
  text: string,
  here: readonly RosterCard[],
  stores: Pick<Stores, 'terms'>,
  own: Store,
): Promise<BadgeOwner> {
  const read = readBadge(text);
  if (!read.ok) return { who: read.why === 'misread' ? 'misread' : 'notABadge' };
  const card = here.find(({ badge }) => badge === read.badge);
  if (card) return { who: 'here', card };
  for (const { term, store } of stores.terms) {
    if (store === own) continue;
    const cards = await store.ofType('rosterCard');
    if (!cards.some(({ badge }) => badge === read.badge)) continue;
    return { who: 'elsewhere', term: (await store.get('term', termDocId(term)))?.label ?? term };
  }
  return { who: 'unknown' };
}
