/** Sentences that coordinators typed, as documents: what they say, what of it can be held against what is counted. */
import { withChange } from '../changes.ts';
import type { Author, StatementDocument } from '../documents.ts';
import { statementDocId, type StatementId } from '../ids.ts';
import type { Place } from './evaluate.ts';
import type { Statement } from './statements.ts';

/** What a sentence may say a number of. Its name stands in documents, and so never changes. */
export interface Statable {
  readonly name: string;
  /** Key of a definition, and where. */
  readonly figure: string;
  readonly at: Place;
  readonly inHours?: boolean;
  /** Whether it is a share of something, so that a percentage of it can be said. */
  readonly isShare: boolean;
}

const weekly = ['socioprofessional', 'language', 'digital'] as const;
const [count, ofAll] = [{ isShare: false }, { isShare: true }] as const;

export const statables: readonly Statable[] = [
  { name: 'people', figure: 'people', at: {}, ...count },
  { name: 'peopleEngaged', figure: 'peopleEngaged', at: {}, ...ofAll },
  ...weekly.map((kind) => ({ name: `inscrits-${kind}`, figure: 'inscrits', at: { kind }, ...count })),
  ...weekly.map((kind) => ({ name: `engages-${kind}`, figure: 'engages', at: { kind }, ...ofAll })),
  ...weekly.map((kind) => ({ name: `assidus-${kind}`, figure: 'assidus', at: { kind }, ...ofAll })),
  ...(['woman', 'man'] as const).map((gender) => ({
    ...{ name: `assidus-${gender}`, figure: 'assidus', at: { kind: weekly[0], gender }, ...ofAll },
  })),
  ...weekly.map((kind) => ({ name: `groups-${kind}`, figure: 'groups', at: { kind }, ...count })),
  { name: 'volunteers', figure: 'facilitators', at: { facilitatorKind: 'volunteer' }, ...count },
  { name: 'volunteerHours', figure: 'volunteerHours', at: {}, inHours: true, ...ofAll },
  { name: 'meetings', figure: 'meetings', at: {}, ...ofAll },
];

export type StatementFacts = Pick<
  StatementDocument,
  'period' | 'sentence' | 'where' | 'relation' | 'stated' | 'isPercent'
> & {
  readonly about?: string | undefined;
  readonly of?: number | undefined;
  readonly n?: number | undefined;
};

/** @param before as it stands; `undefined` for a new one */
export function statementDocument(
  statement: StatementId,
  facts: StatementFacts,
  before: StatementDocument | undefined,
  author: Author,
): StatementDocument {
  const { about: _about, of: _of, n: _n, isWithdrawn: _gone, ...was } = before ?? {};
  const said = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const base = { ...author, _id: statementDocId(statement), type: 'statement', v: 1, statement } as const;
  return withChange(before, { ...was, ...base, ...said } as StatementDocument, author);
}

/** It stays, so that what was once said can be found. */
export const withdrawn = (document: StatementDocument, author: Author): StatementDocument =>
  withChange(document, { ...document, isWithdrawn: true }, author);

/** Those of a period that are still said, in the order in which they were typed. */
export const statementsOf = (documents: readonly StatementDocument[], period: string): StatementDocument[] =>
  documents
    .filter((one) => one.period === period && !one.isWithdrawn)
    .sort((a, b) => (typedAt(a) < typedAt(b) ? -1 : 1));

const typedAt = ({ at, changes, statement }: StatementDocument) => `${changes?.[0]?.at ?? at} ${statement}`;

/**
 * What is held against what is counted: of a percentage that says its base too, both the percentage of the figure and
 * whether that base can give it. Of one that is about nothing known here, its base alone; of any other nothing.
 */
export function statementsIn(documents: readonly StatementDocument[]): Statement[] {
  return documents.flatMap(({ statement: id, where, relation, stated, isPercent, about, of, n }) => {
    const said = { id, where, relation, stated };
    const found = statables.find(({ name }) => name === about);
    const statements: Statement[] = [];
    if (found) {
      const { figure: key, at, inHours } = found;
      const about = { ...said, key, at };
      if (!isPercent) statements.push({ ...about, kind: 'number', ...(inHours ? { inHours } : {}) });
      else if (found.isShare) statements.push({ ...about, kind: 'percent' });
    }
    if (isPercent && of !== undefined)
      statements.push({ ...said, kind: 'percentOf', of, ...(n === undefined ? {} : { n }) });
    return statements;
  });
}
