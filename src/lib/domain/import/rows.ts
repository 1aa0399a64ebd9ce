/** From the cells of a row to what it says of a person. */
import type { AdministrativeStatus, Participant } from '../documents.ts';
import { cleanText, partsOf, saysNothing } from './cell-text.ts';
import { orderOfDates, readAge, readBirthYear, readDate, type DateOrder } from './dates.ts';
import type { ColumnFields, ImportField } from './fields.ts';
import { headerKey } from './header-key.ts';
import { isError, type CellIssue, type Reading } from './issues.ts';
import { readLanguages } from './languages.ts';
import { readName, readWholeName, type NameOrder } from './names-read.ts';
import { readCountry, readDepartement } from './places.ts';
import { readStatus } from './statuses.ts';
import type { Aside, Table, TableRow } from './tables.ts';
import { readGender, readPhone, readYesNo } from './values.ts';

/** What a row says; what it does not say is not there. */
export interface RowFacts {
  firstName?: string;
  familyName?: string;
  gender?: Participant['gender'];
  birthYear?: number;
  languages?: string[];
  isFrancophone?: boolean;
  departement?: string;
  country?: string;
  status?: AdministrativeStatus;
  /** Local date. */
  statusFrom?: string;
  /** Name of the person or place that sent them. */
  referrer?: string;
  phone?: string;
  /** Local date, or only that they agreed. */
  consent?: string | true;
  lastContact?: string;
}

export interface ReadRow {
  /** Index among the rows of the table. */
  readonly index: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly aside?: Aside;
  readonly facts: RowFacts;
  /** As they are written, a line each. */
  readonly groups: readonly string[];
  /** Local date of entry in the groups. */
  readonly entry?: string;
  readonly issues: readonly CellIssue[];
}

export interface RowContext {
  readonly fields: ColumnFields;
  /** By column. */
  readonly orders: readonly DateOrder[];
  readonly nameOrder: NameOrder;
  /** Local date. */
  readonly today: string;
}

const dateFields: ReadonlySet<ImportField> = new Set([
  'birth',
  'statusFrom',
  'consent',
  'lastContact',
  'entry',
]);

/** What all rows of a table are read with: how each column writes its dates, which name its header puts first. */
export function rowContext(
  table: Pick<Table, 'headers' | 'rows'>,
  fields: ColumnFields,
  today: string,
): RowContext {
  const orders = fields.map((field, column) =>
    field && dateFields.has(field)
      ? orderOfDates(table.rows.map(({ cells }) => cells[column]?.slice(0, 40) ?? ''))
      : 'dayFirst',
  );
  const header = headerKey(table.headers[fields.indexOf('fullName')] ?? '');
  const isFamilyFirst = /^noms?\b/.test(header) && header !== 'nom complet';
  return { fields, orders, nameOrder: isFamilyFirst ? 'familyFirst' : 'firstFirst', today };
}

/** Reads one row. Never throws, whatever the cells hold; an empty cell says nothing. */
export function readRow({ line, cells, aside }: TableRow, index: number, context: RowContext): ReadRow {
  const facts: RowFacts = {};
  const issues: CellIssue[] = [];
  const groups: string[] = [];
  let entry: string | undefined;

  context.fields.forEach((field, column) => {
    const raw = cells[column] ?? '';
    if (!field || raw === '') return;
    const { text, doubt } = cleanText(raw);
    const dates = { order: context.orders[column] ?? 'dayFirst', today: context.today };
    const take = <Value>(read: Reading<Value>): Value | undefined => {
      const issue = read.issue ?? (read.value === undefined ? undefined : doubt);
      if (issue) issues.push({ column, code: issue });
      return read.value;
    };
    const set = <Key extends keyof RowFacts>(key: Key, value: RowFacts[Key] | undefined) => {
      if (value !== undefined) facts[key] = value;
    };
    switch (field) {
      case 'firstName':
      case 'familyName':
        return set(field, take(readName(raw)));
      case 'fullName': {
        const name = take(readWholeName(raw, context.nameOrder));
        set('firstName', name?.firstName);
        return set('familyName', name?.familyName);
      }
      case 'gender':
        return set('gender', take(readGender(text)));
      case 'birth':
        return set('birthYear', take(readBirthYear(text, dates)));
      case 'age':
        return set('birthYear', take(readAge(text, dates)));
      case 'languages': {
        const read = take(readLanguages(raw));
        if (read) set('languages', [...new Set([...(facts.languages ?? []), ...read])].slice(0, 12));
        return;
      }
      case 'francophone':
        return set('isFrancophone', take(readYesNo(text)));
      case 'departement':
        return set('departement', take(readDepartement(text)));
      case 'country':
        return set('country', take(readCountry(text)));
      case 'status':
        return set('status', take(readStatus(text)));
      case 'statusFrom':
        return set('statusFrom', take(readDate(text, dates)));
      case 'referrer':
        return set('referrer', take(partsOf(text).length ? { value: text } : {}));
      case 'phone':
        return set('phone', take(readPhone(text)));
      case 'consent': {
        const said = readYesNo(text);
        if (said.value !== undefined) return set('consent', take(said) ? true : undefined);
        const date = readDate(text, dates);
        return set('consent', take(date.issue === 'dateUnreadable' ? { issue: 'yesNoUnknown' } : date));
      }
      case 'lastContact':
        return set('lastContact', take(readDate(text, dates)));
      case 'group':
        groups.push(...raw.split(/[\r\n]+/).map((name) => cleanText(name).text));
        if (doubt) issues.push({ column, code: doubt });
        return;
      case 'entry':
        entry = take(readDate(text, dates));
        return;
      default:
        return field satisfies never;
    }
  });

  issues.push(...missingNames(facts, context.fields));
  const named = withOneName(facts);
  return {
    index,
    line,
    cells,
    facts: named,
    groups: [...new Set(groups)].filter((name) => !saysNothing(name)).slice(0, 12),
    issues,
    ...(aside ? { aside } : {}),
    ...(entry ? { entry } : {}),
  };
}

/** Without any name there is no file; with one, it may be all there is. Said where the name should stand. */
function missingNames(facts: RowFacts, fields: ColumnFields): CellIssue[] {
  const missing = (['familyName', 'firstName'] as const).filter((field) => !facts[field]);
  const columns = missing.map((field) => Math.max(fields.indexOf(field), fields.indexOf('fullName'), 0));
  const code = missing.length === 1 ? 'oneName' : 'nameMissing';
  return [...new Set(columns)].map((column) => ({ column, code }));
}

/** Who has one name alone is called by it, whichever column it stands in: as in the registry. */
function withOneName({ firstName, familyName, ...facts }: RowFacts): RowFacts {
  const name = firstName ?? familyName;
  if (name === undefined) return facts;
  return firstName && familyName ? { ...facts, firstName, familyName } : { ...facts, firstName: name };
}

/** Whether the row cannot go in as it stands. */
export const hasError = (row: Pick<ReadRow, 'issues'>) => row.issues.some(({ code }) => isError(code));
