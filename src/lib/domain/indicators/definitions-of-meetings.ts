/** Meetings, hours, teams and rooms; attendance by week; conversation and culture (programme, counting rules). */
import { define, type Dimension } from './definition.ts';
import type { MeetingRow } from './rows.ts';

const since = { version: 1, date: '2026-11-26' } as const;
const splits: readonly (readonly Dimension[])[] = [[], ['kind'], ['term'], ['site'], ['kind', 'term']];
const byWeek: readonly (readonly Dimension[])[] = [
  [],
  ['week'],
  ['term', 'week'],
  ['kind', 'week'],
  ['kind', 'term', 'week'],
];

const isHeld = ({ state }: MeetingRow) => state === 'held';
/** Where anyone of the term may come: there are no inscriptions to count. */
const isOpen = ({ kind }: Pick<MeetingRow, 'kind'>) => kind === 'conversation' || kind === 'cultural';
const one = () => 1;
const if1 = (is: boolean) => (is ? 1 : 0);

export const meetingDefinitions = [
  define<'meetings'>({
    ...{ key: 'meetings', ...since, table: 'meetings', unit: 'meetings', reading: 'share' },
    n: (row) => if1(isHeld(row)),
    of: one,
    by: splits,
  }),
  define<'meetings'>({
    ...{ key: 'volunteerHours', ...since, table: 'meetings', unit: 'minutes', reading: 'share' },
    includes: isHeld,
    n: ({ ledMinutes }) => ledMinutes,
    of: ({ minutes }) => minutes,
    by: splits,
  }),
  define<'meetings'>({
    ...{ key: 'volunteerPersonHours', ...since, table: 'meetings', unit: 'minutes', reading: 'count' },
    includes: isHeld,
    n: ({ volunteerMinutes }) => volunteerMinutes,
    by: splits,
  }),
  define<'facilitators'>({
    ...{ key: 'facilitators', ...since, table: 'facilitators', unit: 'people', reading: 'count' },
    n: one,
    // Somebody who gave civic service and came back as a volunteer is counted as both.
    once: ({ facilitator, facilitatorKind }) => `${facilitatorKind} ${facilitator}`,
    by: [
      ['facilitatorKind'],
      ['facilitatorKind', 'kind'],
      ['facilitatorKind', 'term'],
      ['facilitatorKind', 'kind', 'term'],
      ['facilitatorKind', 'site'],
    ],
  }),
  define<'groups'>({
    ...{ key: 'groups', ...since, table: 'groups', unit: 'groups', reading: 'count' },
    n: one,
    by: [...splits, ['kind', 'language']],
  }),
  define<'venues'>({
    ...{ key: 'rooms', ...since, table: 'venues', unit: 'rooms', reading: 'count' },
    n: one,
    once: ({ site, venue }) => `${site} ${venue}`,
    by: [...splits, ['kind', 'term', 'venue']],
  }),
  define<'meetings'>({
    ...{ key: 'weeklyAttendance', ...since, table: 'meetings', unit: 'slots', reading: 'share' },
    includes: isHeld,
    n: ({ came }) => came,
    of: ({ expected }) => expected,
    by: byWeek,
  }),
  define<'meetings'>({
    ...{ key: 'weeklyAttendanceWithoutExcused', ...since, table: 'meetings', unit: 'slots' },
    reading: 'share',
    includes: isHeld,
    n: ({ came }) => came,
    of: ({ expected, excused }) => expected - excused,
    by: byWeek,
  }),
  define<'meetings'>({
    ...{ key: 'openMeetings', ...since, table: 'meetings', unit: 'meetings', reading: 'count' },
    includes: (row) => isHeld(row) && isOpen(row),
    n: one,
    by: splits,
  }),
  define<'meetings'>({
    ...{ key: 'openAttendance', ...since, table: 'meetings', unit: 'slots', reading: 'average' },
    includes: (row) => isHeld(row) && isOpen(row),
    n: ({ attendance }) => attendance,
    of: one,
    by: splits,
  }),
  define<'meetings'>({
    ...{ key: 'headcounts', ...since, table: 'meetings', unit: 'meetings', reading: 'share' },
    includes: (row) => isHeld(row) && isOpen(row),
    n: ({ headcount }) => if1(headcount !== undefined),
    of: one,
    by: splits,
  }),
  define<'presences'>({
    ...{ key: 'openPeople', ...since, table: 'presences', unit: 'people', reading: 'count' },
    includes: (row) => isOpen(row) && row.presences > 0,
    n: one,
    once: ({ participant }) => participant,
    by: splits,
  }),
  define<'meetings'>({
    ...{ key: 'themes', ...since, table: 'meetings', unit: 'meetings', reading: 'parts' },
    includes: (row) => isHeld(row) && row.kind === 'conversation',
    n: one,
    by: [['theme'], ['term', 'theme']],
  }),
  define<'meetings'>({
    ...{ key: 'energy', ...since, table: 'meetings', unit: 'points', reading: 'average' },
    includes: (row) => isHeld(row) && isOpen(row),
    n: ({ energy }) => energy,
    of: ({ energies }) => energies,
    by: splits,
  }),
] as const;
