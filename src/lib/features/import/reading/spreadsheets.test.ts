/** Spreadsheets as offices and associations send them: the same three people, in many dresses. */
import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { recogniseColumns } from '$lib/domain/import/columns.ts';
import { readRow, rowContext, type RowFacts } from '$lib/domain/import/rows.ts';
import { openTable, readSource, type Source } from './source.ts';

const today = '2023-10-02';

const farid = {
  firstName: 'Farid',
  familyName: 'Noorzai',
  gender: 'man',
  birthYear: 1990,
  departement: '75',
};
const affoue = {
  firstName: 'Affoué',
  familyName: "N'Dri",
  gender: 'woman',
  birthYear: 2001,
  departement: '93',
};
const selam = {
  firstName: 'Selam',
  familyName: 'Tesfay',
  gender: 'woman',
  birthYear: 1996,
  departement: '94',
};
const all: RowFacts[] = [farid, affoue, selam] as RowFacts[];

const headers = ['Nom', 'Prénom', 'Sexe', 'Date de naissance', 'Département'];
const body = [
  ['Noorzai', 'Farid', 'H', '03/02/1990', '75'],
  ["N'Dri", 'Affoué', 'F', '14/07/2001', '93'],
  ['Tesfay', 'Selam', 'F', '21/11/1996', '94'],
];
const plain = [headers, ...body];

const lines = (rows: readonly (readonly string[])[], separator = ';', end = '\n') =>
  rows.map((row) => row.join(separator)).join(end);
const quoted = (rows: readonly (readonly string[])[], separator = ',') =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n');

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const withMark = (mark: number[], bytes: Uint8Array) => new Uint8Array([...mark, ...bytes]);
const swapped = (bytes: Uint8Array) => bytes.map((_, index) => bytes[index ^ 1] ?? 0);

/** The accents of these names, as an old Macintosh writes them. */
const macintosh = (text: string) =>
  new Uint8Array([...text].map((letter) => ({ é: 0x8e, è: 0x8f, ê: 0x90 })[letter] ?? letter.charCodeAt(0)));
const windows = (text: string) =>
  new Uint8Array([...text].map((letter) => ({ '’': 0x92, œ: 0x9c })[letter] ?? letter.charCodeAt(0)));

type Sheet = Parameters<typeof writeWorkbook>[0];
const workbook = async (sheet: unknown) => new Uint8Array(await writeWorkbook(sheet as Sheet).toBuffer());
const workbookOf = async (sheets: { sheet: string; data: unknown[][] }[]) =>
  new Uint8Array(await writeWorkbook(sheets as never).toBuffer());
const day = (date: string) => ({ value: new Date(`${date}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' });

const pick = (facts: RowFacts) => {
  const { firstName, familyName, gender, birthYear, departement } = facts;
  return { firstName, familyName, gender, birthYear, departement };
};
const without = (field: keyof RowFacts, people = all) =>
  people.map((person) => ({ ...person, [field]: undefined }));

/** Everybody of a file, as it is read when nobody corrects anything. */
async function peopleIn(source: Source, sheet: number): Promise<RowFacts[]> {
  const read = await readSource(source);
  if (!read.ok) throw new Error(read.why);
  const opened = openTable(read.sheets[sheet]?.grid ?? []);
  if (!opened.ok) throw new Error(opened.why);
  const { table } = opened;
  const people = table.rows.filter(({ aside }) => aside === undefined);
  const guesses = recogniseColumns(
    table.headers,
    people.map(({ cells }) => cells),
    today,
  );
  const context = rowContext(
    table,
    guesses.map((guess) => guess?.field),
    today,
  );
  return people.map((row, index) => readRow(row, index, context).facts);
}

interface Variant {
  readonly name: string;
  readonly brought: () => Source | Promise<Source>;
  readonly people?: readonly RowFacts[];
  readonly sheet?: number;
}
const file = (bytes: Uint8Array): Source => ({ kind: 'file', bytes });
const text = (content: string): Source => file(bytesOf(content));

const variants: readonly Variant[] = [
  { name: 'semicolons, UTF-8', brought: () => text(lines(plain)) },
  { name: 'semicolons, UTF-8 with a mark', brought: () => text(`\ufeff${lines(plain)}`) },
  { name: 'semicolons, Windows-1252', brought: () => file(bytesOf(lines(plain), 'latin1')) },
  {
    name: 'Windows-1252 with a curly apostrophe',
    brought: () => file(windows(lines(plain).replace("N'Dri", 'N’Dri'))),
    people: [farid, { ...affoue, familyName: 'N’Dri' }, selam] as RowFacts[],
  },
  { name: 'Mac Roman', brought: () => file(macintosh(lines(plain, ';', '\r'))) },
  {
    name: 'UTF-16 little end first, tabs, as Excel saves « Unicode text »',
    brought: () => file(withMark([0xff, 0xfe], bytesOf(lines(plain, '\t', '\r\n'), 'utf16le'))),
  },
  {
    name: 'UTF-16 big end first',
    brought: () => file(withMark([0xfe, 0xff], swapped(bytesOf(lines(plain, '\t'), 'utf16le')))),
  },
  { name: 'UTF-16 without a mark', brought: () => file(bytesOf(lines(plain, ';'), 'utf16le')) },
  { name: 'commas, everything quoted, lines of Windows', brought: () => text(quoted(plain)) },
  { name: 'tabs', brought: () => text(lines(plain, '\t')) },
  { name: 'vertical bars', brought: () => text(lines(plain, '|')) },
  { name: 'Excel’s own line about the separator', brought: () => text(`sep=;\r\n${lines(plain)}`) },
  {
    name: 'commas inside quoted cells of a file of commas',
    brought: () =>
      text(
        quoted([['Nom et prénom', ...headers.slice(2)], ...body.map(([a, b, ...c]) => [`${a}, ${b}`, ...c])]),
      ),
  },
  {
    name: 'blank lines at the top, between and at the end',
    brought: () => text(`\n\n${lines(plain, ';', '\n;;;;\n')}\n\n;;;;\n`),
  },
  {
    name: 'blank columns between',
    brought: () => text(lines(plain.map(([a = '', b = '', ...rest]) => ['', a, '', b, '', ...rest, '']))),
  },
  {
    name: 'a title and a date above the headers',
    brought: () =>
      text(
        `Liste des participants de la session S3;;;;\nMise à jour le 02/10/2023 par Élise;;;;\n;;;;\n${lines(plain)}`,
      ),
  },
  { name: 'a line of totals below', brought: () => text(`${lines(plain)}\nTotal;3;;;\nEffectif : 3;;;;`) },
  {
    name: 'headers printed again on each page, and a remark',
    brought: () =>
      text(
        lines([headers, ...body.slice(0, 2), headers, ...body.slice(2), ['* à rappeler', '', '', '', '']]),
      ),
  },
  {
    name: 'English headers, ISO dates',
    brought: () =>
      text(
        lines(
          [
            ['Last name', 'First name', 'Gender', 'Date of birth', 'Postcode'],
            ['Noorzai', 'Farid', 'Male', '1990-02-03', '75013'],
            ["N'Dri", 'Affoué', 'Female', '2001-07-14', '93200'],
            ['Tesfay', 'Selam', 'female', '1996-11-21', '94000'],
          ],
          ',',
        ),
      ),
  },
  {
    name: 'American dates, the month first',
    brought: () =>
      text(
        lines([
          headers,
          ['Noorzai', 'Farid', 'M', '02/03/1990', '75'],
          ["N'Dri", 'Affoué', 'F', '07/14/2001', '93'],
          ['Tesfay', 'Selam', 'F', '11/21/1996', '94'],
        ]),
      ),
  },
  {
    name: 'dates in French words',
    brought: () =>
      text(
        lines([
          headers,
          ['Noorzai', 'Farid', 'H', '3 février 1990', '75'],
          ["N'Dri", 'Affoué', 'F', '14 juil. 2001', '93'],
          ['Tesfay', 'Selam', 'F', 'le 21 novembre 1996', '94'],
        ]),
      ),
  },
  {
    name: 'family names in capitals, both names in one column',
    brought: () =>
      text(
        lines([
          ['Nom et prénom', ...headers.slice(2)],
          ['NOORZAI Farid', 'H', '1990', '75'],
          ["N'DRI Affoué", 'F', '2001', '93'],
          ['TESFAY Selam', 'F', '1996', '94'],
        ]),
      ),
  },
  {
    name: 'first name first in one column, English',
    brought: () =>
      text(
        lines(
          [
            ['Full name', 'Sex', 'Year of birth', 'Department'],
            ['Farid Noorzai', 'M', '1990', '75'],
            ["Affoué N'Dri", 'F', '2001', '93'],
            ['Selam Tesfay', 'F', '1996', '94'],
          ],
          ',',
        ),
      ),
  },
  {
    name: 'a merged header over both names, saved as text',
    brought: () =>
      text(
        lines([
          ['Nom et prénom', '', 'Sexe', 'Année de naissance', 'Dpt'],
          ...body.map(([a = '', b = '', c = '', d = '', e = '']) => [a, b, c, d.slice(-4), e]),
        ]),
      ),
  },
  {
    name: '« Mme » and « M. » as gender, postal codes, two-digit years',
    brought: () =>
      text(
        lines([
          ['Civilité', 'Nom de famille', 'Prénoms', 'Né(e) le', 'Code postal'],
          ['M.', 'Noorzai', 'Farid', '03/02/90', '75013'],
          ['Mme', "N'Dri", 'Affoué', '14/07/01', '93200'],
          ['Madame', 'Tesfay', 'Selam', '21.11.96', '94000'],
        ]),
      ),
  },
  {
    name: 'ages instead of dates',
    brought: () =>
      text(
        lines([
          ['Nom', 'Prénom', 'Genre', 'Âge', 'Département'],
          ['Noorzai', 'Farid', 'homme', '33', 'Paris'],
          ["N'Dri", 'Affoué', 'femme', '22 ans', 'Seine-Saint-Denis'],
          ['Tesfay', 'Selam', 'femme', '27', 'Val-de-Marne (94)'],
        ]),
      ),
  },
  {
    name: 'no headers at all, but for the names',
    brought: () => text(lines([['Nom', 'Prénom', '', '', ''], ...body])),
  },
  {
    name: 'headers in one word, as programs write them',
    brought: () =>
      text(lines([['familyName', 'firstName', 'gender', 'birthDate', 'zip_code'], ...body], ',')),
  },
  {
    name: 'cells with line breaks inside quotes',
    brought: () =>
      text(
        quoted(
          [['Nom', 'Prénom', 'Sexe', 'Date de\nnaissance', 'Département\n(domiciliation)'], ...body],
          ';',
        ),
      ),
  },
  {
    name: 'a quote that is never closed',
    brought: () =>
      text(lines([headers, body[0] ?? [], ['"N\'Dri', 'Affoué', 'F', '14/07/2001', '93'], body[2] ?? []])),
  },
  {
    name: 'spaces, non-breaking spaces and invisible marks around',
    brought: () => text(lines(plain.map((row) => row.map((cell) => ` \u00a0${cell}\u200e `)))),
  },
  { name: 'Excel, texts', brought: async () => file(await workbook(plain)) },
  {
    name: 'Excel, real dates and numbers',
    brought: async () =>
      file(
        await workbook([
          headers,
          ['Noorzai', 'Farid', 'H', day('1990-02-03'), 75],
          ["N'Dri", 'Affoué', 'F', day('2001-07-14'), 93],
          ['Tesfay', 'Selam', 'F', day('1996-11-21'), 94],
        ]),
      ),
  },
  {
    name: 'Excel, dates that lost their format: serial numbers',
    brought: async () =>
      file(
        await workbook([
          headers,
          ['Noorzai', 'Farid', 'H', 32907, 75],
          ["N'Dri", 'Affoué', 'F', 37086, 93],
          ['Tesfay', 'Selam', 'F', 35390, 94],
        ]),
      ),
  },
  {
    name: 'Excel, a merged title, merged headers in two rows',
    brought: async () =>
      file(
        await workbook([
          [{ value: 'Session S3.23', columnSpan: 5, align: 'center' }, null, null, null, null],
          [
            { value: 'Identité', columnSpan: 3 },
            null,
            null,
            { value: 'Date de naissance', rowSpan: 2 },
            { value: 'Département', rowSpan: 2 },
          ],
          ['Nom', 'Prénom', 'Sexe', null, null],
          ...body,
        ]),
      ),
  },
  {
    name: 'Excel, « Nom et prénom » merged over two columns',
    brought: async () =>
      file(
        await workbook([
          [{ value: 'Nom et prénom', columnSpan: 2 }, null, 'Sexe', 'Date de naissance', 'Département'],
          ...body,
        ]),
      ),
  },
  {
    name: 'Excel, the people on the second sheet',
    brought: async () =>
      file(
        await workbookOf([
          { sheet: 'Lisez-moi', data: [['Ce fichier contient la liste.']] },
          { sheet: 'Participants', data: plain },
        ]),
      ),
    sheet: 1,
  },
  {
    name: 'Excel, blank lines and columns and a total',
    brought: async () =>
      file(
        await workbook([
          [null],
          [null, ...headers],
          [null],
          ...body.map((row) => [null, ...row]),
          [null],
          [null, 'TOTAL', 3],
        ]),
      ),
  },
  {
    name: 'copied from a spreadsheet',
    brought: () => ({ kind: 'text', text: `${lines(plain, '\t', '\r\n')}\r\n` }),
  },
  {
    name: 'without dates of birth',
    brought: () => text(lines(plain.map((row) => row.filter((_, column) => column !== 3)))),
    people: without('birthYear'),
  },
];

describe('reads the same three people from', () => {
  it.each(variants)('$name', async ({ brought, people = all, sheet = 0 }) => {
    const read = await peopleIn(await brought(), sheet);
    expect(read.map(pick)).toEqual(people.map(pick));
  });

  it('at least thirty kinds of spreadsheet', () => {
    expect(variants.length).toBeGreaterThanOrEqual(30);
  });
});
