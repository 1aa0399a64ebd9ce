/** What a database keeps beside its documents. */
import type { Body } from '../engine.ts';
import type { Statements } from './statements.ts';

/** Settings and identity: a text by name. Read once: nobody else writes the file while the server has it. */
export class Meta {
  readonly #statements: Statements;
  readonly #known = new Map<string, string | undefined>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  get(key: string): string | undefined {
    if (this.#known.has(key)) return this.#known.get(key);
    const found = this.#statements.of('SELECT value FROM meta WHERE key = ?').get(key);
    const value = (found as { value: string } | undefined)?.value;
    this.#known.set(key, value);
    return value;
  }

  /** Answers the value. */
  set(key: string, value: string): string {
    this.#statements.of('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
    this.#known.set(key, value);
    return value;
  }

  /** After a transaction that did not hold: what was set in it is read again. */
  forget(): void {
    this.#known.clear();
  }
}

/** `_local/` documents: no history, never replicated. */
export class LocalDocuments {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  get(id: string): { rev: string; body: Body } | undefined {
    const row = this.#statements.of('SELECT rev, body FROM local WHERE id = ?').get(id) as
      { rev: string; body: string } | undefined;
    return row && { rev: row.rev, body: JSON.parse(row.body) as Body };
  }

  put(id: string, rev: string, body: Body): void {
    this.#statements
      .of('INSERT OR REPLACE INTO local (id, rev, body) VALUES (?, ?, ?)')
      .run(id, rev, JSON.stringify(body));
  }

  /** Answers whether it was there. */
  delete(id: string): boolean {
    return this.#statements.of('DELETE FROM local WHERE id = ?').run(id).changes > 0;
  }

  list(): { id: string; rev: string }[] {
    return this.#statements.of('SELECT id, rev FROM local ORDER BY id').all() as unknown as {
      id: string;
      rev: string;
    }[];
  }
}
