/** Why a database on this device could not be opened. None of these loses a row; each has a way out. */
export type OpenFailure =
  /** Another tab holds an older shape of it open: close the other tabs. */
  | 'blocked'
  /** A newer app wrote it: reload to get that app. */
  | 'newer'
  /** The browser cannot read its files: export what can be read, ask for help. */
  | 'corrupted'
  /** The device is full: free some room. */
  | 'quota'
  /** The browser keeps nothing (private window, storage switched off): use another one. */
  | 'unavailable';

/** Names an error of IndexedDB or Dexie. */
export function openFailureOf(error: unknown): OpenFailure {
  const names = [error, (error as { inner?: unknown } | null)?.inner].map(
    (one) => (one as { name?: string } | null)?.name ?? '',
  );
  const has = (...wanted: string[]) => names.some((name) => wanted.includes(name));
  if (has('QuotaExceededError')) return 'quota';
  if (has('VersionError')) return 'newer';
  if (has('MissingAPIError', 'SecurityError', 'InvalidStateError')) return 'unavailable';
  return 'corrupted';
}
