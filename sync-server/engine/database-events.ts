import type { DatabaseEvent } from './engine.ts';

/**
 * When each database was last made, written and deleted, counted since the server started: each database that was there
 * then begins as updated, so that who asks again after a restart misses nothing.
 */
export class DatabaseEvents {
  readonly #events = new Map<string, DatabaseEvent>();
  readonly #listeners = new Set<() => void>();
  #seq = 0;

  constructor(names: readonly string[]) {
    for (const name of names) this.note(name, 'updated');
  }

  note(name: string, what: DatabaseEvent['what']): void {
    this.#seq += 1;
    // Put last: the map is in the order of the events.
    this.#events.delete(`${what}:${name}`);
    this.#events.set(`${what}:${name}`, { name, what, seq: this.#seq });
    for (const listener of [...this.#listeners]) listener();
  }

  after(since: number): DatabaseEvent[] {
    return [...this.#events.values()].filter(({ seq }) => seq > since);
  }

  onEvent(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
