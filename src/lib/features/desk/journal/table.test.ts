import { parse } from 'papaparse';
import { expect, it } from 'vitest';
import type { Volunteer } from '$lib/domain/documents.ts';
import { hostileTexts } from '$lib/domain/hostile-texts.ts';
import { journalOf, type HeldVersion } from '$lib/domain/journal.ts';
import type { Names } from '../names.ts';
import { journalTable } from './table.ts';
import type { JournalContext } from './wording.ts';

const at = (minute: number) => `2023-11-20T15:${String(minute).padStart(2, '0')}:00.000Z`;
const said = (minute: number) => ({ at: at(minute), by: 'elise', device: 'desk', v: 1 });

const names: Names = {
  people: new Map(hostileTexts.map((name, place) => [`p${place}`, { name, language: undefined }])),
  volunteers: new Map([['v1', { volunteer: 'v1', name: hostileTexts[1] } as unknown as Volunteer]]),
  labels: new Map([['s3-2023', 'S3.23']]),
  accounts: new Map([['elise', hostileTexts[0] ?? '']]),
  devices: new Map([['desk', hostileTexts[6] ?? '']]),
  occurrences: new Map(),
  groups: new Map(),
};
const context: JournalContext = { names, abouts: new Map(), timeZone: 'Europe/Paris', today: '2023-11-21' };
/** As it stands in the file. */
const fileOf = (versions: HeldVersion[]) =>
  new TextDecoder().decode(new TextEncoder().encode(journalTable(journalOf(versions), context)));
const rowsOf = (versions: HeldVersion[]) =>
  parse<string[]>(fileOf(versions).replace(/\r\n$/, ''), { delimiter: ';', newline: '\r\n' }).data.slice(1);

it('keeps hostile names and words as words, one row an entry', () => {
  const versions = hostileTexts.map((note, place): HeldVersion => ({
    ...{ database: 'paris13-registry', id: `participant:p${place}`, isDeleted: false },
    body: {
      ...{ ...said(place), type: 'participant' },
      changes: [
        { ...said(place), kind: 'edited', fields: [{ field: 'firstName', before: 'Sami', after: note }] },
      ],
    },
  }));
  const rows = rowsOf(versions);
  expect(rows).toHaveLength(hostileTexts.length);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([7]));
  expect(rows.flat().filter((cell) => /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell))).toEqual([]);
  for (const text of hostileTexts)
    expect(
      rows.some((row) => row[5]?.includes(text.toWellFormed())),
      JSON.stringify(text),
    ).toBe(true);
});

it('tells what was exported: what, which part, with names or without, and the fingerprint of the file', () => {
  const exported = (id: string, minute: number, more: Record<string, unknown>): HeldVersion => ({
    ...{ database: 'paris13-registry', id: `exported:${id}`, isDeleted: false },
    body: {
      ...{ ...said(minute), type: 'exported', what: 'data', format: 'xlsx', rows: 186 },
      ...{ isPseudonymised: false, sha256: 'ab'.repeat(32), ...more },
    },
  });
  const rows = rowsOf([
    exported('a', 1, { from: '2023-01-01', to: '2023-12-31' }),
    exported('b', 2, { what: 'beneficiaries', terms: ['s3-2023'], isPseudonymised: true }),
    exported('c', 3, { what: 'certificate', format: 'pdf' }),
    exported('d', 4, { from: '2023-02-01', to: '2023-02-28', format: 'json' }),
  ]);
  expect(rows.map((row) => row[4]?.replace(/^.* a exporté /, ''))).toEqual([
    'les données (JSON, du mercredi 1er février 2023 au mardi 28 février 2023, avec les noms)',
    'une attestation de présence (PDF, tout, avec les noms)',
    'la liste des bénéficiaires (XLSX, S3.23, sans les noms)',
    'les données (XLSX, 2023, avec les noms)',
  ]);
  expect(rows[0]?.[3]).toBe('Export');
  expect(rows[0]?.[5]).toContain('ab'.repeat(32));
});
