/** Entity tags: what a client has already. */

/** Whether a tag is among those of `If-None-Match`; weak ones count as well. */
export function isKnown(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  etag: string,
): boolean {
  const known = headers['if-none-match'];
  if (typeof known !== 'string') return false;
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
