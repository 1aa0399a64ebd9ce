/**
 * Figures inside a text: a name in braces stands for the figure itself, so that a sentence and its table never
 * contradict each other. « {assidus} personnes assidues » reads « 136 personnes assidues ».
 */

/** What stands for a figure: its value in words, and the definition that it comes from. */
export interface TextFigure {
  /** As it stands between the braces. */
  readonly name: string;
  /** « 136 », « 73 % », « Afghanistan ». */
  readonly value: string;
  /** What it is, for whoever chooses one. */
  readonly label: string;
  /** Key of its definition. */
  readonly definition: string;
}

export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figure'; readonly text: string; readonly definition: string }
  /** A name that no figure has: as it was typed, braces and all. */
  | { readonly kind: 'unknown'; readonly text: string };

const inBraces = /\{([^{}\n]{1,80})\}/g;

/** A line as it is read. */
function piecesOf(line: string, figures: ReadonlyMap<string, TextFigure>): TextPiece[] {
  const pieces: TextPiece[] = [];
  const say = (text: string) => text && pieces.push({ kind: 'text', text });
  let from = 0;
  for (const found of line.matchAll(inBraces)) {
    say(line.slice(from, found.index));
    const figure = figures.get(found[1]?.trim() ?? '');
    pieces.push(
      figure
        ? { kind: 'figure', text: figure.value, definition: figure.definition }
        : { kind: 'unknown', text: found[0] },
    );
    from = found.index + found[0].length;
  }
  say(line.slice(from));
  return pieces;
}

export interface TextBlock {
  readonly kind: 'paragraph' | 'list';
  /** One of a paragraph; the items of a list. */
  readonly lines: readonly (readonly TextPiece[])[];
}

const item = /^\s*[-•]\s+/;

/** A text as paragraphs, one a line, and lists, whose lines begin with a dash. */
export function blocksOf(text: string, figures: ReadonlyMap<string, TextFigure>): TextBlock[] {
  const blocks: { kind: TextBlock['kind']; lines: TextPiece[][] }[] = [];
  let isBroken = true;
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) {
      isBroken = true;
      continue;
    }
    const isItem = item.test(line);
    const pieces = piecesOf(line.replace(item, '').trim(), figures);
    const last = blocks.at(-1);
    if (isItem && last?.kind === 'list' && !isBroken) last.lines.push(pieces);
    else blocks.push({ kind: isItem ? 'list' : 'paragraph', lines: [pieces] });
    isBroken = false;
  }
  return blocks;
}

/** Names in braces that stand for nothing, each once. */
export const unknownNames = (text: string, figures: ReadonlyMap<string, TextFigure>): string[] => [
  ...new Set(
    piecesOf(text.replaceAll('\n', ' '), figures).flatMap((piece) =>
      piece.kind === 'unknown' ? [piece.text] : [],
    ),
  ),
];

/**
 * Numbers typed by hand, each once: they stay as they are when a mark is corrected. Years, numbers of one digit and
 * codes of terms (S1.23) are none.
 */
export function typedNumbers(text: string): string[] {
  const typed = text
    .replace(inBraces, ' ')
    .matchAll(/(?<![\p{L}\d.,-])\d[\d\u00A0\u202F]*(?:[.,]\d+)?(?![\p{L}\d])/gu);
  const numbers = [...typed].map(([number]) => number.trim());
  return [...new Set(numbers.filter((one) => one.length > 1 && !/^(19|20)\d\d$/.test(one)))];
}
