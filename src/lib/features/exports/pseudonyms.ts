/** Names for ids that say nothing and hold within one export: the key is drawn for it, and forgotten with it. */
const encoder = new TextEncoder();

/**
 * @param key at least 32 random bytes
 * @returns for each id 16 characters: HMAC-SHA256 under the key, so that nobody who knows an id finds its pseudonym
 */
export async function pseudonymsOf(
  ids: Iterable<string>,
  key: Uint8Array<ArrayBuffer>,
): Promise<ReadonlyMap<string, string>> {
  const signer = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const pseudonyms = new Map<string, string>();
  for (const id of ids) {
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', signer, encoder.encode(id)));
    pseudonyms.set(id, [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return pseudonyms;
}
