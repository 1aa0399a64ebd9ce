/** Whom and what a finding is about, as rows like those behind a figure. */
import type { OccurrenceId, ParticipantId } from '../ids.ts';
import type { Behind, BehindRow } from './behind.ts';
import type { Finding } from './checker.ts';
import type { Facts } from './facts.ts';

export type FindingWithRows = Extract<Finding, { readonly rows: unknown }>;

/** What the ids of a finding are. */
const ofMeetings: readonly FindingWithRows['key'][] = [
  'heldWithoutMarks',
  'closedWithUnmarked',
  'heldNotClosed',
  'heldWithoutFacilitator',
  'headcountBelowNames',
  'cancelledWithMarks',
];
const ofDocuments: readonly FindingWithRows['key'][] = [
  'enrolledProvisionally',
  'astrayEnrolments',
  'astrayMarks',
  'presentAfterExit',
];

export function behindFinding(
  { tables }: Pick<Facts, 'tables'>,
  { key, rows: ids }: FindingWithRows,
): Behind {
  const meetings = new Map<OccurrenceId, BehindRow>();
  if (ofMeetings.includes(key))
    for (const { occurrence, group, date, term, kind, ...list } of tables.meetings) {
      const { came, expected, attendance, unmarked, minutes } = list;
      const numbers = { came, expected, attendance, unmarked, minutes };
      meetings.set(occurrence, {
        ...{ about: 'meeting', isCounted: true, occurrence, group, date, term, kind },
        ...numbers,
      });
    }
  const rows = ids.flatMap((id): BehindRow[] => {
    if (ofMeetings.includes(key)) return [meetings.get(id as OccurrenceId) ?? []].flat();
    // An answer, or an enrolment, ends with the person it is about.
    const person = ofDocuments.includes(key) ? id.slice(id.lastIndexOf(':') + 1) : id;
    return [{ about: 'person', isCounted: true, participant: person as ParticipantId }];
  });
  return {
    ...{ rows, counted: rows.length, notCounted: 0, excluded: 0 },
    distinct: new Set(rows.map((row) => JSON.stringify(row))).size,
    unmarked: rows.reduce((sum, row) => sum + ('unmarked' in row ? (row.unmarked ?? 0) : 0), 0),
  };
}
