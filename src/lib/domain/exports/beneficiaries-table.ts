/** The list of beneficiaries as a table, with the columns that ESF+ and FAMI ask for. */
import { workshopKinds } from '../documents/commons.ts';
import { familyNameOf } from '../names.ts';
import type { Beneficiary } from './beneficiaries.ts';
import { tableOf, type Cell, type Described, type ExportTable } from './table.ts';

/** Stands where a funder asks for what the site does not hold: it is never guessed. */
export const toComplete = 'toComplete';

type Columns = Readonly<Record<string, Described<Beneficiary>>>;

const orToComplete = (cell: Cell): Cell => (cell === undefined || cell === '' ? toComplete : cell);

/** Why somebody left, as others may read it: health is nobody's business (programme, privacy). */
const exitReason = ({ exitReason: reason }: Beneficiary): Cell => (reason === 'health' ? 'personal' : reason);

/** Known of those alone who left for a job; of those who are there, there is none yet. */
function situationAtExit({ exit, exitReason: reason }: Beneficiary): Cell {
  if (exit === 'ongoing') return undefined;
  return reason === 'job' ? 'job' : toComplete;
}

const inHours = (minutes: number) => Math.round((minutes / 60) * 100) / 100;

const identity: Columns = {
  participant_id: ['id', ({ participant }) => participant],
  family_name: ['text', ({ file }) => orToComplete(file && (familyNameOf(file) || file.firstName))],
  first_name: ['text', ({ file }) => (file ? (familyNameOf(file) ? file.firstName : undefined) : toComplete)],
  gender: ['code', ({ file }) => orToComplete(file?.gender === 'unknown' ? undefined : file?.gender)],
  birth_date: ['code', () => toComplete, 'own'],
  birth_year: ['birthYear', ({ file }) => orToComplete(file?.birthYear)],
  age_at_entry: [
    'number',
    ({ file, enteredOn }) =>
      file?.birthYear === undefined ? toComplete : Number(enteredOn.slice(0, 4)) - file.birthYear,
    'own',
  ],
  country: ['few', ({ file }) => orToComplete(file?.country)],
  departement: ['few', ({ file }) => orToComplete(file?.departement)],
  commune: ['code', () => toComplete, 'own'],
  status_at_entry: ['few', ({ status }) => orToComplete(status === 'unknown' ? undefined : status)],
  employment_at_entry: ['code', () => toComplete, 'own'],
  education: ['code', () => toComplete, 'own'],
};

const stay: Columns = {
  enrolled_on: ['date', ({ enrolledOn }) => enrolledOn],
  entered_on: ['date', ({ enteredOn }) => enteredOn],
  left_on: ['date', ({ leftOn }) => leftOn],
  exit: ['code', ({ exit }) => exit],
  exit_reason: ['code', exitReason],
  situation_at_exit: ['code', situationAtExit],
};

const received: Columns = Object.fromEntries(
  workshopKinds.map((kind): [string, Described<Beneficiary>] => [
    `hours_${kind}`,
    ['number', ({ minutes }) => inHours(minutes[kind] ?? 0)],
  ]),
);

export const beneficiariesTable = (all: readonly Beneficiary[]): ExportTable =>
  tableOf(
    'beneficiaries',
    {
      ...identity,
      ...stay,
      ...received,
      minutes_total: ['number', ({ minutes }) => Object.values(minutes).reduce((sum, some) => sum + some, 0)],
      consent_on: ['date', ({ file }) => file?.consentAt, 'own'],
    },
    all,
  );
