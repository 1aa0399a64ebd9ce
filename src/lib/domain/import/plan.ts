/**
 * What an import is going to do, row by row, before anything is written: who each row is, what it adds, in which groups
 * it puts them. The same rows, registry and decisions give the same plan.
 */
import type {
  Enrolment,
  Group,
  Participant,
  Referrer,
  RosterCard,
  Term,
  Waiting,
  WorkshopType,
} from '../documents.ts';
import type { GroupId, ParticipantId, ReferrerId } from '../ids.ts';
import type { Choices } from './choices.ts';
import type { ImportField } from './fields.ts';
import { factsContext, factsToChange, mergeFacts, type FactChanges } from './facts.ts';
import type { CellIssue } from './issues.ts';
import { Matcher, type Matched, type Target } from './matching.ts';
import { Placer } from './placer.ts';
import { hasError, type ReadRow } from './rows.ts';

/** The term that people are enrolled in, as it stands. */
export interface PlanTerm {
  readonly term: Pick<Term, 'term' | 'start' | 'end'>;
  readonly groups: readonly Group[];
  readonly workshopTypes: readonly WorkshopType[];
  readonly enrolments: readonly Enrolment[];
  readonly waiting: readonly Waiting[];
  /** Of everyone who has one; {@link cardsWithoutFile} are those that matter. */
  readonly cards: readonly RosterCard[];
  /** Who followed the socioprofessional workshops in an earlier term. */
  readonly followedBefore: ReadonlySet<ParticipantId>;
}

export interface PlanInput {
  readonly rows: readonly ReadRow[];
  readonly fields: readonly (ImportField | undefined)[];
  /** Files that stand: none merged into another. */
  readonly people: readonly Participant[];
  readonly referrers: readonly Pick<Referrer, 'referrer' | 'name' | 'organisation'>[];
  readonly term?: PlanTerm | undefined;
  readonly choices: Choices;
  /** Local date. */
  readonly today: string;
}

export type Verdict = 'new' | 'updated' | 'known' | 'ask' | 'error' | 'left';

export interface PlannedGroup {
  readonly group: GroupId;
  readonly from: string;
  readonly as: 'enrolled' | 'waiting' | 'already';
  /** Of the row, from 0: the order in which people wait. Work that an older version noted has none. */
  readonly rank?: number;
}

export interface PlannedRow {
  readonly row: ReadRow;
  readonly verdict: Verdict;
  /** Whom the row is: a file, a card without one, or the row (its own, for somebody new) that stands for the person. */
  readonly target?: Target;
  /** Whom it may be, where a person has to say; it may always be somebody new. */
  readonly candidates: readonly Target[];
  /** Whom a coordinator said the row is not. */
  readonly others?: readonly Target[];
  readonly changes?: FactChanges;
  readonly groups: readonly PlannedGroup[];
  readonly issues: readonly CellIssue[];
}

export interface Overfull {
  readonly group: GroupId;
  readonly capacity: number;
  /** How many there would be with everyone of the file. */
  readonly people: number;
}

export interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Groups named in the file that the term has not, as they are written first, with how many rows name them. */
  readonly unknownGroups: readonly { readonly key: string; readonly name: string; readonly rows: number }[];
  readonly overfull: readonly Overfull[];
}

/** The cards of those who came before anybody made a file of them. */
export function cardsWithoutFile({ people, term }: Pick<PlanInput, 'people' | 'term'>): RosterCard[] {
  const known = new Set(people.map(({ participant }) => participant));
  return (term?.cards ?? []).filter(({ participant }) => !known.has(participant));
}

/** Told now and then while a plan is made: how many rows are done. */
export type OnRow = (done: number) => void;

export function planImport(input: PlanInput, onRow?: OnRow): Plan {
  const { rows, choices } = input;
  const placer = new Placer(input);
  const matcher = new Matcher(
    input.people.filter((person) => person.mergedInto === undefined),
    cardsWithoutFile(input),
  );
  const matched = rows.map((row, index) => {
    if (index % 20 === 0) onRow?.(index);
    return matchRow(row, matcher, choices);
  });
  const people = new Map(input.people.map((person) => [person.participant, person]));
  const said = rowsByTarget(rows, matched);
  const planned = rows.map((row, index): PlannedRow => {
    const found = matched[index] ?? 'left';
    const issues = [...row.issues, ...placer.issuesOf(row)];
    if (typeof found === 'string') return { row, verdict: found, candidates: [], groups: [], issues };
    if (found.kind === 'ask')
      return { row, verdict: 'ask', candidates: found.candidates, groups: [], issues };
    const target = found.kind === 'new' ? row.index : found.target;
    return planRow({
      row,
      target,
      issues,
      found,
      input,
      placer,
      person: people.get(target as ParticipantId),
      said,
    });
  });
  const doubts = placer.doubts();
  onRow?.(rows.length);
  return {
    rows: planned.map((one) => {
      const found = doubts.get(one.row.index);
      return found ? { ...one, issues: [...one.issues, ...found] } : one;
    }),
    counts: countVerdicts(planned),
    unknownGroups: placer.unknownGroups(
      rows.filter((_, index) => typeof matched[index] !== 'string' || matched[index] === 'error'),
    ),
    overfull: placer.overfull(),
  };
}

function matchRow(row: ReadRow, matcher: Matcher, choices: Choices): Matched | 'left' | 'error' {
  const isLeft = choices.left[row.index] ?? row.aside !== undefined;
  if (isLeft) return 'left';
  if (hasError(row)) return 'error';
  const chosen = choices.identities[row.index];
  const found: Matched =
    chosen === 'new'
      ? { kind: 'new', others: whomItMightBe(row, matcher) }
      : chosen !== undefined && matcher.has(chosen)
        ? { kind: 'known', target: chosen }
        : matcher.match(row);
  if (found.kind === 'new') matcher.settle(row, row.index);
  if (found.kind === 'known') matcher.settle(row, found.target);
  return found;
}

/** Whom a row would have been taken for, or asked about. */
function whomItMightBe(row: ReadRow, matcher: Matcher): readonly Target[] {
  const found = matcher.match(row);
  return found.kind === 'ask' ? found.candidates : found.kind === 'known' ? [found.target] : [];
}

type Said = ReadonlyMap<Target, readonly ReadRow[]>;

function rowsByTarget(rows: readonly ReadRow[], matched: readonly (Matched | string)[]): Said {
  const said = new Map<Target, ReadRow[]>();
  rows.forEach((row, index) => {
    const found = matched[index];
    if (typeof found !== 'object' || found.kind === 'ask') return;
    const target = found.kind === 'new' ? row.index : found.target;
    said.set(target, [...(said.get(target) ?? []), row]);
  });
  return said;
}

interface RowPlan {
  readonly row: ReadRow;
  readonly target: Target;
  readonly issues: readonly CellIssue[];
  readonly found: Matched;
  readonly input: PlanInput;
  readonly placer: Placer;
  readonly person: Participant | undefined;
  readonly said: Said;
}

function planRow({ row, target, issues, found, input, placer, person, said }: RowPlan): PlannedRow {
  const groups = placer.place(row, target);
  const isPlaced = groups.some(({ as }) => as !== 'already');
  const isFirst = said.get(target)?.[0] === row;
  if (!person) {
    const others = found.kind === 'new' ? found.others : undefined;
    const verdict = isFirst ? 'new' : isPlaced ? 'updated' : 'known';
    return { row, verdict, target, candidates: [], groups, issues, ...(others?.length ? { others } : {}) };
  }
  const all = said.get(target) ?? [row];
  // What all rows of a person say together stands with the first of them.
  const changes = isFirst
    ? factsToChange(
        person,
        mergeFacts(all.map(({ facts }) => facts)),
        factsContext(input, row),
        referrerName(input, person),
      )
    : undefined;
  const isChanged =
    changes !== undefined && (Object.keys(changes.facts).length > 0 || changes.referrer !== undefined);
  const differing = changes?.differs.flatMap(({ fact }) => {
    const column = input.fields.findIndex((field) => field && factOfField[field] === fact);
    return column < 0 ? [] : [{ column, code: 'differs' as const }];
  });
  return {
    row,
    verdict: isChanged || isPlaced ? 'updated' : 'known',
    target,
    candidates: [],
    groups,
    issues: [...issues, ...(differing ?? [])],
    ...(changes ? { changes } : {}),
  };
}

const factOfField: Readonly<Partial<Record<ImportField, string>>> = {
  gender: 'gender',
  birth: 'birthYear',
  age: 'birthYear',
  languages: 'languages',
  francophone: 'isFrancophone',
  departement: 'departement',
  country: 'country',
  status: 'status',
  referrer: 'referrer',
  phone: 'phone',
  consent: 'consent',
  lastContact: 'lastContact',
};

function referrerName({ referrers }: PlanInput, person: Participant): string | undefined {
  const id: ReferrerId | undefined = person.referrer;
  return id && referrers.find(({ referrer }) => referrer === id)?.name;
}

function countVerdicts(rows: readonly PlannedRow[]): Plan['counts'] {
  const counts = { new: 0, updated: 0, known: 0, ask: 0, error: 0, left: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return counts;
}
