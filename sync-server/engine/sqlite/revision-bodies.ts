/** Bodies of the revisions that did not win; a winner's body stands in its document's row. */
import type { Statements } from './statements.ts';

export class RevisionBodies {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  get(id: string, rev: string): string | undefined {
    const found = this.#statements.of('SELECT body FROM revs WHERE id = ? AND rev = ?').get(id, rev);
    return (found as { body: string } | undefined)?.body;
  }

  keep(id: string, rev: string, body: string): void {
    this.#statements.of('INSERT OR REPLACE INTO revs (id, rev, body) VALUES (?, ?, ?)').run(id, rev, body);
  }

  drop(id: string, rev: string): void {
    this.#statements.of('DELETE FROM revs WHERE id = ? AND rev = ?').run(id, rev);
  }

  /** The revisions of a document whose bodies are kept here. */
  revisionsOf(id: string): string[] {
    const rows = this.#statements.of('SELECT rev FROM revs WHERE id = ?').all(id) as { rev: string }[];
    return rows.map(({ rev }) => rev);
  }

  /** The documents that have more bodies than their winner's. */
  ids(): string[] {
    const rows = this.#statements.of('SELECT DISTINCT id FROM revs').all() as { id: string }[];
    return rows.map(({ id }) => id);
  }
}
