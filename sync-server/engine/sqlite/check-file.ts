/** Is a database's file whole? Reads all of it; changes nothing, and may run beside the server. */
import { DatabaseSync } from 'node:sqlite';
import { leavesOf, readTree, winnerOf } from '../../revisions/tree.ts';
import { stubsOf } from './attachment-store.ts';
import { toRow, type StoredRow } from './stored-row.ts';

export interface CheckedFile {
  readonly documents: number;
  readonly deleted: number;
  readonly revisions: number;
  /** In words; documents are named by their place in the feed, never by id. */
  readonly problems: readonly string[];
}

const mostProblems = 20;

/** Checks SQLite's own structure, then every revision tree, winner, body and sequence number. Never throws. */
export function checkFile(path: string): CheckedFile {
  const found = { documents: 0, deleted: 0, revisions: 0, problems: [] as string[] };
  let sql: DatabaseSync | undefined;
  try {
    sql = new DatabaseSync(path, { readOnly: true });
    sql.exec('PRAGMA busy_timeout = 5000; BEGIN');
    for (const { integrity_check: said } of sql.prepare(`PRAGMA integrity_check(${mostProblems})`).all())
      if (said !== 'ok') found.problems.push(`structure: ${String(said)}`);
    checkRows(sql, found);
  } catch (error) {
    found.problems.push(`cannot be read: ${error instanceof Error ? error.message : 'unknown'}`);
  } finally {
    sql?.close();
  }
  return found;
}

function checkRows(
  sql: DatabaseSync,
  found: { documents: number; deleted: number; revisions: number; problems: string[] },
): void {
  const say = (problem: string) => {
    if (found.problems.length < mostProblems) found.problems.push(problem);
  };
  const others = sql.prepare('SELECT rev, body FROM revs WHERE id = ?');
  const contents = sql.prepare('SELECT 1 FROM attachments WHERE digest = ?');
  let last = 0;
  for (const stored of sql.prepare('SELECT * FROM docs ORDER BY seq').iterate() as Iterable<StoredRow>) {
    const where = `document at ${stored.seq}`;
    if (stored.deleted) found.deleted += 1;
    else found.documents += 1;
    if (!(stored.seq > last)) say(`${where}: its number does not follow the one before`);
    last = stored.seq;
    if (!isObject(stored.body)) say(`${where}: its body cannot be read`);
    else if (Object.values(stubsOf(stored.body)).some(({ digest }) => !contents.get(digest)))
      say(`${where}: the content of an attachment is missing`);
    try {
      const tree = readTree(stored.tree, toRow(stored));
      const winner = winnerOf(tree);
      if (winner.rev !== stored.rev || winner.isDeleted !== (stored.deleted === 1))
        say(`${where}: the winner is not the one of its tree`);
      const leaves = leavesOf(tree);
      found.revisions += leaves.length;
      if (leaves.length === 1) continue;
      const kept = new Map(
        (others.all(stored.id) as { rev: string; body: string }[]).map((x) => [x.rev, x.body]),
      );
      for (const { rev } of leaves)
        if (rev !== stored.rev && !isObject(kept.get(rev))) say(`${where}: a version has no body`);
    } catch {
      say(`${where}: its tree cannot be read`);
    }
  }
  const strays = sql
    .prepare('SELECT count(*) AS n FROM revs WHERE NOT EXISTS (SELECT 1 FROM docs WHERE docs.id = revs.id)')
    .get() as { n: number };
  if (strays.n > 0) say(`${strays.n} bodies belong to no document`);
  const { value } = (sql.prepare("SELECT value FROM meta WHERE key = 'lastSeq'").get() ?? {}) as {
    value?: string;
  };
  if (value !== undefined && !/^\d+$/.test(value)) say('the last number of the feed cannot be read');
}

function isObject(text: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
