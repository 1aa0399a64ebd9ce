/**
 * Several versions of one closing made one again. Never a disagreement: two people who closed the same list both
 * meant it closed; where one closed and another opened it again without knowing, it is open, and closing it once
 * more costs one tap. People counted on one phone take nothing from a closing on another: counting claims no state.
 */
import { canonicalJson } from './canonical-json.ts';
import { lastClosing } from './closing.ts';
import type { Closing, ClosingEntry } from './documents.ts';
import { asHistory, uniteHistories, type Reading } from './history-union.ts';

/** Which of several states stands: nobody is kept from correcting a list, and none is left unclosed. */
const strongest = ['reopened', 'closed', 'open'] as const;

const reading: Reading<ClosingEntry> = { claimOf: (entry) => entry.state };

/** People were counted, while the list was as it was: neither closed by that nor opened. */
const isCount = ({ counts, headcount, returnCount }: ClosingEntry) =>
  counts === undefined && (headcount ?? returnCount) !== undefined;

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

  const said = united.standing.filter((entry) => !isCount(entry));
  const states = new Set((said.length > 0 ? said : united.standing).map((entry) => entry.state));
  const state = strongest.find((one) => states.has(one));
  const standing = united.standing.filter((entry) => entry.state === state);
  const others = united.standing.filter((entry) => !standing.includes(entry));
  const history = asHistory([...united.superseded, ...others], standing, reading);
  const { at, by, device } = history.at(-1) ?? first;
  const lastClosed = lastClosing(history);
  return {
    ...Object.assign({}, ...versions),
    _id: first._id,
    at,
    by,
    device,
    state: history.at(-1)?.state ?? first.state,
    closedAt: lastClosed?.at ?? first.closedAt,
    counts: lastClosed?.counts ?? first.counts,
    ...counted('headcount'),
    ...counted('returnCount'),
    history,
  };

  /** What was counted last, as the history is read; of a version that noted it nowhere, the most. */
  function counted(what: 'headcount' | 'returnCount'): Partial<Closing> {
    const noted = history.findLast((entry) => entry[what] !== undefined)?.[what];
    const numbers = noted === undefined ? versions.flatMap((version) => version[what] ?? []) : [noted];
    return numbers.length > 0 ? { [what]: Math.max(...numbers) } : {};
  }
}
