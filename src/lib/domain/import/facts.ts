/** What the rows of one person change in their file. */
import type { Participant, RosterCard } from '../documents.ts';
import type { ParticipantFacts } from '../participants.ts';
import type { PlanInput } from './plan.ts';
import type { ReadRow, RowFacts } from './rows.ts';

/** An empty field is filled; one that says something else stays, or the file has its way. */
export type Policy = 'fill' | 'replace';

export interface FactsContext {
  readonly policy: Policy;
  /** Local date: when they agreed, where the file says only that they did. */
  readonly today: string;
  /** Local date a status counts from where the file does not say. */
  readonly statusFrom: string;
}

export type FactName = Exclude<keyof RowFacts, 'statusFrom'>;

/** One field where the file and the registry do not say the same. */
interface Difference {
  readonly fact: FactName;
  /** As it stands, in the registry's terms. */
  readonly here: unknown;
  /** As the file has it. */
  readonly there: unknown;
}

export interface FactChanges {
  readonly facts: Partial<Omit<ParticipantFacts, 'referrer'>>;
  /** Name of the person or place to be the referrer. */
  readonly referrer?: string;
  readonly filled: readonly FactName[];
  readonly differs: readonly Difference[];
}

/** Several rows of one person as one: what the first does not say, the next may. */
export function mergeFacts(rows: readonly RowFacts[]): RowFacts {
  const languages = [...new Set(rows.flatMap((row) => row.languages ?? []))];
  const merged: RowFacts = {};
  for (const row of [...rows].reverse()) Object.assign(merged, row);
  return languages.length ? { ...merged, languages } : merged;
}

/** What a card knows of somebody, for a file to say where the rows do not. French is on every card to begin with. */
export const factsOfCard = ({ isFrancophone: speaks, screenLanguage }: RosterCard): RowFacts => ({
  ...(speaks ? { isFrancophone: true } : {}),
  ...(speaks || screenLanguage === 'fr' ? {} : { languages: [screenLanguage] }),
});

const isFrancophone = (said: RowFacts) => said.isFrancophone ?? said.languages?.includes('fr') ?? false;
const consentOf = (said: RowFacts, today: string) => (said.consent === true ? today : said.consent);
const statusEntry = (said: RowFacts, context: FactsContext) =>
  said.status ? { status: said.status as string, from: said.statusFrom ?? context.statusFrom } : undefined;

/** The facts of a new file. A name is there: rows without are errors. */
export function factsOfNew(said: RowFacts, context: FactsContext): Omit<ParticipantFacts, 'referrer'> {
  const { firstName = '', familyName = '', gender = 'unknown', languages = [] } = said;
  const status = statusEntry(said, context);
  const consentAt = consentOf(said, context.today);
  return {
    firstName,
    familyName,
    gender,
    languages,
    isFrancophone: isFrancophone(said),
    statusHistory: status ? [status] : [],
    ...(said.birthYear === undefined ? {} : { birthYear: said.birthYear }),
    ...(said.departement ? { departement: said.departement } : {}),
    ...(said.country ? { country: said.country } : {}),
    ...(consentAt ? { consentAt } : {}),
    ...(said.lastContact ? { lastContact: said.lastContact } : {}),
    ...(said.phone ? { phone: said.phone } : {}),
  };
}

const areEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isEmpty = (value: unknown) =>
  value === undefined || value === 'unknown' || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * What a file of the registry takes from the rows. Names stay as they are: they were matched by it. A date that only
 * stands for « yes » and a status that is known already change nothing, so that reading the same file again does not.
 * @param referrerName of the file as it stands
 */
export function factsToChange(
  person: Participant,
  said: RowFacts,
  context: FactsContext,
  referrerName: string | undefined,
): FactChanges {
  const facts: Partial<Omit<ParticipantFacts, 'referrer'>> = {};
  const filled: FactName[] = [];
  const differs: Difference[] = [];
  const isReplacing = context.policy === 'replace';
  /** Whether the file's word is taken, noted as what it is. */
  const decide = (fact: FactName, here: unknown, there: unknown, canReplace = true): boolean => {
    if (isEmpty(there) || areEqual(here, there)) return false;
    if (isEmpty(here)) filled.push(fact);
    else differs.push({ fact, here, there });
    return isEmpty(here) || (isReplacing && canReplace);
  };
  for (const fact of ['gender', 'birthYear', 'departement', 'country', 'phone', 'lastContact'] as const) {
    const there = said[fact];
    if (decide(fact, person[fact], there)) Object.assign(facts, { [fact]: there });
  }
  const { languages } = said;
  if (languages && !languages.every((code) => person.languages.includes(code)))
    if (decide('languages', person.languages, languages)) facts.languages = languages;
  if (said.isFrancophone !== undefined && decide('isFrancophone', person.isFrancophone, said.isFrancophone))
    facts.isFrancophone = said.isFrancophone;
  if (said.consent === true ? person.consentAt === undefined : said.consent)
    if (decide('consent', person.consentAt, consentOf(said, context.today)))
      facts.consentAt = consentOf(said, context.today);
  const status = statusEntry(said, context);
  const known = person.statusHistory.at(-1)?.status;
  const isKnown = person.statusHistory.some((entry) => entry.status === status?.status);
  if (status && !isKnown && decide('status', known, status.status))
    facts.statusHistory = [...person.statusHistory, status].sort((a, b) => (a.from < b.from ? -1 : 1));
  const takesReferrer = decide('referrer', referrerName?.toLowerCase(), said.referrer?.toLowerCase());
  return {
    facts,
    filled,
    differs,
    ...(takesReferrer && said.referrer ? { referrer: said.referrer } : {}),
  };
}

/** How the facts of a row are taken. */
export const factsContext = ({ choices, today, term }: PlanInput, row: ReadRow): FactsContext => ({
  policy: choices.policies[row.index] ?? choices.policy,
  today,
  statusFrom: row.entry ?? term?.term.start ?? today,
});
