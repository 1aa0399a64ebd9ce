/** Questions that are asked anew when what they read changes, in this tab or another. */
import { liveQuery, type Observable } from 'dexie';

/**
 * Dexie follows what is read through an `await` only when the function it is given is async itself: of one that hands on
 * the promise of another it sees no further than the first await, and a write to the rest goes unnoticed.
 */
export const followed = <T>(query: () => Promise<T> | T): Observable<T> => liveQuery(async () => query());
