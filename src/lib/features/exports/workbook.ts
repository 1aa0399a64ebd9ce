/**
 * Tables as an XLSX workbook (ECMA-376): every cell says what it is, text never is a formula. Written here rather than
 * by a library: the one at hand starts a worker from a text, which our content-security-policy rightly forbids, and
 * mistakes a name such as « constructor » for one of its own.
 */
import { strToU8, zipSync } from 'fflate';
import type { Cell, Column, ExportTable } from '$lib/domain/exports/table.ts';
import { localMoment } from '$lib/domain/local-time.ts';

/** The most that a cell holds. */
const longestText = 32_767;
/** The most that a sheet's name holds. */
const longestName = 31;

// eslint-disable-next-line no-control-regex -- XML holds none of these: they are taken out
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** What a spreadsheet would read as one character written in numbers. */
const written = /_(?=x[0-9a-f]{4}_)/gi;

const escaped = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(forbidden, '')
    .slice(0, longestText)
    .replace(written, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const textCell = (at: string, text: string, style = 0) =>
  `<c r="${at}" t="inlineStr"${style ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
const numberCell = (at: string, value: number, style = 0) =>
  `<c r="${at}"${style ? ` s="${style}"` : ''}><v>${value}</v></c>`;

/** In the order of `cellXfs` below. */
const styles = { head: 1, date: 2, moment: 3, time: 4 } as const;
const styleSheet = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="20" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const dayMs = 86_400_000;
/** Days since 30 December 1899: how spreadsheets count. */
const serialOf = (date: string) => (Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / dayMs;
function shareOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) / 1440;
}

const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
const isTime = (text: string) => /^\d\d:\d\d$/.test(text);
const isInstant = (text: string) =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** What is not of its column's type is text: « to complete » where a date should be. */
function cellOf({ type }: Column, cell: Cell, at: string, timeZone: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${Number(cell)}</v></c>`;
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? numberCell(at, cell) : textCell(at, String(cell));
  if (type === 'date' && isDate(cell)) return numberCell(at, serialOf(cell), styles.date);
  if (type === 'time' && isTime(cell)) return numberCell(at, shareOfDay(cell), styles.time);
  if (type === 'instant' && isInstant(cell)) {
    const { date, time } = localMoment(cell, timeZone);
    return numberCell(at, serialOf(date) + shareOfDay(time), styles.moment);
  }
  return textCell(at, cell);
}

/** « A », « AB ». */
const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

const widest = 42;
/** By the first rows: enough to read most of what is in them. */
const widthOf = (name: string, rows: ExportTable['rows'], at: number) =>
  Math.min(
    widest,
    2 + Math.max(name.length, ...rows.slice(0, 50).map((row) => String(row[at] ?? '').length), 8),
  );

function sheetXml({ columns, rows }: ExportTable, timeZone: string): Uint8Array {
  const last = `${letterOf(Math.max(columns.length - 1, 0))}${rows.length + 1}`;
  const parts = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    `<dimension ref="A1:${last}"/>`,
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<cols>${columns.map(({ name }, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf(name, rows, at)}" customWidth="1"/>`).join('')}</cols>`,
    '<sheetData>',
    `<row r="1">${columns.map(({ name }, at) => textCell(`${letterOf(at)}1`, name, styles.head)).join('')}</row>`,
  ];
  for (const [place, row] of rows.entries()) {
    const number = place + 2;
    const cells = columns.map((column, at) => cellOf(column, row[at], `${letterOf(at)}${number}`, timeZone));
    parts.push(`<row r="${number}">${cells.join('')}</row>`);
  }
  parts.push(`</sheetData><autoFilter ref="A1:${last}"/></worksheet>`);
  return strToU8(parts.join(''));
}

/** As a spreadsheet takes it: without its signs, not too long, and of no other sheet. */
function namesOf(tables: readonly ExportTable[]): string[] {
  const names: string[] = [];
  for (const { name } of tables) {
    const plain =
      name
        .replace(/[[\]:*?/\\']/g, ' ')
        .slice(0, longestName)
        .trim() || '-';
    const isTaken = names.some((one) => one.toLowerCase() === plain.toLowerCase());
    names.push(isTaken ? `${plain.slice(0, longestName - 3)} ${names.length}` : plain);
  }
  return names;
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const xml = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`);

/**
 * @param tables one sheet each, in words already
 * @param timeZone instants are told as the clock on the wall there
 * @param onProgress from 0 to 1
 */
export function workbookOf(
  tables: readonly ExportTable[],
  timeZone: string,
  onProgress: (share: number) => void = () => undefined,
): Uint8Array<ArrayBuffer> {
  const names = namesOf(tables);
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${names.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    ),
    '_rels/.rels': xml(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets>${names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${names.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': strToU8(styleSheet),
  };
  for (const [at, table] of tables.entries()) {
    files[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(table, timeZone);
    onProgress((at + 1) / (tables.length + 1));
  }
  return zipSync(files, { level: 6 }) as Uint8Array<ArrayBuffer>;
}
