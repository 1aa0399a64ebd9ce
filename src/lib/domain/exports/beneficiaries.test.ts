import { describe, expect, it } from 'vitest';
import { enrol, leave } from '../enrolments.ts';
import { noteExit } from '../exits.ts';
import type {
  AnyDocument,
  Author,
  Group,
  Mark,
  Occurrence,
  Participant,
  RosterCard,
  Term,
} from '../documents.ts';
import type { ExitReason } from '../documents.ts';
import { occurrenceId, type GroupId, type ParticipantId, type TermCode } from '../ids.ts';
import type { SiteDocuments } from '../indicators/site-reading.ts';
import { answer } from '../roll-call.ts';
import { standardWorkshopTypes } from '../standard-programme.ts';
import { beneficiariesOf, type Beneficiary } from './beneficiaries.ts';
import { beneficiariesTable, toComplete } from './beneficiaries-table.ts';

const author = { at: '2023-02-01T08:00:00.000Z', by: 'elise', device: 'desk' } as Author;
const base = { v: 1, ...author };
const group = 'g1' as GroupId;
const term = 's1-2023' as TermCode;
const person = (name: string) => name as ParticipantId;
const dates = ['2023-02-06', '2023-02-13', '2023-02-20', '2023-02-27'];

const termDocument = {
  ...{ ...base, _id: `term:${term}`, type: 'term', term, label: 'S1.23', weeks: 4, daysOff: [] },
  ...{ start: '2023-02-06', end: '2023-03-05', state: 'closed' },
} as unknown as Term;
const groupDocument = {
  ...{ ...base, _id: 'group:g1', type: 'group', group, workshopType: 'language', label: 'Français A1' },
  ...{ venue: 'amarres', weekday: 1, start: '10:00', end: '12:30' },
} as unknown as Group;
const meetings = dates.map(
  (date, week) =>
    ({
      ...{ ...base, _id: `occurrence:g1.${date}`, type: 'occurrence', group, date, week: week + 1 },
      ...{ occurrence: occurrenceId(group, date, '10:00'), start: '10:00', end: '12:30' },
      ...{ venue: 'amarres', state: 'held' },
    }) as unknown as Occurrence,
);
const file = (name: string, more: Partial<Participant> = {}): Participant =>
  ({
    ...{ ...base, _id: `participant:${name}`, type: 'participant', participant: name, firstName: name },
    ...{ familyName: 'Noor', gender: 'woman', birthYear: 1990, languages: [], isFrancophone: false },
    ...{ statusHistory: [], consentAt: '2023-02-01', ...more },
  }) as unknown as Participant;
const card = (name: string, isProvisional = false) =>
  ({
    ...{ ...base, _id: `rosterCard:${name}`, type: 'rosterCard', participant: name, firstName: name },
    ...{ sortKey: name, screenLanguage: 'fr', isFrancophone: false, isProvisional },
  }) as unknown as RosterCard;
const came = (name: string, ...weeks: number[]): Mark[] =>
  weeks.map((week) => {
    const occurrence = occurrenceId(group, dates[week - 1] ?? '', '10:00');
    return answer(undefined, { occurrence, participant: person(name), status: 'present' }, author) as Mark;
  });
const enrolled = (name: string, from = '2023-02-06') =>
  enrol(undefined, { group, participant: person(name), from }, author);

const siteOf = (registry: AnyDocument[], ofTerm: AnyDocument[]): SiteDocuments => ({
  commons: standardWorkshopTypes(author),
  registry,
  terms: [[termDocument, groupDocument, ...meetings, ...ofTerm]],
});
function listOf(documents: SiteDocuments, today = '2023-04-01', to?: string) {
  const scope = to === undefined ? undefined : ({ kind: 'period', from: '2023-01-01', to } as const);
  return beneficiariesOf(documents, scope, today);
}
const only = (all: readonly Beneficiary[]): Beneficiary => {
  if (all.length !== 1 || !all[0]) throw new Error(`${all.length} beneficiaries`);
  return all[0];
};

describe('a beneficiary', () => {
  it('enters on the first day of having come, whatever the day of enrolment, and leaves with the term', () => {
    const { all } = listOf(
      siteOf([file('amina')], [card('amina'), enrolled('amina'), ...came('amina', 2, 3)]),
    );
    expect(only(all)).toMatchObject({
      ...{ enrolledOn: '2023-02-06', enteredOn: '2023-02-13', leftOn: '2023-03-05', exit: 'termEnd' },
      minutes: { language: 300 },
    });
  });

  it('is still there while the term goes on, and at the end of a period that ends before', () => {
    const site = siteOf([file('amina')], [card('amina'), enrolled('amina'), ...came('amina', 1)]);
    for (const one of [listOf(site, '2023-03-05').all, listOf(site, '2023-06-01', '2023-02-28').all])
      expect(only(one)).toMatchObject({ leftOn: undefined, exit: 'ongoing' });
    expect(only(listOf(site, '2023-03-06').all).leftOn).toBe('2023-03-05');
  });

  it('leaves on the last day in the last group, with the reason in words that tell nothing of health', () => {
    const gone = leave(enrolled('amina'), '2023-02-14', author);
    const because = (reason: ExitReason) =>
      noteExit(undefined, { term, group, participant: person('amina'), date: '2023-02-14', reason }, author);
    const rowFor = (reason: ExitReason) => {
      const site = siteOf([file('amina'), because(reason)], [card('amina'), gone, ...came('amina', 1)]);
      const table = beneficiariesTable(listOf(site).all);
      const cell = (name: string) => table.rows[0]?.[table.columns.findIndex((one) => one.name === name)];
      return ['left_on', 'exit', 'exit_reason', 'situation_at_exit'].map(cell);
    };
    expect(rowFor('health')).toEqual(['2023-02-14', 'left', 'personal', toComplete]);
    expect(rowFor('job')).toEqual(['2023-02-14', 'left', 'job', 'job']);
  });

  it('is one, and under one name, where two files became one', () => {
    const site = siteOf(
      [file('amina'), file('amina2', { mergedInto: person('amina') })],
      [card('amina'), enrolled('amina'), ...came('amina', 2), ...came('amina2', 1)],
    );
    expect(only(listOf(site).all)).toMatchObject({
      ...{ participant: 'amina', enteredOn: '2023-02-06', minutes: { language: 300 } },
    });
  });

  it('has the status that was theirs on the day of entry', () => {
    const history = [
      { status: 'refugee', from: '2023-02-20' },
      { status: 'asylumSeeker', from: '2022-05-01' },
    ];
    const site = siteOf(
      [file('amina', { statusHistory: history })],
      [card('amina'), enrolled('amina'), ...came('amina', 1)],
    );
    expect(only(listOf(site).all).status).toBe('asylumSeeker');
  });
});

describe('no beneficiary, and counted', () => {
  it('is who is enrolled and never came, and who nobody has validated', () => {
    const { all, neverCame, provisional } = listOf(
      siteOf([file('amina')], [card('amina'), enrolled('amina'), card('sami', true), ...came('sami', 1)]),
    );
    expect([all.length, neverCame, provisional]).toEqual([0, 1, 1]);
  });
});

it.each(['', '—'])(
  'whose family name is « %s » in the file is listed under the one name there is',
  (familyName) => {
    const site = siteOf(
      [file('Fatou', { familyName })],
      [card('Fatou'), enrolled('Fatou'), ...came('Fatou', 1)],
    );
    const table = beneficiariesTable(listOf(site).all);
    const named = (column: string) => table.rows[0]?.[table.columns.findIndex(({ name }) => name === column)];
    expect([named('family_name'), named('first_name')]).toEqual(['Fatou', undefined]);
  },
);

it('asks for what is not known rather than guessing it', () => {
  const { birthYear: _none, ...unknown } = file('amina', { gender: 'unknown' });
  const site = siteOf([unknown as Participant], [card('amina'), enrolled('amina'), ...came('amina', 1)]);
  const table = beneficiariesTable(listOf(site).all);
  const missing = table.columns.flatMap(({ name }, at) => (table.rows[0]?.[at] === toComplete ? [name] : []));
  expect(missing).toEqual([
    ...['gender', 'birth_date', 'birth_year', 'age_at_entry', 'country', 'departement', 'commune'],
    ...['status_at_entry', 'employment_at_entry', 'education', 'situation_at_exit'],
  ]);
});
