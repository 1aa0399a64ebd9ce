/** What a document is about in words, and the screen where it is edited. */
import { longDate } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import { reportSection } from '$lib/i18n/report-sections.ts';
import type { Names } from './names.ts';

/** « Français A1, groupe 1, lundi 16 novembre » */
export function meetingName(occurrence: string, names: Names): string {
  const found = names.occurrences.get(occurrence);
  if (!found) return m.desk_subject_some_meeting();
  const group = names.groups.get(found.group)?.label ?? m.desk_subject_some_group();
  return m.desk_subject_meeting({ group, date: longDate(found.date) });
}

export const personName = (participant: string, names: Names): string =>
  names.people.get(participant)?.name ?? m.desk_subject_somebody();

/** « la réponse de Hodan Warsame, Français A1, lundi 16 novembre » of `mark:…`. */
export function subjectOf(id: string, names: Names): string {
  const [type = '', first = '', second = ''] = id.split(':');
  const group = (of: string) => names.groups.get(of)?.label ?? m.desk_subject_some_group();
  const label = (of: string) => names.labels.get(of) ?? of;
  switch (type) {
    case 'mark':
      return m.desk_subject_mark({ person: personName(second, names), meeting: meetingName(first, names) });
    case 'closing':
      return m.desk_subject_closing({ meeting: meetingName(first, names) });
    case 'occurrence':
      return m.desk_subject_occurrence({ meeting: meetingName(first, names) });
    case 'debrief':
      return m.desk_subject_debrief({ meeting: meetingName(first, names) });
    case 'group':
      return m.desk_subject_group({ group: group(first) });
    case 'rosterCard':
      return m.desk_subject_card({ person: personName(first, names) });
    case 'participant':
      return m.desk_subject_participant({ person: personName(first, names) });
    case 'enrolment':
      return m.desk_subject_enrolment({ person: personName(second, names), group: group(first) });
    case 'waiting':
      return m.desk_subject_waiting({ person: personName(second, names), group: group(first) });
    case 'signUp':
      return m.outing_desk_subject({ person: personName(second, names), meeting: meetingName(first, names) });
    case 'exit':
      return m.desk_subject_exit({ person: personName(second, names), group: group(first) });
    case 'shift':
      return m.desk_subject_shift({
        person: names.volunteers.get(second)?.name ?? m.desk_subject_somebody(),
        meeting: meetingName(first, names),
      });
    case 'volunteer':
      return m.desk_subject_volunteer({
        person: names.volunteers.get(first)?.name ?? m.desk_subject_somebody(),
      });
    case 'term':
      return m.desk_subject_term({ term: label(first) });
    case 'snapshot':
      return m.desk_subject_snapshot({ term: label(first) });
    case 'venue':
      return m.desk_subject_venue({ name: label(first) });
    case 'workshopType':
      return m.desk_subject_workshop({ name: label(first) });
    case 'referrer':
      return m.desk_subject_referrer({ name: label(first) });
    case 'device':
      return m.desk_subject_device({ name: names.devices.get(first) ?? m.desk_device_phone() });
    case 'site':
      return m.desk_subject_site();
    case 'theme':
      return m.desk_subject_theme();
    case 'merge':
      return m.desk_subject_merge();
    case 'distinction':
      return m.desk_subject_distinction();
    case 'importBatch':
      return m.desk_subject_import();
    case 'annualReport':
      return m.report_desk_subject({ year: first, section: reportSection(second) });
    case 'frozenYear':
    case 'frozenFigures':
      return m.report_desk_subject_year({ year: first });
    case 'statement':
      return m.figures_desk_statement();
    case 'exported':
      return m.exports_journal_subject();
    case 'decision':
      return m.desk_subject_decision();
    case 'discard':
      return m.desk_subject_discard();
    default:
      return m.desk_subject_other({ type });
  }
}

/** Where it is mended; nothing where no screen edits it. */
export function screenOf(id: string): string | undefined {
  const [type, first = '', second = ''] = id.split(':');
  switch (type) {
    case 'mark':
    case 'closing':
      return `/appel/${encodeURIComponent(first)}`;
    case 'signUp':
      return `/sortie/${encodeURIComponent(first)}`;
    case 'participant':
      return `/personnes/${encodeURIComponent(first)}/fiche`;
    case 'rosterCard':
      return `/personnes/${encodeURIComponent(first)}`;
    case 'enrolment':
    case 'waiting':
    case 'exit':
      return `/personnes/${encodeURIComponent(second)}`;
    case 'group':
    case 'occurrence':
      return '/planning';
    case 'shift':
    case 'volunteer':
      return '/equipe';
    case 'term':
      return `/session/fiche/${encodeURIComponent(first)}`;
    case 'venue':
    case 'workshopType':
      return '/session/ateliers';
    case 'theme':
      return `/themes/${encodeURIComponent(first)}`;
    case 'annualReport':
    case 'frozenYear':
    case 'frozenFigures':
      return `/bilan/rapport/${encodeURIComponent(first)}`;
    case 'device':
      return '/reglages';
    default:
      return undefined;
  }
}
