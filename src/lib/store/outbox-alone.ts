/**
 * The outbox of a replica without the rest of its store, for the service worker, which sends and writes no document:
 * the schemas and the growing of revisions stay out of it, and off the phone a second time.
 */
import { indexOptions } from './indexes.ts';
import { openTables } from './open-tables.ts';
import { Outbox } from './outbox.ts';

export interface OutboxAlone {
  readonly outbox: Outbox;
  close(): void;
}

/** The outbox of the replica of that name; `undefined` when it cannot be opened. */
export async function openOutbox(name: string): Promise<OutboxAlone | undefined> {
  const opened = await openTables(name, indexOptions);
  if (!opened.ok) return undefined;
  const { tables } = opened;
  return { outbox: new Outbox(tables), close: () => tables.close({ disableAutoOpen: true }) };
}
