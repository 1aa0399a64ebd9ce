/**
 * Several versions of one closing made one again. Never a disagreement: two people who closed the same list both
 * meant it closed; where one closed and another opened it again without knowing, it is open, and closing it once
 * more costs one tap.
 */
import { canonicalJson } from './canonical-json.ts';
import type { Closing, ClosingEntry } from './documents.ts';
import { asHistory, uniteHistories, type Reading } from './history-union.ts';

const reading: Reading<ClosingEntry> = { claimOf: (entry) => entry.state };

/**
 * Merges the versions of one closing; its counts are those of the last closing in the united history.
 * @param given at least one, all of the same closing; one of them is given back when it says everything
 */
export function mergeClosings(given: readonly Closing[]): Closing {
  const versions = given
    .map((version) => ({ version, text: canonicalJson(version) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ version }) => version);
  const [first] = versions;
  if (first === undefined) throw new Error('nothing to merge');
  const united = uniteHistories(
    versions.map((version) => version.history),
    reading,
  );
  const complete = versions[united.complete[0] ?? -1];
  if (complete !== undefined && complete.history.length > 0) return complete;

  const reopened = united.standing.filter((entry) => entry.state === 'reopened');
  const standing = reopened.length > 0 ? reopened : united.standing;
  const others = united.standing.filter((entry) => !standing.includes(entry));
  const history = asHistory([...united.superseded, ...others], standing, reading);
  const { at, by, device, state } = history.at(-1) ?? first;
  const lastClosed = history.findLast((entry) => entry.state === 'closed');
  const headcounts = versions.flatMap((version) => version.headcount ?? []);
  return {
    ...Object.assign({}, ...versions),
    _id: first._id,
    at,
    by,
    device,
    state,
    closedAt: lastClosed?.at ?? first.closedAt,
    counts: lastClosed?.counts ?? first.counts,
    ...(headcounts.length > 0 ? { headcount: Math.max(...headcounts) } : {}),
    history,
  };
}
