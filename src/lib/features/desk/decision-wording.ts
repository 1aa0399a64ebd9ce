/** Disagreements and decisions in words: what they are about, what each side says, who said it on which device. */
import type {
  AnyDocument,
  Decision,
  DecidedVersion,
  Device,
  DocumentType,
  ExcuseReason,
  MarkEntry,
  MarkStatus,
  MergeReason,
  SettleReason,
} from '$lib/domain/documents.ts';
import { settleReasons } from '$lib/domain/documents/decision.ts';
import { markStatuses } from '$lib/domain/documents/term.ts';
import type { AnswerFacts } from '$lib/domain/roll-call.ts';
import {
  dateOf,
  dayOfMonth,
  fullDate,
  hour,
  hourOf,
  listed,
  longDate,
  weekdayName,
} from '$lib/i18n/dates.ts';
import { decisionOf } from '$lib/i18n/decision-words.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { fieldName, fieldValue, isFileField } from '$lib/i18n/person-words.ts';
import type { AnswerCode } from '$lib/ui/answer-look.ts';
import type { DeskNames } from './desk-names.ts';
import type { Side } from './disagreements.ts';

export const codeOf: Record<MarkStatus, AnswerCode> = {
  present: 'P',
  late: 'R',
  leftEarly: 'D',
  excused: 'E',
  absent: 'A',
};

const statusWords: Record<MarkStatus, () => string> = {
  present: m.roll_call_status_present,
  late: m.roll_call_status_late,
  leftEarly: m.roll_call_status_left_early,
  excused: m.roll_call_status_excused,
  absent: m.roll_call_status_absent,
};
export const statusWord = (status: MarkStatus | null) =>
  status ? statusWords[status]() : m.desk_decisions_decide_cleared();

const excuseWords: Record<ExcuseReason, () => string> = {
  appointment: m.roll_call_reason_appointment,
  transport: m.roll_call_reason_transport,
  otherCourse: m.roll_call_reason_other_course,
  family: m.roll_call_reason_family,
  personal: m.roll_call_reason_personal,
  other: m.roll_call_reason_other,
};

export const reasonWord: Record<SettleReason, () => string> = {
  sawThem: m.desk_decisions_decide_reason_saw_them,
  paper: m.desk_decisions_decide_reason_paper,
  theySaid: m.desk_decisions_decide_reason_they_said,
  slip: m.desk_decisions_decide_reason_slip,
  other: m.desk_decisions_decide_reason_other,
};

/** What comes with an answer: a reason, when somebody came or left. */
export function noteOf(facts: AnswerFacts, timeZone: string): string {
  const parts = [
    facts.reason && excuseWords[facts.reason](),
    facts.arrivedAt && m.desk_decisions_decide_arrived({ time: hourOf(facts.arrivedAt, timeZone) }),
    facts.leftAt && m.desk_decisions_decide_left({ time: hourOf(facts.leftAt, timeZone) }),
  ].filter((part) => part !== undefined);
  return parts.length ? parts.join(', ') : m.desk_decisions_decide_no_note();
}

const kindWords: Partial<Record<DocumentType, () => string>> = {
  participant: m.desk_decisions_decide_kind_participant,
  rosterCard: m.desk_decisions_decide_kind_roster_card,
  group: m.desk_decisions_decide_kind_group,
  occurrence: m.desk_decisions_decide_kind_occurrence,
  shift: m.desk_decisions_decide_kind_shift,
  enrolment: m.desk_decisions_decide_kind_enrolment,
  volunteer: m.desk_decisions_decide_kind_volunteer,
  term: m.desk_decisions_decide_kind_term,
  site: m.desk_decisions_decide_kind_site,
};

export interface Subject {
  /** Who or what. */
  readonly title: string;
  /** Where and when, or what kind of thing. */
  readonly where: string;
  readonly screenLanguage?: string | undefined;
}

const textOf = (document: AnyDocument, field: string) => {
  const value = (document as unknown as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : undefined;
};

/** What a document is about. */
export function subjectOf(document: AnyDocument, type: DocumentType, names: DeskNames): Subject {
  const person = textOf(document, 'participant');
  const meeting = names.occurrences.get(textOf(document, 'occurrence') ?? '');
  const group = names.groups.get(meeting?.group ?? textOf(document, 'group') ?? '');
  const held = meeting && longDate(meeting.date);
  const kind = (kindWords[type] ?? m.desk_decisions_decide_kind_other)();
  const title =
    (person &&
      (names.people.get(person) ??
        [textOf(document, 'firstName'), textOf(document, 'familyName')].filter(Boolean).join(' '))) ||
    (type === 'shift' && names.volunteers.get(textOf(document, 'volunteer') ?? '')) ||
    textOf(document, 'label') ||
    textOf(document, 'name') ||
    group?.label ||
    kind;
  const about = [group?.label === title ? undefined : group?.label, held].filter(
    (part) => part !== undefined,
  );
  return {
    title,
    where: [...(type === 'mark' ? [] : [kind]), ...about].join(' · '),
    screenLanguage: names.cards.get(person ?? '')?.screenLanguage,
  };
}

const fieldWords: Record<string, () => string> = {
  meetingPoint: m.outing_meeting_point,
  cost: m.outing_cost,
  access: m.outing_access,
  isSignUpOpen: m.outing_sign_up_open,
  label: m.desk_decisions_decide_field_label,
  name: m.desk_decisions_decide_field_label,
  venue: m.desk_decisions_decide_field_venue,
  start: m.desk_decisions_decide_field_start,
  end: m.desk_decisions_decide_field_end,
  date: m.desk_decisions_decide_field_date,
  state: m.desk_decisions_decide_field_state,
  capacity: m.desk_decisions_decide_field_capacity,
  weekday: m.desk_decisions_decide_field_weekday,
  from: m.desk_decisions_decide_field_from,
  to: m.desk_decisions_decide_field_to,
  volunteer: m.desk_decisions_decide_field_volunteer,
  role: m.desk_decisions_decide_field_role,
  place: m.desk_decisions_decide_field_place,
  level: m.desk_decisions_decide_field_level,
  team: m.desk_decisions_decide_field_team,
};

/** The name of a field; one that has none here shows as it is written. */
export const fieldWord = (field: string): string =>
  isFileField(field) ? fieldName[field]() : (fieldWords[field]?.() ?? field);

const stateWords: Record<string, () => string> = {
  planned: m.desk_decisions_decide_state_planned,
  held: m.desk_decisions_decide_state_held,
  cancelled: m.desk_decisions_decide_state_cancelled,
};
const longestValue = 80;

/** A value in words. */
export function valueWord(field: string, value: unknown, names: DeskNames): string {
  if (value === undefined || value === null || value === '') return m.desk_decisions_decide_no_value();
  if (isFileField(field)) return fieldValue(field, value, (id) => id) || m.desk_decisions_decide_no_value();
  if (typeof value === 'boolean') return value ? m.desk_decisions_decide_yes() : m.desk_decisions_decide_no();
  if (typeof value === 'number') return field === 'weekday' ? weekdayName(value) : String(value);
  if (typeof value !== 'string') return JSON.stringify(value).slice(0, longestValue);
  switch (field) {
    case 'venue':
      return names.venues.get(value) ?? value;
    case 'volunteer':
      return names.volunteers.get(value) ?? value;
    case 'date':
    case 'from':
    case 'to':
      return fullDate(value);
    case 'start':
    case 'end':
      return hour(value);
    case 'state':
      return stateWords[value]?.() ?? value;
    default:
      return value;
  }
}

/** Somebody whose full name nobody wrote down: « Nadia Ferre » from `nadia.ferre`. */
export const accountName = (account: string, names: DeskNames): string =>
  names.accounts.get(account) ??
  account
    .split(/[._-]+/)
    .map((word) => word.charAt(0).toLocaleUpperCase('fr') + word.slice(1))
    .join(' ');

const vowel = /^h?[aeiouyàâéèêëîïôûü]/i;

/** « Téléphone de Maïa »; of a device without a name, « Appareil de Maïa ». */
export function deviceWord(
  { by, device }: Pick<MarkEntry, 'by' | 'device'>,
  names: DeskNames,
  devices: ReadonlyMap<string, Device>,
): string {
  const label = devices.get(device)?.label;
  if (label && label !== '—') return label;
  const name = accountName(by, names);
  return vowel.test(name)
    ? m.desk_decisions_decide_unnamed_device_vowel({ name })
    : m.desk_decisions_decide_unnamed_device({ name });
}

/** « 15 h 02 » on the day itself, else « le 23 novembre à 15 h 02 ». */
export function whenWord(at: string, day: string | undefined, timeZone: string): string {
  const date = dateOf(at, timeZone);
  const time = hourOf(at, timeZone);
  return date === day ? time : m.desk_decisions_decide_when({ date: dayOfMonth(date), time });
}

/** As {@link whenWord}, in the middle of a sentence: « à 15 h 02 ». */
export const momentWord = (at: string, day: string, timeZone: string): string =>
  dateOf(at, timeZone) === day
    ? m.desk_decisions_decide_at({ time: hourOf(at, timeZone) })
    : whenWord(at, day, timeZone);

/** What a side says in a few words. */
export function sideWord(side: Side, names: DeskNames): string {
  if (side.isDeleted) return m.desk_decisions_decide_deleted();
  if (side.status !== undefined) return statusWord(side.status);
  return fieldsWord(side.fields ?? {}, names);
}

const fieldsWord = (fields: Readonly<Record<string, unknown>>, names: DeskNames) =>
  Object.entries(fields)
    .slice(0, 4)
    .map(([field, value]) => `${fieldWord(field)}\u202F: ${valueWord(field, value, names)}`)
    .join(', ');

const isStatus = (value: unknown): value is MarkStatus =>
  (markStatuses as readonly unknown[]).includes(value);

/** What a decision kept. */
export function keptWord({ about, kept }: Pick<Decision, 'about' | 'kept'>, names: DeskNames): string {
  if (kept.isDeleted) return m.desk_decisions_decide_deleted();
  const { status } = kept.fields;
  if (about.startsWith('mark:')) return statusWord(isStatus(status) ? status : null);
  return fieldsWord(kept.fields, names);
}

/** Who spoke: « Maïa et Jean ». */
const whoWord = (versions: readonly DecidedVersion[], names: DeskNames) =>
  listed([...new Set(versions.map(({ by }) => accountName(by, names)))]);

const mergeWords: Record<MergeReason, (inputs: { who: string }) => string> = {
  sameAnswer: m.desk_decisions_merges_same_answer,
  oneKnewTheOther: m.desk_decisions_merges_one_knew,
  otherFields: m.desk_decisions_merges_other_fields,
  sameList: m.desk_decisions_merges_same_list,
  decided: m.desk_decisions_merges_decided,
};

/** Why versions were merged. */
export function mergeWord(decision: Decision, names: DeskNames): string {
  const { reason } = decision;
  const who = whoWord([decision.kept, ...decision.discarded], names);
  return reason && Object.hasOwn(mergeWords, reason) ? mergeWords[reason as MergeReason]({ who }) : who;
}

/** « J'ai vu la personne » and what was added. */
export function whyWord({ reason, note }: Pick<Decision, 'reason' | 'note'>): string {
  const isSettle = (settleReasons as readonly unknown[]).includes(reason);
  return [isSettle ? reasonWord[reason as SettleReason]() : undefined, note].filter(Boolean).join(', ');
}

/** « À 15 h 02, Maïa : En retard »; a decision says so. */
export function entryWord(entry: MarkEntry, day: string | undefined, timeZone: string, names: DeskNames) {
  const name = accountName(entry.by, names);
  const when = whenWord(entry.at, day, timeZone);
  const said = statusWord(entry.status);
  if (entry.decision === 'settled')
    return m.desk_decisions_decision_history({
      when,
      said: m.desk_decisions_decision_settled({ decision: decisionOf(name), said }),
    });
  if (entry.decision === 'reopened')
    return m.desk_decisions_decision_history({
      when,
      said: m.desk_decisions_decision_reopened({ decision: decisionOf(name) }),
    });
  return m.roll_call_history_entry({ when, who: name, said });
}
