/** Somebody's words in a text that flows: the library breaks the lines, unless their script runs the other way. */
import type { ContentStack, ContentText } from 'pdfmake/interfaces';
import { setText } from './lines.ts';
import { words, type TextStyle } from './pages.ts';
import { typeset } from './typeset.ts';

/** In letters that paper has and on one line; `undefined` where a script needs lines of its own. */
export function inLatinLetters(text: string): string | undefined {
  const { lines } = setText(text, Infinity);
  const pieces = lines.flat();
  return pieces.every(({ font }) => font === 'Paper')
    ? pieces.map((piece) => piece.text).join('')
    : undefined;
}

/** @param width that it may take at most, in points: for a script that runs from right to left */
export function flowing(text: string, width: number, style: TextStyle): ContentText | ContentStack {
  const latin = inLatinLetters(text);
  if (latin === undefined) return { stack: [words(text, width, style).content] };
  const { size, bold = false, color } = style;
  return { text: typeset(latin), fontSize: size, bold, ...(color === undefined ? {} : { color }) };
}
