/** Answers and their reasons in words. */
import type { ExcuseReason, MarkEntry, MarkStatus } from '../domain/documents.ts';
import { m } from './paraglide/messages.js';

const statusWords: Record<MarkStatus, () => string> = {
  present: m.person_status_present,
  late: m.person_status_late,
  leftEarly: m.person_status_left_early,
  excused: m.person_status_excused,
  absent: m.person_status_absent,
};

const reasonWords: Record<ExcuseReason, () => string> = {
  appointment: m.roll_call_reason_appointment,
  transport: m.roll_call_reason_transport,
  otherCourse: m.roll_call_reason_other_course,
  family: m.roll_call_reason_family,
  personal: m.roll_call_reason_personal,
  other: m.roll_call_reason_other,
};

const statusWord = (status: MarkStatus): string => statusWords[status]();

/** « Excusé·e (rendez-vous) » */
export const answerWords = (status: MarkStatus, reason?: MarkEntry['reason']): string =>
  reason
    ? m.roll_call_history_reason({ said: statusWord(status), reason: reasonWords[reason]() })
    : statusWord(status);
