/** What was done at conversation: its meetings with what was said and counted there, of every term held here. */
import type { Group } from '../domain/documents.ts';
import type { TermCode } from '../domain/ids.ts';
import type { ThemeRecords } from '../domain/themes-seen.ts';
import type { MeetingStores } from './meetings.ts';

export interface ConversationRecords extends ThemeRecords {
  /** Those of conversation, of all terms, in the terms' order. */
  readonly groups: readonly { readonly term: TermCode; readonly group: Group }[];
}

export async function conversationRecords({ commons, terms }: MeetingStores): Promise<ConversationRecords> {
  const types = (await commons.ofType('workshopType')).filter(({ kind }) => kind === 'conversation');
  const codes = new Set(types.map(({ workshopType }) => workshopType));
  const all = await Promise.all(terms.map((replica) => recordsOf(replica, codes)));
  return {
    groups: all.flatMap(({ groups }) => groups),
    occurrences: all.flatMap(({ occurrences }) => occurrences),
    debriefs: all.flatMap(({ debriefs }) => debriefs),
    marks: all.flatMap(({ marks }) => marks),
    closings: all.flatMap(({ closings }) => closings),
  };
}

const recordsOf = (
  { term, store }: MeetingStores['terms'][number],
  codes: ReadonlySet<Group['workshopType']>,
): Promise<ConversationRecords> =>
  store.together(async () => {
    const groups = (await store.ofType('group')).filter(({ workshopType }) => codes.has(workshopType));
    const occurrences = await store.whereAnyOf(
      'occurrence',
      'group',
      groups.map(({ group }) => group),
    );
    const ids = occurrences.map(({ occurrence }) => occurrence);
    const [debriefs, marks, closings] = await Promise.all([
      store.whereAnyOf('debrief', 'occurrence', ids),
      store.whereAnyOf('mark', 'occurrence', ids),
      store.whereAnyOf('closing', 'occurrence', ids),
    ]);
    return { groups: groups.map((group) => ({ term, group })), occurrences, debriefs, marks, closings };
  });
