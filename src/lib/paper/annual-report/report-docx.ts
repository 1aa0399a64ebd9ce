/**
 * The annual report for a word processor: real headings, tables with a header row, charts as pictures with their words,
 * definitions that figures lead to. The library is loaded with the first document.
 */
import { m } from '../../i18n/paraglide/messages.js';
import { getLocale } from '../../i18n/paraglide/runtime.js';
import { DocxWriter, night, soft, type Pictures } from './docx-writer.ts';
import { plainText } from './plain-text.ts';
import type { PrintedReport } from './printed.ts';

const styles = (language: string) => ({
  default: {
    document: { run: { font: 'Calibri', size: 22, language: { value: language } } },
    title: {
      run: { size: 60, bold: true, color: night },
      paragraph: { spacing: { before: 2400, after: 120 } },
    },
    heading1: {
      run: { size: 34, bold: true, color: night },
      paragraph: { spacing: { before: 360, after: 140 }, keepNext: true },
    },
    heading2: {
      run: { size: 26, bold: true, color: night },
      paragraph: { spacing: { before: 280, after: 100 }, keepNext: true },
    },
    heading3: {
      run: { size: 22, bold: true, color: night },
      paragraph: { spacing: { before: 160, after: 40 }, keepNext: true },
    },
  },
});

/**
 * The bytes of the document.
 * @param pictures of its charts; one without a picture is told in words
 * @throws when the library cannot be had
 */
export async function reportDocx(
  report: PrintedReport,
  pictures: Pictures,
): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await import('docx');
  const { AlignmentType, Document, Footer, HeadingLevel, Packer, PageNumber, Paragraph, TextRun } = docx;
  const { title, organisation, state, made, sections, definitions } = report;
  const writer = new DocxWriter(docx, pictures, definitions);
  const numbered = m
    .report_page({ page: '<page>', pages: '<pages>' })
    .split(/(<pages?>)/)
    .filter(Boolean)
    .map((part) =>
      part === '<page>' ? PageNumber.CURRENT : part === '<pages>' ? PageNumber.TOTAL_PAGES : part,
    );
  const document = new Document({
    title: plainText(title),
    creator: plainText(m.shell_app()),
    description: plainText(state),
    styles: styles(getLocale() === 'fr' ? 'fr-FR' : 'en-GB'),
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1300, bottom: 1200, left: 1420, right: 1420 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.END,
                children: [
                  new TextRun({ text: `${plainText(organisation)} · ${title} · `, size: 17, color: soft }),
                  new TextRun({ children: numbered, size: 17, color: soft }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(plainText(title))] }),
          new Paragraph({
            spacing: { after: 200 },
            children: [new TextRun({ text: plainText(organisation), size: 30, color: soft })],
          }),
          writer.small(`${state}. ${made}.`),
          ...sections.flatMap((section, at) => writer.section(section, at === 0)),
          new Paragraph({
            heading: HeadingLevel.HEADING_1,
            pageBreakBefore: true,
            children: [new TextRun(plainText(m.report_definitions()))],
          }),
          new Paragraph({ children: [new TextRun(plainText(m.report_definitions_lead()))] }),
          ...definitions.flatMap((note) => writer.definition(note)),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}
