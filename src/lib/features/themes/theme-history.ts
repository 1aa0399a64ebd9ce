/** What happened to a theme, in the order in which it happened. Pure. */
import type { Change, Theme } from '$lib/domain/documents.ts';
import type { AccountName } from '$lib/domain/ids.ts';

export interface Event {
  readonly what: 'created' | 'proposed' | 'taken' | 'edited' | 'approved' | 'archived' | 'undone';
  readonly by: AccountName;
  /** Instant. */
  readonly at: string;
}

const stateChange = ({ fields }: Change) => fields.find(({ field }) => field === 'state');

export function historyOf(theme: Theme): Event[] {
  const { changes = [] } = theme;
  const firstState = changes.map(stateChange).find((change) => change?.before !== undefined)?.before;
  const born = (firstState ?? theme.state) === 'proposed' ? 'proposed' : 'created';
  // Ready-made themes have ids of their own.
  const beginning = theme.theme.startsWith('ready-') ? 'taken' : born;
  // Of a theme from before changes were kept, only the last word is known.
  if (changes.length === 0) return [{ what: beginning, by: theme.by, at: theme.at }];
  return changes.map((change): Event => {
    const { kind, by, at } = change;
    const state = stateChange(change)?.after;
    if (kind === 'created') return { what: beginning, by, at };
    if (kind === 'undone') return { what: 'undone', by, at };
    return { what: state === 'approved' || state === 'archived' ? state : 'edited', by, at };
  });
}

/** Who made it or proposed it. */
export const originOf = (theme: Theme): AccountName => theme.changes?.[0]?.by ?? theme.by;
