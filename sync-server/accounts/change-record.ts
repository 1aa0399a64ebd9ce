/** How what is kept of accounts is changed: read, changed and written as one step, where it lives. */
import type { Engine } from '../engine/engine.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Changes a document of `_users` or of the server's own records, or makes it.
 * @param change of the fields that stand there at that moment (`undefined`: no document), maybe more than once; answers
 *   `undefined` to leave them as they are
 * @returns whether it was written
 */
export type ChangeRecord = (
  database: string,
  id: string,
  change: (before: Fields | undefined) => Record<string, unknown> | undefined,
) => Promise<boolean>;

/** In an engine of this process nothing comes between reading and writing. */
export const changeRecordIn =
  (engine: Engine): ChangeRecord =>
  async (name, id, change) => {
    const database = engine.open(name);
    if (!database) throw new Error('the accounts are gone');
    const row = database.row(id);
    const body = change(row && !row.isDeleted ? (JSON.parse(row.body) as Fields) : undefined);
    if (!body) return false;
    return database.write([{ id, body, isDeleted: false, edit: { parent: row?.rev } }])[0]?.ok ?? false;
  };
