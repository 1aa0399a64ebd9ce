/** The history of a person in sentences: « Élise Fontanier a changé le téléphone le 3 mars à 14 h 02 ». */
import { nameOfAccount } from '$lib/domain/account-names.ts';
import type { PersonEvent } from '$lib/domain/person-history.ts';
import { answerWords } from '$lib/i18n/answer-words.ts';
import { dateOf, dayOfMonth, fullDate, hourOf, longDate } from '$lib/i18n/dates.ts';
import { exitReasonWord } from '$lib/i18n/exit-words.ts';
import { capitalised, decisionOf } from '$lib/i18n/decision-words.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { getLocale } from '$lib/i18n/paraglide/runtime.js';
import { fieldName, fieldValue, isFileField, type FileField } from '$lib/i18n/person-words.ts';
import type { DeskRead } from './desk-queries.ts';

export interface HistoryLine {
  readonly sentence: string;
  /** « Téléphone : 06… → 07… », one a field. */
  readonly details: readonly string[];
}

interface Context {
  readonly desk: DeskRead;
  readonly timeZone: string;
  /** Local date: the year is said where it is another one. */
  readonly today: string;
  readonly nameOfReferrer: (id: string) => string;
}

export function historyLine(event: PersonEvent, context: Context): HistoryLine {
  const { desk, timeZone, today } = context;
  const day = dateOf(event.at, timeZone);
  const date = day.slice(0, 4) === today.slice(0, 4) ? dayOfMonth(day) : fullDate(day);
  const when = m.people_when({ date, time: hourOf(event.at, timeZone) });
  const who = nameOfAccount(event.by, desk.accountNames);
  switch (event.about) {
    case 'file':
      return { sentence: fileSentence(event, who, when), details: detailsOf(event, context) };
    case 'card': {
      const term = desk.termLabels.get(event.term) ?? event.term;
      const say = event.isProvisional ? m.people_history_walk_in : m.people_history_card;
      return { sentence: say({ who, term, when }), details: [] };
    }
    case 'enrolment':
      return { sentence: enrolmentSentence(event, who, when, desk), details: [] };
    case 'exit':
      return { sentence: exitSentence(event, who, when, desk), details: [] };
    case 'waiting': {
      const say = event.kind === 'merged' ? m.people_history_waiting_merged : m.people_history_waiting;
      return { sentence: say({ who, when, group: labelOf(event.group, desk) }), details: [] };
    }
    case 'signUp': {
      const say = event.state === 'signedUp' ? m.people_history_signed_up : m.people_history_withdrew;
      return { sentence: say({ who, when, meeting: meetingOf(event.occurrence, day, desk) }), details: [] };
    }
    case 'mark': {
      const meeting = meetingOf(event.occurrence, day, desk);
      const { status, reason, decision } = event.entry;
      if (decision) {
        const whose = capitalised(decisionOf(who));
        const said = decision === 'settled' && status ? answerWords(status, reason) : undefined;
        const told = said ?? m.desk_decisions_decision_person_reopened();
        const sentence = m.desk_decisions_decision_person_settled({
          decision: whose,
          when,
          said: told,
          meeting,
        });
        return { sentence, details: [] };
      }
      return {
        sentence: status
          ? m.people_history_mark({ who, when, meeting, answer: answerWords(status, reason) })
          : m.people_history_mark_cleared({ who, when, meeting }),
        details: [],
      };
    }
    default:
      return event satisfies never;
  }
}

const labelOf = (group: string, { groups }: DeskRead) => groups.get(group)?.label ?? '';

/** The group of a meeting, with its date; that is said once where it happened on the day of the meeting. */
function meetingOf(id: string, day: string, desk: DeskRead): string {
  const occurrence = desk.occurrences.get(id);
  const group = occurrence ? labelOf(occurrence.group, desk) : '';
  return occurrence && occurrence.date !== day
    ? m.people_history_meeting({ group, date: longDate(occurrence.date) })
    : group;
}

type FileEvent = Extract<PersonEvent, { about: 'file' }>;
type EnrolmentEvent = Extract<PersonEvent, { about: 'enrolment' }>;
type ExitEvent = Extract<PersonEvent, { about: 'exit' }>;

function fileSentence({ kind, fields }: FileEvent, who: string, when: string): string {
  const names = fields.map(({ field }) => field).filter(isFileField);
  switch (kind) {
    case 'created':
      return m.people_history_created({ who, when });
    case 'imported':
      return names.length
        ? m.people_history_import_changed({ who, when, what: listOf(names) })
        : m.people_history_imported({ who, when });
    case 'merged':
      return fields.some(({ field, after }) => field === 'mergedInto' && after !== undefined)
        ? m.people_history_absorbed({ who, when })
        : m.people_history_merged({ who, when });
    case 'undone':
      return m.people_history_undone({ who, when });
    case 'settled': {
      const decision = capitalised(decisionOf(who));
      return names.length
        ? m.desk_decisions_decision_person_file({ decision, when, what: listOf(names) })
        : m.desk_decisions_decision_person_file_plain({ decision, when });
    }
    case 'edited':
      return names.length
        ? m.people_history_changed({ who, when, what: listOf(names) })
        : m.people_history_edited({ who, when });
    default:
      return kind satisfies never;
  }
}

function enrolmentSentence(
  { kind, fields, group, from }: EnrolmentEvent,
  who: string,
  when: string,
  desk: DeskRead,
): string {
  const label = labelOf(group, desk);
  const after = (name: string) => fields.find(({ field }) => field === name)?.after;
  if (kind === 'settled')
    return m.desk_decisions_decision_person_enrolment({
      decision: capitalised(decisionOf(who)),
      when,
      group: label,
    });
  if (kind === 'merged' || kind === 'undone')
    return (kind === 'merged' ? m.people_history_enrolment_merged : m.people_history_enrolment_undone)({
      ...{ who, when, group: label },
    });
  if (fields.length === 0)
    return m.people_history_enrolled({ who, when, group: label, date: fullDate(from) });
  const last = after('to');
  if (typeof last === 'string')
    return m.people_history_left({ who, when, group: label, date: fullDate(last) });
  const begins = after('from');
  return typeof begins === 'string'
    ? m.people_history_enrolled({ who, when, group: label, date: fullDate(begins) })
    : m.people_history_enrolment_changed({ who, when, group: label });
}

function exitSentence(event: ExitEvent, who: string, when: string, desk: DeskRead): string {
  const { kind, fields, group } = event;
  const said = { who, when, group: labelOf(group, desk), reason: exitReasonWord(event.reason) };
  if (kind === 'merged') return m.people_history_exit_merged(said);
  if (kind === 'undone') return m.people_history_exit_undone(said);
  // Another day is another departure, after a return.
  const isCorrected = fields.length > 0 && !fields.some(({ field }) => field === 'date');
  return (isCorrected ? m.people_history_exit_corrected : m.people_history_exit)(said);
}

function detailsOf({ fields }: FileEvent, { nameOfReferrer }: Context): string[] {
  return fields.flatMap(({ field, before, after }) => {
    if (!isFileField(field)) return [];
    const [was, is] = [before, after].map((value) => fieldValue(field, value, nameOfReferrer));
    const nothing = m.people_nothing();
    return [
      m.people_history_detail({ field: fieldName[field](), before: was || nothing, after: is || nothing }),
    ];
  });
}

/** « le téléphone, le genre et l'année de naissance » */
function listOf(fields: readonly FileField[]): string {
  const words = fields.map((field) => theField[field]());
  return new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(words);
}

const theField: Record<FileField, () => string> = {
  firstName: m.people_the_first_name,
  familyName: m.people_the_family_name,
  gender: m.people_the_gender,
  birthYear: m.people_the_birth_year,
  languages: m.people_the_languages,
  isFrancophone: m.people_the_francophone,
  departement: m.people_the_departement,
  country: m.people_the_country,
  statusHistory: m.people_the_status,
  consentAt: m.people_the_consent,
  lastContact: m.people_the_last_contact,
  phone: m.people_the_phone,
  referrer: m.people_the_referrer,
};
