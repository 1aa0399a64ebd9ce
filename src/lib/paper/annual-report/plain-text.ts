/**
 * Somebody's words as a document of XML may hold them: no sign that XML forbids, none that turns the direction of what
 * follows, no half of a letter. Everything else stays as it was typed.
 */
const forbidden = /[\p{Cc}\p{Cn}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\r\n\t]+/g, ' ')
    .replace(forbidden, '');
