/** Texts of the report on paper: paragraphs and lists, whose figures lead to their definitions. */
import type { Content } from 'pdfmake/interfaces';
import type { TextBlock, TextPiece } from '../../domain/annual-report/figures-in-text.ts';
import { flowing, inLatinLetters } from '../flowing.ts';
import { ink } from '../pages.ts';
import { typeset } from '../typeset.ts';
import { anchorOf, width } from './pdf-style.ts';

const plain = (text: string, size = 10.5) => flowing(text, width, { size, color: ink.text });

/** A line of a text; each figure leads to its definition. */
function line(pieces: readonly TextPiece[]): Content {
  const whole = pieces.map(({ text }) => text).join('');
  if (inLatinLetters(whole) === undefined) return plain(whole);
  // What surrounds a figure keeps its space: letters are put in order piece by piece.
  const spaced = ({ text }: TextPiece) => {
    const clean = inLatinLetters(text) ?? '';
    return typeset(`${/^\s/.test(text) ? ' ' : ''}${clean}${/\s$/.test(text) && clean ? ' ' : ''}`);
  };
  return {
    text: pieces.map((piece) =>
      piece.kind === 'figure'
        ? { text: spaced(piece), bold: true, linkToDestination: anchorOf(piece.definition) }
        : { text: spaced(piece) },
    ),
  };
}

export const paragraph = ({ kind, lines }: TextBlock): Content =>
  kind === 'list'
    ? { ul: lines.map(line), margin: [0, 0, 0, 7] }
    : { stack: lines.map(line), margin: [0, 0, 0, 7] };

/** How high a text is at most, roughly. */
export const heightOf = (text: readonly TextBlock[]): number =>
  text
    .flatMap(({ lines }) => lines)
    .reduce((sum, pieces) => {
      const letters = pieces.reduce((all, { text: own }) => all + own.length, 0);
      return sum + 7 + 14 * Math.ceil(letters / 88);
    }, 0);
