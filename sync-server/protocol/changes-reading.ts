/** The update feed, read page by page. */
import type { Database, Row } from '../engine/engine.ts';
import { sequenceText } from './sequence.ts';

const pageRows = 1000;

/** What a request wants to see of the feed. */
export interface Wanted {
  readonly limit: number;
  /** The newest first, and nothing after them. */
  readonly descending: boolean;
  /** The revisions of a row that are told, the winner first; none, and the row is passed over. */
  readonly revisionsOf: (row: Row) => readonly string[];
  readonly textOf: (row: Row, revisions: readonly string[]) => string;
}

/** The wanted ones of one page of rows after `since` and up to `until`; `seq` is how far the feed was read. */
export function readPage(database: Database, since: number, wanted: Wanted, limit: number, until: number) {
  const texts: string[] = [];
  let seq = since;
  const rows = database.changes(seq, pageRows);
  for (const row of rows) {
    if (texts.length >= limit) return { texts, seq };
    if (row.seq > until) return { texts, seq: until };
    seq = row.seq;
    const revs = wanted.revisionsOf(row);
    if (revs.length) texts.push(wanted.textOf(row, revs));
  }
  return { texts, seq: rows.length < pageRows && texts.length < limit ? Math.max(seq, until) : seq };
}

/** Rows after `since` that are wanted; `seq` is how far the feed was read. */
export function read(database: Database, since: number, wanted: Wanted, limit = wanted.limit) {
  const texts: string[] = [];
  const until = database.info().lastSeq;
  let seq = since;
  while (seq < until && texts.length < limit) {
    const page = readPage(database, seq, wanted, limit - texts.length, until);
    seq = page.seq;
    texts.push(...page.texts);
  }
  return { texts, seq };
}

/** The whole answer of a feed that ends. */
export function answerText(database: Database, texts: readonly string[], seq: number): string {
  return `{"results":[\n${texts.join(',\n')}${tailText(database, seq)}`;
}

/** The end of an answer, from behind its last change. */
export const tailText = (database: Database, seq: number) =>
  `\n],\n"last_seq":"${sequenceText(database, seq)}","pending":${pendingAfter(database, seq)}}\n`;

/** How many there are behind a sequence. */
export const pendingAfter = (database: Database, seq: number) =>
  seq >= database.info().lastSeq ? 0 : database.countAfter(seq);

/** The newest ones that are wanted, and how far back they lead. */
export function readDescending(database: Database, { revisionsOf, textOf, limit }: Wanted) {
  const texts: string[] = [];
  let seq = database.info().lastSeq;
  for (let before = seq + 1; texts.length < limit;) {
    const page = database.changesDescending(before, pageRows);
    for (const row of page) {
      const revs = revisionsOf(row);
      if (revs.length === 0) continue;
      if (texts.length >= limit) break;
      texts.push(textOf(row, revs));
      seq = row.seq;
    }
    if (page.length < pageRows) break;
    before = page.at(-1)?.seq ?? 0;
  }
  return { texts, seq, pending: database.countAfter(0) - texts.length };
}
