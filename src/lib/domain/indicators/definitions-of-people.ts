/** Inscrits, engagés, assidus; who they are; who left; the French lessons they received (programme, counting rules). */
import { define } from './definition.ts';
import { weeklyKinds } from './inscription-rows.ts';
import type { InscriptionRow } from './rows.ts';

const since = { version: 1, date: '2026-11-26' } as const;
const splits = [
  [],
  ['kind'],
  ['term'],
  ['site'],
  ['kind', 'term'],
  ['kind', 'gender'],
  ['kind', 'language'],
  ['kind', 'term', 'gender'],
] as const;

const isWeekly = ({ kind }: InscriptionRow) => weeklyKinds.includes(kind);
const one = () => 1;
const if1 = (is: boolean) => (is ? 1 : 0);

export const peopleDefinitions = [
  define<'inscriptions'>({
    ...{ key: 'inscrits', ...since, table: 'inscriptions', unit: 'inscriptions', reading: 'count' },
    n: one,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'engages', ...since, table: 'inscriptions', unit: 'inscriptions', reading: 'share' },
    n: ({ isEngaged }) => if1(isEngaged),
    of: one,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'assidus', ...since, table: 'inscriptions', unit: 'inscriptions', reading: 'share' },
    includes: isWeekly,
    n: ({ isAssidu }) => if1(isAssidu),
    of: one,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'assidusWithoutExcused', ...since, table: 'inscriptions', unit: 'inscriptions' },
    reading: 'share',
    includes: isWeekly,
    n: ({ isAssiduWithoutExcused }) => if1(isAssiduWithoutExcused),
    of: one,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'assidusOfEngages', ...since, table: 'inscriptions', unit: 'inscriptions', reading: 'share' },
    includes: isWeekly,
    n: ({ isAssidu }) => if1(isAssidu),
    of: ({ isEngaged }) => if1(isEngaged),
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'attendance', ...since, table: 'inscriptions', unit: 'slots', reading: 'share' },
    n: ({ attended }) => attended,
    of: ({ due }) => due,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'attendanceWithoutExcused', ...since, table: 'inscriptions', unit: 'slots', reading: 'share' },
    n: ({ attended }) => attended,
    of: ({ due, excused }) => due - excused,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'people', ...since, table: 'inscriptions', unit: 'people', reading: 'count' },
    n: one,
    once: ({ participant }) => participant,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'peopleEngaged', ...since, table: 'inscriptions', unit: 'people', reading: 'share' },
    n: ({ isEngaged }) => if1(isEngaged),
    of: one,
    once: ({ participant }) => participant,
    by: splits,
  }),
  define<'inscriptions'>({
    ...{ key: 'origins', ...since, table: 'inscriptions', unit: 'people', reading: 'parts' },
    n: one,
    once: ({ participant }) => participant,
    by: [['gender'], ['departement'], ['country'], ['speech']],
  }),
  define<'inscriptions'>({
    ...{ key: 'exits', ...since, table: 'inscriptions', unit: 'inscriptions', reading: 'share' },
    includes: isWeekly,
    n: ({ leftOn }) => if1(leftOn !== undefined),
    of: one,
    by: [[], ['kind'], ['term'], ['kind', 'term'], ['kind', 'gender']],
  }),
  define<'inscriptions'>({
    ...{ key: 'exitReasons', ...since, table: 'inscriptions', unit: 'inscriptions', reading: 'parts' },
    includes: (row) => isWeekly(row) && row.leftOn !== undefined,
    n: one,
    by: [['exitReason'], ['kind', 'exitReason'], ['term', 'exitReason']],
  }),
  define<'personTerms'>({
    ...{ key: 'combinations', ...since, table: 'personTerms', unit: 'people', reading: 'parts' },
    includes: ({ combination }) => combination !== undefined,
    n: one,
    by: [[], ['term'], ['combination'], ['term', 'combination']],
  }),
  define<'french'>({
    ...{ key: 'frenchHours', ...since, table: 'french', unit: 'people', reading: 'parts' },
    n: one,
    by: [[], ['band'], ['hours'], ['gender', 'band']],
  }),
  define<'french'>({
    ...{ key: 'frenchHoursEach', ...since, table: 'french', unit: 'minutes', reading: 'average' },
    n: ({ minutes }) => minutes,
    of: one,
    by: [[], ['gender']],
  }),
] as const;
