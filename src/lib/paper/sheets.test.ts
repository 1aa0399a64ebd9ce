import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import { attendanceSheet, doubtsOf, type SheetRecords } from '$lib/domain/attendance-sheet.ts';
import type { Certificate } from '$lib/domain/attendance-certificate.ts';
import { closeRollCall, reopenRollCall } from '$lib/domain/closing.ts';
import type { Closing, Mark, MarkStatus, Signature } from '$lib/domain/documents.ts';
import { doubtsOfGroup, groupSheet, sheetsOfGroup } from '$lib/domain/group-sheet.ts';
import { hostileTexts } from '$lib/domain/hostile-texts.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { countMarks, rosterOf } from '$lib/domain/roster.ts';
import { author, meetingOn, person, sheetExample } from '$lib/domain/sheet-examples.ts';
import { attendancePaper } from './attendance-sheet.ts';
import { certificatePaper } from './certificate.ts';
import { groupPaper } from './group-sheet.ts';
import { fileOf, type Paper } from './pages.ts';
import { pdfOf } from './pdf.ts';

const root = join(import.meta.dirname, '../../..');
const read = async (address: string) => new Uint8Array(await readFile(join(root, address)));
const code = 'ABCD-EFGH-JKMN';

/** The text of each page, with plain spaces; a folder `PAPER_PICTURES` gets the file. */
async function pagesOf(papers: readonly Paper[], name: string): Promise<string[]> {
  const bytes = new Uint8Array(await pdfOf(fileOf(papers, name), read));
  if (process.env.PAPER_PICTURES) await writeFile(join(process.env.PAPER_PICTURES, `${name}.pdf`), bytes);
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false });
  return text.map((page) => page.replace(/[\s\u00A0]+/g, ' '));
}
const bare = (text: string) => text.replace(/\s+/g, '');

const meeting = meetingOn('2023-11-20');
const statuses: MarkStatus[] = ['present', 'late', 'leftEarly', 'excused', 'absent'];
const markOf = (place: number, occurrence = meeting.occurrence): Mark => {
  const status = statuses[place % 5] ?? 'present';
  const mark = answer(undefined, { occurrence, participant: person(place), status }, author(1)) as Mark;
  if (status === 'excused') return { ...mark, reason: 'personal' };
  return status === 'late' ? { ...mark, arrivedAt: '2023-11-20T13:47:00.000Z' } : mark;
};
const hostile = [
  ...hostileTexts,
  'W'.repeat(300),
  'ab '.repeat(100).trim(),
  'فرید احمدی',
  'خوش‌بخت ۱۲ (Khosh)',
  'محمد '.repeat(60).trim(),
  'م'.repeat(300),
  'Нина Петрова',
  '🙂',
];
const people = (count: number) => Array.from({ length: count }, (_, place) => `Personne ${place + 1}`);
const paperOf = (records: SheetRecords, unsent = 0) => {
  const sheet = attendanceSheet(meeting, records);
  return attendancePaper(sheet, doubtsOf(sheet, unsent), code);
};
const expectNumbered = (pages: readonly string[]) => {
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(`page ${at + 1}/${pages.length}`);
    expect(page).toContain(code);
  }
};

describe('the attendance sheet on paper', () => {
  it('holds twenty people on one page, with all that a funder asks for', async () => {
    const names = people(20);
    const marks = names.map((_, place) => markOf(place));
    const drawn = { path: 'M20 90L60 20L100 90L140 30L180 80M150 10L160 20', width: 200, height: 110 };
    const signatures = [{ participant: person(0), occurrence: meeting.occurrence, drawn } as Signature];
    const first = sheetExample(names, { meetings: [meeting], marks, signatures });
    const { group, enrolments, cards } = first;
    const counts = countMarks(rosterOf({ group, occurrence: meeting, enrolments, cards, marks }), marks);
    const facts = { occurrence: meeting.occurrence, counts };
    const one = closeRollCall(undefined, facts, author(2)) as Closing;
    const two = closeRollCall(reopenRollCall(one, author(3)), facts, author(4, 'maia')) as Closing;
    const pages = await pagesOf([paperOf({ ...first, closings: [two] })], 'meeting');
    expect(pages).toHaveLength(1);
    expectNumbered(pages);
    const [page = ''] = pages;
    for (const text of [
      ...[
        "Feuille d'émargement",
        'Paris 13',
        'Atelier conversation',
        'S3.23',
        'Conversation du lundi',
        '1 sur 1',
      ],
      ...['Les Amarres', 'lundi 20 novembre 2023', '14 h 30 – 16 h 30', '2 h', 'Version 2 · rectifié le'],
      ...['20 novembre 2023, 16 h 04 par Maïa Lenoir', 'Personne 20', 'Motif personnel', '14 h 47'],
      ...['animation, bénévole', 'Présent·e·s 4', 'Absent·e·s 4'],
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('Provisoire');
  });

  it('says that it is provisional and why, and goes on over numbered pages', async () => {
    const names = people(64);
    const pages = await pagesOf(
      [paperOf(sheetExample(names, { meetings: [meeting], marks: [markOf(0)] }), 1)],
      'provisional',
    );
    expect(pages.length).toBeGreaterThan(2);
    expectNumbered(pages);
    expect(pages[0]).toContain('Provisoire : 1 appel pas clos, 63 sans réponse, 1 à envoyer');
    for (const name of names) expect(pages.join(' ')).toContain(name);
    for (const page of pages.slice(0, -1)) expect(page).toContain('Pointage');
  });

  it('keeps every name whole, harmless and within its cell, whatever its length and letters', async () => {
    const names = hostile;
    const marks = names.map((_, place) => markOf(place));
    const pages = await pagesOf([paperOf(sheetExample(names, { meetings: [meeting], marks }))], 'hostile');
    expectNumbered(pages);
    const text = bare(pages.join(''));
    for (const name of ["=cmd|'/C", '<script>alert(1)</script>', 'Nina', 'Farid', 'abcd', '";"Sami";'])
      expect(text).toContain(name);
    expect(text.match(/W/g)).toHaveLength(300);
    expect(text.match(/محمد/g)).toHaveLength(60);
    expect(text).toContain('فرید');
    expect(text).toContain('احمدی');
    expect(text).not.toMatch(/[\u202E\u2067\u200F]/);
  });
});

describe('sheets of a group, and many in one file', () => {
  const days = Array.from({ length: 34 }, (_, day) => {
    const date = new Date(Date.UTC(2023, 9, 2 + 2 * day)).toISOString().slice(0, 10);
    return meetingOn(date, day === 3 ? { state: 'cancelled' } : {});
  });
  const marks = days.flatMap(({ occurrence }, day) =>
    people(14)
      .map((_, place) => markOf(place + day, occurrence))
      .map((mark, place) => ({ ...mark, participant: person(place) })),
  );

  it('shows people by meetings, all of them, however many', async () => {
    const names = [...people(12), ...hostile.slice(-8, -2)];
    const records = sheetExample(names, { meetings: days, marks });
    const sheets = sheetsOfGroup(records);
    const paper = groupPaper(
      groupSheet(sheets, records, '2023-12-31'),
      doubtsOfGroup(sheets, () => 0, '2023-12-31'),
      code,
    );
    const pages = await pagesOf([paper], 'group');
    expectNumbered(pages);
    const text = pages.join(' ');
    for (const words of [
      'Émargement du groupe',
      'Personne 12',
      '34',
      'Du lundi 2 octobre 2023',
      '33 appels pas clos',
    ])
      expect(text).toContain(words);
  });

  it('says nothing yet of what is to come', async () => {
    const meetings = days.map((day, place): typeof day => (place < 3 ? day : { ...day, state: 'planned' }));
    const records = sheetExample(people(2), { meetings, marks: marks.slice(0, 14 * 3) });
    const sheets = sheetsOfGroup(records);
    const sheet = groupSheet(sheets, records, days[2]?.date ?? '');
    const none = { open: 0, unmarked: 0, late: 0, unsent: 0 };
    const text = (await pagesOf([groupPaper(sheet, none, code)], 'week three')).join(' ');
    for (const came of ['3/3', '2/3']) expect(text).toContain(came);
    expect(text).not.toContain('/34');
    expect(text).toMatch(/Sans réponse( 0){3} (?!\d)/);
  });

  it('numbers the pages of each sheet by itself', async () => {
    const records = sheetExample(people(30), { meetings: days.slice(0, 3), marks });
    const papers = sheetsOfGroup(records).map((sheet) => attendancePaper(sheet, doubtsOf(sheet, 0), code));
    const pages = await pagesOf(papers, 'many');
    expect(pages).toHaveLength(6);
    expect(pages.map((page) => /page \d\/\d/.exec(page)?.[0])).toEqual(
      Array.from({ length: 3 }, () => ['page 1/2', 'page 2/2']).flat(),
    );
  });
});

describe('the certificate', () => {
  const certificate: Certificate = {
    ...{
      participant: person(1),
      organisation: 'Paris 13',
      name: 'فرید احمدی',
      from: '2023-10-02',
      to: '2023-11-20',
    },
    rows: [
      { kind: 'language', term: 'S3.23', meetings: 11, minutes: 1375 },
      { kind: 'conversation', term: 'S3.23', meetings: 2, minutes: 210 },
    ],
    ...{ meetings: 13, minutes: 1585, unmarked: 1 },
  };

  it('says the hours of each workshop, and what is counted', async () => {
    const pages = await pagesOf([certificatePaper(certificate, '2023-11-21', code)], 'certificate');
    expect(pages).toHaveLength(1);
    expectNumbered(pages);
    const text = pages.join(' ');
    for (const words of [
      ...[
        'Attestation de présence',
        'Du lundi 2 octobre 2023 au lundi 20 novembre 2023',
        '22 h 55',
        '3 h 30',
        '26 h 25',
      ],
      ...[
        'au moins la moitié du temps',
        "1 séance sans réponse n'est pas comptée",
        'Fait le mardi 21 novembre 2023',
      ],
    ])
      expect(text).toContain(words);
    expect(bare(text)).toContain('احمدی');
  });

  it('holds any name, and says so where there is nothing', async () => {
    for (const name of hostile) {
      const nothing = { ...certificate, name, rows: [], meetings: 0, minutes: 0, unmarked: 0 };
      const pages = await pagesOf([certificatePaper(nothing, '2023-11-21', code)], 'nothing');
      expectNumbered(pages);
      expect(pages.join(' ')).toContain('Aucune présence notée');
    }
  });
});
