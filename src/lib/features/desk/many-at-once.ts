/** Settling many with one rule: the answers of one person, on all lists or on one. */
import type { OccurrenceId } from '$lib/domain/ids.ts';
import type { Disagreement } from './disagreements.ts';
import type { Choice } from './settle-commands.ts';

/** The list that a disagreement is on; none of other documents. */
export const listOf = ({ document }: Disagreement): OccurrenceId | undefined =>
  document.type === 'mark' ? document.occurrence : undefined;

/** Those who spoke in some disagreement on a mark, whoever spoke most first. */
export function speakersOf(disagreements: readonly Disagreement[]): { by: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const disagreement of disagreements.filter(listOf)) {
    const accounts = new Set(disagreement.sides.flatMap(({ said }) => said.map(({ by }) => by as string)));
    for (const by of accounts) counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  return [...counts]
    .map(([by, count]) => ({ by, count }))
    .sort((a, b) => b.count - a.count || (a.by < b.by ? -1 : 1));
}

/** What the rule keeps; a question on which this person gave two answers, or none, is left. */
export function choicesBy(disagreements: readonly Disagreement[], by: string, list?: string): Choice[] {
  return disagreements.flatMap((disagreement) => {
    const on = listOf(disagreement);
    if (on === undefined || (list !== undefined && on !== list)) return [];
    const own = disagreement.sides.filter(({ said }) => said.some((entry) => entry.by === by));
    const [side] = own;
    if (own.length !== 1 || !side?.facts || side.status === null) return [];
    return [{ disagreement, kept: { answer: side.facts } }];
  });
}
