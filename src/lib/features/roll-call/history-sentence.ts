/**
 * One answer of a history as a sentence: « À 14 h 32, vous : En retard, arrivée 14 h 32 », or a decision: « À 18 h,
 * décision d'Élise : Présent·e ».
 */
import { dateOf, hourOf, longDate } from '$lib/i18n/dates.ts';
import { decisionOf } from '$lib/i18n/decision-words.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { MarkEntry } from '$lib/domain/documents.ts';
import { reasonLabel, statusLabel } from './wording.ts';

interface Context {
  /** The meeting's day (`yyyy-mm-dd`): an answer of that day is told by its hour alone. */
  readonly date: string;
  readonly timeZone: string;
  readonly nameOfAccount: (account: string) => string;
}

export function historySentence(entry: MarkEntry, { date, timeZone, nameOfAccount }: Context): string {
  const day = dateOf(entry.at, timeZone);
  const time = hourOf(entry.at, timeZone);
  const when =
    day === date ? m.roll_call_history_now({ time }) : m.roll_call_history_day({ date: longDate(day), time });
  const who = nameOfAccount(entry.by);
  if (entry.decision === undefined)
    return m.roll_call_history_entry({ when, who, said: saidBy(entry, timeZone) });
  const decision = who === m.roll_call_history_you() ? m.desk_decisions_decision_yours() : decisionOf(who);
  const said =
    entry.decision === 'settled'
      ? m.desk_decisions_decision_settled({ decision, said: saidBy(entry, timeZone) })
      : m.desk_decisions_decision_reopened({ decision });
  return m.desk_decisions_decision_history({ when, said });
}

function saidBy(entry: MarkEntry, timeZone: string): string {
  if (entry.status === null) return m.roll_call_history_cleared();
  let said = statusLabel(entry.status);
  if (entry.arrivedAt) said = m.roll_call_history_arrived({ said, time: hourOf(entry.arrivedAt, timeZone) });
  if (entry.leftAt) said = m.roll_call_history_left({ said, time: hourOf(entry.leftAt, timeZone) });
  return entry.reason ? m.roll_call_history_reason({ said, reason: reasonLabel(entry.reason) }) : said;
}
