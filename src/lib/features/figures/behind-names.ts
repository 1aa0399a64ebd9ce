/** Names of whom and what stands behind a figure: for a coordinator's screen alone, and never in an address. */
import { ofType } from '$lib/domain/of-type.ts';
import type { BehindRow } from '$lib/domain/indicators/behind.ts';
import type { SiteDocuments } from '$lib/domain/indicators/site-reading.ts';
import { fullName, sortKeyOf } from '$lib/domain/names.ts';

/** By id: what somebody or something is called, and what it is ordered by. */
type Names = Readonly<Record<string, { readonly name: string; readonly sortKey: string }>>;

export interface BehindNames {
  readonly people: Names;
  readonly groups: Names;
  readonly facilitators: Names;
  readonly rooms: Names;
}

/** Only those that the rows need. */
export function namesBehind(
  rows: readonly BehindRow[],
  { registry, terms, commons }: SiteDocuments,
): BehindNames {
  const wanted = new Set(rows.flatMap(idsOf));
  const collected = () => new Map<string, { name: string; sortKey: string }>();
  const [people, groups, facilitators, rooms] = [collected(), collected(), collected(), collected()];
  const note = (into: ReturnType<typeof collected>, id: string, name: string, sortKey = name) => {
    if (wanted.has(id) && !into.has(id)) into.set(id, { name, sortKey });
  };
  for (const card of terms.flatMap((term) => ofType(term, 'rosterCard')))
    note(people, card.participant, fullName(card), card.sortKey);
  for (const file of ofType(registry, 'participant'))
    note(people, file.participant, fullName(file), sortKeyOf(file));
  for (const { group, label } of terms.flatMap((term) => ofType(term, 'group'))) note(groups, group, label);
  for (const { volunteer, account, name } of terms.flatMap((term) => ofType(term, 'volunteer'))) {
    note(facilitators, volunteer, name);
    if (account !== undefined) note(facilitators, `account:${account}`, name);
  }
  for (const { venue, name } of ofType(commons, 'venue')) note(rooms, venue, name);
  return {
    people: Object.fromEntries(people),
    groups: Object.fromEntries(groups),
    facilitators: Object.fromEntries(facilitators),
    rooms: Object.fromEntries(rooms),
  };
}

function idsOf(row: BehindRow): string[] {
  switch (row.about) {
    case 'person':
      return [row.participant, row.group ?? ''];
    case 'meeting':
    case 'group':
      return [row.group];
    case 'facilitator':
      return [row.facilitator];
    case 'room':
      return [row.venue];
    default:
      return row satisfies never;
  }
}
