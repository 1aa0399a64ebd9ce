/** What the annual report of 2023 says of its figures, sentence by sentence and in its table: some of it cannot all be. */
import type { Statement } from '../indicators/statements.ts';
import { publishedYear, termKeys } from './published-year.ts';

const weekly = ['socioprofessional', 'language', 'digital'] as const;

const inTable: readonly Statement[] = termKeys.flatMap((key) =>
  weekly.map((kind): Statement => ({
    ...{ kind: 'number', id: `table.inscrits.${kind}.${key}`, where: 'table', relation: 'exactly' },
    ...{ key: 'inscrits', at: { kind, term: `${key}-2023` } },
    stated: publishedYear[key].inscrits[kind],
  })),
);

const text = (id: string, stated: number, relation: Statement['relation'] = 'exactly') => ({
  ...{ id, stated, relation },
  where: 'text' as const,
});
const socioprofessional = { kind: 'socioprofessional' } as const;

/** People who came at least once, by term. */
const came = { s1: 53, s2: 44, s3: 70 } as const;

export const publishedStatements: readonly Statement[] = [
  { ...text('inscrits', 186), kind: 'number', key: 'inscrits', at: socioprofessional },
  { ...text('french', 65), kind: 'number', key: 'inscrits', at: { kind: 'language' } },
  { ...text('digital', 86), kind: 'number', key: 'inscrits', at: { kind: 'digital' } },
  ...termKeys.map((key): Statement => ({
    ...text(`over60.${key}`, 60, 'moreThan'),
    ...{ kind: 'number', key: 'inscrits', at: { ...socioprofessional, term: `${key}-2023` } },
  })),
  ...termKeys.map((key): Statement => ({
    ...text(`came.${key}`, came[key]),
    ...{ kind: 'number', key: 'peopleEngaged', at: { term: `${key}-2023` } },
  })),
  { ...text('assidus', 73), kind: 'percent', key: 'assidus', at: socioprofessional },
  {
    ...text('assidus.men', 61),
    ...{ kind: 'percent', key: 'assidus', at: { ...socioprofessional, gender: 'man' } },
  },
  {
    ...text('assidus.women', 89),
    ...{ kind: 'percent', key: 'assidus', at: { ...socioprofessional, gender: 'woman' } },
  },
  {
    ...text('volunteers', 50),
    ...{ kind: 'number', key: 'facilitators', at: { facilitatorKind: 'volunteer' } },
  },
  {
    ...text('volunteerHours', 700, 'about'),
    ...{ kind: 'number', key: 'volunteerHours', at: {}, inHours: true },
  },
  { ...text('paris', 60, 'about'), kind: 'percent', key: 'origins', at: { departement: '75' } },
  {
    ...text('francophones', 50, 'moreThan'),
    ...{ kind: 'percent', key: 'origins', at: { speech: 'francophone' } },
  },
  // Follow-up is not counted from attendance: what is printed is held against itself.
  { ...text('followUp.jobsUnder6Months', 64), kind: 'percentOf', n: 29, of: 45 },
  { ...text('followUp.jobs6To12Months', 25), kind: 'percentOf', of: 45 },
  ...inTable,
];
