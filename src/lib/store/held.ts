/** Which databases this device holds at all, open or not. */
import Dexie from 'dexie';

/** Names of all that this app made here. */
export const heldDatabases = (): Promise<string[]> => Dexie.getDatabaseNames();

/** Removes one, unsent work included: callers ask first. Another tab that has it open steps aside. */
export const destroyDatabase = (name: string): Promise<void> => Dexie.delete(name);
