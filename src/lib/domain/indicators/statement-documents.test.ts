import { describe, expect, it } from 'vitest';
import { parseDocument, type Author } from '../documents.ts';
import type { AccountName, DeviceId, StatementId } from '../ids.ts';
import { readSentence } from './read-sentence.ts';
import {
  statables,
  statementDocument,
  statementsIn,
  statementsOf,
  withdrawn,
  type StatementFacts,
} from './statement-documents.ts';
import { differingStatements } from './statements.ts';
import { definitionOf } from './definitions.ts';

const author: Author = {
  at: '2024-01-15T10:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const facts: StatementFacts = {
  ...{ period: '2023', sentence: '57 % de 76 inscrits', stated: 57, isPercent: true, of: 76 },
  where: 'text',
  relation: 'exactly',
  about: 'assidus-socioprofessional',
};
const made = statementDocument('s1' as StatementId, facts, undefined, author);

describe('a sentence that was typed', () => {
  it('is a document that keeps what happened to it, and can be taken off the list', () => {
    expect(parseDocument(made)).toMatchObject({ ok: true });
    const later = { ...author, at: '2024-01-16T10:00:00.000Z' };
    const edited = statementDocument(
      's1' as StatementId,
      { ...facts, stated: 75, about: undefined },
      made,
      later,
    );
    expect(edited).toMatchObject({ stated: 75, changes: [{ kind: 'created' }, { kind: 'edited' }] });
    expect('about' in edited).toBe(false);
    const gone = withdrawn(edited, later);
    expect(statementsOf([gone], '2023')).toEqual([]);
    expect(statementsOf([made], '2023')).toEqual([made]);
    expect(statementsOf([made], 's1-2023')).toEqual([]);
  });

  it('is held against its figure and against its own base', () => {
    expect(statementsIn([made])).toMatchObject([
      { kind: 'percent', key: 'assidus', at: { kind: 'socioprofessional' }, stated: 57 },
      { kind: 'percentOf', of: 76, stated: 57 },
    ]);
    expect(statementsIn([{ ...made, about: 'of a newer app', isPercent: false }])).toEqual([]);
  });

  it('may be about figures that are counted, where they are counted', () => {
    for (const { figure, at, isShare } of statables) {
      const { by, reading } = definitionOf(figure);
      const names = Object.keys(at);
      expect(
        by.some(
          (split) => split.length === names.length && names.every((each) => split.includes(each as never)),
        ),
      ).toBe(true);
      expect([figure, reading === 'share']).toEqual([figure, isShare]);
    }
  });
});

describe('two sentences about the same', () => {
  const said = (id: string, where: 'text' | 'table', stated: number) =>
    ({
      id,
      where,
      stated,
      relation: 'exactly',
      kind: 'number',
      key: 'inscrits',
      at: { kind: 'language' },
    }) as const;

  it('contradict one another where their numbers differ', () => {
    expect(differingStatements([said('a', 'text', 65), said('b', 'table', 82)])).toEqual([
      {
        ...{ key: 'statementsDiffer', statement: 'a', where: 'text', stated: 65 },
        ...{ other: 'b', otherWhere: 'table', otherStated: 82 },
      },
    ]);
    expect(differingStatements([said('a', 'text', 65), said('b', 'table', 65)])).toEqual([]);
  });
});

it('reads the number of a sentence, its base, and how roughly it is said', () => {
  expect(readSentence('57 % de 76 inscrits')).toEqual({
    relation: 'exactly',
    isPercent: true,
    stated: 57,
    of: 76,
  });
  expect(readSentence('29 personnes sur 45')).toMatchObject({ stated: 29 });
  expect(readSentence('29 sur 45, soit 64\u202F%')).toMatchObject({
    stated: 64,
    n: 29,
    of: 45,
    isPercent: true,
  });
  expect(readSentence('près de 1 520 heures')).toEqual({ relation: 'about', isPercent: false, stated: 1520 });
  expect(readSentence('plus de 60 personnes')).toMatchObject({ relation: 'moreThan', stated: 60 });
  expect(readSentence('25% of the 45 jobs')).toMatchObject({ stated: 25, of: 45 });
  expect(readSentence('rien')).toEqual({ relation: 'exactly', isPercent: false });
});
