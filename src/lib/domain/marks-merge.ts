/**
 * Several versions of one mark, written on phones that did not know of each other, made one again (the rules of
 * conflicts): the same status on all sides is merged silently; different statuses are a disagreement, which a
 * coordinator settles; a version that had seen the other wins over it. Nothing of any history is lost.
 */
import { canonicalJson } from './canonical-json.ts';
import type { Mark, MarkEntry, MarkStatus } from './documents.ts';
import { markStatuses } from './documents/term.ts';
import { asHistory, uniteHistories, type Reading, type United } from './history-union.ts';
import { factsOf, type AnswerFacts } from './roll-call.ts';

/** What one side of a disagreement says, and everyone who says it; `null` is an answer taken away. */
export interface Claim {
  readonly status: MarkStatus | null;
  readonly said: readonly MarkEntry[];
}

export type MergedMarks =
  /** `merged` is one of the versions given, the very object, when that one already says everything. */
  | { readonly ok: true; readonly merged: Mark }
  | {
      readonly ok: false;
      readonly why: 'disagreement';
      /** To be shown with a sign until someone decides: never to be written. It holds the whole history. */
      readonly provisional: Mark;
      /** What is claimed, the provisional winner first. */
      readonly claims: readonly Claim[];
      /** The versions that still matter: without those that say nothing more than another. */
      readonly versions: readonly Mark[];
    };

const reading: Reading<MarkEntry> = {
  claimOf: ({ decision, status }) => (decision === undefined ? status : `${decision} ${status}`),
  overOf: ({ decision, over }) => (decision === undefined ? undefined : (over ?? [])),
};

const known = new Set([
  ...['_id', 'type', 'v', 'at', 'by', 'device', 'occurrence', 'participant'],
  ...['status', 'arrivedAt', 'leftAt', 'minutes', 'reason', 'history'],
]);

/** The history of a mark; one that some other program left without its present answer gets it. */
function historyOf(mark: Mark): readonly MarkEntry[] {
  if (mark.history.at(-1)?.status === mark.status) return mark.history;
  if (mark.history.length === 0 && mark.status === null) return mark.history;
  const { at, by, device } = mark;
  return [...mark.history, { ...factsOf(mark), at, by, device }];
}

/** Fields that this version does not know: the union; where two differ, the same one on every device. */
function unknownFields(versions: readonly Mark[]): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const version of versions)
    for (const [name, value] of Object.entries(version)) {
      if (known.has(name) || name.startsWith('_')) continue;
      if (!fields.has(name) || canonicalJson(value) > canonicalJson(fields.get(name)))
        fields.set(name, value);
    }
  return fields;
}

/**
 * What a status on which all agree comes with: the latest entry's facts; what it leaves open (a reason, an arrival)
 * is taken from the others. Each device speaks by its latest entry.
 */
function agreedFacts(standing: readonly MarkEntry[]): AnswerFacts {
  const voices = new Map(standing.map((entry) => [`${entry.by} ${entry.device}`, entry]));
  const inOrder = standing.filter((entry) => voices.get(`${entry.by} ${entry.device}`) === entry);
  return inOrder.reduce<AnswerFacts>((facts, entry) => ({ ...facts, ...factsOf(entry) }), { status: null });
}

/** The claims, the likeliest first: more people, then the one most favourable to the person: who saw them knows. */
function claimsOf(said: readonly MarkEntry[]): Claim[] {
  const people = (claim: Claim) => new Set(claim.said.map((entry) => entry.by)).size;
  return [...markStatuses, null]
    .map((status) => ({ status, said: said.filter((entry) => entry.status === status) }))
    .filter((claim) => claim.said.length > 0)
    .sort((a, b) => people(b) - people(a));
}

/** What the entries that stand come to. */
interface Verdict {
  readonly claims: readonly Claim[];
  readonly isDisagreement: boolean;
  /** Those who gave the answer that shows. */
  readonly winner: readonly MarkEntry[];
}

const firstOf = (claims: readonly Claim[], status: MarkStatus | null) => [
  ...claims.filter((claim) => claim.status === status),
  ...claims.filter((claim) => claim.status !== status),
];

/**
 * A reopening is a disagreement between those it names and whoever spoke besides. A decision prevails over another that
 * it had not seen by what it says (more coordinators, then the one most favourable to the person), never by its hour;
 * over an answer that no decision had seen it does not: that one disagrees, unless it says the same.
 */
function verdictOn({ standing, byName }: Pick<United<MarkEntry>, 'standing' | 'byName'>): Verdict {
  const reopened = standing.filter((entry) => entry.decision === 'reopened');
  const said = standing.filter((entry) => entry.decision !== 'reopened');
  if (reopened.length > 0) {
    const entries = byName();
    const named = new Set(reopened.flatMap(({ between }) => between ?? []));
    const again = [...named].flatMap((name) => entries.get(name) ?? []).sort(byText);
    const shown = [...reopened].sort(byText).sort((a, b) => rank(a.status) - rank(b.status))[0];
    const claims = claimsOf([...new Set([...again, ...said])]);
    const status = shown?.status ?? null;
    const winner = reopened.filter((entry) => entry.status === status);
    return { claims: firstOf(claims, status), isDisagreement: true, winner };
  }
  const decided = claimsOf(standing.filter((entry) => entry.decision === 'settled'));
  const [outcome] = decided;
  if (outcome === undefined) {
    const claims = claimsOf(standing);
    return { claims, isDisagreement: claims.length > 1, winner: claims[0]?.said ?? [] };
  }
  const claims = firstOf(claimsOf(standing), outcome.status);
  const isDisagreement = standing.some(
    (entry) => entry.decision === undefined && entry.status !== outcome.status,
  );
  return { claims, isDisagreement, winner: claims[0]?.said ?? [] };
}

const rank = (status: MarkStatus | null) =>
  status === null ? markStatuses.length : markStatuses.indexOf(status);

const byText = (a: MarkEntry, b: MarkEntry) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1);

/** Versions in an order of their own, so that it does not matter in which they came. */
const inOwnOrder = (versions: readonly Mark[]) =>
  versions
    .map((version) => ({ version, text: canonicalJson(version) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ version }) => version);

/**
 * Merges the versions of one mark: commutative, associative, idempotent.
 * @param given at least one, all of the same mark
 */
export function mergeMarks(given: readonly Mark[]): MergedMarks {
  const versions = inOwnOrder(given);
  const [first] = versions;
  if (first === undefined) throw new Error('nothing to merge');
  const united = uniteHistories(versions.map(historyOf), reading);
  const { superseded, standing, complete, redundant } = united;
  const unknown = unknownFields(versions);
  const { claims, isDisagreement, winner } = verdictOn(united);
  const losers = standing.filter((entry) => !winner.includes(entry));

  for (const place of complete) {
    const version = versions[place];
    if (isDisagreement || version === undefined) break;
    const own = unknownFields([version]);
    if (
      version.history.length > 0 &&
      [...unknown].every(([name, value]) => canonicalJson(own.get(name)) === canonicalJson(value))
    )
      return { ok: true, merged: version };
  }

  // A decision that did not prevail still stands: nobody who had seen it answered over it.
  const history = isDisagreement
    ? asHistory([...superseded, ...losers], winner, reading)
    : asHistory(superseded, [...losers, ...winner], reading);
  const { at, by, device } = history.at(-1) ?? first;
  const merged: Mark = {
    ...Object.fromEntries(unknown),
    _id: first._id,
    type: 'mark',
    v: 1,
    at,
    by,
    device,
    occurrence: first.occurrence,
    participant: first.participant,
    ...agreedFacts(history.filter((entry) => winner.includes(entry))),
    history,
  };
  if (!isDisagreement) return { ok: true, merged };
  const kept = versions.filter((_, place) => !redundant.includes(place));
  return { ok: false, why: 'disagreement', provisional: merged, claims, versions: kept };
}

/** What a decision is made on: everything said in these versions, and what of it stands. */
export function standingOf(given: readonly Mark[]) {
  const versions = inOwnOrder(given);
  const united = uniteHistories(versions.map(historyOf), reading);
  return { ...united, all: [...united.superseded, ...united.standing] };
}

/** A history that ends in a decision just made over all of it. */
export const decidedHistory = (all: readonly MarkEntry[], decision: MarkEntry): MarkEntry[] =>
  asHistory(all, [decision], reading);
