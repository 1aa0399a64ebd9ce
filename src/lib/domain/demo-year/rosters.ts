/** Who is enrolled in which group: sizes as published, nobody in two rooms at once. */
import { publishedYear } from './published-year.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { clash, type GroupPlan, type TermPlan } from './timetable.ts';

export type Rosters = ReadonlyMap<GroupPlan, readonly Person[]>;

/** How well a person fits a socioprofessional group: by the language it is held in. */
function fits(person: Person, group: GroupPlan): boolean {
  if (group.language === 'fa-AF') return person.country === 'AF';
  if (group.language === 'en') return !person.isFrancophone;
  return true;
}

const choosiness = ({ language }: GroupPlan) => ['fr', 'en', 'fa-AF'].indexOf(language);

/**
 * Fills the groups of one kind, the choosiest first. `people` come in the order of preference; whoever clashes with a
 * group they are in already is tried for another one.
 */
function fill(
  groups: readonly GroupPlan[],
  people: readonly Person[],
  isFit: (person: Person, group: GroupPlan) => boolean,
  rosters: Map<GroupPlan, Person[]>,
): void {
  const groupsOf = new Map<Person, GroupPlan[]>();
  for (const [group, roster] of rosters)
    for (const person of roster) groupsOf.set(person, [...(groupsOf.get(person) ?? []), group]);
  const waiting = new Set(people);
  const choosy = [...groups].sort((a, b) => choosiness(b) - choosiness(a));
  for (const group of choosy) {
    const roster: Person[] = [];
    for (const isStrict of [true, false])
      for (const person of waiting) {
        if (roster.length === group.size) break;
        if (isStrict && !isFit(person, group)) continue;
        if ((groupsOf.get(person) ?? []).some((other) => clash(other, group))) continue;
        roster.push(person);
        waiting.delete(person);
      }
    if (roster.length < group.size) throw new Error(`not enough people are free for ${group.label}`);
    rosters.set(group, roster);
  }
}

const courses = ['assidu', 'engaged', 'never'] as const;

/** The rosters of a term. Those who never came are enrolled in the mandatory workshop, seldom in another. */
export function rostersOf(plan: TermPlan, people: readonly Person[], random: Random): Rosters {
  const rosters = new Map<GroupPlan, Person[]>();
  const ofKind = (kind: GroupPlan['kind']) => plan.groups.filter((group) => group.kind === kind);
  const shuffled = random.shuffled(people);
  const willing = [...shuffled].sort((a, b) => courses.indexOf(a.course) - courses.indexOf(b.course));
  const learners = willing.filter((person) => !person.isFrancophone);
  const anyGroup = () => true;

  fill(ofKind('socioprofessional'), shuffled, fits, rosters);
  // The published number of learners first, whatever their sizes add up to.
  fill(
    ofKind('language'),
    learners.slice(0, publishedYear[plan.key].inscrits.language + 2),
    anyGroup,
    rosters,
  );
  fill(ofKind('conversation'), learners, anyGroup, rosters);
  fill(
    ofKind('digital'),
    random.shuffled(willing.filter(({ course }) => course !== 'never')),
    anyGroup,
    rosters,
  );
  fill(ofKind('practical'), willing, anyGroup, rosters);
  return rosters;
}
