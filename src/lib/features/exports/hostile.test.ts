/** Hostile names in every file that an export makes, opened again by what did not write it. */
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'papaparse';
import readWorkbook from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { hostileTexts } from '$lib/domain/hostile-texts.ts';
import { askedFor, heldYear } from './export-examples.ts';
import { makeExport } from './make-export.ts';

let place = 0;
const named = new Map<string, string>();
const held = heldYear((document) => {
  if (document.type === 'group' || document.type === 'term')
    return { ...document, label: hostileTexts[place++ % hostileTexts.length] ?? '' };
  if (document.type !== 'participant') return document;
  const text = hostileTexts[place++ % hostileTexts.length] ?? '';
  named.set(document.participant, text);
  return { ...document, familyName: text, firstName: text, phone: text.slice(0, 40) };
});

/** As people see it: without what is not seen, on one line. */
const seen = (text: string) =>
  text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- what XML holds none of
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('_x005F_', '_')
    .replace(/\s+/g, ' ')
    .trim();
/** What a spreadsheet may take for a formula. */
const formula = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

it('are words in each cell of the CSV files', async () => {
  for (const what of ['data', 'beneficiaries'] as const) {
    const { bytes } = await makeExport(held, askedFor({ what, format: 'csv' }));
    const files = what === 'data' ? Object.values(unzipSync(bytes)) : [bytes];
    const cells = files.flatMap((file) =>
      parse<string[]>(strFromU8(file).replace(/\r\n$/, ''), { delimiter: ';', newline: '\r\n' }).data.flat(),
    );
    expect(cells.filter((cell) => formula.test(cell))).toEqual([]);
    for (const text of hostileTexts)
      expect(
        cells.some((cell) => cell === text.toWellFormed() || cell === `'${text.toWellFormed()}`),
        JSON.stringify(text),
      ).toBe(true);
  }
});

it('are words in each cell of the workbooks', async () => {
  for (const what of ['data', 'beneficiaries'] as const) {
    const { bytes } = await makeExport(held, askedFor({ what }));
    const files = Object.entries(unzipSync(bytes));
    for (const [name, file] of files) expect(strFromU8(file), name).not.toMatch(/<f[\s>/]|<script/);
    const cells = new Set(
      (await readWorkbook(Buffer.from(bytes), { trim: false }))
        .flatMap(({ data }) => data.flat())
        .map((cell) => seen(String(cell ?? ''))),
    );
    for (const text of hostileTexts) expect(cells.has(seen(text)), JSON.stringify(text)).toBe(true);
  }
});

it('come back from the JSON as they were', async () => {
  const { bytes } = await makeExport(held, askedFor({ format: 'json' }));
  const { databases } = JSON.parse(strFromU8(bytes)) as {
    databases: Record<string, { type: string; participant: string; familyName: string }[]>;
  };
  const files = (databases['paris13-registry'] ?? []).filter(({ type }) => type === 'participant');
  expect(files).toHaveLength(named.size);
  for (const { participant, familyName } of files) expect(familyName).toBe(named.get(participant));
});

it('are in no file without names', async () => {
  for (const format of ['csv', 'xlsx', 'json'] as const) {
    const { bytes } = await makeExport(held, askedFor({ format, isPseudonymised: true }));
    const text =
      format === 'json'
        ? strFromU8(bytes)
        : Object.values(unzipSync(bytes))
            .map((file) => strFromU8(file))
            .join('\n');
    for (const word of ['/C calc', 'alert(1)', 'xxxxx', 'Sami', 'constructor', '__proto__', '🙂'])
      expect(text.includes(word), `${format}: ${word}`).toBe(false);
  }
});
