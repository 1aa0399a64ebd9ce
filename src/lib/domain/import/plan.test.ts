import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  AnyDocument,
  Author,
  Enrolment,
  Group,
  Participant,
  Referrer,
  RosterCard,
  Waiting,
  WorkshopType,
} from '../documents.ts';
import { parseDocument } from '../documents.ts';
import type {
  AccountName,
  DeviceId,
  GroupId,
  OccurrenceId,
  ParticipantId,
  TermCode,
  VenueCode,
  WorkshopTypeCode,
} from '../ids.ts';
import { enrolmentDocId } from '../ids.ts';
import { ofType } from '../of-type.ts';
import { newParticipant, type ParticipantFacts } from '../participants.ts';
import { inTurn } from '../places.ts';
import { walkIn } from '../roster.ts';
import { registryEdits, termEdits, type DocumentEdit } from './batches.ts';
import { noChoices, type Choices } from './choices.ts';
import { recogniseColumns } from './columns.ts';
import { planImport, type Plan, type PlanInput } from './plan.ts';
import { readRow, rowContext } from './rows.ts';
import { findTable } from './tables.ts';
import { workOf } from './work.ts';

const today = '2023-11-20';
const author = (at = '2023-11-20T08:00:00Z'): Author => ({
  at,
  by: 'elise' as AccountName,
  device: 'laptop' as DeviceId,
});

const workshopType = (code: string, kind: WorkshopType['kind'], label: string): WorkshopType => ({
  _id: `workshopType:${code}` as WorkshopType['_id'],
  type: 'workshopType',
  v: 1,
  ...author(),
  workshopType: code as WorkshopTypeCode,
  kind,
  label,
  isMandatory: kind === 'socioprofessional',
  weeklyMinutes: 180,
  countsForAssiduity: true,
  hasOpenRoster: false,
});
const workshopTypes = [
  workshopType('socio', 'socioprofessional', 'Socioprofessionnel'),
  workshopType('french', 'language', 'Linguistique'),
];

const group = (id: string, label: string, capacity?: number, type = 'socio'): Group => ({
  _id: `group:${id}` as Group['_id'],
  type: 'group',
  v: 1,
  ...author(),
  group: id as GroupId,
  workshopType: type as WorkshopTypeCode,
  label,
  venue: 'room' as VenueCode,
  weekday: 1,
  start: '09:30',
  end: '12:30',
  ...(capacity === undefined ? {} : { capacity }),
});
const groups = [
  group('g1', 'Groupe 1', 2),
  group('g2', 'Français A1, groupe 2', undefined, 'french'),
  group('g3', 'Groupe 3'),
];

/** A device of its own: documents by id, as a store holds them. */
class Documents {
  readonly all = new Map<string, AnyDocument>();
  #keys = 0;

  apply(edits: readonly DocumentEdit[]): number {
    let written = 0;
    for (const { id, change } of edits) {
      const next = change(this.all.get(id));
      if (!next) continue;
      written += 1;
      if (!parseDocument(next).ok) throw new Error(`not valid: ${JSON.stringify(next)}`);
      this.all.set(id, next);
    }
    return written;
  }

  input(grid: readonly (readonly string[])[], choices: Partial<Choices> = {}): PlanInput {
    const table = findTable(grid);
    const guesses = recogniseColumns(
      table.headers,
      table.rows.map(({ cells }) => cells),
      today,
    );
    const fields = guesses.map((guess) => guess?.field);
    const context = rowContext(table, fields, today);
    const documents = [...this.all.values()];
    return {
      rows: table.rows.map((row, index) => readRow(row, index, context)),
      fields,
      people: ofType(documents, 'participant') as Participant[],
      referrers: ofType(documents, 'referrer') as Referrer[],
      term: {
        term: { term: 's3' as TermCode, start: '2023-10-02', end: '2023-12-10' },
        groups,
        workshopTypes,
        followedBefore: this.followedBefore,
        enrolments: ofType(documents, 'enrolment') as Enrolment[],
        waiting: ofType(documents, 'waiting') as Waiting[],
        cards: ofType(documents, 'rosterCard') as RosterCard[],
      },
      choices: { ...noChoices, ...choices },
      today,
    };
  }

  plan(grid: readonly (readonly string[])[], choices: Partial<Choices> = {}): Plan {
    return planImport(this.input(grid, choices));
  }

  readonly followedBefore = new Set<ParticipantId>();

  /** What was decided about the rows of the last import: kept with its account. */
  answers: Choices['identities'] = {};

  /** Writes an import; answers how many documents it wrote. */
  import(
    grid: readonly (readonly string[])[],
    choices: Partial<Choices> = {},
    by = author(),
    keyOf = (number: number) => `key${number}`,
  ): number {
    const input = this.input(grid, choices);
    const work = workOf(planImport(input), input, () => keyOf((this.#keys += 1)));
    this.answers = Object.fromEntries(work.identities);
    const registry = this.apply(registryEdits(work.jobs, work.referrers, by));
    const people = ofType(this.all.values(), 'participant') as Participant[];
    const byId = new Map(people.map((person) => [person.participant, person]));
    return registry + this.apply(termEdits(work.jobs, byId, 'initial', by));
  }

  add(id: string, facts: Partial<ParticipantFacts>): void {
    const whole: ParticipantFacts = {
      firstName: '',
      familyName: '',
      gender: 'unknown',
      languages: [],
      isFrancophone: false,
      statusHistory: [],
      ...facts,
    };
    const person = newParticipant(id as ParticipantId, whole, author('2023-09-01T08:00:00Z'));
    this.all.set(person._id, person);
  }

  /** Somebody who came to a meeting without being on its list. */
  walkIn(id: string, firstName: string, familyName?: string): void {
    const occurrence = 'g1.2023-10-02T0930' as OccurrenceId;
    const who = { participant: id as ParticipantId, occurrence, firstName, familyName };
    for (const document of Object.values(walkIn(who, author('2023-10-02T08:00:00Z'))))
      this.all.set(document._id, document);
  }

  people(): Participant[] {
    return ofType(this.all.values(), 'participant') as Participant[];
  }
}

const headers = ['Nom', 'Prénom', 'Sexe', 'Année de naissance', 'Groupe'];
const verdicts = (plan: Plan) => plan.rows.map(({ verdict }) => verdict);

describe('who a row is', () => {
  it('is somebody of the registry with the same name, whatever the order, capitals and accents', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Affoué', familyName: "N'Dri", birthYear: 2001, gender: 'woman' });
    expect(verdicts(here.plan([headers, ['NDRI', 'affoue', 'F', '2001', '']]))).toEqual(['known']);
    expect(verdicts(here.plan([headers, ['Affoué', "N'Dri", 'F', '2001', '']]))).toEqual(['known']);
  });

  it('is asked when the name only resembles', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Mohammad', familyName: 'Ahmadi', birthYear: 1990 });
    const plan = here.plan([headers, ['Ahmady', 'Mohamed', 'H', '1990', '']]);
    expect(plan.rows[0]).toMatchObject({ verdict: 'ask', candidates: ['p1'] });
  });

  it('is asked when one name has two years of birth that a slip may explain', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Hamid', familyName: 'Safi', birthYear: 1990 });
    expect(verdicts(here.plan([headers, ['Safi', 'Hamid', 'H', '1980', '']]))).toEqual(['ask']);
  });

  it('is somebody new under a known name with quite another year of birth', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Hamid', familyName: 'Safi', birthYear: 1991 });
    expect(verdicts(here.plan([headers, ['Safi', 'Hamid', 'H', '1975', '']]))).toEqual(['new']);
  });

  it('is never a file that was merged into another', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Hamid', familyName: 'Safi' });
    const [merged] = here.people();
    if (merged) here.all.set(merged._id, { ...merged, mergedInto: 'p2' as ParticipantId });
    expect(verdicts(here.plan([headers, ['Safi', 'Hamid', 'H', '', '']]))).toEqual(['new']);
  });

  it('two rows of one person, one for each group, make one file and two enrolments', () => {
    const here = new Documents();
    const grid = [
      headers,
      ['Safi', 'Hamid', 'H', '1990', 'Groupe 1'],
      ['SAFI', 'Hamid', 'H', '1990', 'Français A1, groupe 2'],
    ];
    expect(verdicts(here.plan(grid))).toEqual(['new', 'updated']);
    here.import(grid);
    expect(here.people()).toHaveLength(1);
    expect(ofType(here.all.values(), 'enrolment')).toHaveLength(2);
  });

  it('two namesakes in one group are asked about', () => {
    const grid = [headers, ['Safi', 'Hamid', '', '', 'Groupe 1'], ['Safi', 'Hamid', '', '', 'Groupe 1']];
    expect(verdicts(new Documents().plan(grid))).toEqual(['new', 'ask']);
  });

  it('a new person said to be somebody else is noted as such, so that nobody asks again', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Mohammad', familyName: 'Ahmadi' });
    here.import([headers, ['Ahmady', 'Mohamed', 'H', '', '']], { identities: { 0: 'new' } });
    expect(ofType(here.all.values(), 'distinction')).toHaveLength(1);
    expect(ofType(here.all.values(), 'distinction')[0]?.participants).toContain('p1');
  });
});

describe('somebody who came before being on any list', () => {
  const grid = [headers, ['Diallo', 'Fatou', 'F', '1990', 'Groupe 1']];
  const chosen = { identities: { 0: 'w1' as ParticipantId } };

  it.each([['Diallo'], ['D'], [undefined]])('is asked about, never taken for granted: Fatou %s', (family) => {
    const here = new Documents();
    here.walkIn('w1', 'Fatou', family);
    expect(here.plan(grid).rows[0]).toMatchObject({ verdict: 'ask', candidates: ['w1'] });
  });

  it('keeps their card and what they were marked, has a file under the same id, and is enrolled', () => {
    const here = new Documents();
    here.walkIn('w1', 'Fatou', 'D');
    expect(here.plan(grid, chosen).rows[0]).toMatchObject({ verdict: 'new', target: 'w1' });
    here.import(grid, chosen);
    expect(here.people()).toMatchObject([{ participant: 'w1', familyName: 'Diallo', birthYear: 1990 }]);
    expect(ofType(here.all.values(), 'rosterCard')).toMatchObject([
      { participant: 'w1', firstName: 'Fatou', familyName: 'D', isProvisional: false },
    ]);
    expect(ofType(here.all.values(), 'enrolment')).toMatchObject([{ participant: 'w1', group: 'g1' }]);
    expect(here.import(grid)).toBe(0);
  });

  it('two rows of them are asked about once', () => {
    const here = new Documents();
    here.walkIn('w1', 'Fatou', 'Diallo');
    const two = [...grid, ['Diallo', 'Fatou', 'F', '1990', 'Français A1, groupe 2']];
    expect(verdicts(here.plan(two, chosen))).toEqual(['new', 'updated']);
    here.import(two, chosen);
    expect(here.people()).toHaveLength(1);
    expect(ofType(here.all.values(), 'enrolment')).toHaveLength(2);
  });

  it('is somebody else where that is said, and never asked about again', () => {
    const here = new Documents();
    here.walkIn('w1', 'Fatou', 'Diallo');
    here.import(grid, { identities: { 0: 'new' } });
    expect(ofType(here.all.values(), 'rosterCard')).toHaveLength(2);
    expect(ofType(here.all.values(), 'distinction')[0]?.participants).toContain('w1');
  });

  it('speaks French where their card says so and the file says nothing', () => {
    const here = new Documents();
    here.walkIn('w1', 'Fatou', 'Diallo');
    const [card] = ofType(here.all.values(), 'rosterCard');
    if (card) here.all.set(card._id, { ...card, isFrancophone: true });
    here.import(grid, chosen);
    expect(here.people()).toMatchObject([{ isFrancophone: true }]);
  });

  it('with a file is no question: the file tells who they are', () => {
    const here = new Documents();
    here.walkIn('w1', 'Fatou', 'Diallo');
    here.add('w1', { firstName: 'Fatou', familyName: 'Diallo' });
    expect(here.plan(grid).rows[0]).toMatchObject({ target: 'w1', verdict: 'updated' });
  });
});

describe('somebody with one name alone', () => {
  const headers = ['Nom', 'Prénom', 'Année de naissance'];

  it.each([
    ['the first name', ['', 'Farid', '1990'], 0],
    ['the family name', ['FARID', '', '1990'], 1],
  ])('comes in whichever column it stands in: %s', (_, row, empty) => {
    const here = new Documents();
    const plan = here.plan([headers, row]);
    expect(plan.rows[0]).toMatchObject({ verdict: 'new', issues: [{ column: empty, code: 'oneName' }] });
    here.import([headers, row]);
    expect(here.people()).toMatchObject([{ firstName: 'Farid', familyName: '' }]);
  });

  it.each(['Nom et prénom', 'Prénom et nom'])('comes in from one column: %s', (header) => {
    const here = new Documents();
    const grid = [
      [header, 'Année de naissance'],
      ['FARID', '1990'],
    ];
    expect(here.plan(grid).rows[0]?.issues).toEqual([{ column: 0, code: 'oneName' }]);
    here.import(grid);
    expect(here.people()).toMatchObject([{ firstName: 'Farid', familyName: '' }]);
  });

  it('is known again, also as tables for funders write it: as a family name', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Farid', familyName: '', birthYear: 1990 });
    const written = ['family_name', 'first_name', 'birth_year'];
    expect(verdicts(here.plan([written, ['Farid', '', '1990']]))).toEqual(['known']);
    expect(verdicts(here.plan([written, ['', 'Farid', '1990']]))).toEqual(['known']);
  });

  it('may be somebody known by two: that is asked', () => {
    const here = new Documents();
    here.add('p1', { firstName: 'Farid', familyName: 'Noorzai', birthYear: 1990 });
    expect(here.plan([headers, ['', 'Farid', '1990']]).rows[0]).toMatchObject({
      verdict: 'ask',
      candidates: ['p1'],
    });
  });

  it('a row without any name is an error, told in both cells', () => {
    const grid = [
      [...headers, 'Sexe'],
      ['', '', '1990', 'F'],
    ];
    const [row] = new Documents().plan(grid).rows;
    expect(row).toMatchObject({
      verdict: 'error',
      issues: [
        { column: 0, code: 'nameMissing' },
        { column: 1, code: 'nameMissing' },
      ],
    });
  });
});

describe('what a file of the registry takes', () => {
  const grid = [
    ['Nom', 'Prénom', 'Téléphone', 'Département', 'Statut', 'Prescripteur'],
    ['Safi', 'Hamid', '0612345678', '93', 'réfugié', 'Aurore'],
  ];
  const known = { firstName: 'Hamid', familyName: 'Safi', departement: '75' };

  it('is only what was empty', () => {
    const here = new Documents();
    here.add('p1', known);
    const plan = here.plan(grid);
    expect(plan.rows[0]).toMatchObject({ verdict: 'updated' });
    expect(plan.rows[0]?.issues).toContainEqual({ column: 3, code: 'differs' });
    here.import(grid);
    expect(here.people()[0]).toMatchObject({
      departement: '75',
      phone: '06 12 34 56 78',
      statusHistory: [{ status: 'refugee', from: '2023-10-02' }],
    });
    expect(ofType(here.all.values(), 'referrer')).toMatchObject([{ name: 'Aurore' }]);
  });

  it('is the word of the file where a coordinator chose that', () => {
    const here = new Documents();
    here.add('p1', known);
    here.import(grid, { policy: 'replace' });
    expect(here.people()[0]).toMatchObject({ departement: '93' });
  });

  it('keeps what was before in the changes of the file, as imported', () => {
    const here = new Documents();
    here.add('p1', known);
    here.import(grid, { policy: 'replace' });
    expect(here.people()[0]?.changes?.at(-1)).toMatchObject({
      kind: 'imported',
      fields: expect.arrayContaining([{ field: 'departement', before: '75', after: '93' }]),
    });
  });
});

describe('groups', () => {
  const row = (name: string, groupName: string) => [name, 'Hamid', 'H', '', groupName];

  it('are found by their label, with or without that of the workshop, several in one cell', () => {
    const here = new Documents();
    const plan = here.plan([
      headers,
      row('Safi', 'socioprofessionnel groupe 1'),
      row('Rezai', 'GROUPE 1 / Français A1, groupe 2'),
      row('Karimi', 'Français A1, groupe 2, Groupe 1'),
    ]);
    expect(plan.rows.map(({ groups: found }) => found.map(({ group: id }) => id))).toEqual([
      ['g1'],
      ['g1', 'g2'],
      ['g2', 'g1'],
    ]);
    expect(plan.unknownGroups).toEqual([]);
  });

  it('with an unknown name wait for a choice', () => {
    const here = new Documents();
    const grid = [headers, row('Safi', 'Afghans'), row('Rezai', 'afghans')];
    const plan = here.plan(grid);
    expect(plan.unknownGroups).toEqual([{ key: 'afghans', name: 'Afghans', rows: 2 }]);
    expect(plan.rows[0]?.issues).toContainEqual({ column: 4, code: 'groupUnknown' });
    const chosen = here.plan(grid, { groups: { afghans: 'g2' as GroupId } });
    expect(chosen.rows.flatMap((one) => one.groups.map(({ group: id }) => id))).toEqual(['g2', 'g2']);
    expect(here.plan(grid, { groups: { afghans: 'none' } }).rows[0]?.issues).toEqual([]);
  });

  it('that are full are told, and take the rest on their waiting list where that was chosen', () => {
    const here = new Documents();
    const grid = [headers, row('Safi', 'Groupe 1'), row('Rezai', 'Groupe 1'), row('Karimi', 'Groupe 1')];
    expect(here.plan(grid).overfull).toEqual([{ group: 'g1', capacity: 2, people: 3 }]);
    here.import(grid, { whenFull: 'wait' });
    expect(ofType(here.all.values(), 'enrolment')).toHaveLength(2);
    expect(ofType(here.all.values(), 'waiting')).toHaveLength(1);
    expect(here.import(grid, { whenFull: 'wait' })).toBe(0);
    expect(here.import(grid, { whenFull: 'enrol' })).toBe(0);
  });

  it('have the waiting list in the order of the file, marked as the import all the same', () => {
    const here = new Documents();
    const names = ['Zaki', 'Rezai', 'Karimi', 'Ahmadi', 'Safi', 'Noorzai', 'Diallo'];
    const grid = [headers, ...names.map((name) => row(name, 'Groupe 1'))];
    // Two have a place; ids that sort against the file.
    here.import(grid, { whenFull: 'wait' }, author(), (number) => `key${String(99 - number)}`);
    const waiting = ofType(here.all.values(), 'waiting').sort(inTurn);
    const called = new Map(here.people().map((one) => [one.participant, one.familyName]));
    expect(waiting.map(({ participant }) => called.get(participant))).toEqual(names.slice(2));
    for (const one of waiting)
      expect(one).toMatchObject({ at: author().at, changes: [{ kind: 'imported', at: author().at }] });
  });

  it('that somebody left stay left when the same file comes again', () => {
    const here = new Documents();
    const grid = [headers, row('Safi', 'Groupe 1')];
    here.import(grid);
    const [enrolment] = ofType(here.all.values(), 'enrolment');
    if (enrolment) here.all.set(enrolment._id, { ...enrolment, to: '2023-11-01' });
    expect(here.import(grid)).toBe(0);
  });
});

describe('what an entry means is told with the group, as on the enrolment board', () => {
  const line = (name: string, groupName: string) => [name, 'Hamid', 'H', '1990', groupName];
  const french = 'Français A1, groupe 2';
  const doubtsOf = (plan: Plan) => plan.rows.map(({ issues }) => issues.map(({ code }) => code));
  const enrolled = (id: string, groupId: string): Enrolment => ({
    _id: enrolmentDocId(groupId as GroupId, id as ParticipantId),
    type: 'enrolment',
    v: 1,
    ...author('2023-09-20T08:00:00Z'),
    group: groupId as GroupId,
    participant: id as ParticipantId,
    from: '2023-10-02',
  });
  const hamid = { firstName: 'Hamid', familyName: 'Safi', gender: 'man' as const, birthYear: 1990 };

  it('French alone, for somebody who never followed the socioprofessional workshops', () => {
    const plan = new Documents().plan([headers, line('Safi', french)]);
    expect(plan.rows[0]).toMatchObject({ verdict: 'new', issues: [{ column: 4, code: 'frenchAlone' }] });
  });

  it('but not for whom the same file enrols in both, whichever stands first', () => {
    const here = new Documents();
    expect(doubtsOf(here.plan([headers, line('Safi', french), line('Safi', 'Groupe 1')]))).toEqual([[], []]);
    expect(doubtsOf(here.plan([headers, line('Safi', `Groupe 1 / ${french}`)]))).toEqual([[]]);
  });

  it('nor for who follows them already, or did in an earlier term', () => {
    const here = new Documents();
    here.add('p1', hamid);
    const grid = [headers, line('Safi', french)];
    expect(doubtsOf(here.plan(grid))).toEqual([['frenchAlone']]);
    here.followedBefore.add('p1' as ParticipantId);
    expect(doubtsOf(here.plan(grid))).toEqual([[]]);
    here.followedBefore.clear();
    const enrolment = enrolled('p1', 'g3');
    here.all.set(enrolment._id, enrolment);
    expect(doubtsOf(here.plan(grid))).toEqual([[]]);
  });

  it('a second group of one workshop, in the term or in the file', () => {
    const here = new Documents();
    expect(doubtsOf(here.plan([headers, line('Safi', 'Groupe 1'), line('Safi', 'Groupe 3')]))).toEqual([
      ['sameWorkshop'],
      ['sameWorkshop'],
    ]);
    here.add('p1', hamid);
    const enrolment = enrolled('p1', 'g3');
    here.all.set(enrolment._id, enrolment);
    expect(doubtsOf(here.plan([headers, line('Safi', 'Groupe 1')]))).toEqual([['sameWorkshop']]);
    expect(doubtsOf(here.plan([headers, line('Safi', 'Groupe 3')]))).toEqual([[]]);
  });

  it('a place that others wait for', () => {
    const here = new Documents();
    here.import([headers, ...['Rezai', 'Karimi', 'Ahmadi'].map((name) => line(name, 'Groupe 1'))], {
      whenFull: 'wait',
    });
    for (const one of ofType(here.all.values(), 'enrolment').slice(0, 1)) here.all.delete(one._id);
    const plan = here.plan([headers, line('Safi', 'Groupe 1'), line('Ahmadi', 'Groupe 1')]);
    expect(doubtsOf(plan)).toEqual([['othersWait'], []]);
  });

  it('with the name where the file has no groups', () => {
    const grid = [
      ['Année de naissance', 'Nom', 'Prénom'],
      ['1990', 'Safi', 'Hamid'],
    ];
    const plan = new Documents().plan(grid, { defaultGroup: 'g2' as GroupId });
    expect(plan.rows[0]?.issues).toEqual([{ column: 1, code: 'frenchAlone' }]);
  });
});

describe('the same file twice', () => {
  const first = fc.constantFrom(
    'Mohamed',
    'Mohammad',
    'Hamid',
    'Fatou',
    'Fatoumata',
    'Abdul Rahman',
    'Selam',
    'Li',
    '',
  );
  const family = fc.constantFrom('Ahmadi', 'Ahmady', 'Diallo', 'Noorzai', 'El Hadi', "N'Dri", 'Tesfay', '');
  const anyRow = fc
    .tuple(
      family,
      first,
      fc.constantFrom('H', 'F', '', '?'),
      fc.constantFrom('1990', '1991', '1980', '03/02/1985', ''),
      fc.constantFrom('Groupe 1', 'Français A1, groupe 2', 'Inconnu', ''),
      fc.constantFrom('0612345678', '0711223344', ''),
      fc.constantFrom('réfugié', 'DA', ''),
      fc.constantFrom('oui', '01/10/2023', ''),
      fc.constantFrom('Aurore', 'France terre d’asile', ''),
      fc.constantFrom('dari, pachto', 'français', ''),
    )
    .map((cells) => [...cells]);
  const everyHeader = [...headers, 'Téléphone', 'Statut', 'Consentement', 'Prescripteur', 'Langues'];

  it('adds nothing the second time, whatever was decided the first', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 14 }),
        fc.infiniteStream(fc.nat(3)),
        fc.constantFrom('fill' as const, 'replace' as const),
        fc.constantFrom('enrol' as const, 'wait' as const),
        (rows, answers, policy, whenFull) => {
          const here = new Documents();
          here.add('p1', { firstName: 'Mohammad', familyName: 'Ahmadi', birthYear: 1990 });
          here.add('p2', { firstName: 'Fatou', familyName: 'Diallo' });
          here.walkIn('w1', 'Selam', 'Tesfay');
          here.walkIn('w2', 'Hamid');
          const grid = [everyHeader, ...rows];
          const identities: Record<number, Choices['identities'][number]> = {};
          // Every question is answered by chance, as long as there is one.
          for (;;) {
            const asked = here
              .plan(grid, { identities, policy, whenFull })
              .rows.find(({ verdict }) => verdict === 'ask');
            if (!asked) break;
            const answer = answers.next().value ?? 0;
            identities[asked.row.index] = asked.candidates[answer] ?? 'new';
          }
          here.import(grid, { identities, policy, whenFull });
          const again = { identities: here.answers, policy, whenFull };
          expect(here.import(grid, again, author('2023-11-21T08:00:00Z'))).toBe(0);
        },
      ),
      process.env.LONG_SEARCH === '1' ? { numRuns: 5000 } : { numRuns: 120, seed: 20231002 },
    );
  });

  it('writes not a single document, where nobody had to be told apart', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRow, { minLength: 1, maxLength: 12, selector: ([a, b]) => `${a} ${b}` }),
        (rows) => {
          const here = new Documents();
          const grid = [everyHeader, ...rows];
          const plan = here.plan(grid);
          const identities = Object.fromEntries(
            plan.rows
              .filter(({ verdict }) => verdict === 'ask')
              .map(({ row }) => [row.index, 'new' as const]),
          );
          const all = here.plan(grid, { identities }).rows.filter(({ verdict }) => verdict === 'ask');
          fc.pre(all.length === 0);
          here.import(grid, { identities });
          expect(here.import(grid, {}, author('2023-11-21T08:00:00Z'))).toBe(0);
        },
      ),
      process.env.LONG_SEARCH === '1' ? { numRuns: 5000 } : { numRuns: 120, seed: 20231002 },
    );
  });
});
