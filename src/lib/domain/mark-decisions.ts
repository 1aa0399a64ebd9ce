/**
 * Deciding on a mark: a decision is an entry of the mark's own history, over everything it was made on, and travels with
 * it. See `marks-merge.ts` for how decisions, and answers that they had not seen, come together.
 */
import type { Author, Mark, MarkEntry } from './documents.ts';
import { decidedHistory, mergeMarks, standingOf, type Claim } from './marks-merge.ts';
import { factsOf, type AnswerFacts } from './roll-call.ts';

/** A mark on which people disagree: who said what, when, on which device. */
export interface MarkDisagreement {
  /** What shows until somebody decides. */
  readonly provisional: Mark;
  /** The likeliest first. */
  readonly claims: readonly Claim[];
  /** Somebody took a decision back, or opened a silent merge again. */
  readonly isReopened: boolean;
}

/** @param versions every version that stands, one where it was opened again; `undefined` where nobody disagrees */
export function disagreementOf(versions: readonly Mark[]): MarkDisagreement | undefined {
  const merged = mergeMarks(versions);
  if (merged.ok) return undefined;
  const { provisional, claims } = merged;
  const isReopened = versions.some((mark) => mark.history.at(-1)?.decision === 'reopened');
  return { provisional, claims, isReopened };
}

/** Whether people disagree in this one version: what was settled was opened again, and nobody has settled it since. */
export const isOpenAgain = (mark: Mark): boolean =>
  mark.history.at(-1)?.decision === 'reopened' && disagreementOf([mark]) !== undefined;

/**
 * Settles: the answer given stands over everything said in these versions. What comes later from a phone that had not
 * seen it is a new disagreement, unless it says the same.
 */
export const settle = (versions: readonly Mark[], facts: AnswerFacts, author: Author): Mark =>
  withDecision(versions, { ...factsOf(facts), ...author, decision: 'settled' });

/**
 * Opens again what was settled, or merged silently: a disagreement everywhere, until somebody settles it, between those
 * who stand, or whom the standing decision was about.
 * @param about more of those who disagree: versions that were merged, or a decision made earlier
 */
export function reopen(
  versions: readonly Mark[],
  author: Author,
  about: readonly Pick<MarkEntry, 'at' | 'by' | 'device'>[] = [],
): Mark {
  const { standingNames, byName } = standingOf(versions);
  const entries = byName();
  const named = [...entries].filter(([, entry]) => about.some((one) => isSame(one, entry)));
  const over = [...standingNames, ...named.map(([name]) => name)];
  const names = [...new Set(over.flatMap((name) => beneath(name, entries)))].sort();
  const said = names.flatMap((name) => entries.get(name) ?? []);
  const opened = { status: null, ...author, decision: 'reopened', between: names } as const;
  const provisional = mergeMarks([withDecision(versions, opened)]);
  const claim = provisional.ok ? undefined : likeliest(provisional.claims);
  const facts = claim ? factsOf(said.findLast((entry) => entry.status === claim.status)) : { status: null };
  return withDecision(versions, { ...opened, ...facts });
}

/** Claims come with the one first that the reopening shows, which is not known yet. */
const likeliest = (claims: readonly Claim[]) => {
  const people = ({ said }: Claim) => new Set(said.map(({ by }) => by)).size;
  return [...claims].sort(
    (a, b) => people(b) - people(a) || Number(a.status === null) - Number(b.status === null),
  )[0];
};

const isSame = (a: Pick<MarkEntry, 'at' | 'by' | 'device'>, b: MarkEntry) =>
  a.at === b.at && a.by === b.by && a.device === b.device;

/** The answers that a decision was about, through the decisions beneath it. */
function beneath(name: string, entries: ReadonlyMap<string, MarkEntry>): readonly string[] {
  const entry = entries.get(name);
  if (entry?.decision === 'reopened') return entry.between ?? [];
  if (entry?.decision === 'settled') return (entry.over ?? []).flatMap((one) => beneath(one, entries));
  return entry ? [name] : [];
}

function withDecision(versions: readonly Mark[], entry: Omit<MarkEntry, 'over'>): Mark {
  const { all, standingNames } = standingOf(versions);
  const merged = mergeMarks(versions);
  const {
    arrivedAt: _a,
    leftAt: _l,
    minutes: _m,
    reason: _r,
    _rev,
    ...rest
  } = merged.ok ? merged.merged : merged.provisional;
  const decision = { ...entry, over: standingNames } as MarkEntry;
  const { at, by, device } = decision;
  return { ...rest, ...factsOf(decision), at, by, device, history: decidedHistory(all, decision) };
}
