/** What was exported, in words: on the page, in the file, and in the journal. */
import type { ExportedWhat } from '../domain/documents.ts';
import { fullDate, listed } from './dates.ts';
import { m } from './paraglide/messages.js';

const whats: Readonly<Record<ExportedWhat, () => string>> = {
  data: m.exports_journal_what_data,
  beneficiaries: m.exports_journal_what_beneficiaries,
  sheets: m.exports_journal_what_sheets,
  groupSheet: m.exports_journal_what_groupSheet,
  certificate: m.exports_journal_what_certificate,
  journal: m.exports_journal_what_journal,
  report: m.exports_journal_what_report,
};

/** Something that a newer version exports shows as it is. */
const whatWords = (what: string): string =>
  Object.hasOwn(whats, what) ? whats[what as ExportedWhat]() : what;

/** What part of the site: terms by their labels, or local dates; everything where neither is said. */
export function partWords(
  part: { readonly terms?: readonly string[]; readonly from?: string; readonly to?: string },
  labelOf: (term: string) => string,
): string {
  if (part.terms) return listed(part.terms.map(labelOf));
  if (part.from && part.to) {
    const [year] = part.from.split('-');
    const isYear = part.from === `${year}-01-01` && part.to === `${year}-12-31`;
    return isYear && year ? year : m.exports_period({ from: fullDate(part.from), to: fullDate(part.to) });
  }
  return m.exports_everything();
}

/** « les données (XLSX, 2023, avec les noms) » */
export const exportedWords = (
  said: { readonly what: string; readonly format: string; readonly isPseudonymised: boolean },
  part: string,
): string =>
  m.exports_journal_about({
    what: whatWords(said.what),
    format: said.format.toUpperCase(),
    part,
    names: said.isPseudonymised ? m.exports_journal_names_without() : m.exports_journal_names_with(),
  });
