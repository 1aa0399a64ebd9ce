/** What each figure means, in words: what it counts, out of what, what is left out, and so its formula. */
import type { Reading } from '../domain/indicators/definition.ts';
import { m } from './paraglide/messages.js';

interface Words {
  readonly label: () => string;
  readonly counted: () => string;
  /** None of a mere number. */
  readonly outOf?: () => string;
  readonly leftOut: () => string;
}

/** By the key of its definition. */
export const indicatorWords: Readonly<Record<string, Words>> = {
  inscrits: {
    label: m.indicators_definition_inscrits,
    counted: m.indicators_definition_inscrits_counted,
    leftOut: m.indicators_left_inscriptions,
  },
  engages: {
    label: m.indicators_definition_engages,
    counted: m.indicators_definition_engages_counted,
    outOf: m.indicators_definition_engages_out_of,
    leftOut: m.indicators_left_inscriptions,
  },
  assidus: {
    label: m.indicators_definition_assidus,
    counted: m.indicators_definition_assidus_counted,
    outOf: m.indicators_definition_assidus_out_of,
    leftOut: m.indicators_left_weekly,
  },
  assidusWithoutExcused: {
    label: m.indicators_definition_assidus_without_excused,
    counted: m.indicators_definition_assidus_without_excused_counted,
    outOf: m.indicators_definition_assidus_without_excused_out_of,
    leftOut: m.indicators_left_weekly,
  },
  assidusOfEngages: {
    label: m.indicators_definition_assidus_of_engages,
    counted: m.indicators_definition_assidus_of_engages_counted,
    outOf: m.indicators_definition_assidus_of_engages_out_of,
    leftOut: m.indicators_left_weekly,
  },
  attendance: {
    label: m.indicators_definition_attendance,
    counted: m.indicators_definition_attendance_counted,
    outOf: m.indicators_definition_attendance_out_of,
    leftOut: m.indicators_left_inscriptions,
  },
  attendanceWithoutExcused: {
    label: m.indicators_definition_attendance_without_excused,
    counted: m.indicators_definition_attendance_without_excused_counted,
    outOf: m.indicators_definition_attendance_without_excused_out_of,
    leftOut: m.indicators_left_inscriptions,
  },
  people: {
    label: m.indicators_definition_people,
    counted: m.indicators_definition_people_counted,
    leftOut: m.indicators_left_inscriptions,
  },
  peopleEngaged: {
    label: m.indicators_definition_people_engaged,
    counted: m.indicators_definition_people_engaged_counted,
    outOf: m.indicators_definition_people_engaged_out_of,
    leftOut: m.indicators_left_inscriptions,
  },
  origins: {
    label: m.indicators_definition_origins,
    counted: m.indicators_definition_origins_counted,
    outOf: m.indicators_definition_origins_out_of,
    leftOut: m.indicators_left_inscriptions,
  },
  exits: {
    label: m.indicators_definition_exits,
    counted: m.indicators_definition_exits_counted,
    outOf: m.indicators_definition_exits_out_of,
    leftOut: m.indicators_left_weekly,
  },
  exitReasons: {
    label: m.indicators_definition_exit_reasons,
    counted: m.indicators_definition_exit_reasons_counted,
    outOf: m.indicators_definition_exit_reasons_out_of,
    leftOut: m.indicators_left_weekly,
  },
  combinations: {
    label: m.indicators_definition_combinations,
    counted: m.indicators_definition_combinations_counted,
    outOf: m.indicators_definition_combinations_out_of,
    leftOut: m.indicators_left_weekly,
  },
  frenchHours: {
    label: m.indicators_definition_french_hours,
    counted: m.indicators_definition_french_hours_counted,
    outOf: m.indicators_definition_french_hours_out_of,
    leftOut: m.indicators_left_present,
  },
  frenchHoursEach: {
    label: m.indicators_definition_french_hours_each,
    counted: m.indicators_definition_french_hours_each_counted,
    outOf: m.indicators_definition_french_hours_each_out_of,
    leftOut: m.indicators_left_present,
  },
  meetings: {
    label: m.indicators_definition_meetings,
    counted: m.indicators_definition_meetings_counted,
    outOf: m.indicators_definition_meetings_out_of,
    leftOut: m.indicators_left_meetings,
  },
  volunteerHours: {
    label: m.indicators_definition_volunteer_hours,
    counted: m.indicators_definition_volunteer_hours_counted,
    outOf: m.indicators_definition_volunteer_hours_out_of,
    leftOut: m.indicators_left_held,
  },
  volunteerPersonHours: {
    label: m.indicators_definition_volunteer_person_hours,
    counted: m.indicators_definition_volunteer_person_hours_counted,
    leftOut: m.indicators_left_held,
  },
  facilitators: {
    label: m.indicators_definition_facilitators,
    counted: m.indicators_definition_facilitators_counted,
    leftOut: m.indicators_left_held,
  },
  groups: {
    label: m.indicators_definition_groups,
    counted: m.indicators_definition_groups_counted,
    leftOut: m.indicators_left_inscriptions,
  },
  rooms: {
    label: m.indicators_definition_rooms,
    counted: m.indicators_definition_rooms_counted,
    leftOut: m.indicators_left_held,
  },
  weeklyAttendance: {
    label: m.indicators_definition_weekly_attendance,
    counted: m.indicators_definition_weekly_attendance_counted,
    outOf: m.indicators_definition_weekly_attendance_out_of,
    leftOut: m.indicators_left_held,
  },
  weeklyAttendanceWithoutExcused: {
    label: m.indicators_definition_weekly_attendance_without_excused,
    counted: m.indicators_definition_weekly_attendance_without_excused_counted,
    outOf: m.indicators_definition_weekly_attendance_without_excused_out_of,
    leftOut: m.indicators_left_held,
  },
  openMeetings: {
    label: m.indicators_definition_open_meetings,
    counted: m.indicators_definition_open_meetings_counted,
    leftOut: m.indicators_left_open,
  },
  openAttendance: {
    label: m.indicators_definition_open_attendance,
    counted: m.indicators_definition_open_attendance_counted,
    outOf: m.indicators_definition_open_attendance_out_of,
    leftOut: m.indicators_left_open,
  },
  headcounts: {
    label: m.indicators_definition_headcounts,
    counted: m.indicators_definition_headcounts_counted,
    outOf: m.indicators_definition_headcounts_out_of,
    leftOut: m.indicators_left_open,
  },
  openPeople: {
    label: m.indicators_definition_open_people,
    counted: m.indicators_definition_open_people_counted,
    leftOut: m.indicators_left_open,
  },
  themes: {
    label: m.indicators_definition_themes,
    counted: m.indicators_definition_themes_counted,
    outOf: m.indicators_definition_themes_out_of,
    leftOut: m.indicators_left_open,
  },
  energy: {
    label: m.indicators_definition_energy,
    counted: m.indicators_definition_energy_counted,
    outOf: m.indicators_definition_energy_out_of,
    leftOut: m.indicators_left_open,
  },
};

/** « inscriptions assidues ÷ toutes les inscriptions, en pour cent entiers… »; the key itself of one without words. */
export function formulaOf(key: string, reading: Reading): string {
  const words = indicatorWords[key];
  if (!words) return key;
  const counted = words.counted();
  const outOf = words.outOf?.() ?? '';
  switch (reading) {
    case 'count':
      return m.indicators_formula_count({ counted });
    case 'share':
      return m.indicators_formula_share({ counted, outOf });
    case 'parts':
      return m.indicators_formula_parts({ counted, outOf });
    case 'average':
      return m.indicators_formula_average({ counted, outOf });
    default:
      return reading satisfies never;
  }
}
