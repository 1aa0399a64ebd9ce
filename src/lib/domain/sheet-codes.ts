/** What a printed page is known by: a check code of what it says, and a reference that says nothing. */
import { contentHash } from './content-hash.ts';
import { opaqueKey } from './ids.ts';

/**
 * Twelve characters that anybody can read out, in threes of four; equal contents have equal ones.
 * @param hash SHA-256 of the canonical JSON of what the paper says: at least 12 bytes
 */
export const checkCode = (hash: Uint8Array): string =>
  (opaqueKey(hash).slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join('-');

/** Characters of the key of a list, and of the part of it that people type. */
const [keyLength, typedLength] = [20, 8];

/** What stands for a document on paper: whoever has it finds it again, whoever has not learns neither day nor group. */
const listKey = (list: string): string => contentHash(list).slice(0, keyLength).toUpperCase();

/** « A1B2-C3D4 »: the list's own code, for whoever cannot read the QR code. @param list id of the document */
export const listCode = (list: string): string =>
  (listKey(list).slice(0, typedLength).match(/.{4}/g) ?? []).join('-');

/**
 * What the QR code of a page holds: which list, version and page. Capitals and digits alone make the code coarse enough
 * for a photograph.
 * @param list id of the document that the page is about
 */
export const pageReference = (list: string, version: number, page: number): string =>
  `PRESENCE:F:${listKey(list)}:${version}:${page}`;

/** A page that comes back to the list that it was printed from. */
export interface PageOfList {
  readonly version: number;
  readonly page: number;
  /** Which people of the list stand on it, from 1, both included; none on a page of something else. */
  readonly people?: { readonly from: number; readonly to: number } | undefined;
}

/**
 * The same as a link, so that any phone's camera opens the page where it is copied. It says nothing of what is on the
 * sheet, and what follows `#` reaches no server.
 * @param home the origin of the app
 */
export const pageLink = (home: string, list: string, { version, page, people }: PageOfList): string =>
  `${home}/feuilles/relire#F:${listKey(list)}:${version}:${page}${people ? `:${people.from}-${people.to}` : ''}`;

export interface ReadPage extends PageOfList {
  /** The key of the list, or the part of it that was typed. */
  readonly key: string;
}

const shape = new RegExp(
  `(?:^PRESENCE:|#)F:([0-9A-F]{${keyLength}}):(\\d{1,4}):(\\d{1,3})(?::(\\d{1,4})-(\\d{1,4}))?$`,
);

/** What a code says that was read off a page; `undefined` where it is none of ours. */
export function readPage(text: string): ReadPage | undefined {
  const [, key, version, page, from, to] = shape.exec(text) ?? [];
  if (!key) return undefined;
  const people = from && to ? { from: Number(from), to: Number(to) } : undefined;
  return { key, version: Number(version), page: Number(page), ...(people && { people }) };
}

/** The key in what somebody typed: « a1b2 c3d4 »; `undefined` where it cannot be one. */
export function typedListKey(text: string): string | undefined {
  const key = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0');
  return new RegExp(`^[0-9A-F]{${typedLength}}$`).test(key) ? key : undefined;
}

/** Whether a document is the one that a page, or what was typed, refers to. */
export const isKeyOf = (key: string, list: string): boolean => listKey(list).startsWith(key);
