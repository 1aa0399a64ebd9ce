import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { parseDocument, type Author, type ReportText } from '../documents.ts';
import type { AccountName, DeviceId } from '../ids.ts';
import { blocksOf, typedNumbers, unknownNames, type TextFigure } from './figures-in-text.ts';
import {
  formerTexts,
  mergeReportTexts,
  takeProposal,
  typeReportText,
  type TextEdit,
} from './report-texts.ts';

const place = { year: 2023, section: 'assiduity' } as const;
const author = (minute: number, by = 'elise', device = `${by}-laptop`): Author => ({
  at: new Date(Date.UTC(2024, 0, 12, 9, minute)).toISOString(),
  by: by as AccountName,
  device: device as DeviceId,
});
const after = (text: ReportText | undefined, edit: TextEdit, by: Author) => edit(text, place, by) ?? text;
const typed = (base: string, text: string, by = author(0), from?: ReportText) => {
  const next = after(from, typeReportText(base, text), by);
  if (!next) throw new Error('nothing was written');
  return next;
};

describe('a text of the annual report', () => {
  it('begins with the first change of what was proposed, under the id of its year and section', () => {
    const text = typed('Proposé.', 'Proposé et repris.');
    expect(text).toMatchObject({ _id: 'annualReport:2023:assiduity', text: 'Proposé et repris.' });
    expect(text.changes).toMatchObject([{ kind: 'created', by: 'elise' }]);
    expect(parseDocument(text).ok).toBe(true);
  });

  it('writes nothing when nothing changes', () => {
    const text = typed('', 'Un.');
    expect(typeReportText('Un.', 'Un.')(text, place, author(1))).toBeUndefined();
    expect(takeProposal(undefined, place, author(1))).toBeUndefined();
  });

  it('tells one sitting once, and keeps the text that stood before each', () => {
    let text = typed('', 'U');
    for (const [minute, more] of ['Un', 'Un d', 'Un deux'].entries())
      text = typed(text.text ?? '', more, author(minute + 1), text);
    expect(text.changes).toHaveLength(1);
    text = typed('Un deux', 'Un deux trois', author(2, 'anne'), text);
    text = typed('Un deux trois', 'Quatre', author(59), text);
    expect(text.changes?.map(({ by }) => by)).toEqual(['elise', 'anne', 'elise']);
    expect(formerTexts(text).map(({ former }) => former)).toEqual(['Un deux trois', 'Un deux']);
  });

  it('goes back to the proposal, and the text that stood can be taken again', () => {
    const text = typed('', 'Écrit.');
    const back = after(text, takeProposal, author(1));
    expect(back).not.toHaveProperty('text');
    expect(formerTexts(back).map(({ former }) => former)).toEqual(['Écrit.']);
    expect(typed('Proposé.', 'Écrit.', author(2), back).text).toBe('Écrit.');
  });

  it('keeps beside it what a colleague wrote meanwhile', () => {
    const colleague = typed('', 'De ma collègue.', author(1, 'anne'));
    expect(typed('', 'De moi.', author(2), colleague).text).toBe('De ma collègue.\nDe moi.');
  });

  it('never outgrows what a server takes, however often it is written', () => {
    let text = typed('', 'x'.repeat(6000));
    for (let sitting = 1; sitting < 400; sitting++)
      text = typed(text.text ?? '', `${sitting} ${'y'.repeat(5990)}`, author(sitting * 60), text);
    expect(JSON.stringify(text).length).toBeLessThan(65_000);
    expect(text.text).toMatch(/^399 /);
    expect(formerTexts(text).length).toBeGreaterThan(3);
  });
});

describe('two people in one section', () => {
  const base = typed('', 'Un.\nDeux.');

  it('keep both texts, whichever comes first', () => {
    const one = typed('Un.\nDeux.', 'Un, corrigé.\nDeux.', author(40, 'anne'), base);
    const other = typed('Un.\nDeux.', 'Un.\nDeux.\nTrois.', author(41), base);
    const merged = mergeReportTexts(base, [one, other]);
    expect(canonicalJson(merged)).toBe(canonicalJson(mergeReportTexts(base, [other, one])));
    for (const line of ['Un, corrigé.', 'Deux.', 'Trois.']) expect(merged.text).toContain(line);
    expect(merged.changes).toHaveLength(3);
  });

  it('lose nothing to a return to the proposal', () => {
    const back = after(base, takeProposal, author(40, 'anne')) as ReportText;
    const other = typed('Un.\nDeux.', 'Un.\nDeux.\nTrois.', author(41), base);
    expect(mergeReportTexts(base, [back, other]).text).toContain('Trois.');
    expect(mergeReportTexts(base, [back, base])).not.toHaveProperty('text');
    expect(formerTexts(mergeReportTexts(base, [back, base])).map(({ former }) => former)).toContain(
      base.text,
    );
  });

  it('come to the same text on every device, with every change of both', () => {
    const version = fc
      .record({
        text: fc.string({ maxLength: 30 }),
        minute: fc.integer({ min: 40, max: 200 }),
        by: fc.constantFrom('anne', 'elise'),
      })
      .map(({ text, minute, by }) => typed('Un.\nDeux.', text, author(minute, by), base));
    fc.assert(
      fc.property(version, version, (a, b) => {
        const [one, other] = [mergeReportTexts(base, [a, b]), mergeReportTexts(base, [b, a])];
        expect(canonicalJson(one)).toBe(canonicalJson(other));
        expect(canonicalJson(mergeReportTexts(base, [one, a]))).toBe(canonicalJson(one));
        for (const change of [...(a.changes ?? []), ...(b.changes ?? [])])
          expect(one.changes?.map(canonicalJson)).toContain(canonicalJson(change));
      }),
    );
  });
});

describe('figures in a text', () => {
  const figures = new Map<string, TextFigure>([
    ['assidus', { name: 'assidus', value: '136', label: 'Assidus', definition: 'assidus' }],
  ]);

  it('read as the figure, each with its definition; a name that no figure has stays as it was typed', () => {
    expect(blocksOf('Il y a {assidus} assidus, {demain}.', figures)).toEqual([
      {
        kind: 'paragraph',
        lines: [
          [
            { kind: 'text', text: 'Il y a ' },
            { kind: 'figure', text: '136', definition: 'assidus' },
            { kind: 'text', text: ' assidus, ' },
            { kind: 'unknown', text: '{demain}' },
            { kind: 'text', text: '.' },
          ],
        ],
      },
    ]);
    expect(unknownNames('{a} {assidus}\n{a} {b}', figures)).toEqual(['{a}', '{b}']);
  });

  it('stand in paragraphs and lists', () => {
    const kinds = blocksOf('Un\nDeux\n\n- a\n- b\n\n- c\nTrois', figures).map(
      ({ kind, lines }) => `${kind} ${lines.length}`,
    );
    expect(kinds).toEqual(['paragraph 1', 'paragraph 1', 'list 2', 'list 1', 'paragraph 1']);
  });

  it('are told from numbers typed by hand', () => {
    expect(
      typedNumbers('En 2023, 186 personnes, {assidus} assidus, 73 %, S1.23, 3 sessions, 1\u202F520 h'),
    ).toEqual(['186', '73', '1\u202F520'].map((number) => number));
  });
});
