/** Tables of generated people, written in every dialect and read back; bytes and cells of every kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { namesByCountry } from '$lib/domain/demo-year/names-by-country.ts';
import { parseDocument, type Author } from '$lib/domain/documents.ts';
import type { AccountName, DeviceId, ParticipantId } from '$lib/domain/ids.ts';
import { noChoices } from '$lib/domain/import/choices.ts';
import { recogniseColumns } from '$lib/domain/import/columns.ts';
import { factsOfNew } from '$lib/domain/import/facts.ts';
import type { ColumnFields } from '$lib/domain/import/fields.ts';
import { planImport } from '$lib/domain/import/plan.ts';
import { readRow, rowContext, type ReadRow } from '$lib/domain/import/rows.ts';
import type { Table } from '$lib/domain/import/tables.ts';
import { newParticipant, rosterCardOf } from '$lib/domain/participants.ts';
import { openTable, readSource, type Source } from './source.ts';

const runs = (numRuns: number) =>
  process.env.LONG_SEARCH === '1' ? { numRuns: numRuns * 20 } : { numRuns, seed: 20231002 };
const today = '2023-10-02';
const author: Author = {
  at: '2023-10-02T08:00:00Z',
  by: 'elise' as AccountName,
  device: 'laptop' as DeviceId,
};

interface Person {
  /** One of the two may be empty: some people have one name alone. */
  firstName: string;
  familyName: string;
  gender: 'woman' | 'man';
  birth: string;
  languages: string[];
  departement: string;
  country: string;
  phone: string;
}

const pools = Object.entries(namesByCountry);
const two = (number: number) => String(number).padStart(2, '0');

const anyPerson: fc.Arbitrary<Person> = fc
  .record({
    pool: fc.constantFrom(...pools),
    gender: fc.constantFrom('woman' as const, 'man' as const),
    first: fc.nat(),
    family: fc.nat(),
    names: fc.constantFrom('both', 'both', 'both', 'first', 'family'),
    year: fc.integer({ min: 1950, max: 2005 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    departement: fc.constantFrom('75', '93', '94', '2A', '971', '01'),
    phone: fc.stringMatching(/^0[67]\d{8}$/),
  })
  .map(({ pool: [country, names], gender, first, family, year, month, day, departement, phone, ...one }) => {
    const firstNames = gender === 'woman' ? names.women : names.men;
    return {
      firstName: one.names === 'family' ? '' : (firstNames[first % firstNames.length] ?? ''),
      familyName: one.names === 'first' ? '' : (names.families[family % names.families.length] ?? ''),
      gender,
      birth: `${year}-${two(month)}-${two(day)}`,
      languages: [...names.languages],
      departement,
      country,
      phone: phone.match(/\d{2}/g)?.join(' ') ?? '',
    };
  });

const frenchNames = (type: 'region' | 'language', locale: string) => (code: string) =>
  code === 'fa-AF' ? 'dari' : (new Intl.DisplayNames([locale], { type }).of(code) ?? code);
const monthWords =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const dateForms: Record<string, (date: string) => string> = {
  iso: (date) => date,
  french: (date) => date.split('-').reverse().join('/'),
  dotted: (date) => date.split('-').reverse().join('.'),
  words: (date) => `${Number(date.slice(8))} ${monthWords[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`,
  year: (date) => date.slice(0, 4),
  serial: (date) => String(Math.round((Date.parse(date) - Date.UTC(1899, 11, 30)) / 86_400_000)),
};

type Column = readonly [french: string, english: string, cell: (person: Person, dialect: Dialect) => string];
const columns: readonly Column[] = [
  [
    'Nom',
    'Last name',
    ({ familyName }, { hasCapitals }) => (hasCapitals ? familyName.toUpperCase() : familyName),
  ],
  ['Prénom', 'First name', ({ firstName }) => firstName],
  [
    'Sexe',
    'Gender',
    ({ gender }, { isFrench }) =>
      isFrench ? (gender === 'woman' ? 'F' : 'H') : gender === 'woman' ? 'Female' : 'Male',
  ],
  ['Date de naissance', 'Date of birth', ({ birth }, { dateForm }) => dateForms[dateForm]?.(birth) ?? birth],
  [
    'Langues',
    'Languages',
    ({ languages }, { isFrench }) =>
      languages.map(frenchNames('language', isFrench ? 'fr' : 'en')).join(' / '),
  ],
  ['Département', 'Department', ({ departement }) => departement],
  [
    'Pays d’origine',
    'Country of origin',
    ({ country }, { isFrench }) => frenchNames('region', isFrench ? 'fr' : 'en')(country),
  ],
  [
    'Téléphone',
    'Phone',
    ({ phone }, { isPhoneCompact }) => (isPhoneCompact ? phone.replaceAll(' ', '') : phone),
  ],
];

interface Dialect {
  readonly separator: string;
  readonly end: string;
  readonly isQuoted: boolean;
  readonly encoding: 'utf8' | 'utf8-mark' | 'utf16' | 'workbook' | 'pasted';
  readonly isFrench: boolean;
  readonly dateForm: string;
  readonly hasCapitals: boolean;
  readonly isPhoneCompact: boolean;
  readonly title: boolean;
  readonly blankEvery: number;
  readonly order: readonly number[];
}

const anyDialect: fc.Arbitrary<Dialect> = fc.record({
  separator: fc.constantFrom(';', ',', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n'),
  isQuoted: fc.boolean(),
  encoding: fc.constantFrom('utf8', 'utf8-mark', 'utf16', 'workbook', 'pasted'),
  isFrench: fc.boolean(),
  dateForm: fc.constantFrom(...Object.keys(dateForms)),
  hasCapitals: fc.boolean(),
  isPhoneCompact: fc.boolean(),
  title: fc.boolean(),
  blankEvery: fc.integer({ min: 1, max: 5 }),
  order: fc.shuffledSubarray(
    columns.map((_, index) => index),
    { minLength: columns.length },
  ),
});

function gridOf(people: readonly Person[], dialect: Dialect): string[][] {
  const ordered = dialect.order.map((index) => columns[index]).filter((column) => column !== undefined);
  const rows = people.map((person) => ordered.map(([, , cell]) => cell(person, dialect)));
  const headers = ordered.map(([french, english]) => (dialect.isFrench ? french : english));
  const blank = headers.map(() => '');
  const spaced = rows.flatMap((row, index) => (index % dialect.blankEvery === 2 ? [blank, row] : [row]));
  return [...(dialect.title ? [['Liste au 2 octobre', ...blank.slice(1)], blank] : []), headers, ...spaced];
}

async function written(people: readonly Person[], dialect: Dialect): Promise<Source> {
  const grid = gridOf(people, dialect);
  if (dialect.encoding === 'workbook') {
    const buffer = await writeWorkbook(grid.map((row) => row.map((cell) => cell || null))).toBuffer();
    return { kind: 'file', bytes: new Uint8Array(buffer) };
  }
  const needsQuotes = (cell: string) => dialect.isQuoted || cell.includes(dialect.separator);
  const text = grid
    .map((row) =>
      row
        .map((cell) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(dialect.separator),
    )
    .join(dialect.end);
  if (dialect.encoding === 'pasted') return { kind: 'text', text };
  if (dialect.encoding === 'utf16')
    return { kind: 'file', bytes: new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')) };
  const mark = dialect.encoding === 'utf8-mark' ? '\ufeff' : '';
  return { kind: 'file', bytes: new Uint8Array(Buffer.from(mark + text)) };
}

interface ReadPeople {
  readonly table: Table;
  readonly fields: ColumnFields;
  readonly rows: readonly ReadRow[];
}

async function peopleOf(source: Source): Promise<ReadPeople | undefined> {
  const read = await readSource(source);
  const opened = read.ok ? openTable(read.sheets[0]?.grid ?? []) : read;
  if (!opened.ok) return undefined;
  const { table } = opened;
  const people = table.rows.filter(({ aside }) => aside === undefined);
  const guesses = recogniseColumns(
    table.headers,
    people.map(({ cells }) => cells),
    today,
  );
  const fields = guesses.map((guess) => guess?.field);
  const context = rowContext(table, fields, today);
  return { table, fields, rows: table.rows.map((row, index) => readRow(row, index, context)) };
}

/** Capitals tell a Turkish ı from an i no longer. */
const spelled = (name: string) => name.toLocaleLowerCase('fr').replaceAll('ı', 'i');

describe('a table of people', () => {
  it('is read back as it was written, whatever the dialect', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPerson, { minLength: 3, maxLength: 12 }),
        anyDialect,
        async (people, dialect) => {
          const read = await peopleOf(await written(people, dialect));
          const found = (read?.rows ?? []).filter(({ aside }) => aside === undefined);
          expect(
            found.map(({ facts }) => ({
              ...facts,
              familyName: spelled(facts.familyName ?? ''),
              firstName: spelled(facts.firstName ?? ''),
            })),
          ).toEqual(
            people.map(({ birth, firstName, familyName, ...person }) => ({
              ...person,
              familyName: firstName && spelled(familyName),
              firstName: spelled(firstName || familyName),
              birthYear: Number(birth.slice(0, 4)),
            })),
          );
          const doubts = found.map(({ issues }) => issues.map(({ code }) => code));
          expect(doubts.map((codes) => codes.filter((code) => code !== 'nameOdd'))).toEqual(
            people.map(({ firstName, familyName }) => (firstName && familyName ? [] : ['oneName'])),
          );
        },
      ),
      runs(150),
    );
  });
});

/** What cells must never do anything with. */
const hostile = fc.oneof(
  fc.constantFrom(
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://example.org";"ici")',
    '+1+1',
    '@SUM(A1:A9)',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '\u202eelbasrever',
    '\u0000\u0007\u001b[31mred',
    '\u200b\u200b',
    '{{constructor.constructor("alert(1)")()}}',
    '__proto__',
    'constructor',
    "Robert'); DROP TABLE participants;--",
    'é'.repeat(10_000),
    '٣١/١٢/١٩٩٠',
    '99999999999999999999',
    '-0',
    'NaN',
    '\ud800',
    '🙂'.repeat(300),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 3000 }),
);

describe('whatever stands in a cell', () => {
  const headers = columns.map(([french]) => french);
  const extra = [
    'Statut',
    'Date du statut',
    'Prescripteur',
    'Consentement',
    'Groupe',
    "Date d'entrée",
    'Âge',
  ];
  const all = [...headers, ...extra];

  it('is data: cut to size, without hidden signs, and makes documents that are valid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(hostile, { minLength: all.length, maxLength: all.length }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (cells) => {
          const read = await peopleOf({ kind: 'grid', grid: [all, ...cells] });
          if (!read) return;
          const { rows, fields } = read;
          const plan = planImport({ rows, fields, people: [], referrers: [], choices: noChoices, today });
          expect(plan.rows).toHaveLength(rows.length);
          for (const { row, verdict } of plan.rows) {
            const texts = [row.facts.firstName, row.facts.familyName, row.facts.referrer, ...row.groups];
            for (const text of texts) {
              expect([...(text ?? '')].length).toBeLessThanOrEqual(200);
              // eslint-disable-next-line no-control-regex -- none of them may have come through
              expect(text ?? '').not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
            }
            if (verdict !== 'new') continue;
            const facts = factsOfNew(row.facts, { policy: 'fill', today, statusFrom: today });
            const person = newParticipant('p1' as ParticipantId, facts, author, 'imported');
            expect(parseDocument(person)).toMatchObject({ ok: true });
            expect(parseDocument(rosterCardOf(person, 'full', undefined, author))).toMatchObject({
              ok: true,
            });
          }
        },
      ),
      runs(150),
    );
  });
});

describe('any bytes at all', () => {
  const beginnings = [
    [],
    [0xef, 0xbb, 0xbf],
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0x50, 0x4b, 0x03, 0x04],
    [0xd0, 0xcf],
  ];

  it('are read as something, or refused with a reason', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...beginnings),
        fc.uint8Array({ maxLength: 3000 }),
        async (beginning, rest) => {
          await peopleOf({ kind: 'file', bytes: new Uint8Array([...beginning, ...rest]) });
        },
      ),
      runs(200),
    );
  });

  it('also a workbook that was cut or damaged on its way', async () => {
    const whole = new Uint8Array(
      await writeWorkbook([
        ['Nom', 'Prénom'],
        ['Safi', 'Hamid'],
      ]).toBuffer(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        async (length, damages) => {
          const bytes = whole.slice();
          for (const [at, byte] of damages) bytes[at] = byte;
          await peopleOf({ kind: 'file', bytes: bytes.slice(0, length) });
        },
      ),
      runs(100),
    );
  });

  it('a workbook that would unpack to far more than it weighs is refused', async () => {
    const { zipSync } = await import('fflate');
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(80_000_000) }, { level: 1 });
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await readSource({ kind: 'file', bytes: bomb })).toEqual({ ok: false, why: 'tooBig' });
  });

  it.each([
    ['tooBig', new Uint8Array(10_000_001)],
    ['oldExcel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['notReadable', new Uint8Array([...Buffer.from('%PDF-1.7')])],
    ['empty', new Uint8Array([...Buffer.from('\n;;\n')])],
  ] as const)('%s is said plainly', async (why, bytes) => {
    expect(await readSource({ kind: 'file', bytes })).toEqual({ ok: false, why });
  });

  it('more rows than one import takes are refused, none is lost silently', async () => {
    const people = Array.from({ length: 3001 }, (_, index) => `Nom${index};Prénom`).join('\n');
    const read = await readSource({ kind: 'text', text: `Nom;Prénom\n${people}` });
    expect(read.ok && openTable(read.sheets[0]?.grid ?? [])).toEqual({ ok: false, why: 'tooManyRows' });
  });
});
