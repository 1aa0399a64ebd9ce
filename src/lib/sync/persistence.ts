/** Asks the browser to keep what is here, and how much room there is. */

export interface StorageState {
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
  /** The browser promised not to clear it by itself. */
  readonly isPersisted: boolean;
}

export async function storageState(): Promise<StorageState> {
  const storage = globalThis.navigator?.storage;
  const [estimate, isPersisted] = await Promise.all([
    storage?.estimate?.().catch(() => undefined),
    storage?.persisted?.().catch(() => false),
  ]);
  return { usedBytes: estimate?.usage, quotaBytes: estimate?.quota, isPersisted: isPersisted ?? false };
}

/** Answers whether the browser agreed. */
export const requestPersistence = async (): Promise<boolean> =>
  (await globalThis.navigator?.storage?.persist?.().catch(() => false)) ?? false;
