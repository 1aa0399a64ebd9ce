/**
 * Several versions of one sign-up made one again. Never a disagreement: where one withdrew somebody and another signed
 * them up without knowing, they are signed up, and withdrawing them once more costs one tap. That somebody was told of
 * their place says nothing of whether they come: over a withdrawal elsewhere it does not stand. Nothing is lost:
 * histories are united.
 */
import { canonicalJson } from './canonical-json.ts';
import type { SignUp, SignUpEntry } from './documents.ts';
import { asHistory, uniteHistories, type Reading } from './history-union.ts';

const reading: Reading<SignUpEntry> = { claimOf: (entry) => entry.state };

const turnOf = ({ since, at }: SignUpEntry) => since ?? at;

/** These sign-ups, and what was noted of them: not what was noted of a turn that ended. */
function isOf(signedUp: readonly SignUpEntry[]) {
  const turns = new Set(signedUp.map(turnOf));
  return (entry: SignUpEntry) => entry.state === 'signedUp' && (!entry.isNote || turns.has(turnOf(entry)));
}

/**
 * Merges the versions of one sign-up; the turn is the earliest of those that stand.
 * @param given at least one, all of the same sign-up; one of them is given back when it says everything
 */
export function mergeSignUps(given: readonly SignUp[]): SignUp {
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

  const said = united.standing.filter((entry) => !entry.isNote);
  const claims = said.length > 0 ? said : united.standing;
  const signedUp = claims.filter((entry) => entry.state === 'signedUp');
  const standing = signedUp.length > 0 ? united.standing.filter(isOf(signedUp)) : claims;
  const others = united.standing.filter((entry) => !standing.includes(entry));
  const history = asHistory([...united.superseded, ...others], standing, reading);
  const last = history.at(-1);
  const { at, by, device, state } = last ?? first;
  const { told: _told, ...rest } = Object.assign({}, ...versions) as SignUp;
  const turns = standing.map(turnOf);
  return {
    ...rest,
    _id: first._id,
    at,
    by,
    device,
    state,
    since: turns.reduce(
      (one, other) => (Date.parse(other) < Date.parse(one) ? other : one),
      turns[0] ?? first.since,
    ),
    ...(last?.told ? { told: last.told } : {}),
    history,
  };
}
