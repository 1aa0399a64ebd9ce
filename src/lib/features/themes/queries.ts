/** What the pages of themes read: the library, and what was done with it in every term held here. */
import type { Group, Theme } from '$lib/domain/documents.ts';
import { siteDocId, themeDocId, type AccountName, type SiteCode, type ThemeId } from '$lib/domain/ids.ts';
import { themesSeen, type SeenTheme, type ThemeRecords } from '$lib/domain/themes-seen.ts';
import type { MeetingStores } from '$lib/store/meetings.ts';
import { conversationRecords } from '$lib/store/theme-records.ts';

type Stores = MeetingStores & { readonly site: SiteCode };

/** A group of conversation, with the label of its term: the same name comes back term after term. */
interface ConversationGroup {
  readonly group: Group;
  readonly term: string;
}

export interface Done {
  readonly records: ThemeRecords;
  readonly groups: readonly ConversationGroup[];
  readonly seen: ReadonlyMap<ThemeId, SeenTheme>;
}

export const readThemes = ({ commons }: Stores): Promise<Theme[]> => commons.ofType('theme');

export const readTheme = ({ commons }: Stores, theme: ThemeId): Promise<Theme | undefined> =>
  commons.get('theme', themeDocId(theme));

/** @param today the local date */
export async function readDone(stores: Stores, today: string): Promise<Done> {
  const [site, records] = await Promise.all([
    stores.commons.get('site', siteDocId(stores.site)),
    conversationRecords(stores),
  ]);
  const labelOf = (term: string) => site?.terms.find((one) => one.term === term)?.label ?? term.toUpperCase();
  const seen = themesSeen(records, today);
  return {
    records,
    groups: records.groups.map(({ group, term }) => ({ group, term: labelOf(term) })),
    seen: new Map(seen.map((one) => [one.theme, one])),
  };
}

/** What people are called who wrote something, by their account. */
export async function readNames({ terms }: Stores): Promise<ReadonlyMap<AccountName, string>> {
  const volunteers = await Promise.all(terms.map(({ store }) => store.ofType('volunteer')));
  return new Map(volunteers.flat().flatMap(({ account, name }) => (account ? [[account, name]] : [])));
}
