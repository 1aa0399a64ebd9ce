/** Sheets made and looked at in a browser: the file of the app, drawn by another program, measured on the picture. */
import { getDocument } from 'unpdf/pdfjs';
import { attendanceSheet, doubtsOf } from '../../src/lib/domain/attendance-sheet.ts';
import type { Certificate } from '../../src/lib/domain/attendance-certificate.ts';
import type { Author, Mark, Signature } from '../../src/lib/domain/documents.ts';
import { doubtsOfGroup, groupSheet, sheetsOfGroup } from '../../src/lib/domain/group-sheet.ts';
import { hostileTexts } from '../../src/lib/domain/hostile-texts.ts';
import type { ThemeId } from '../../src/lib/domain/ids.ts';
import { answer } from '../../src/lib/domain/roll-call.ts';
import { author, meetingOn, person, sheetExample } from '../../src/lib/domain/sheet-examples.ts';
import { newTheme } from '../../src/lib/domain/themes.ts';
import { attendancePaper } from '../../src/lib/paper/attendance-sheet.ts';
import { certificatePaper } from '../../src/lib/paper/certificate.ts';
import { groupPaper } from '../../src/lib/paper/group-sheet.ts';
import { fileOf, type Paper } from '../../src/lib/paper/pages.ts';
import { pdfOf } from '../../src/lib/paper/pdf.ts';
import { themeSheet } from '../../src/lib/paper/theme-sheet.ts';

const code = 'ABCD-EFGH-JKMN';
const meeting = meetingOn('2023-11-20');
const names = [...hostileTexts, 'W'.repeat(120), 'محمد '.repeat(30).trim(), 'Farid Ahmadi'];
const statuses = ['present', 'late', 'excused', 'absent'] as const;

const marksOf = (occurrence: typeof meeting.occurrence): Mark[] =>
  names.map((_, place) => {
    const status = statuses[place % statuses.length] ?? 'present';
    return answer(undefined, { occurrence, participant: person(place), status }, author(1)) as Mark;
  });

function meetingPaper(): Paper {
  const drawn = { path: 'M20 90L60 20L100 90L140 30L180 80M150 10L160 20', width: 200, height: 110 };
  const signatures = [
    { participant: person(0), occurrence: meeting.occurrence, drawn, at: author(1).at },
  ] as unknown as Signature[];
  const records = sheetExample(names, {
    meetings: [meeting],
    marks: marksOf(meeting.occurrence),
    signatures,
  });
  const sheet = attendanceSheet(meeting, records);
  return attendancePaper(sheet, doubtsOf(sheet, 0), code);
}

function wholeGroup(): Paper {
  const meetings = Array.from({ length: 10 }, (_, week) =>
    meetingOn(new Date(Date.UTC(2023, 9, 2 + 7 * week)).toISOString().slice(0, 10)),
  );
  const marks = meetings.flatMap(({ occurrence }) => marksOf(occurrence));
  const records = sheetExample(names, { meetings, marks });
  const sheets = sheetsOfGroup(records);
  const doubts = doubtsOfGroup(sheets, () => 0, '2023-12-31');
  return groupPaper(groupSheet(sheets, records, '2023-12-31'), doubts, code);
}

function attestation(name: string): Paper {
  const certificate: Certificate = {
    ...{ participant: person(1), organisation: hostileTexts.join(' ').slice(0, 200), name },
    ...{ from: '2023-01-02', to: '2023-11-20' },
    rows: ['S1.23', 'S2.23', hostileTexts[3] ?? ''].flatMap((term) => [
      { kind: 'language', term, meetings: 11, minutes: 1375 },
      { kind: 'conversation', term, meetings: 2, minutes: 210 },
    ]),
    ...{ meetings: 39, minutes: 4755, unmarked: 1 },
  };
  return certificatePaper(certificate, '2023-11-21', code);
}

const theme = () => {
  const text = hostileTexts.join(' ').slice(0, 190);
  return themeSheet(
    newTheme(
      't1' as ThemeId,
      {
        ...{ title: text, level: 'A1', aim: text, care: text, games: [...hostileTexts] },
        prompts: hostileTexts.map((one) => ({ text: one })),
        vocabulary: hostileTexts.map((one) => ({ word: one, meaning: one })),
      },
      true,
      { at: '2023-11-20T15:00:00.000Z', by: 'elise', device: 'desk' } as Author,
    ),
  );
};

const files = {
  meeting: () => fileOf([meetingPaper()], 'meeting'),
  group: () => fileOf([wholeGroup()], 'group'),
  certificate: () =>
    fileOf([...hostileTexts.slice(0, 4), ...names.slice(-3)].map(attestation), 'certificate'),
  theme,
};
export type FileName = keyof typeof files;

/** Pixels to a point. */
const scale = 2;

class Picture {
  readonly width: number;
  readonly height: number;
  /** From 0, black, to 255, white. */
  readonly #light: Uint8Array;

  constructor({ width, height, data }: ImageData) {
    [this.width, this.height] = [width, height];
    this.#light = new Uint8Array(width * height);
    for (let at = 0; at < this.#light.length; at++)
      this.#light[at] =
        0.3 * (data[4 * at] ?? 0) + 0.59 * (data[4 * at + 1] ?? 0) + 0.11 * (data[4 * at + 2] ?? 0);
  }

  light(x: number, y: number): number {
    return this.#light[y * this.width + x] ?? 255;
  }

  /** How many pixels of a box (in points) are darker than that. */
  darkerIn([left, top, right, bottom]: Box, than: number): number {
    let count = 0;
    const [x2, y2] = [
      Math.min(this.width, Math.ceil(right * scale)),
      Math.min(this.height, Math.ceil(bottom * scale)),
    ];
    for (let y = Math.max(0, Math.floor(top * scale)); y < y2; y++)
      for (let x = Math.max(0, Math.floor(left * scale)); x < x2; x++)
        if (this.light(x, y) < than) count += 1;
    return count;
  }

  /** Lines that run down the page for at least so many points without a gap: where, from, to; in points. */
  rules(shortest: number): { x: number; top: number; bottom: number }[] {
    const found: { x: number; top: number; bottom: number }[] = [];
    for (let x = 0; x < this.width; x++) {
      let from = -1;
      for (let y = 0; y <= this.height; y++) {
        // Ink of letters is darker, struck cells are lighter.
        const isLine = y < this.height && this.light(x, y) < 215;
        if (isLine && from < 0) from = y;
        if (isLine || from < 0) continue;
        if (y - from >= shortest * scale) found.push({ x: x / scale, top: from / scale, bottom: y / scale });
        from = -1;
      }
    }
    // A line may take two pixels.
    return found.filter(
      (one, at) => at === 0 || one.x - (found[at - 1]?.x ?? 0) > 1.5 || one.top !== found[at - 1]?.top,
    );
  }
}
type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Seen {
  /** Points. */
  readonly width: number;
  readonly height: number;
  /** Pixels that are not white near the edges of the paper. */
  readonly outside: number;
  /** Dark pixels of the head, of the code at the foot (share of its box), and of the number of the page. */
  readonly head: number;
  readonly code: number;
  readonly number: number;
  /** Lines between columns, and dark pixels closer to one of them than any word may come. */
  readonly rules: number;
  readonly across: number;
}

const ink = 110;
/** Points that stay white: beside a sheet, above it, below it. */
const [beside, above, below] = [34, 28, 10];
/** Between a word and the line of its column stand 3 points. */
const near = 1.5;

function look(picture: Picture): Seen {
  const [width, height] = [picture.width / scale, picture.height / scale];
  const rules = picture.rules(60);
  const qr: Box = [36, height - 78, 94, height - 20];
  return {
    ...{ width, height },
    outside:
      picture.darkerIn([0, 0, beside, height], 250) +
      picture.darkerIn([width - beside, 0, width, height], 250) +
      picture.darkerIn([0, 0, width, above], 250) +
      picture.darkerIn([0, height - below, width, height], 250),
    head: picture.darkerIn([36, 30, width - 36, 120], ink),
    code: picture.darkerIn(qr, ink) / ((qr[2] - qr[0]) * (qr[3] - qr[1]) * scale ** 2),
    number: picture.darkerIn([width - 110, height - 92, width - 36, height - 50], ink),
    rules: rules.length,
    across: rules.reduce(
      (sum, { x, top, bottom }) =>
        sum +
        picture.darkerIn([x - near, top + 1, x - 0.5, bottom - 1], ink) +
        picture.darkerIn([x + 1, top + 1, x + near, bottom - 1], ink),
      0,
    ),
  };
}

/** Makes a file, has another program draw its pages, and measures each. */
async function pictures(name: FileName): Promise<Seen[]> {
  const bytes = new Uint8Array(await pdfOf(files[name]()));
  const pdf = await getDocument({ data: bytes, isEvalSupported: false }).promise;
  const seen: Seen[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.ceil(viewport.width), Math.ceil(viewport.height)];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    await page.render({ canvas, canvasContext: context, viewport }).promise;
    seen.push(look(new Picture(context.getImageData(0, 0, canvas.width, canvas.height))));
  }
  return seen;
}

declare global {
  interface Window {
    pictures: typeof pictures;
  }
}
window.pictures = pictures;
