import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'papaparse';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { AnyDocument } from '$lib/domain/documents.ts';
import { openExport } from '$lib/domain/exports/everything.ts';
import { namedTables } from '$lib/domain/exports/named-tables.ts';
import { csvOf } from '$lib/domain/exports/table.ts';
import type { TermCode } from '$lib/domain/ids.ts';
import { definitions } from '$lib/domain/indicators/definitions.ts';
import { yearScope } from '$lib/domain/indicators/scope.ts';
import { ofType } from '$lib/domain/of-type.ts';
import type { ExportChoice } from './choice.ts';
import { askedFor, heldYear } from './export-examples.ts';
import { makeExport } from './make-export.ts';

const year = heldYear();
const s1 = { kind: 'terms', terms: ['s1-2023' as TermCode] } as const;

/** Everything that can be read in a file, whatever is packed in it. */
function textsIn(bytes: Uint8Array): Map<string, string> {
  const isPacked = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const read = (file: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
  if (!isPacked) return new Map([['', read(bytes)]]);
  return new Map(Object.entries(unzipSync(bytes)).map(([name, file]) => [name, read(file)]));
}
const rowsIn = (text: string) =>
  parse<Record<string, string>>(text.replace(/^\uFEFF/, '').trimEnd(), { delimiter: ';', header: true }).data;

describe('all the data', () => {
  it('come as a workbook of several sheets, whose first says what it is, with dates, numbers and words as such', async () => {
    const { bytes, rows } = await makeExport(year, askedFor({ scope: yearScope(2023) }));
    const sheets = await readWorkbook(Buffer.from(bytes));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      ...['Lisez-moi', 'Sessions', "Types d'ateliers".replace("'", ' '), 'Groupes', 'Séances', 'Appels clos'],
      ...['Inscriptions', 'Fiches de session', 'Personnes', 'Pointages', 'Équipe', 'Animations'],
      ...['Indicateurs', 'Définitions'],
    ]);
    const of = (name: string) => sheets.find(({ sheet }) => sheet === name)?.data ?? [];
    expect(sheets.slice(1).reduce((sum, { data }) => sum + data.length - 1, 0)).toBe(rows);
    expect(of('Lisez-moi').flat()).toEqual(expect.arrayContaining(['2023', 'Version des règles de calcul']));
    const cell = (name: string, column: string, row = 1) =>
      of(name)[row]?.[of(name)[0]?.indexOf(column) ?? -1];
    expect(cell('Séances', 'Date')).toBeInstanceOf(Date);
    expect(cell('Séances', 'Semaine')).toBeTypeOf('number');
    expect(cell('Personnes', 'Année de naissance')).toBeTypeOf('number');
    expect(cell('Personnes', 'Genre')).toMatch(/^(Femme|Homme)$/);
    expect(cell('Pointages', 'Nom complet')).toMatch(/\S/);
    expect(of('Définitions')).toHaveLength(1 + definitions.length);
  });

  it('come as the tables that are counted a second time in SQL', async () => {
    const { bytes } = await makeExport(year, askedFor({ format: 'csv' }));
    const files = textsIn(bytes);
    for (const table of namedTables(year.documents))
      expect(files.get(`${table.name}.csv`), table.name).toBe(csvOf(table));
    expect(files.get('Lisez-moi.txt')).toContain('participants.csv');
  });

  it('come as one text, which opens again with every document as it was', async () => {
    const { bytes, rows } = await makeExport(year, askedFor({ format: 'json' }));
    const opened = openExport(strFromU8(bytes));
    if (!opened.ok) throw new Error(opened.why);
    expect(opened.unread).toEqual([]);
    expect(opened.databases.get('paris13-commons')).toEqual(year.documents.commons);
    expect(opened.databases.get('paris13-registry')).toEqual(year.documents.registry);
    expect(opened.databases.get('paris13-s3-2023')).toEqual(year.documents.terms[2]);
    expect([...opened.databases.values()].reduce((sum, all) => sum + all.length, 0)).toBe(rows);
    expect(openExport('{"format":"presence-export","version":9,"databases":{}}')).toMatchObject({
      why: 'newer version',
    });
    expect(openExport('[]')).toMatchObject({ why: 'no export' });
    expect(openExport('{')).toMatchObject({ why: 'no export' });
  });

  it('of one term hold its own people and no others', async () => {
    const { bytes } = await makeExport(year, askedFor({ format: 'json', scope: s1 }));
    const opened = openExport(strFromU8(bytes));
    if (!opened.ok) throw new Error(opened.why);
    expect([...opened.databases.keys()]).toEqual(['paris13-commons', 'paris13-registry', 'paris13-s1-2023']);
    expect(ofType(opened.databases.get('paris13-registry') ?? [], 'participant')).toHaveLength(55);
  });

  it('of a period hold its meetings, what was said of them, and who was on a list then', async () => {
    const scope = { kind: 'period', from: '2023-03-01', to: '2023-03-31' } as const;
    const { bytes } = await makeExport(year, askedFor({ format: 'csv', scope }));
    const files = textsIn(bytes);
    const meetings = rowsIn(files.get('occurrences.csv') ?? '');
    expect(meetings.length).toBeGreaterThan(10);
    for (const { date = '' } of meetings) expect(date.slice(0, 7)).toBe('2023-03');
    const ids = new Set(meetings.map(({ occurrence_id }) => occurrence_id));
    const marks = rowsIn(files.get('marks.csv') ?? '');
    expect(marks.length).toBeGreaterThan(100);
    expect(marks.every(({ occurrence_id }) => ids.has(occurrence_id))).toBe(true);
  });
});

/** Fields that hold names, somebody's own words, numbers to call, and who wrote. */
const telling = new Set([
  ...['firstName', 'familyName', 'name', 'phone', 'label', 'place', 'meetingPoint', 'cost', 'access'],
  ...['cancelReason', 'worked', 'nextTime', 'followUp', 'title', 'aim', 'care', 'source', 'address', 'email'],
  ...['organisation', 'sortKey', 'account', 'invitedAs', 'witness', 'note', 'by', 'device', 'badge', 'text'],
  ...['word', 'meaning', 'words', 'games', 'tookUp', 'level', 'refusal', 'fileName'],
]);
const mark = 'ZQ';
/** The same document in which every such field says no more than that it must not come out. */
function marked<Value>(value: Value, field = ''): Value {
  if (typeof value === 'string') return (telling.has(field) ? `${mark}-${field}` : value) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => marked(one, field)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, marked(one as unknown, name)]),
  ) as Value;
}

const withoutNames: Partial<ExportChoice>[] = [
  ...(['xlsx', 'csv', 'json'] as const).map((format) => ({ format, isPseudonymised: true })),
  ...(['xlsx', 'csv'] as const).map(
    (format) => ({ what: 'beneficiaries', format, isPseudonymised: true }) as const,
  ),
];

describe('an export without names', () => {
  const outings = (document: AnyDocument): AnyDocument =>
    document.type === 'group' || document.type === 'occurrence'
      ? { ...document, place: 'chez Samira' }
      : document.type === 'participant'
        ? { ...document, phone: '+33 6 12 34 56 78' }
        : document;
  const held = heldYear((document) => marked(outings(document)));
  const { commons, registry, terms } = held.documents;
  const ids = [
    ...ofType(registry, 'participant').map(({ participant }) => participant),
    ...ofType(terms.flat(), 'volunteer').map(({ volunteer }) => volunteer),
    ...ofType(terms.flat(), 'group').map(({ group }) => group),
    ...ofType(terms.flat(), 'occurrence').map(({ occurrence }) => occurrence),
    ...ofType(commons, 'venue').map(({ venue }) => venue),
  ];

  it.each(withoutNames)(
    'holds no name, no number to call, no id and nobody’s own words: %j',
    { timeout: 120_000 },
    async (choice) => {
      const named = await makeExport(held, askedFor({ ...choice, isPseudonymised: false }));
      expect([...textsIn(named.bytes).values()].join('\n')).toContain(mark);
      const { bytes } = await makeExport(held, askedFor(choice));
      const text = [...textsIn(bytes).values()].join('\n');
      expect(text).not.toContain(mark);
      expect(text).not.toContain('elise');
      const words = new Set(text.split(/[^\p{L}\p{N}.:_-]+/u));
      expect(ids.filter((id) => words.has(id))).toEqual([]);
    },
  );

  it('has the same pseudonym for the same person in all of its tables, and another in the next export', async () => {
    const one = textsIn((await makeExport(held, askedFor({ format: 'csv', isPseudonymised: true }))).bytes);
    const other = textsIn(
      (await makeExport(held, askedFor({ format: 'csv', isPseudonymised: true }, 8))).bytes,
    );
    const people = new Set(rowsIn(one.get('participants.csv') ?? '').map((row) => row.participant_id));
    expect(people.size).toBe(186);
    const marks = rowsIn(one.get('marks.csv') ?? '');
    expect(marks.length).toBeGreaterThan(1000);
    // Somebody who came by has a card and no file.
    const cards = new Set(rowsIn(one.get('cards.csv') ?? '').map((row) => row.participant_id));
    expect(marks.every((row) => cards.has(row.participant_id))).toBe(true);
    expect([...people].every((id) => cards.has(id))).toBe(true);
    const next = rowsIn(other.get('participants.csv') ?? '').map((row) => row.participant_id);
    expect(next.some((id) => people.has(id))).toBe(false);
  });

  it('tells ages in bands, and together what fewer than five share', async () => {
    const { bytes } = await makeExport(held, askedFor({ format: 'csv', isPseudonymised: true }));
    const people = rowsIn(textsIn(bytes).get('participants.csv') ?? '');
    for (const row of people) expect(row.age_band).toMatch(/^(0-17|18-25|26-35|36-45|46-55|56\+)$/);
    expect(people[0]).not.toHaveProperty('birth_year');
    for (const column of ['country', 'departement', 'status', 'languages']) {
      const counts = new Map<string, number>();
      for (const row of people) {
        const value = row[column] ?? '';
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      expect([...counts].filter(([value, n]) => value !== '' && n < 5)).toEqual([]);
    }
    expect(people.some((row) => row.country === 'other')).toBe(true);
  });

  it('tells of no figure why people left, nor where they come from', async () => {
    const figuresOf = async (isPseudonymised: boolean) => {
      const { bytes } = await makeExport(year, askedFor({ format: 'csv', isPseudonymised }));
      return rowsIn(textsIn(bytes).get('figures.csv') ?? '');
    };
    const told = (await figuresOf(false)).filter(({ exitReason }) => exitReason);
    expect(told.some(({ exitReason }) => exitReason === 'health')).toBe(true);
    const rows = await figuresOf(true);
    expect(rows.some(({ figure }) => figure === 'exits')).toBe(true);
    for (const column of ['exitReason', 'country', 'departement'])
      expect(rows.filter((row) => row[column])).toEqual([]);
  });
});

describe('the list of beneficiaries as a file', () => {
  it('leaves out who has not agreed, and says how many', async () => {
    let left = 0;
    const held = heldYear((document) => {
      if (document.type !== 'participant' || left === 3) return document;
      left += 1;
      const { consentAt: _no, ...rest } = document;
      return rest;
    });
    const without = await makeExport(held, askedFor({ what: 'beneficiaries' }));
    const all = await makeExport(year, askedFor({ what: 'beneficiaries' }));
    const pseudonymised = await makeExport(held, askedFor({ what: 'beneficiaries', isPseudonymised: true }));
    expect(all.rows - without.rows).toBe(3);
    expect(pseudonymised.rows).toBe(all.rows);
    const [readme] = await readWorkbook(Buffer.from(without.bytes));
    expect(readme?.data.flat()).toContain('3 personnes sans accord noté ne sont pas dans la liste.');
  });

  it('is one file of comma-free rows in words for other spreadsheets', async () => {
    const { bytes, rows } = await makeExport(year, askedFor({ what: 'beneficiaries', format: 'csv' }));
    const list = rowsIn(strFromU8(bytes));
    expect(list).toHaveLength(rows);
    expect(list[0]).toMatchObject({ Commune: 'à compléter', 'Date de naissance': 'à compléter' });
  });
});
