import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';
import { generateDemoYear } from '$lib/domain/demo-year/generate.ts';
import { typedNumbers, unknownNames } from '$lib/domain/annual-report/figures-in-text.ts';
import { reportOf } from '$lib/domain/indicators/report.ts';
import { yearScope } from '$lib/domain/indicators/scope.ts';
import { pdfOf } from '../pdf.ts';
import { annualReport } from './annual-report.ts';
import { barChart } from './bar-chart.ts';
import { printedReport, type ReportTexts } from './printed.ts';
import type { Pictures } from './docx-writer.ts';
import { reportDocx } from './report-docx.ts';
import { reportPdf } from './report-pdf.ts';

const root = join(import.meta.dirname, '../../../..');
const read = async (address: string) => new Uint8Array(await readFile(join(root, address)));
const year = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const site = {
  commons: year.databases.get('paris13-commons') ?? [],
  registry: year.databases.get('paris13-registry') ?? [],
  terms: ['s1-2023', 's2-2023', 's3-2023'].map((term) => year.databases.get(`paris13-${term}`) ?? []),
};
const { report } = reportOf([site], yearScope(2023));
const content = annualReport(report, 2023, 'Paris 13');
const printed = (texts: ReportTexts = {}, organisation = 'Paris 13') =>
  printedReport({ ...content, organisation }, texts, {
    state: 'Chiffres du 15 janvier 2024, pas encore figés',
    made: 'Fait le 15 janvier 2024',
  });

/** The text of each page; a folder `PAPER_PICTURES` gets the file. */
async function pdfPages(texts?: ReportTexts, name = 'report', organisation?: string): Promise<string[]> {
  const bytes = new Uint8Array(await pdfOf(reportPdf(printed(texts, organisation)), read));
  if (process.env.PAPER_PICTURES) await writeFile(join(process.env.PAPER_PICTURES, `${name}.pdf`), bytes);
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false });
  return text.map((page) => page.replace(/[\s\u00A0]+/g, ' '));
}

const bare = (text: string) => text.replace(/\s+/g, '');

/** Whatever a coordinator may paste. */
const hostile = [
  "=cmd|' /C calc'!A0",
  '<script>alert(1)</script> & "x" </w:t>',
  'avant\u202Eerrevne\u2066 après',
  'W'.repeat(300),
  'un\u0000deux\u0008trois\uFFFFquatre \uD800 fin',
  'دستور زبان فارسی',
  '{personne inconnue} et {assidus}',
  '- un point\n- un autre 🙂',
].join('\n\n');

describe('the report as a PDF', () => {
  it('has the sections in their order, the published figures, and every definition', async () => {
    const pages = await pdfPages();
    const said = pages.join(' ');
    for (const words of [
      ...["Rapport d'activité 2023", 'Paris 13', 'pas encore figés', 'Fait le 15 janvier 2024'],
      ...['136/186, 73 %', '72/81, 89 %', '64/105, 61 %', '50 bénévoles', 'Ensemble connu 186'],
      ...['Participants inscrits 55 55 76 24 35 23 35 11 22', 'Groupes 8 7 8 4 3 4 3 3 3'],
    ])
      expect(said).toContain(words);
    const places = content.sections
      .filter(({ proposal, blocks }) => proposal || blocks.length)
      .map(({ title }) => said.lastIndexOf(title.replace(/[\s\u00A0]+/g, ' ')));
    expect(places.every((place) => place > 0)).toBe(true);
    for (const { label, version } of content.definitions) {
      expect(bare(said)).toContain(bare(label));
      expect(bare(said)).toContain(bare(version));
    }
    for (const { title, table } of content.sections.flatMap(({ blocks }) => blocks))
      for (const row of table?.rows ?? [])
        expect(bare(said), title).toContain(bare(`${row.label}${row.cells.join('')}`));
    expect(pages.filter((page) => page.length < 150)).toEqual([]);
    // Sections that nobody has written are not published, and neither is what needs checking.
    expect(said).not.toContain('Plaidoyer');
    for (const finding of content.findings) expect(bare(said)).not.toContain(bare(finding));
    expect(said).not.toContain('CAPSYS');
  });

  it('keeps every word whole and harmless', async () => {
    const said = bare((await pdfPages({ advocacy: hostile }, 'hostile', hostile)).join(''));
    for (const words of [
      "=cmd|'/Ccalc'!A0",
      '<script>alert(1)</script>&"x"</w:t>',
      'avanterrevneaprès',
      'W'.repeat(300),
      'undeuxtroisquatre',
      '{personneinconnue}et136',
      'unautre',
    ])
      expect(said).toContain(words);
    // Letters that would turn or hide what follows are gone.
    expect(said).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  });
});

describe('the report as a document', () => {
  const docxOf = async (texts?: ReportTexts, organisation?: string, pictures: Pictures = new Map()) => {
    const bytes = await reportDocx(printed(texts, organisation), pictures);
    if (process.env.PAPER_PICTURES)
      await writeFile(join(process.env.PAPER_PICTURES, texts ? 'hostile.docx' : 'report.docx'), bytes);
    const parts = unzipSync(bytes);
    const xml = new TextDecoder().decode(parts['word/document.xml']);
    const { value: html, messages } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
    return { xml, html, parts, problems: messages.filter(({ type }) => type === 'error') };
  };
  /** What is not well-formed: signs that XML has not, tags that do not close, entities that are none. */
  const parsed = (xml: string): string[] => {
    const open: string[] = [];
    const faults: string[] = xml.match(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu) ?? [];
    const rest = xml
      .replace(/^<\?xml [^?]*\?>/, '')
      .replace(
        /<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
        (_tag, closes, name: string, _own, ends) => {
          if (closes && open.pop() !== name) faults.push(`</${name}>`);
          if (!closes && !ends) open.push(name);
          return '';
        },
      );
    const odd = rest.replace(/&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi, '').match(/[<&]/g) ?? [];
    return [...faults, ...odd, ...open];
  };

  it('has real headings, tables with header rows, and figures that lead to their definitions', async () => {
    const { html, xml, problems } = await docxOf();
    expect(problems).toEqual([]);
    expect(parsed(xml)).toEqual([]);
    expect(html).toContain('Le programme d&#x27;ateliers collectifs'.replace('&#x27;', "'"));
    expect(html.match(/<h1>/g)?.length).toBeGreaterThanOrEqual(6);
    expect(html.match(/<h2>/g)?.length).toBeGreaterThanOrEqual(7);
    const tables = content.sections.flatMap(({ blocks }) => blocks).filter(({ table }) => table).length;
    // Key figures stand in a table too.
    expect(html.match(/<table>/g)).toHaveLength(tables + 1);
    expect(html.match(/<thead>/g)).toHaveLength(tables + 1);
    expect(html).toContain('136/186, 73');
    for (const { key } of content.definitions)
      expect(html).toMatch(new RegExp(`id="[^"]*definition_${key}"`));
    expect(html).toMatch(/<a href="#[^"]*definition_assidus"><strong>136<\/strong><\/a>/);
  });

  it('shows each chart as a picture with its words, and tells it where there is no picture', async () => {
    // One pixel.
    const png = Uint8Array.from(
      atob(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      ),
      (sign) => sign.charCodeAt(0),
    );
    const { xml, html, parts } = await docxOf(
      undefined,
      undefined,
      new Map([['assiduity', { png, width: 600, height: 120 }]]),
    );
    expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
    expect(xml).toMatch(/descr="Assidus parmi les inscrits\. Femmes, 72 sur 81/);
    expect(html.replaceAll('\u202F', ' ')).toContain(
      'Heures animées par des bénévoles, parmi les heures tenues. Socio',
    );
  });

  it('keeps every word whole and harmless', async () => {
    const { xml, html, parts, problems } = await docxOf({ advocacy: hostile }, hostile);
    expect(problems).toEqual([]);
    for (const [name, bytes] of Object.entries(parts))
      if (/\.(xml|rels)$/.test(name))
        expect([name, parsed(new TextDecoder().decode(bytes))]).toEqual([name, []]);
    const said = bare(html.replaceAll(/<[^>]+>/g, ''));
    for (const words of [
      "=cmd|'/Ccalc'!A0",
      '&lt;script&gt;alert(1)&lt;/script&gt;&amp;"x"&lt;/w:t&gt;',
      'avanterrevneaprès',
      'W'.repeat(300),
      'undeuxtroisquatre',
      'دستورزبانفارسی',
      '{personneinconnue}et136',
    ])
      expect(said).toContain(words);
    expect(html).toContain('<li>un autre 🙂</li>');
    expect(xml).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|fldSimple/);
    expect(html).not.toContain('<script');
  });
});

describe('the content of the report', () => {
  const block = (key: string) =>
    content.sections.flatMap(({ blocks }) => blocks).find((one) => one.key === key);

  it('tells of nobody who could be made out: under five people are grouped, and not to be reckoned', () => {
    const { table, chart, notes } = block('combinations') ?? {};
    // Three people combined two workshops in S2.23.
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      ['10', '13', '35'],
      ['8', '20', '13'],
      ['19', '·', '12'],
      ['16', '·', '10'],
      ['0', '11', '0'],
      ['53', '44', '70'],
    ]);
    expect(chart).toBeUndefined();
    expect(notes?.join(' ')).toContain('moins de cinq');
    for (const key of ['countries', 'departements', 'exits', 'languages', 'french'])
      for (const { cells } of block(key)?.table?.rows ?? [])
        expect(Number(cells[0])).toBeGreaterThanOrEqual(5);
  });

  it('proposes texts whose every figure is the one of its table', () => {
    const figures = new Map(content.figures.map((figure) => [figure.name, figure]));
    for (const { proposal } of content.sections) {
      expect(unknownNames(proposal, figures)).toEqual([]);
      expect(typedNumbers(proposal)).toEqual([]);
    }
    expect(figures.get('assidus')).toMatchObject({ value: '136', definition: 'assidus' });
    expect(figures.get('personnes-S3.23')?.value).toBe('76');
    expect(figures.get('pays-1')?.value).toBe('Afghanistan');
    expect(new Set(content.figures.map(({ name }) => name)).size).toBe(content.figures.length);
  });

  it('stands for a year of which nothing is held', () => {
    const nothing = annualReport(reportOf([], yearScope(1999)).report, 1999, '');
    expect(nothing.isEmpty).toBe(true);
    expect(nothing.sections).toHaveLength(content.sections.length);
  });
});

describe('a chart', () => {
  const bars = ['Femmes', 'W'.repeat(300), '<b>\u202E'].map((label, place) => ({
    ...{ label, n: place, of: 2, value: '50 %', detail: `${place} sur 2` },
  }));

  it.each([280, 600])('stays within its width, %i', (width) => {
    const { shapes, height } = barChart(bars, width);
    for (const shape of shapes) {
      expect(shape.x).toBeGreaterThanOrEqual(0);
      expect(shape.y).toBeLessThanOrEqual(height + 1);
      if (shape.kind === 'rect') expect(shape.x + shape.width).toBeLessThanOrEqual(width + 0.01);
      else expect(shape.text.length).toBeLessThan(width / 6);
    }
  });

  it('draws a part no longer than its whole, and nothing of nothing', () => {
    const rects = barChart(bars, 300).shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape] : []));
    expect(rects.map(({ role, width }) => [role, width])).toEqual([
      ['track', 300],
      ['track', 300],
      ['bar', 150],
      ['track', 300],
      ['bar', 300],
    ]);
    expect(barChart([], 300)).toMatchObject({ shapes: [], height: 0 });
  });
});
