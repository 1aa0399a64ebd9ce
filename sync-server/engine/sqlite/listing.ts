/** The documents of a database in the order of their ids. */
import type { KeyRange, Row } from '../engine.ts';
import type { Statements } from './statements.ts';
import { toRow, type StoredRow } from './stored-row.ts';

/** Those of a range that are not deleted, and how many stand before the first of them. */
export function listRange(statements: Statements, range: KeyRange): { rows: Row[]; offset: number } {
  const [low, high] = range.descending ? [range.to, range.from] : [range.from, range.to];
  const isLowOpen = range.descending && !range.includesEnd && low !== undefined;
  const isHighOpen = !range.descending && !range.includesEnd && high !== undefined;
  const where = [
    'deleted = 0',
    ...(low === undefined ? [] : [`id ${isLowOpen ? '>' : '>='} $low`]),
    ...(high === undefined ? [] : [`id ${isHighOpen ? '<' : '<='} $high`]),
  ].join(' AND ');
  const bounds = {
    ...(low === undefined ? {} : { $low: low }),
    ...(high === undefined ? {} : { $high: high }),
  };
  const rows = statements
    .of(
      `SELECT * FROM docs WHERE ${where} ORDER BY id ${range.descending ? 'DESC' : 'ASC'} LIMIT $limit OFFSET $skip`,
    )
    .all({ ...bounds, $limit: range.limit, $skip: range.skip });
  return {
    rows: (rows as unknown as StoredRow[]).map(toRow),
    offset: countBefore(statements, range.descending ? high : low, range.descending) + range.skip,
  };
}

function countBefore(statements: Statements, start: string | undefined, descending: boolean): number {
  if (start === undefined) return 0;
  const { n } = statements
    .of(`SELECT count(*) AS n FROM docs WHERE deleted = 0 AND id ${descending ? '>' : '<'} ?`)
    .get(start) as { n: number };
  return n;
}

/** The `_design/` documents that are not deleted, in the order of their ids. */
export function listDesign(statements: Statements): Row[] {
  // '0' is the character after '/'.
  const rows = statements
    .of("SELECT * FROM docs WHERE id >= '_design/' AND id < '_design0' AND deleted = 0 ORDER BY id")
    .all();
  return (rows as unknown as StoredRow[]).map(toRow);
}
