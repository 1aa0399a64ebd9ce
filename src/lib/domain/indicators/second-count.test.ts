import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'papaparse';
import { describe, expect, it } from 'vitest';
import { namedTables } from '../exports/named-tables.ts';
import { idsIn, pseudonymisedTable } from '../exports/pseudonymised.ts';
import { csvOf, type ExportTable } from '../exports/table.ts';
import { generateDemoYear } from '../demo-year/generate.ts';
import { cellAt } from './cell-at.ts';
import { randomSite } from './random-site.ts';
import { reportOf } from './report.ts';
import type { Scope } from './scope.ts';
import type { SiteDocuments } from './site-reading.ts';

/** A thousand random terms in the long search. */
const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 1_000 } : { numRuns: 250, seed: 20231002 };
const everything: Scope = { kind: 'period', from: '2000-01-01', to: '2099-12-31' };
const sql = readFileSync(new URL('./second-count.sql', import.meta.url), 'utf8');

/** The files of an export, as they are handed over, read into SQLite, and counted there. */
function counted(tables: readonly ExportTable[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec('BEGIN');
  for (const table of tables) {
    const { data } = parse<string[]>(csvOf(table).slice(1).trimEnd(), { delimiter: ';', newline: '\r\n' });
    const [columns = [], ...rows] = data;
    database.exec(
      `CREATE TABLE ${table.name} (${columns.map((column) => `"${column}"${column === 'week' ? ' INTEGER' : ''}`).join()})`,
    );
    const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${columns.map(() => '?').join()})`);
    for (const row of rows) insert.run(...row);
  }
  database.exec('COMMIT');
  database.exec(sql);
  return database;
}

function comparedAssiduity(documents: SiteDocuments): void {
  const { report, facts } = reportOf([documents], everything);
  const database = counted(namedTables(documents));
  const theirs = database
    .prepare('SELECT * FROM assiduity ORDER BY term, workshop_type, person')
    .all()
    .map((row) => ({ ...row }));
  const ours = facts.tables.inscriptions
    .map((row) => ({
      ...{ term: row.term, workshop_type: row.workshopType, person: row.participant },
      ...{ due: row.due, attended: row.attended, engaged: Number(row.isEngaged) },
      ...{ unmarked: row.unmarked, assidu: Number(row.isAssidu) },
    }))
    .sort((a, b) => {
      const [one, other] = [a, b].map((each) => `${each.term} ${each.workshop_type} ${each.person}`);
      return (one ?? '') < (other ?? '') ? -1 : 1;
    });
  expect(theirs).toEqual(ours);

  const means = database.prepare('SELECT * FROM means ORDER BY workshop_type, term').all();
  const table = report.means
    .map(({ kind, term, label: _label, rooms, ...numbers }) => {
      const { n, of } = cellAt(report.indicators, 'volunteerHours', { kind, term });
      const minutes = { heldMinutes: of, ledMinutes: n };
      return { term, workshop_type: kind as string, ...numbers, rooms: rooms.length, ...minutes };
    })
    .sort((a, b) => (`${a.workshop_type} ${a.term}` < `${b.workshop_type} ${b.term}` ? -1 : 1));
  expect(means.map((row) => ({ ...row }))).toEqual(table);
  database.close();
}

/** A machine that is busy is slow, not wrong. */
const patience = 1_800_000;

describe('a second count in SQL over the exported tables', { timeout: patience }, () => {
  const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
  const of = (name: string) => databases.get(`paris13-${name}`) ?? [];
  const year = {
    commons: of('commons'),
    registry: of('registry'),
    terms: ['s1-2023', 's2-2023', 's3-2023'].map(of),
  };

  it('agrees on the year 2023', () => comparedAssiduity(year));

  it('counts the same without names', () => {
    const named = namedTables(year);
    const pseudonyms = new Map([...idsIn(named)].map((id, place) => [id, `p${place}`]));
    const asked = { pseudonymOf: (id: string) => pseudonyms.get(id) ?? '', year: 2023 };
    const sums = (tables: readonly ExportTable[]) =>
      counted(tables)
        .prepare(
          `SELECT term, kind, count(*) AS people, sum(due), sum(attended), sum(engaged), sum(unmarked), sum(assidu)
           FROM assiduity JOIN workshop_types USING (workshop_type) GROUP BY term, kind ORDER BY term, kind`,
        )
        .all();
    const without = named.map((table) => pseudonymisedTable(table, asked));
    expect(sums(without)).toEqual(sums(named));
    expect(sums(named).length).toBeGreaterThan(8);
  });

  it('property: agrees on assiduity and on « Moyens mobilisés » for random terms', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), (seed, weeks) => {
        const groups = { socioprofessional: 2, language: 2, digital: 1, conversation: 1 };
        comparedAssiduity(randomSite(seed, { site: 'any', terms: 1, weeks, people: 9, groups, places: 5 }));
      }),
      runs,
    );
  });
});
