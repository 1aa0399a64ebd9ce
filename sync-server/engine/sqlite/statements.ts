import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Statements of one file, each prepared once. */
export class Statements {
  readonly #sql: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(sql: DatabaseSync) {
    this.#sql = sql;
  }

  of(text: string): StatementSync {
    let statement = this.#prepared.get(text);
    if (!statement) this.#prepared.set(text, (statement = this.#sql.prepare(text)));
    return statement;
  }

  clear(): void {
    this.#prepared.clear();
  }
}
