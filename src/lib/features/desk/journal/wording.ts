/** An entry of the journal in words: a sentence, and what stood before and after. */
import { answerWords } from '$lib/i18n/answer-words.ts';
import { exportedWords, partWords } from '$lib/i18n/export-words.ts';
import { dateOf, dayOfMonth, fullDate, hourOf, listed } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { fieldName, fieldValue, isFileField } from '$lib/i18n/person-words.ts';
import { nameOfAccount } from '$lib/domain/account-names.ts';
import type { MarkCounts, MarkEntry, MarkStatus } from '$lib/domain/documents.ts';
import { markStatuses } from '$lib/domain/documents/term.ts';
import type { JournalEntry, JournalKind } from '$lib/domain/journal.ts';
import { meetingName, personName, subjectOf } from '../subject.ts';
import type { Names } from '../names.ts';

export interface JournalContext {
  readonly names: Names;
  readonly abouts: ReadonlyMap<string, string>;
  readonly timeZone: string;
  /** Local date: the year is said where it is another one. */
  readonly today: string;
}

export const kindName: Record<JournalKind, () => string> = {
  answered: m.desk_kind_answered,
  cleared: m.desk_kind_cleared,
  closed: m.desk_kind_closed,
  reopened: m.desk_kind_reopened,
  aside: m.desk_kind_aside,
  counted: m.outing_desk_kind_counted,
  signedUp: m.outing_desk_kind_signed_up,
  withdrawn: m.outing_desk_kind_withdrawn,
  created: m.desk_kind_created,
  edited: m.desk_kind_edited,
  imported: m.desk_kind_imported,
  merged: m.desk_kind_merged,
  settled: m.desk_kind_settled,
  undone: m.desk_kind_undone,
  discarded: m.desk_kind_discarded,
  frozen: m.report_desk_kind_frozen,
  exported: m.exports_journal_kind,
  deleted: m.desk_kind_deleted,
  written: m.desk_kind_written,
};

const fieldNames = new Map<string, () => string>(
  Object.entries({
    status: m.desk_field_status,
    reason: m.desk_field_reason,
    arrivedAt: m.desk_field_arrivedAt,
    leftAt: m.desk_field_leftAt,
    minutes: m.desk_field_minutes,
    counts: m.desk_field_counts,
    label: m.desk_field_label,
    name: m.desk_field_name,
    date: m.desk_field_date,
    start: m.desk_field_start,
    end: m.desk_field_end,
    venue: m.desk_field_venue,
    state: m.desk_field_state,
    cancelReason: m.desk_field_cancelReason,
    place: m.desk_field_place,
    team: m.desk_field_team,
    capacity: m.desk_field_capacity,
    weekday: m.desk_field_weekday,
    workshopType: m.desk_field_workshopType,
    level: m.desk_field_level,
    language: m.desk_field_language,
    moreSlots: m.desk_field_moreSlots,
    isArchived: m.desk_field_isArchived,
    isOneOff: m.desk_field_isOneOff,
    isMoved: m.desk_field_isMoved,
    isDropped: m.desk_field_isDropped,
    to: m.desk_field_to,
    formerPeriods: m.desk_field_formerPeriods,
    account: m.desk_field_account,
    invitedAs: m.desk_field_invitedAs,
    kind: m.desk_field_kind,
    role: m.desk_field_role,
    replaces: m.desk_field_replaces,
    weeks: m.desk_field_weeks,
    week: m.desk_field_week,
    daysOff: m.desk_field_daysOff,
    theme: m.desk_field_theme,
    address: m.desk_field_address,
    mergedInto: m.desk_field_mergedInto,
    participant: m.desk_field_participant,
    since: m.desk_field_since,
    volunteer: m.desk_field_volunteer,
    from: m.desk_field_from,
    headcount: m.outing_desk_headcount,
    returnCount: m.outing_desk_return_count,
    told: m.outing_desk_told,
    meetingPoint: m.outing_meeting_point,
    cost: m.outing_cost,
    access: m.outing_access,
    isSignUpOpen: m.outing_sign_up_open,
  }),
);

export const whoOf = ({ by }: JournalEntry, names: Names): string =>
  by ? nameOfAccount(by, names.accounts) : m.desk_journal_unknown_who();

export const deviceOf = ({ device }: JournalEntry, names: Names): string =>
  names.devices.get(device) ?? (device ? m.desk_device_phone() : m.desk_journal_unknown_device());

export function whenOf({ at }: JournalEntry, { timeZone, today }: JournalContext): string {
  if (!at) return m.desk_journal_unknown_when();
  const day = dateOf(at, timeZone);
  const date = day.slice(0, 4) === today.slice(0, 4) ? dayOfMonth(day) : fullDate(day);
  return m.people_when({ date, time: hourOf(at, timeZone) });
}

const isStatus = (value: unknown): value is MarkStatus =>
  (markStatuses as readonly unknown[]).includes(value);

/** « Maïa Lescure a noté « En retard » pour Hodan Warsame, Français A1, lundi 16 novembre » */
export function sentenceOf(entry: JournalEntry, { names, abouts }: JournalContext): string {
  const who = whoOf(entry, names);
  const what = subjectOf(abouts.get(entry.id) ?? entry.id, names);
  const [type, first = '', second = ''] = entry.id.split(':');
  const signUpFacts = () => ({
    who,
    person: personName(second, names),
    meeting: meetingName(first, names),
  });
  if (type === 'mark') {
    const facts = { who, person: personName(second, names), meeting: meetingName(first, names) };
    const after = entry.fields.find(({ field }) => field === 'status')?.after;
    const reason = entry.fields.find(({ field }) => field === 'reason')?.after as MarkEntry['reason'];
    if (entry.kind === 'cleared') return m.desk_journal_cleared(facts);
    if (entry.kind === 'settled' && isStatus(after))
      return m.desk_journal_settled_mark({ ...facts, answer: answerWords(after, reason) });
    if (entry.kind === 'answered')
      return isStatus(after)
        ? m.desk_journal_answered({ ...facts, answer: answerWords(after, reason) })
        : m.desk_journal_answered_more(facts);
  }
  switch (entry.kind) {
    case 'answered':
    case 'cleared':
    case 'written':
      return m.desk_journal_written({ who, what });
    case 'closed':
      return m.desk_journal_closed({ who, what });
    case 'reopened':
      return m.desk_journal_reopened({ who, what });
    case 'aside':
      return m.desk_journal_aside({ who, what });
    case 'counted':
      return m.outing_desk_counted({ who, what });
    case 'signedUp':
      return m.outing_desk_signed_up(signUpFacts());
    case 'withdrawn':
      return m.outing_desk_withdrawn(signUpFacts());
    case 'created':
      return m.desk_journal_created({ who, what });
    case 'edited':
      return m.desk_journal_edited({ who, what });
    case 'imported':
      return m.desk_journal_imported({ who, what });
    case 'merged':
      return m.desk_journal_merged({ who, what });
    case 'settled':
      return m.desk_journal_settled({ who, what });
    case 'undone':
      return m.desk_journal_undone({ who, what });
    case 'frozen':
      return m.report_desk_frozen({ who, year: first });
    case 'discarded':
      return m.desk_journal_discarded({ who, what });
    case 'exported':
      return m.exports_journal_sentence({ who, what: exportedIn(entry, names) });
    case 'deleted':
      return m.desk_journal_deleted({ who, what });
    default:
      return entry.kind satisfies never;
  }
}

/** « les données (XLSX, S1.23, avec les noms) » */
function exportedIn({ fields }: JournalEntry, names: Names): string {
  const said = new Map(fields.map(({ field, after }) => [field, after]));
  const text = (field: string) => (typeof said.get(field) === 'string' ? String(said.get(field)) : '');
  const terms = said.get('terms');
  const part = {
    ...(Array.isArray(terms) ? { terms: terms.map(String) } : {}),
    ...{ from: text('from'), to: text('to') },
  };
  const isPseudonymised = said.get('isPseudonymised') === true;
  return exportedWords(
    { what: text('what'), format: text('format'), isPseudonymised },
    partWords(part, (term) => names.labels.get(term) ?? term),
  );
}

/** Of an export, what its sentence has not said. */
const exportDetails = new Map([
  ['rows', m.exports_journal_field_rows],
  ['sha256', m.exports_journal_field_sha256],
]);

/** « Salle : Amarres → Grand Amarres », one a field; the reason somebody gave last. */
export function detailsOf(entry: JournalEntry, context: JournalContext): string[] {
  if (entry.kind === 'exported')
    return entry.fields.flatMap(({ field, after }) => {
      const name = exportDetails.get(field)?.();
      return name ? [m.exports_detail({ field: name, value: String(after) })] : [];
    });
  const details = entry.fields.map(({ field, before, after }) =>
    m.desk_journal_detail({
      field: nameOfField(entry, field),
      before: valueOf(entry, field, before, context),
      after: valueOf(entry, field, after, context),
    }),
  );
  return entry.note ? [...details, m.desk_journal_note({ note: entry.note })] : details;
}

const isOfFile = ({ id }: JournalEntry) => id.startsWith('participant:');

function nameOfField(entry: JournalEntry, field: string): string {
  if (isOfFile(entry) && isFileField(field)) return fieldName[field]();
  return fieldNames.get(field)?.() ?? field;
}

const values = new Map<string, () => string>(
  Object.entries({
    planned: m.desk_value_planned,
    held: m.desk_value_held,
    cancelled: m.desk_value_cancelled,
    open: m.desk_value_open,
    closed: m.desk_value_closed,
    lead: m.desk_value_lead,
    co: m.desk_value_co,
    place: m.outing_desk_place,
    waiting: m.outing_desk_waiting,
  }),
);

function valueOf(entry: JournalEntry, field: string, value: unknown, context: JournalContext): string {
  const nothing = m.desk_value_nothing();
  if (value === undefined || value === null || value === '') return nothing;
  if (isOfFile(entry) && isFileField(field)) {
    const nameOfReferrer = (id: string) => context.names.labels.get(id) ?? id;
    return fieldValue(field, value, nameOfReferrer) || nothing;
  }
  if (field === 'status' && isStatus(value)) return answerWords(value);
  if (field === 'counts') return countsWords(value as MarkCounts);
  return plainly(value, context);
}

const countsWords = ({ present, late, leftEarly, excused, absent, unmarked }: MarkCounts) =>
  m.desk_late_counts({ came: present + late + leftEarly, excused, absent, unmarked });

/** Whatever stands in a document, without its signs. */
function plainly(value: unknown, context: JournalContext): string {
  if (typeof value === 'boolean') return value ? m.desk_value_yes() : m.desk_value_no();
  if (typeof value === 'string') return textOf(value, context);
  if (Array.isArray(value))
    return value.length ? listed(value.map((one) => plainly(one, context))) : m.desk_value_nothing();
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((one) => plainly(one, context))
      .join(' ');
  return String(value);
}

function textOf(text: string, { names, timeZone }: JournalContext): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return fullDate(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return hourOf(text, timeZone);
  return (
    values.get(text)?.() ??
    names.people.get(text)?.name ??
    names.volunteers.get(text)?.name ??
    names.groups.get(text)?.label ??
    names.labels.get(text) ??
    text
  );
}
