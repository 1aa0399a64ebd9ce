/**
 * The text of a cell as data: a cell may hold anything that a stranger typed or pasted. It is trimmed, bounded, stripped
 * of what cannot be seen, and never run; how it is shown or exported is for others to keep safe.
 */
import type { DoubtCode } from './issues.ts';

/** As long as a label of a document. */
const longestText = 200;
/** What of a cell is looked at, at all: nobody's name has two thousand characters. */
const longestCell = 2000;

/**
 * Controls, marks of direction, spaces without width, lone halves of characters, tags. The joiners (200C, 200D) stay:
 * Persian and Bengali are written with them.
 */
const unseen =
  // eslint-disable-next-line no-control-regex -- they are what is looked for in a cell
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;
const spaces = /[\s\u00a0\u2028\u2029]+/g;

export interface CleanText {
  readonly text: string;
  readonly doubt?: DoubtCode;
}

/** @param raw as it stands in the file; answers one line of at most {@link longestText} characters */
export function cleanText(raw: string): CleanText {
  const bounded = raw.slice(0, longestCell);
  const seen = bounded.replace(unseen, '');
  const text = seen.replace(spaces, ' ').trim().normalize('NFC');
  const letters = [...text];
  if (letters.length > longestText || raw.length > longestCell)
    return { text: letters.slice(0, longestText).join('').trim(), doubt: 'cut' };
  if (text.includes('\ufffd')) return { text, doubt: 'brokenLetters' };
  if (/^[=@]|^[+-][^\d\s]/.test(text) && text.length > 1) return { text, doubt: 'formula' };
  // A file's own mark at its start is nobody's doing.
  if (seen.length !== bounded.length && bounded.replace(/^\ufeff/, '') !== seen)
    return { text, doubt: 'hiddenCharacters' };
  return { text };
}

/** What people write in a cell to say that there is nothing to write. */
const nothing =
  /^(?:[-–—_/.?]+|n\/?a|n\.?c\.?|nsp|neant|néant|aucune?|none|null|inconnue?|unknown|non (?:connue?|renseignee?|renseignée?|communiquee?|communiquée?)|\?+)$/i;

/** Whether a cell says « nothing »: empty, a dash, « n/a », « non renseigné ». */
export const saysNothing = (text: string) => text === '' || nothing.test(text);

/** The parts of a cell that holds several things, however they are set apart. */
export const partsOf = (raw: string): string[] =>
  raw
    .slice(0, longestCell)
    .split(/[,;/|+&\n\r•·]|\s(?:et|and|ou|or)\s|\s[-–]\s/i)
    .map((part) => cleanText(part).text)
    .filter((part) => !saysNothing(part));
