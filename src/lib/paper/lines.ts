/**
 * Words as they are set on paper, line by line. The library sets words from left to right and knows one font at a time:
 * here a text is cut into lines that surely fit, and each line into pieces of one script, in the order in which they
 * stand on the paper.
 */
import { romanise } from '../domain/romanise.ts';

export interface Piece {
  readonly text: string;
  readonly font: 'Paper' | 'PaperArabic';
}

export interface SetText {
  readonly lines: readonly (readonly Piece[])[];
  /** The text begins with a script that runs from right to left. */
  readonly isRightToLeft: boolean;
}

/** What the font of paper holds (fonts/README.md). */
const latin =
  /^[ -~\u00A0-\u00AC\u00AE-\u00B4\u00B6-\u0107\u010A-\u0113\u0116-\u011B\u011E-\u0123\u0126\u0127\u012A\u012B\u012E-\u0133\u0136\u0137\u0139-\u013E\u0141-\u0148\u0150-\u0155\u0158-\u015B\u015E-\u0165\u016A\u016B\u016E-\u017E\u0192\u0218-\u021B\u1E80-\u1E85\u1E9E\u1EF2\u1EF3\u2013\u2014\u2018-\u201A\u201C-\u201E\u2022\u2026\u2039\u203A\u20AC\u2212]+$/;
const isArabic = /\p{Script=Arabic}/u;
const presentationForms = /[\uFB50-\uFDFF\uFE70-\uFEFF]+/g;
/** Marks that turn the direction, and whatever else is not seen; a joiner is a letter's business. */
const unseen = /[\p{Cc}\p{Co}\p{Cn}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;

/** A word in letters that there are: those of another script in Latin ones, as well as it goes. */
function inKnownLetters(word: string): string {
  if (latin.test(word) || isArabic.test(word)) return word;
  const letters = [...word].map((letter) => {
    if (latin.test(letter)) return letter;
    const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '');
    return bare !== '' && latin.test(bare) ? bare : undefined;
  });
  if (letters.every((letter) => letter !== undefined)) return letters.join('');
  const written = romanise(word.normalize('NFKD').toLowerCase());
  if (written) return capital(written);
  return letters.map((letter) => letter ?? '?').join('');
}
const capital = (word: string) => word.charAt(0).toLocaleUpperCase('fr') + word.slice(1);

/** By the fonts' own measure, in ems: the widest of each set. Bold letters take a little more. */
const widths: readonly (readonly [number, RegExp])[] = [
  [0, /\p{M}/u],
  [0.31, /[ \u00A0',.:;|ijlı!¡’·]/],
  [0.38, /[()[\]{}frt"_-]/],
  [0.42, /[I/\\°]/],
  [0.52, /[cksvxyz?*J]/],
  [0.57, /[abdeghnopqu\d<>FLET~^+=–]/],
  [0.69, /w/],
  [0.86, /m/],
  [1.03, /[WM%ŒœÆæ@¼½¾Ĳ—…]/],
  [1.27, /[سشصضښڪ\u06DD]/],
  [0.89, /\p{Script=Arabic}/u],
];
/** What a letter takes at most: a line is rather too short than beyond its cell. */
function widthOf(letter: string): number {
  const [bare = letter] = letter.normalize('NFD');
  return widths.find(([, set]) => set.test(bare))?.[0] ?? 0.73;
}
const widthOfAll = (text: string) => [...text].reduce((sum, letter) => sum + widthOf(letter), 0);

/** Words, none wider than a line. */
function words(text: string, width: number): string[] {
  return text.split(' ').flatMap((word) => {
    const parts: string[] = [];
    let [part, taken] = ['', 0];
    for (const letter of word) {
      const wide = widthOf(letter);
      if (taken + wide > width && part !== '') {
        parts.push(part);
        [part, taken] = ['', 0];
      }
      part += letter;
      taken += wide;
    }
    return part === '' ? parts : [...parts, part];
  });
}

const runs = /[\p{Script=Arabic}\p{M}\u200C\u200D]+|[^\p{Script=Arabic}]+/gu;

/** One line as it stands: pieces from left to right. */
function piecesOf(line: readonly string[], isRightToLeft: boolean): Piece[] {
  const pieces = line.flatMap((word, place) => [
    ...(place > 0 ? [{ text: ' ', font: 'Paper' } as Piece] : []),
    ...(word.match(runs) ?? []).map((text): Piece => ({
      text,
      font: isArabic.test(text) ? 'PaperArabic' : 'Paper',
    })),
  ]);
  const against = isRightToLeft ? 'Paper' : 'PaperArabic';
  // Turned round as a whole where the line runs so; what runs against the line is turned round in its place.
  const all = isRightToLeft ? pieces.reverse() : pieces;
  const turned: Piece[] = [];
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && (all[to]?.font === against || (all[to]?.text === ' ' && to > from))) to += 1;
    while (to > from && all[to - 1]?.text === ' ') to -= 1;
    if (to - from > 1) turned.push(...all.slice(from, to).reverse());
    else turned.push(...all.slice(from, (to = from + 1)));
    from = to;
  }
  return turned;
}

/**
 * @param width of the cell, in ems of the size that it is printed in
 * @returns at least one line; the text is whole, whatever its length
 */
export function setText(text: string, width: number): SetText {
  const clean = text
    .toWellFormed()
    .replace(presentationForms, (form) => form.normalize('NFKC'))
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .trim()
    .normalize('NFC');
  const known = clean.split(' ').map(inKnownLetters).join(' ');
  const isRightToLeft = isArabic.test((known.match(/\p{L}/u) ?? [''])[0]);
  const lines: string[][] = [[]];
  let taken = 0;
  for (const word of words(known, width)) {
    const wide = widthOfAll(word);
    const last = lines.at(-1) as string[];
    if (last.length > 0 && taken + widthOf(' ') + wide > width) {
      lines.push([word]);
      taken = wide;
    } else {
      taken += (last.length > 0 ? widthOf(' ') : 0) + wide;
      last.push(word);
    }
  }
  return { lines: lines.map((line) => piecesOf(line, isRightToLeft)), isRightToLeft };
}
