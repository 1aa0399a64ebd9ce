/** Headers as they are compared. */
import { normaliseName } from '../names.ts';
import { cleanText } from './cell-text.ts';

/** A header as it is compared: lower case, no accents, signs as spaces, « dateNaissance » in two words. */
export const headerKey = (header: string) =>
  normaliseName(
    cleanText(header)
      .text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/['’ʼ‘°º*:]/g, ' '),
  );

/** What a mapping is remembered under: the same headers in the same order. */
export const headersKey = (headers: readonly string[]) => headers.map(headerKey).join('|').slice(0, 1000);
