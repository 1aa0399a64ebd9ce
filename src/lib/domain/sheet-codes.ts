/** What a printed page is known by: a check code of what it says, and a reference that says nothing. */
import { contentHash } from './content-hash.ts';
import { opaqueKey } from './ids.ts';

/**
 * Twelve characters that anybody can read out, in threes of four; equal contents have equal ones.
 * @param hash SHA-256 of the canonical JSON of what the paper says: at least 12 bytes
 */
export const checkCode = (hash: Uint8Array): string =>
  (opaqueKey(hash).slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join('-');

/**
 * What the QR code of a page holds: which list, version and page. Whoever has the list finds it again; whoever has not
 * learns neither the day nor the group. Capitals and digits alone make the code coarse enough for a photograph.
 * @param list id of the document that the page is about
 */
export const pageReference = (list: string, version: number, page: number): string =>
  `PRESENCE:F:${contentHash(list).slice(0, 20).toUpperCase()}:${version}:${page}`;
