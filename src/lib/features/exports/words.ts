/** Tables in words: names of sheets and columns, and what stands in their cells. */
import { toComplete } from '$lib/domain/exports/beneficiaries-table.ts';
import { sharedByFew } from '$lib/domain/exports/pseudonymised.ts';
import type { Cell, Column, ExportTable } from '$lib/domain/exports/table.ts';
import { countryName } from '$lib/i18n/countries.ts';
import { departementName } from '$lib/i18n/departements.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { languageName } from '$lib/i18n/participant-languages.ts';
import { genderName, genders, statusName } from '$lib/i18n/person-words.ts';

type Words = Readonly<Record<string, () => string>>;

const sheetNames: Words = {
  terms: m.exports_sheet_terms,
  workshop_types: m.exports_sheet_workshop_types,
  groups: m.exports_sheet_groups,
  occurrences: m.exports_sheet_occurrences,
  closings: m.exports_sheet_closings,
  stays: m.exports_sheet_stays,
  cards: m.exports_sheet_cards,
  participants: m.exports_sheet_participants,
  marks: m.exports_sheet_marks,
  volunteers: m.exports_sheet_volunteers,
  shifts: m.exports_sheet_shifts,
  figures: m.exports_sheet_figures,
  definitions: m.exports_sheet_definitions,
  beneficiaries: m.exports_sheet_beneficiaries,
  readme: m.exports_sheet_readme,
};

const columnNames: Words = {
  term: m.exports_column_term,
  label: m.exports_column_label,
  start: m.exports_column_start,
  end: m.exports_column_end,
  workshop_type: m.exports_column_workshop_type,
  kind: m.exports_column_kind,
  group_id: m.exports_column_group_id,
  language: m.exports_column_language,
  occurrence_id: m.exports_column_occurrence_id,
  date: m.exports_column_date,
  starts_at: m.exports_column_starts_at,
  ends_at: m.exports_column_ends_at,
  week: m.exports_column_week,
  state: m.exports_column_state,
  is_dropped: m.exports_column_is_dropped,
  venue: m.exports_column_venue,
  headcount: m.exports_column_headcount,
  participant_id: m.exports_column_participant_id,
  first_day: m.exports_column_first_day,
  last_day: m.exports_column_last_day,
  is_provisional: m.exports_column_is_provisional,
  gender: m.exports_column_gender,
  departement: m.exports_column_departement,
  country: m.exports_column_country,
  is_francophone: m.exports_column_is_francophone,
  merged_into: m.exports_column_merged_into,
  status: m.exports_column_status,
  arrived_at: m.exports_column_arrived_at,
  left_at: m.exports_column_left_at,
  minutes: m.exports_column_minutes,
  reason: m.exports_column_reason,
  volunteer_id: m.exports_column_volunteer_id,
  role: m.exports_column_role,
  first_name: m.exports_column_first_name,
  family_name: m.exports_column_family_name,
  birth_year: m.exports_column_birth_year,
  age_band: m.exports_column_age_band,
  languages: m.exports_column_languages,
  phone: m.exports_column_phone,
  consent_on: m.exports_column_consent_on,
  last_contact_on: m.exports_column_last_contact_on,
  group: m.exports_column_group,
  name: m.exports_column_name,
  figure: m.exports_column_figure,
  version: m.exports_column_version,
  n: m.exports_column_n,
  out_of: m.exports_column_out_of,
  percent: m.exports_column_percent,
  average: m.exports_column_average,
  unit: m.exports_column_unit,
  unmarked: m.exports_column_unmarked,
  unknown: m.exports_column_unknown,
  site: m.exports_column_site,
  speech: m.exports_column_speech,
  combination: m.exports_column_combination,
  exitReason: m.exports_column_exitReason,
  theme: m.exports_column_theme,
  band: m.exports_column_band,
  hours: m.exports_column_hours,
  facilitatorKind: m.exports_column_facilitatorKind,
  formula: m.exports_column_formula,
  left_out: m.exports_column_left_out,
  since: m.exports_column_since,
  birth_date: m.exports_column_birth_date,
  age_at_entry: m.exports_column_age_at_entry,
  commune: m.exports_column_commune,
  status_at_entry: m.exports_column_status_at_entry,
  employment_at_entry: m.exports_column_employment_at_entry,
  education: m.exports_column_education,
  enrolled_on: m.exports_column_enrolled_on,
  entered_on: m.exports_column_entered_on,
  left_on: m.exports_column_left_on,
  exit: m.exports_column_exit,
  exit_reason: m.exports_column_exit_reason,
  situation_at_exit: m.exports_column_situation_at_exit,
  hours_socioprofessional: m.exports_column_hours_socioprofessional,
  hours_language: m.exports_column_hours_language,
  hours_digital: m.exports_column_hours_digital,
  hours_conversation: m.exports_column_hours_conversation,
  hours_practical: m.exports_column_hours_practical,
  hours_cultural: m.exports_column_hours_cultural,
  minutes_total: m.exports_column_minutes_total,
};

const valueNames: Words = {
  planned: m.exports_value_planned,
  held: m.exports_value_held,
  cancelled: m.exports_value_cancelled,
  closed: m.exports_value_closed,
  reopened: m.exports_value_reopened,
  open: m.exports_value_open,
  lead: m.exports_value_lead,
  co: m.exports_value_co,
  other: m.exports_value_other,
  toComplete: m.exports_value_toComplete,
  ongoing: m.exports_value_ongoing,
  termEnd: m.exports_value_termEnd,
  left: m.exports_value_left,
  job: m.exports_value_job,
};

const kinds: Words = {
  socioprofessional: m.term_kind_socioprofessional,
  language: m.term_kind_language,
  digital: m.term_kind_digital,
  conversation: m.term_kind_conversation,
  practical: m.term_kind_practical,
  cultural: m.term_kind_cultural,
  volunteer: m.team_kind_volunteer,
  civicService: m.team_kind_civicService,
  staff: m.team_kind_staff,
};

const exitReasons: Words = {
  health: m.figures_exit_health,
  personal: m.roll_call_reason_personal,
  otherEngagement: m.enrolment_reason_otherEngagement,
  transport: m.enrolment_reason_transport,
  job: m.enrolment_reason_job,
  otherAssociation: m.enrolment_reason_otherAssociation,
  moved: m.enrolment_reason_moved,
  unknown: m.enrolment_reason_unknown,
};

const statuses: Words = {
  present: m.person_status_present,
  late: m.person_status_late,
  leftEarly: m.person_status_left_early,
  excused: m.person_status_excused,
  absent: m.person_status_absent,
};

const excuses: Words = {
  appointment: m.roll_call_reason_appointment,
  transport: m.roll_call_reason_transport,
  otherCourse: m.roll_call_reason_other_course,
  family: m.roll_call_reason_family,
  personal: m.roll_call_reason_personal,
  other: m.roll_call_reason_other,
};

/** A name that this version has no words for shows as it is. */
const wordsFor = (words: Words, name: string) => (Object.hasOwn(words, name) ? words[name]?.() : undefined);

export const sheetName = ({ name }: Pick<ExportTable, 'name'>): string => wordsFor(sheetNames, name) ?? name;
export const columnName = ({ name }: Pick<Column, 'name'>): string => wordsFor(columnNames, name) ?? name;

/** What a word of a closed list means in its column. */
function valueOf(column: string, value: string): string | undefined {
  switch (column) {
    case 'gender':
      return (genders as readonly string[]).includes(value)
        ? genderName(value as (typeof genders)[number])
        : undefined;
    case 'kind':
    case 'facilitatorKind':
      return wordsFor(kinds, value);
    case 'combination':
      return value
        .split('+')
        .map((kind) => wordsFor(kinds, kind) ?? kind)
        .join(' + ');
    case 'country':
      return countryName(value);
    case 'departement':
      return departementName(value);
    case 'language':
      return languageName(value);
    case 'languages':
      return value.split(' ').filter(Boolean).map(languageName).join(', ');
    case 'status':
      return wordsFor(statuses, value) ?? statusName(value);
    case 'status_at_entry':
      return statusName(value);
    case 'reason':
      return wordsFor(excuses, value);
    case 'exit_reason':
    case 'exitReason':
      return wordsFor(exitReasons, value);
    default:
      return wordsFor(valueNames, value);
  }
}

/** A cell as people read it; numbers, dates, ids and somebody's own words stay as they are. */
function inWords({ name, type }: Column, cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  // Whatever a column holds otherwise, these two say that it is not told.
  if (cell === toComplete && type !== 'text') return m.exports_value_toComplete();
  if (type === 'few' && cell === sharedByFew) return m.exports_value_other();
  return type === 'code' || type === 'few' ? (valueOf(name, cell) ?? cell) : cell;
}

/** The same table in words throughout. */
export const tableInWords = (table: ExportTable): ExportTable => ({
  name: sheetName(table),
  columns: table.columns.map((column) => ({ ...column, name: columnName(column) })),
  rows: table.rows.map((row) =>
    row.map((cell, at) => {
      const column = table.columns[at];
      return column ? inWords(column, cell) : cell;
    }),
  ),
});
