/**
 * Badges: a number drawn at random, printed as a QR code. It says nothing of the person who carries it: only a device
 * that holds the term knows whose it is.
 */

/** Without 0, 1, i, l, o: nothing that is misread. 31 signs: their number is prime, which the check relies on. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const drawn = 11;

/** How a code on paper says that it is a badge of Présence. */
const prefix = 'PRESENCE:';

/**
 * The sign that makes a weighted sum a multiple of 31: one sign misread, or two exchanged, never gives another badge.
 * @param signs those drawn
 */
function checkSign(signs: string): string {
  const sum = [...signs].reduce((total, sign, at) => total + alphabet.indexOf(sign) * (at + 2), 0);
  return alphabet.charAt((alphabet.length - (sum % alphabet.length)) % alphabet.length);
}

/**
 * A new badge of twelve signs (54 bits).
 * @param bytes at least 11 random ones, which the caller brings
 */
export function newBadge(bytes: Uint8Array): string {
  const signs = [...bytes.subarray(0, drawn)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
  if (signs.length < drawn) throw new Error('a badge needs more random bytes');
  return signs + checkSign(signs);
}

/** What the code on the paper says: capital letters alone make it small. */
export const badgeCode = (badge: string): string => `${prefix}${badge.toUpperCase()}`;

/** « abcd efgh jkmn »: to be read aloud and typed. */
export const badgeWords = (badge: string): string => badge.match(/.{1,4}/g)?.join(' ') ?? badge;

export type ReadBadge =
  | { readonly ok: true; readonly badge: string }
  | { readonly ok: false; readonly why: 'not a badge' | 'misread' };

/** The badge that a code says, or that somebody typed with whatever spaces and capitals. */
export function readBadge(text: string): ReadBadge {
  const said = text.trim();
  const isCode = said.toUpperCase().startsWith(prefix);
  const signs = (isCode ? said.slice(prefix.length) : said).replaceAll(/[\s.-]/g, '').toLowerCase();
  if (signs.length !== drawn + 1 || [...signs].some((sign) => !alphabet.includes(sign)))
    return { ok: false, why: 'not a badge' };
  const isRight = checkSign(signs.slice(0, drawn)) === signs.charAt(drawn);
  return isRight ? { ok: true, badge: signs } : { ok: false, why: 'misread' };
}
