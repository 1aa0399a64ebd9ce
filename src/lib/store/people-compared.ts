/** Two files side by side: what each says, where they differ, what a merge would move. Pure. */
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Participant } from '../domain/documents.ts';
import {
  chosenFields,
  type ChosenField,
  type MergePlan,
  type PlannedChange,
} from '../domain/person-merge.ts';
import type { KnownPerson } from './people.ts';

/** What a file, or else a card, says of these fields. */
const factsShown = ({ file, firstName, familyName, cards }: KnownPerson): Partial<Participant> =>
  file ?? {
    firstName,
    ...(familyName === undefined ? {} : { familyName }),
    ...(cards[0] ? { isFrancophone: cards[0].card.isFrancophone } : {}),
  };

const isSaid = (value: unknown) => value !== undefined && value !== '' && value !== 'unknown';

export interface ComparedField {
  readonly field: ChosenField;
  readonly kept: unknown;
  readonly absorbed: unknown;
  /** Both say something, and not the same: somebody chooses. */
  readonly isToChoose: boolean;
  readonly isDifferent: boolean;
}

/** The fields that at least one of the two says something in. */
export function comparedFields(kept: KnownPerson, absorbed: KnownPerson): ComparedField[] {
  const [one, other] = [factsShown(kept), factsShown(absorbed)];
  // A walk-in's card says no more than a name: nothing else is chosen from it.
  const fields = absorbed.file ? chosenFields : (['firstName', 'familyName'] as const);
  return fields.flatMap((field): ComparedField[] => {
    const [a, b] = [one[field], other[field]];
    if (!isSaid(a) && !isSaid(b)) return [];
    const isDifferent = canonicalJson(a ?? null) !== canonicalJson(b ?? null);
    const isToChoose = isDifferent && isSaid(a) && isSaid(b) && absorbed.file !== undefined;
    return [{ field, kept: a, absorbed: b, isDifferent, isToChoose: isToChoose || isCardChoice() }];
    /** Of two provisional cards the name is chosen, as a whole. */
    function isCardChoice() {
      return field === 'firstName' && isDifferent && !kept.file && !absorbed.file;
    }
  });
}

/** How much of each kind moves from the absorbed person, term by term. */
export interface MovedInTerm {
  readonly database: string;
  readonly enrolments: number;
  readonly marks: number;
  readonly waiting: number;
  readonly hasCard: boolean;
}

export function movedIn(plan: MergePlan, absorbed: string): MovedInTerm[] {
  const gone = plan.changes.filter(
    ({ before, after }) => before && !after && (before as { participant?: string }).participant === absorbed,
  );
  const count = (changes: readonly PlannedChange[], type: string) =>
    changes.filter(({ before }) => before?.type === type).length;
  return [...Map.groupBy(gone, ({ database }) => database)]
    .map(([database, changes]) => ({
      database,
      enrolments: count(changes, 'enrolment'),
      marks: count(changes, 'mark'),
      waiting: count(changes, 'waiting'),
      hasCard: count(changes, 'rosterCard') > 0,
    }))
    .filter(({ enrolments, marks, waiting, hasCard }) => enrolments + marks + waiting > 0 || hasCard);
}
