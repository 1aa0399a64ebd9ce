/** How a term went for one person: what was answered at each occurrence due, so that they are assidu, or are not. */
import { lastOnes } from '../assiduity.ts';
import type { ExcuseReason, ExitReason, MarkStatus } from '../documents.ts';
import { excuseReasons, exitReasons } from '../documents/term.ts';
import type { Course } from './published-year.ts';
import type { Random } from './random.ts';

export interface PlannedAnswer {
  readonly status: MarkStatus;
  readonly reason?: ExcuseReason;
  /** Late: minutes after the start. Gone early: minutes before the end. */
  readonly minutes?: number;
}

export interface PlannedCourse {
  /** One for each occurrence due; `undefined` where the person is not on the list: before the entry, after the exit. */
  readonly answers: readonly (PlannedAnswer | undefined)[];
  /** Place of the first occurrence after the entry, when that was late. */
  readonly entersAt: number;
  /** Place of the last occurrence before the exit, and its reason. */
  readonly leavesAfter?: { readonly place: number; readonly reason: ExitReason };
}

/** Someone who is there: mostly on time; never so late, nor gone so early, that half of it is missed. */
export function presence(random: Random): PlannedAnswer {
  const chance = random.fraction();
  if (chance < 0.1) return { status: 'late', minutes: random.between(4, 38) };
  if (chance < 0.13) return { status: 'leftEarly', minutes: random.between(15, 50) };
  return { status: 'present' };
}

export function absence(random: Random): PlannedAnswer {
  if (!random.chance(0.45)) return { status: 'absent' };
  return random.chance(0.8)
    ? { status: 'excused', reason: random.pick(excuseReasons) }
    : { status: 'excused' };
}

/** `count` places out of those from 0 to `limit`. */
const placesAmong = (limit: number, count: number, random: Random) =>
  new Set(random.shuffled(Array.from({ length: limit }, (_, place) => place)).slice(0, count));

const range = (length: number) => Array.from({ length }, (_, place) => place);

/** More than half, and there at the end. */
function assiduCourse(due: number, random: Random): PlannedCourse {
  const half = Math.floor(due / 2);
  const count = due - Math.floor(random.fraction() ** 2 * (due - half));
  const there = placesAmong(due, count, random);
  const end = due - lastOnes(due);
  if (![...there].some((place) => place >= end)) {
    const [earliest] = there;
    if (earliest !== undefined) there.delete(earliest);
    there.add(random.between(end, due - 1));
  }
  const entersAt = !there.has(0) && random.chance(0.4) ? 1 : 0;
  const answers = range(due).map((place) => {
    if (place < entersAt) return undefined;
    return there.has(place) ? presence(random) : absence(random);
  });
  return { answers, entersAt };
}

/** Came, but not assidu: too seldom, exactly half, not at the end, or left before it. */
function engagedCourse(due: number, random: Random): PlannedCourse {
  const end = due - lastOnes(due);
  const half = Math.floor(due / 2);
  const reason = random.pick(exitReasons);
  const way = random.pick(['seldom', 'half', 'stopped', 'left'] as const);
  const build = (there: ReadonlySet<number>, leavesAfter?: number): PlannedCourse => {
    const answers = range(due).map((place) => {
      if (leavesAfter !== undefined && place > leavesAfter) return undefined;
      return there.has(place) ? presence(random) : absence(random);
    });
    if (leavesAfter === undefined) return { answers, entersAt: 0 };
    return { answers, entersAt: 0, leavesAfter: { place: leavesAfter, reason } };
  };
  switch (way) {
    case 'seldom':
      return build(placesAmong(due, random.between(1, half), random));
    case 'half':
      return build(new Set([...placesAmong(due - 1, half - 1, random), due - 1]));
    case 'stopped': {
      const there = placesAmong(end, random.between(1, end), random);
      const last = Math.max(...there);
      return random.chance(0.5) ? build(there, Math.min(last + 1, due - 2)) : build(there);
    }
    case 'left':
      return build(placesAmong(due - 1, random.between(half, due - 2), random), due - 2);
    default:
      return way satisfies never;
  }
}

/** Enrolled, and never came. */
function neverCourse(due: number, random: Random): PlannedCourse {
  const leaves = random.chance(0.6) ? random.between(1, 3) : undefined;
  const answers = range(due).map((place) =>
    leaves !== undefined && place > leaves ? undefined : absence(random),
  );
  if (leaves === undefined) return { answers, entersAt: 0 };
  return { answers, entersAt: 0, leavesAfter: { place: leaves, reason: random.pick(exitReasons) } };
}

/** @param due how many occurrences will have been held, by the end of the term */
export function courseOf(course: Course, due: number, random: Random): PlannedCourse {
  if (course === 'assidu') return assiduCourse(due, random);
  return course === 'engaged' ? engagedCourse(due, random) : neverCourse(due, random);
}

/** How often someone comes to the workshops they need not come to. */
export const likelihoodOf = (course: Course) => ({ assidu: 0.84, engaged: 0.5, never: 0 })[course];
