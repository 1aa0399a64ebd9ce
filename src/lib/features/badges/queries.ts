/** What the page of badges reads: the people of a term, their groups, and badges they carry from another term. */
import type { Group, RosterCard } from '$lib/domain/documents.ts';
import type { GroupId, ParticipantId } from '$lib/domain/ids.ts';
import type { Store } from '$lib/store/store.ts';

export interface People {
  /** In the order of the names. */
  readonly cards: readonly RosterCard[];
  readonly groups: readonly Group[];
  readonly members: ReadonlyMap<GroupId, ReadonlySet<ParticipantId>>;
  /** Badges of the same people in other terms: what was printed goes on being theirs. */
  readonly carried: ReadonlyMap<ParticipantId, string>;
}

export async function peopleOf(own: Store, others: readonly Store[]): Promise<People> {
  const [cards, groups, enrolments, ...elsewhere] = await Promise.all([
    own.ofType('rosterCard'),
    own.ofType('group'),
    own.ofType('enrolment'),
    ...others.map((store) => store.ofType('rosterCard')),
  ]);
  const members = new Map<GroupId, Set<ParticipantId>>();
  for (const { group, participant, to } of enrolments)
    if (to === undefined) members.set(group, (members.get(group) ?? new Set()).add(participant));
  const carried = new Map(
    elsewhere.flat().flatMap(({ participant, badge }) => (badge ? [[participant, badge] as const] : [])),
  );
  return {
    cards: cards.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0)),
    groups: groups
      .filter(({ group, isArchived }) => !isArchived && members.has(group))
      .sort((a, b) => labels.compare(a.label, b.label)),
    members,
    carried,
  };
}

const labels = new Intl.Collator('fr', { numeric: true });
