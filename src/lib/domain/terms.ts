/** A term: its code, label, weeks and days off; planned, open, closed; and how the site lists it. */
import { withChange } from './changes.ts';
import type { Author, Site, Term } from './documents.ts';
import { termDocId, type TermCode } from './ids.ts';
import { addDays, mondayOf } from './local-time.ts';
import { weeksOf, type TermCalendar } from './schedule.ts';

/** Fewest and most weeks of a term. */
export const fewestWeeks = 1;
export const mostWeeks = 52;

/** Codes become part of a database's name. */
const codePattern = /^[a-z][a-z0-9-]{0,40}$/;
/** Databases of the site that are no terms. */
const reserved: ReadonlySet<string> = new Set(['commons', 'registry']);

/** Whether a text can be the code of a term: a name of a database that nothing else of the site has. */
export const isTermCode = (text: string): text is TermCode => codePattern.test(text) && !reserved.has(text);

/** Letters and digits without accents, joined by dashes: « Été 2027 » becomes `ete-2027`. */
export const slugOf = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/**
 * A code for a term: `s1-2027` for « S1.27 », else the words of the label with the year of its start. Never one of
 * `taken`.
 * @param start local date, or nothing while it is not known
 */
export function proposedCode(label: string, start: string, taken: Iterable<string>): string {
  const short = /^([a-z]\d+)[.\s/-]*(\d\d)$/i.exec(label.trim());
  const year = start.slice(0, 4);
  const words = slugOf(label).replace(/^[^a-z]+/, '') || 'session';
  const plain = short
    ? `${short[1]?.toLowerCase()}-20${short[2]}`
    : words.includes(year)
      ? words
      : `${words.slice(0, 30)}-${year}`;
  const base = plain.slice(0, 36).replace(/-+$/, '');
  const used = new Set([...taken, ...reserved]);
  for (let number = 1; ; number++) {
    const code = number === 1 ? base : `${base}-${number}`;
    if (!used.has(code)) return code;
  }
}

/** The Sunday of the last week: pauses make a term longer. */
export const endOf = (calendar: TermCalendar) => addDays(weeksOf(calendar).at(-1) ?? calendar.start, 6);

/** The seven days of the week that a date is in. */
export const daysOfWeek = (date: string) => [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(mondayOf(date), day));

/** Days off in order, each once. */
export const inOrder = (days: Iterable<string>) => [...new Set(days)].sort();

/** Days off that make whole weeks (by their Monday: pauses), and the others. */
export function pausesAmong(daysOff: Iterable<string>): { pauses: string[]; days: string[] } {
  const all = new Set(daysOff);
  const mondays = inOrder([...all].map(mondayOf));
  const pauses = mondays.filter((monday) => daysOfWeek(monday).every((day) => all.has(day)));
  const days = inOrder(all).filter((day) => !pauses.includes(mondayOf(day)));
  return { pauses, days };
}

/** What is chosen for a term; the end follows. */
export type TermFacts = Pick<Term, 'term' | 'label' | 'start' | 'weeks' | 'daysOff'>;

/** A new term, planned. */
export function newTerm(facts: TermFacts, author: Author): Term {
  const { term, label, start, weeks } = facts;
  const daysOff = inOrder(facts.daysOff);
  const document: Term = {
    _id: termDocId(term),
    type: 'term',
    v: 1,
    ...author,
    ...{ term, label: label.trim(), start, weeks, daysOff },
    end: endOf({ start, weeks, daysOff }),
    state: 'planned',
  };
  return withChange(undefined, document, author);
}

/** Another label or calendar; as it was where nothing differs. */
export function editTerm(before: Term, facts: Omit<TermFacts, 'term'>, author: Author): Term {
  const { start, weeks } = facts;
  const daysOff = inOrder(facts.daysOff);
  const end = endOf({ start, weeks, daysOff });
  return withChange(before, { ...before, label: facts.label.trim(), start, weeks, daysOff, end }, author);
}

/** Opened, closed, opened again. */
export const inState = (before: Term, state: Term['state'], author: Author): Term =>
  withChange(before, { ...before, state }, author);

/**
 * The site with a term as its own document has it among those it lists; `undefined` when it is listed so already. The
 * list tells devices which databases there are, the term's document is what holds.
 */
export function withListedTerm(site: Site, term: Term, author: Author): Site | undefined {
  const { term: code, label, start, end, state } = term;
  const listed = site.terms.find((one) => one.term === code);
  const isSame =
    listed?.label === label && listed.start === start && listed.end === end && listed.state === state;
  if (isSame) return undefined;
  const entry = { ...listed, term: code, label, start, end, state };
  const terms = listed ? site.terms.map((one) => (one === listed ? entry : one)) : [...site.terms, entry];
  return { ...site, ...author, terms };
}
