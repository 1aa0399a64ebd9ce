/**
 * Who a row is: somebody of the registry, somebody of an earlier row, or a new person. What is certain is decided here;
 * what may be is asked.
 */
import type { Participant, RosterCard } from '../documents.ts';
import type { ParticipantId } from '../ids.ts';
import { fullName, type PersonName } from '../names.ts';
import { wordsOf } from '../resemblance.ts';
import { NameIndex } from './name-index.ts';
import type { ReadRow, RowFacts } from './rows.ts';

/** Somebody that a row may be: a file of the registry, a card without one, or the person of an earlier row, by its index. */
export type Target = ParticipantId | number;

/** What a coordinator decided about a row: whom it is, or that it is somebody new. */
export type Identity = Target | 'new';

export type Matched =
  /** `others`: those it was said not to be. */
  | { readonly kind: 'new'; readonly others?: readonly Target[] }
  | { readonly kind: 'known'; readonly target: Target }
  | { readonly kind: 'ask'; readonly candidates: readonly Target[] };

/** What tells people apart. */
interface Telling {
  readonly gender?: RowFacts['gender'] | undefined;
  readonly birthYear?: number | undefined;
  readonly phone?: string | undefined;
  readonly country?: string | undefined;
}

type Known = Pick<Participant, 'participant' | 'firstName' | 'familyName'> & Telling;

/** The same for two spellings that differ in nothing but order, accents, capitals and signs. */
const identityOf = (name: PersonName) =>
  [...wordsOf(name.firstName), ...wordsOf(name.familyName)].sort().join(' ') || fullName(name).toLowerCase();

const areBothKnown = <Value>(one: Value | undefined, other: Value | undefined): boolean =>
  one !== undefined && other !== undefined;
const differ = <Value>(one: Value | undefined, other: Value | undefined) =>
  areBothKnown(one, other) && one !== other;
const gendersDiffer = (one: RowFacts['gender'], other: RowFacts['gender']) =>
  one !== 'unknown' && other !== 'unknown' && differ(one, other);

/** Facts that one person cannot have both of. Phones and places change; people do not get other years of birth. */
function contradicts(one: Telling, other: Telling): boolean {
  if (differ(one.birthYear, other.birthYear) || gendersDiffer(one.gender, other.gender)) return true;
  return !areBothKnown(one.birthYear, other.birthYear) && differ(one.country, other.country);
}

/** Years of birth that a slip of the hand may turn into each other: next to each other, or one digit apart. */
function mayBeSlip(one: number, other: number): boolean {
  if (Math.abs(one - other) <= 2) return true;
  const digits = [...String(other)];
  return [...String(one)].filter((digit, index) => digit !== digits[index]).length <= 1;
}

/** Under one and the same name, years of birth that are far apart are two people. */
const areTwoPeople = (one: Telling, other: Telling) =>
  one.birthYear !== undefined && other.birthYear !== undefined && !mayBeSlip(one.birthYear, other.birthYear);

/** With a name that only resembles, they must at least be of an age. */
const mayBeOne = (one: Telling, other: Telling) =>
  !gendersDiffer(one.gender, other.gender) &&
  !(
    areBothKnown(one.birthYear, other.birthYear) &&
    Math.abs((one.birthYear ?? 0) - (other.birthYear ?? 0)) > 1
  );

const agreement = (one: Telling, other: Telling) =>
  (['birthYear', 'phone', 'gender', 'country'] as const).filter(
    (field) => one[field] !== undefined && one[field] === other[field],
  ).length;

/**
 * Two rows of one file under one name. A year of birth or a telephone in common tells that they are one; without
 * either they are one person's when each names another group, as in lists of enrolments.
 */
function isSurelySameRow(one: ReadRow, other: ReadRow): boolean {
  if (contradicts(one.facts, other.facts)) return false;
  const shares = (field: 'birthYear' | 'phone') =>
    one.facts[field] !== undefined && one.facts[field] === other.facts[field];
  if (shares('birthYear') || shares('phone')) return true;
  if (differ(one.facts.phone, other.facts.phone)) return false;
  return (
    one.groups.length > 0 &&
    other.groups.length > 0 &&
    !one.groups.some((name) => other.groups.includes(name))
  );
}

const nameOf = ({ firstName = '', familyName = '' }: RowFacts): PersonName => ({ firstName, familyName });

export class Matcher {
  readonly #index = new NameIndex<Target>();
  readonly #facts = new Map<Target, Telling>();
  readonly #byIdentity = new Map<string, Target[]>();
  /** Rows that each target was given to, in their order. */
  readonly #taken = new Map<Target, ReadRow[]>();
  readonly #withoutFile = new Set<Target>();

  /**
   * @param people files that are not merged into others
   * @param cards of people who have no file: a name to call, which says too little to go by
   */
  constructor(people: Iterable<Known>, cards: Iterable<RosterCard> = []) {
    for (const person of people) this.#add(person.participant, person, person);
    for (const card of cards) {
      this.#withoutFile.add(card.participant);
      this.#add(card.participant, card, {});
    }
  }

  #add(target: Target, name: PersonName, facts: Telling): void {
    this.#index.add(target, name);
    this.#facts.set(target, facts);
    const identity = identityOf(name);
    this.#byIdentity.set(identity, [...(this.#byIdentity.get(identity) ?? []), target]);
  }

  /** Who a row is, going by what is held so far. Rows come in their order, each followed by {@link settle}. */
  match(row: ReadRow): Matched {
    const name = nameOf(row.facts);
    const facts = (target: Target) => this.#facts.get(target) ?? {};
    const namesakes = this.#byIdentity.get(identityOf(name)) ?? [];
    const exact = namesakes.filter((target) => !areTwoPeople(row.facts, facts(target)));
    const compatible = exact.filter((target) => !contradicts(row.facts, facts(target)));
    const free = compatible.filter((target) => this.#isSurely(row, target));
    const [best] = free.sort((a, b) => this.#preference(row, b) - this.#preference(row, a));
    if (best !== undefined) return { kind: 'known', target: best };
    const alike = this.#index
      .resembling(name)
      .filter((target) => !namesakes.includes(target) && mayBeOne(row.facts, facts(target)));
    const candidates = [...compatible, ...exact.filter((target) => !compatible.includes(target)), ...alike];
    return candidates.length ? { kind: 'ask', candidates: candidates.slice(0, 5) } : { kind: 'new' };
  }

  /**
   * A person whom earlier rows are already is this row's only where the rows go together; whoever has no file yet, only
   * once somebody said so of an earlier row.
   */
  #isSurely(row: ReadRow, target: Target): boolean {
    const rows = this.#taken.get(target) ?? [];
    if (rows.length === 0 && this.#withoutFile.has(target)) return false;
    return rows.every((other) => isSurelySameRow(row, other));
  }

  /** A person that no row is yet, and that agrees in more, comes first. */
  #preference(row: ReadRow, target: Target): number {
    const isTaken = (this.#taken.get(target)?.length ?? 0) > 0;
    return agreement(row.facts, this.#facts.get(target) ?? {}) * 2 + (isTaken ? 0 : 1);
  }

  /** The row is this person. A new one is its own target from now on. */
  settle(row: ReadRow, target: Target): void {
    if (target === row.index) this.#add(target, nameOf(row.facts), row.facts);
    this.#taken.set(target, [...(this.#taken.get(target) ?? []), row]);
  }

  /** Whether a decision still makes sense: the target is held. */
  has(target: Target): boolean {
    return this.#facts.has(target);
  }
}
