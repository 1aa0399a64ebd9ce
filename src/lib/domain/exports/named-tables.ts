/** The tables of attendance for the team itself: with who people are, and their names beside their ids. */
import { familyNameOf, fullName } from '../names.ts';
import type { SiteDocuments } from '../indicators/site-reading.ts';
import { ofType } from '../of-type.ts';
import { attendanceTables, heldIn } from './attendance-tables.ts';
import { tableOf, type Cell, type ExportTable } from './table.ts';

/** One row a file: who somebody is, and what the file says of them. Those merged into another one are there too. */
function peopleTable({ registry }: SiteDocuments): ExportTable {
  return tableOf(
    'participants',
    {
      participant_id: ['id', (one) => one.participant],
      first_name: ['text', (one) => one.firstName],
      family_name: ['text', familyNameOf],
      gender: ['code', (one) => one.gender],
      birth_year: ['birthYear', (one) => one.birthYear],
      languages: ['few', (one) => one.languages.join(' ')],
      is_francophone: ['yesNo', (one) => one.isFrancophone],
      departement: ['few', (one) => one.departement],
      country: ['few', (one) => one.country],
      status: ['few', (one) => one.statusHistory.at(-1)?.status],
      phone: ['text', (one) => one.phone],
      consent_on: ['date', (one) => one.consentAt, 'own'],
      last_contact_on: ['date', (one) => one.lastContact, 'own'],
      merged_into: ['id', (one) => one.mergedInto],
    },
    ofType(registry, 'participant'),
  );
}

/** The same table with one more column at its end, said of an id in it; as it is where it has no such id. */
function beside(table: ExportTable, name: string, of: string, said: ReadonlyMap<Cell, string>): ExportTable {
  const at = table.columns.findIndex((column) => column.name === of);
  if (at < 0 || table.columns.some((column) => column.name === name)) return table;
  return {
    ...table,
    columns: [...table.columns, { name, type: 'text' }],
    rows: table.rows.map((row) => [...row, said.get(row[at])]),
  };
}

/** Every table of {@link attendanceTables}, under the same names and columns, and what tells who is meant. */
export function namedTables(documents: SiteDocuments): ExportTable[] {
  const groups = heldIn(documents, 'group');
  const labels = new Map<Cell, string>(groups.map(({ group, label }) => [group, label]));
  const groupOf = new Map<Cell, string>(
    heldIn(documents, 'occurrence').map(({ occurrence, group }) => [occurrence, labels.get(group) ?? '']),
  );
  const names = new Map<Cell, string>([
    ...heldIn(documents, 'rosterCard').map((card) => [card.participant, fullName(card)] as const),
    ...ofType(documents.registry, 'participant').map((file) => [file.participant, fullName(file)] as const),
  ]);
  const team = new Map<Cell, string>(
    heldIn(documents, 'volunteer').map(({ volunteer, name }) => [volunteer, name]),
  );
  return attendanceTables(documents).map((table) => {
    if (table.name === 'participants') return peopleTable(documents);
    const grouped =
      table.name === 'groups'
        ? table
        : beside(beside(table, 'group', 'group_id', labels), 'group', 'occurrence_id', groupOf);
    return beside(beside(grouped, 'name', 'participant_id', names), 'name', 'volunteer_id', team);
  });
}
