/**
 * Several versions of one mark, written on phones that did not know of each other, made one again (the rules of
 * conflicts): the same status on all sides is merged silently; different statuses are a disagreement, which a
 * coordinator settles; a version that had seen the other wins over it. Nothing of any history is lost.
 */
import { canonicalJson } from './canonical-json.ts';
import type { Mark, MarkEntry, MarkStatus } from './documents.ts';
import { markStatuses } from './documents/term.ts';
import { asHistory, uniteHistories } from './history-union.ts';
import { factsOf, type AnswerFacts } from './roll-call.ts';

/** What one side of a disagreement says, and everyone who says it. */
interface Claim {
  readonly status: MarkStatus;
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

const claimOf = (entry: MarkEntry) => entry.status;

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
function claimsOf(standing: readonly MarkEntry[]): Claim[] {
  const people = (claim: Claim) => new Set(claim.said.map((entry) => entry.by)).size;
  return markStatuses
    .map((status) => ({ status, said: standing.filter((entry) => entry.status === status) }))
    .filter((claim) => claim.said.length > 0)
    .sort((a, b) => people(b) - people(a));
}

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
  const { superseded, standing, complete, redundant } = uniteHistories(versions.map(historyOf), claimOf);
  const unknown = unknownFields(versions);
  const claims = claimsOf(standing);
  const winner = claims[0]?.said ?? [];
  const losers = standing.filter((entry) => !winner.includes(entry));

  for (const place of complete) {
    const version = versions[place];
    if (claims.length > 1 || version === undefined) break;
    const own = unknownFields([version]);
    if (
      version.history.length > 0 &&
      [...unknown].every(([name, value]) => canonicalJson(own.get(name)) === canonicalJson(value))
    )
      return { ok: true, merged: version };
  }

  const history = asHistory([...superseded, ...losers], winner, claimOf);
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
    ...agreedFacts(winner),
    history,
  };
  if (claims.length <= 1) return { ok: true, merged };
  const kept = versions.filter((_, place) => !redundant.includes(place));
  return { ok: false, why: 'disagreement', provisional: merged, claims, versions: kept };
}
