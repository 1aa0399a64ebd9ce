/** What a device whose credential was taken back may still write: what its person had said and not sent. */

const said: ReadonlySet<unknown> = new Set([
  ...['mark', 'closing', 'debrief', 'shift', 'signature', 'signUp', 'rosterCard', 'device'],
]);

/** Why a document is not taken from such a device; `undefined` when it is. The rules are asked all the same. */
export function whyNotHandedIn(
  document: Readonly<Record<string, unknown>>,
  account: string | null,
): string | undefined {
  if (document._deleted === true) return 'A device that was taken back deletes nothing.';
  if (!said.has(document.type) || document.by !== account)
    return 'A device that was taken back hands in what its own person said, and nothing else.';
  return undefined;
}
