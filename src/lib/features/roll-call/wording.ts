/** What the roll call says: every answer, reason and failure in words, exhaustively. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { ExcuseReason, MarkStatus } from '$lib/domain/documents.ts';
import type { MarkChange } from '$lib/domain/roll-call.ts';
import type { AnswerCode } from '$lib/ui/answer-look.ts';
import type { Failure } from './commands.ts';
import { statusGiven, type Column } from './list-view.ts';

/** How each answer looks (`data-s`). */
export const codeOf: Record<MarkStatus, AnswerCode> = {
  present: 'P',
  late: 'R',
  leftEarly: 'D',
  excused: 'E',
  absent: 'A',
};

export function statusLabel(status: MarkStatus): string {
  switch (status) {
    case 'present':
      return m.roll_call_status_present();
    case 'late':
      return m.roll_call_status_late();
    case 'leftEarly':
      return m.roll_call_status_left_early();
    case 'excused':
      return m.roll_call_status_excused();
    case 'absent':
      return m.roll_call_status_absent();
    default:
      return status satisfies never;
  }
}

/** The head of a column, and the letter on its tiles: both follow the language of the screen. */
export const columnLabel: Record<Column, () => string> = {
  present: m.roll_call_column_present,
  late: m.roll_call_column_late,
  excused: m.roll_call_column_excused,
  absent: m.roll_call_column_absent,
};
export const letterOf: Record<Column, () => string> = {
  present: m.roll_call_letter_present,
  late: m.roll_call_letter_late,
  excused: m.roll_call_letter_excused,
  absent: m.roll_call_letter_absent,
};

export function reasonLabel(reason: ExcuseReason): string {
  switch (reason) {
    case 'appointment':
      return m.roll_call_reason_appointment();
    case 'transport':
      return m.roll_call_reason_transport();
    case 'otherCourse':
      return m.roll_call_reason_other_course();
    case 'family':
      return m.roll_call_reason_family();
    case 'personal':
      return m.roll_call_reason_personal();
    case 'other':
      return m.roll_call_reason_other();
    default:
      return reason satisfies never;
  }
}

/** « Absence notée : Hamid »: a noun, so that nobody's gender is needed. `null` is an answer cleared. */
function notedLabel(status: MarkStatus | null, name: string): string {
  switch (status) {
    case 'present':
      return m.roll_call_noted_present({ name });
    case 'late':
      return m.roll_call_noted_late({ name });
    case 'leftEarly':
      return m.roll_call_noted_left_early({ name });
    case 'excused':
      return m.roll_call_noted_excused({ name });
    case 'absent':
      return m.roll_call_noted_absent({ name });
    case null:
      return m.roll_call_noted_cleared({ name });
    default:
      return status satisfies never;
  }
}

export function failureLabel(why: Failure): string {
  switch (why) {
    case 'quota':
      return m.roll_call_why_quota();
    case 'closed':
      return m.roll_call_why_closed();
    case 'failed':
      return m.roll_call_why_failed();
    case 'newer':
      return m.roll_call_why_newer();
    default:
      return why satisfies never;
  }
}

/** A sentence about one person; without a name it is about several. The name is set in bold where it stands. */
export interface Sentence {
  readonly say: (name: string) => string;
  readonly name: string;
}

/** What a gesture did, in one sentence. `nameOf` gives the name to call. */
export function gestureSentence(
  changes: readonly MarkChange[],
  nameOf: (participant: MarkChange['participant']) => string,
): Sentence {
  const [first] = changes;
  if (!first || changes.length > 1) {
    return { say: () => m.roll_call_noted_many_present({ count: changes.length }), name: '' };
  }
  const status = statusGiven(changes) ?? null;
  const name = nameOf(first.participant);
  // The answer stands: a reason or a time was given to it.
  const isDetail = status !== null && first.before.status === status;
  return {
    say: (named) => (isDetail ? m.roll_call_noted_details({ name: named }) : notedLabel(status, named)),
    name,
  };
}

export const undoneSentence = (
  changes: readonly MarkChange[],
  nameOf: (participant: MarkChange['participant']) => string,
): Sentence => {
  const [first] = changes;
  return first && changes.length === 1
    ? { say: (name) => m.roll_call_noted_undone({ name }), name: nameOf(first.participant) }
    : { say: () => m.roll_call_noted_undone_many({ count: changes.length }), name: '' };
};

/** A sentence cut around its name, whatever the order of the words. */
export function aroundName({ say, name }: Sentence): { before: string; name: string; after: string } {
  if (name === '') return { before: say(''), name, after: '' };
  const [before = '', after = ''] = say('\uE000').split('\uE000');
  return { before, name, after };
}
