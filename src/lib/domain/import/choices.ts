/** What a coordinator says while an import is checked. */
import type { GroupId } from '../ids.ts';
import type { Policy } from './facts.ts';
import type { GroupChoices } from './group-names.ts';
import type { Identity } from './matching.ts';

/** What a coordinator said so far; by the index of the row. */
export interface Choices {
  readonly identities: Readonly<Record<number, Identity>>;
  /** Left out, or brought back though it looked like nobody. */
  readonly left: Readonly<Record<number, boolean>>;
  /** Rows whose word is taken over the registry's, or not, against the policy. */
  readonly policies: Readonly<Record<number, Policy>>;
  readonly policy: Policy;
  readonly groups: GroupChoices;
  /** For rows that name no group. */
  readonly defaultGroup?: GroupId | undefined;
  readonly whenFull: 'enrol' | 'wait';
}

export const noChoices: Choices = {
  identities: {},
  left: {},
  policies: {},
  policy: 'fill',
  groups: {},
  whenFull: 'enrol',
};
