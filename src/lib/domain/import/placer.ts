/** Which groups the rows put people in, as far as there are places; and what to know of it, as on the enrolment board. */
import type { Enrolment, Group } from '../documents.ts';
import { planEnrolment } from '../enrolment-plan.ts';
import type { HeldPlace } from '../enrolments.ts';
import type { GroupId, ParticipantId } from '../ids.ts';
import { groupsByName, groupsNamed, type NamedGroup } from './group-names.ts';
import type { CellIssue, DoubtCode } from './issues.ts';
import type { Target } from './matching.ts';
import type { Overfull, Plan, PlanInput, PlannedGroup } from './plan.ts';
import type { ReadRow } from './rows.ts';

/** One row that enrols somebody. */
interface Entry extends HeldPlace {
  readonly row: number;
}

/** Somebody new has no id yet; no id looks like this. */
const standIn = (target: Target) => (typeof target === 'number' ? `row:${target}` : target) as ParticipantId;

/** Puts people in groups, counting places as it goes. */
export class Placer {
  readonly #input: PlanInput;
  readonly #byName: Map<string, GroupId>;
  readonly #groups: Map<GroupId, Group>;
  readonly #enrolled = new Map<string, Enrolment>();
  readonly #waiting: Set<string>;
  readonly #people = new Map<GroupId, number>();
  readonly #placed = new Set<string>();
  readonly #entries: Entry[] = [];

  constructor(input: PlanInput) {
    this.#input = input;
    const { term } = input;
    this.#byName = groupsByName(term?.groups ?? [], term?.workshopTypes ?? []);
    this.#groups = new Map((term?.groups ?? []).map((group) => [group.group, group]));
    this.#waiting = new Set((term?.waiting ?? []).map(({ group, participant }) => `${group} ${participant}`));
    for (const enrolment of term?.enrolments ?? []) {
      this.#enrolled.set(`${enrolment.group} ${enrolment.participant}`, enrolment);
      if (enrolment.to === undefined) this.#count(enrolment.group);
    }
  }

  #count(group: GroupId): number {
    const people = (this.#people.get(group) ?? 0) + 1;
    this.#people.set(group, people);
    return people;
  }

  #named(row: ReadRow): NamedGroup[] {
    const { groups } = this.#input.choices;
    return row.groups.flatMap((line) => groupsNamed(line, this.#byName, groups));
  }

  /** The groups of a row, each once. Somebody enrolled, gone again or waiting there stays as they are. */
  place(row: ReadRow, target: Target): PlannedGroup[] {
    const { term, choices } = this.#input;
    if (!term) return [];
    const from = row.entry ?? term.term.start;
    const named = row.groups.length ? this.#named(row).map(({ group }) => group) : [choices.defaultGroup];
    const isGroup = (group: GroupId | 'none' | undefined): group is GroupId =>
      group !== undefined && group !== 'none';
    return [...new Set(named)].filter(isGroup).map((group) => {
      const key = `${group} ${target}`;
      const enrolment = this.#enrolled.get(key);
      const isThere = enrolment !== undefined && (enrolment.to === undefined || from <= enrolment.to);
      if (isThere || this.#waiting.has(key) || this.#placed.has(key)) return { group, from, as: 'already' };
      this.#placed.add(key);
      const people = this.#count(group);
      const isFull = people > (this.#groups.get(group)?.capacity ?? Infinity);
      const as = isFull && choices.whenFull === 'wait' ? 'waiting' : 'enrolled';
      if (as === 'enrolled')
        this.#entries.push({ row: row.index, participant: standIn(target), group, from });
      return { group, from, as, rank: row.index };
    });
  }

  /** Doubts that only the term can raise. */
  issuesOf(row: ReadRow): CellIssue[] {
    const { term, fields } = this.#input;
    if (!term) return [];
    const isUnknown = this.#named(row).some(({ group }) => group === undefined);
    const isOutside = row.entry !== undefined && (row.entry < term.term.start || row.entry > term.term.end);
    return [
      ...(isUnknown ? [{ column: fields.indexOf('group'), code: 'groupUnknown' as const }] : []),
      ...(isOutside ? [{ column: fields.indexOf('entry'), code: 'outsideTerm' as const }] : []),
    ];
  }

  /**
   * What the enrolment board would warn of, for everyone who was placed; by the index of the row. Everyone of the file
   * counts as enrolled: French alone is not alone where another row names the rest.
   */
  doubts(): Map<number, CellIssue[]> {
    const { term } = this.#input;
    const found = new Map<number, CellIssue[]>();
    if (!term) return found;
    const column = this.#columnOfGroups();
    const note = (row: number, code: DoubtCode) => {
      const before = found.get(row) ?? [];
      if (!before.some((issue) => issue.code === code)) found.set(row, [...before, { column, code }]);
    };
    for (const entries of Map.groupBy(this.#entries, ({ group, from }) => `${group} ${from}`).values()) {
      const [first] = entries;
      const group = first && this.#groups.get(first.group);
      if (!group) continue;
      const others = this.#entries.filter((entry) => entry.group !== group.group);
      const facts = { ...term, enrolments: [...term.enrolments, ...others], occurrences: [] };
      const people = entries.map(({ participant }) => participant);
      const plan = planEnrolment(facts, { group, people, from: first.from });
      entries.forEach(({ row }, index) => {
        for (const { kind } of plan.entries[index]?.concerns ?? []) if (kind !== 'clash') note(row, kind);
        if (plan.places.waiting.length > 0) note(row, 'othersWait');
      });
    }
    return found;
  }

  /** Where something is said of a group: with the name, where the file names none. */
  #columnOfGroups(): number {
    const { fields } = this.#input;
    const columns = (['group', 'familyName', 'fullName', 'firstName'] as const).map((field) =>
      fields.indexOf(field),
    );
    return columns.find((column) => column >= 0) ?? 0;
  }

  unknownGroups(rows: readonly ReadRow[]): Plan['unknownGroups'] {
    if (!this.#input.term) return [];
    const found = new Map<string, { name: string; rows: number }>();
    for (const { key, name } of rows.flatMap((row) => this.#named(row))) {
      if (this.#byName.has(key)) continue;
      found.set(key, { name: found.get(key)?.name ?? name, rows: (found.get(key)?.rows ?? 0) + 1 });
    }
    return [...found].map(([key, one]) => ({ key, ...one }));
  }

  overfull(): Overfull[] {
    return [...this.#people].flatMap(([group, people]) => {
      const capacity = this.#groups.get(group)?.capacity;
      const isTouched = [...this.#placed].some((key) => key.startsWith(`${group} `));
      return capacity !== undefined && people > capacity && isTouched ? [{ group, capacity, people }] : [];
    });
  }
}
