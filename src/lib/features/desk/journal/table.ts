/** The journal as a table for a spreadsheet. */
import { dateOf, timeOf } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { semicolonTable } from '$lib/domain/semicolon-table.ts';
import { detailsOf, deviceOf, kindName, sentenceOf, whoOf, type JournalContext } from './wording.ts';

export function journalTable(entries: readonly JournalEntry[], context: JournalContext): string {
  const { names, timeZone } = context;
  return semicolonTable([
    [
      m.desk_journal_when(),
      m.desk_journal_who(),
      m.desk_journal_on(),
      m.desk_journal_kind(),
      m.desk_journal_sentence(),
      m.desk_journal_details(),
      m.desk_journal_document(),
    ],
    ...entries.map((entry) => [
      entry.at ? `${dateOf(entry.at, timeZone)} ${timeOf(entry.at, timeZone)}` : '',
      whoOf(entry, names),
      deviceOf(entry, names),
      kindName[entry.kind](),
      sentenceOf(entry, context),
      detailsOf(entry, context).join(' | '),
      entry.id,
    ]),
  ]);
}
