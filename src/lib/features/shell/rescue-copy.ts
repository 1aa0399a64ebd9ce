/**
 * The last way out: when the databases of this device do not open as they should, whatever the browser still reads
 * is written to a file as it lies there. Uses IndexedDB alone, because what usually reads it has just failed.
 */

interface Copied {
  readonly database: string;
  readonly version: number;
  readonly tables: Record<string, unknown[]>;
}

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('unreadable'));
  });

async function copy(name: string): Promise<Copied> {
  const database = await done(indexedDB.open(name));
  try {
    const tables: Record<string, unknown[]> = {};
    for (const table of database.objectStoreNames)
      // One table that cannot be read does not keep the others from being saved.
      tables[table] = await done<unknown[]>(database.transaction(table).objectStore(table).getAll()).catch(
        (error: unknown) => [{ unreadable: String(error) }],
      );
    return { database: name, version: database.version, tables };
  } finally {
    database.close();
  }
}

/**
 * Every readable table of the databases whose names start with `prefix`, as a JSON file.
 * @returns nothing where not one database could be opened
 */
export async function rescueCopy(prefix: string): Promise<File | undefined> {
  const names = (await indexedDB.databases())
    .map(({ name }) => name)
    .filter((name) => name !== undefined)
    .filter((name) => name.startsWith(prefix));
  const copied: Copied[] = [];
  for (const name of names) {
    const one = await copy(name).catch(() => undefined);
    if (one) copied.push(one);
  }
  if (!copied.length) return undefined;
  const at = new Date().toISOString();
  return new File(
    [JSON.stringify({ kind: 'presence-rescue', at, databases: copied })],
    `presence-${at.slice(0, 10)}.json`,
    {
      type: 'application/json',
    },
  );
}
