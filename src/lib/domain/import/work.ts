/** A plan as work to be written, one piece a person: complete in itself, so that an interruption can be taken up. */
import type { ImportBatch, Referrer, RosterCard } from '../documents.ts';
import type { ParticipantId, ReferrerId, TermCode } from '../ids.ts';
import { normaliseName } from '../names.ts';
import type { ParticipantFacts } from '../participants.ts';
import { factsContext, factsOfCard, factsOfNew, mergeFacts } from './facts.ts';
import type { Target } from './matching.ts';
import { cardsWithoutFile, type Plan, type PlanInput, type PlannedGroup, type PlannedRow } from './plan.ts';

/** As much of a card as an import changes. */
export type FormerCard = NonNullable<ImportBatch['walkIns']>[number];

const formerCard = ({ participant, firstName, familyName, isProvisional }: RosterCard): FormerCard => ({
  participant,
  firstName,
  ...(familyName ? { familyName } : {}),
  isProvisional,
});

/** What becomes of one person. */
export interface Job {
  readonly participant: ParticipantId;
  /** All facts of a new file, or those that change. */
  readonly facts: Partial<ParticipantFacts>;
  readonly isNew: boolean;
  /** Of somebody who had come before without a file: their card as it was. */
  readonly walkIn?: FormerCard;
  readonly groups: readonly PlannedGroup[];
  /** Files that look alike and were said to be somebody else's. */
  readonly distinctFrom: readonly ParticipantId[];
}

export interface ImportWork {
  readonly jobs: readonly Job[];
  readonly referrers: readonly { readonly referrer: ReferrerId; readonly name: string }[];
  readonly term?: TermCode;
  /** Who the rows became of people about whom somebody decided. */
  readonly identities: readonly (readonly [row: number, participant: ParticipantId])[];
  /** Rows of the table, and those of them that write nothing. */
  readonly rows: number;
  readonly skipped: number;
}

const referrerKey = (name: string) => normaliseName(name) || name.toLowerCase();

/** @param newKey an opaque key each time */
export function workOf(plan: Plan, input: PlanInput, newKey: () => string): ImportWork {
  const people = new Map(input.people.map((person) => [person.participant, person]));
  const cards = new Map(cardsWithoutFile(input).map((card) => [card.participant, card]));
  const referrers = new Referrers(input.referrers, newKey);
  const byTarget = new Map<Target, PlannedRow[]>();
  for (const planned of plan.rows) {
    if (planned.target === undefined) continue;
    byTarget.set(planned.target, [...(byTarget.get(planned.target) ?? []), planned]);
  }
  // New files get their ids first: « not the same as » may name one.
  const ids = new Map<Target, ParticipantId>();
  for (const target of byTarget.keys())
    ids.set(target, typeof target === 'number' ? (newKey() as ParticipantId) : target);
  const jobs: Job[] = [];
  for (const [target, rows] of byTarget) {
    const participant = ids.get(target);
    if (!participant) continue;
    const groups = rows.flatMap((row) => row.groups).filter(({ as }) => as !== 'already');
    const person = people.get(participant);
    const card = cards.get(participant);
    const facts = person ? changedFacts(rows, referrers) : newFacts(rows, card, input, referrers);
    if (person && groups.length === 0 && Object.keys(facts).length === 0) continue;
    const others = rows.flatMap((row) => row.others ?? []).map((other) => ids.get(other) ?? other);
    const distinctFrom = person ? [] : [...new Set(others)].filter((other) => typeof other === 'string');
    const walkIn = card ? { walkIn: formerCard(card) } : {};
    jobs.push({ participant, facts, isNew: person === undefined, groups, distinctFrom, ...walkIn });
  }
  const written = new Set(jobs.map(({ participant }) => participant));
  const writing = plan.rows.filter(
    ({ target, verdict }) =>
      target !== undefined && written.has(ids.get(target) ?? ('' as ParticipantId)) && verdict !== 'known',
  ).length;
  // Also the other rows of such a person: together they may have made a name that none of them has.
  const decided = new Set(
    plan.rows.flatMap(({ row, target }) =>
      input.choices.identities[row.index] === undefined ? [] : [target],
    ),
  );
  const identities = plan.rows.flatMap(({ row, target }) => {
    const participant = target === undefined ? undefined : ids.get(target);
    return participant && decided.has(target) ? [[row.index, participant] as const] : [];
  });
  return {
    jobs,
    identities,
    referrers: referrers.added,
    rows: plan.rows.length,
    skipped: plan.rows.length - writing,
    ...(input.term ? { term: input.term.term.term } : {}),
  };
}

/** The referrers by name; those not known yet are made. */
class Referrers {
  readonly #byName = new Map<string, ReferrerId>();
  readonly #newKey: () => string;
  readonly added: { referrer: ReferrerId; name: string }[] = [];

  constructor(known: readonly Pick<Referrer, 'referrer' | 'name' | 'organisation'>[], newKey: () => string) {
    this.#newKey = newKey;
    for (const { referrer, name, organisation } of known) {
      if (organisation) this.#byName.set(referrerKey(organisation), referrer);
      this.#byName.set(referrerKey(name), referrer);
    }
  }

  of(name: string): ReferrerId {
    const known = this.#byName.get(referrerKey(name));
    if (known) return known;
    const referrer = this.#newKey() as ReferrerId;
    this.#byName.set(referrerKey(name), referrer);
    this.added.push({ referrer, name });
    return referrer;
  }
}

function newFacts(
  rows: readonly PlannedRow[],
  card: RosterCard | undefined,
  input: PlanInput,
  referrers: Referrers,
): ParticipantFacts {
  const said = { ...(card && factsOfCard(card)), ...mergeFacts(rows.map(({ row }) => row.facts)) };
  const [first] = rows;
  const facts = factsOfNew(
    said,
    first ? factsContext(input, first.row) : { policy: 'fill', today: input.today, statusFrom: input.today },
  );
  return said.referrer ? { ...facts, referrer: referrers.of(said.referrer) } : facts;
}

function changedFacts(rows: readonly PlannedRow[], referrers: Referrers): Partial<ParticipantFacts> {
  const changes = rows.find((row) => row.changes)?.changes;
  if (!changes) return {};
  return changes.referrer ? { ...changes.facts, referrer: referrers.of(changes.referrer) } : changes.facts;
}
