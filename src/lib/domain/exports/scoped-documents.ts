/** The part of a site that an export is about: whole terms, or what happened between two days. */
import type { AnyDocument, DocumentOf, Enrolment } from '../documents.ts';
import { staysOf } from '../enrolments.ts';
import { includesMeeting, includesTerm, type Scope } from '../indicators/scope.ts';
import type { SiteDocuments } from '../indicators/site-reading.ts';
import { ofType } from '../of-type.ts';

const occurrenceOf = (document: AnyDocument): string | undefined =>
  'occurrence' in document && typeof document.occurrence === 'string' ? document.occurrence : undefined;

const isStaying = (enrolment: Enrolment, { from, to }: { readonly from: string; readonly to: string }) =>
  staysOf(enrolment).some((stay) => stay.from <= to && (stay.to ?? to) >= from);

/**
 * A term's own documents that lie in the scope. Of a period: its meetings, what was said of them, and those who were on
 * a list then; none where nothing of the term lies in it.
 */
function ofTerm(documents: readonly AnyDocument[], scope: Scope): readonly AnyDocument[] {
  const [term] = ofType(documents, 'term');
  if (!term) return [];
  if (scope.kind === 'terms') return scope.terms.includes(term.term) ? documents : [];
  const meetings = ofType(documents, 'occurrence');
  const outside = new Set<string>(
    meetings.flatMap(({ occurrence, date }) => (includesMeeting(scope, term.term, date) ? [] : [occurrence])),
  );
  if (!includesTerm(scope, term) && outside.size === meetings.length) return [];
  return documents.filter((document) => {
    if (document.type === 'enrolment') return isStaying(document, scope);
    const occurrence = occurrenceOf(document);
    return occurrence === undefined || !outside.has(occurrence);
  });
}

/** Everybody whom documents of terms name, and the files that theirs became part of, or that became part of theirs. */
function peopleIn(
  terms: SiteDocuments['terms'],
  files: readonly DocumentOf<'participant'>[],
): ReadonlySet<string> {
  const people = new Set<string>();
  for (const documents of terms)
    for (const document of documents)
      if (document.type === 'rosterCard' || document.type === 'enrolment' || document.type === 'mark')
        people.add(document.participant);
  const merged = files.filter(({ mergedInto }) => mergedInto !== undefined);
  for (let before = -1; before !== people.size;) {
    before = people.size;
    for (const { participant, mergedInto = '' } of merged) {
      if (people.has(participant)) people.add(mergedInto);
      if (people.has(mergedInto)) people.add(participant);
    }
  }
  return people;
}

/**
 * @param scope none: everything that is held
 * @returns of the registry, only what is about the people of the scope: files, exits, and those who sent them
 */
export function documentsIn(documents: SiteDocuments, scope: Scope | undefined): SiteDocuments {
  if (scope === undefined) return documents;
  const terms = documents.terms.map((one) => ofTerm(one, scope)).filter((one) => one.length > 0);
  const files = ofType(documents.registry, 'participant');
  const people = peopleIn(terms, files);
  const kept = files.filter(({ participant }) => people.has(participant));
  const referrers = new Set<string | undefined>(kept.map(({ referrer }) => referrer));
  const codes = new Set<string>(terms.flatMap((one) => ofType(one, 'term').map(({ term }) => term)));
  return {
    commons: documents.commons,
    registry: [
      ...kept,
      ...ofType(documents.registry, 'exit').filter(
        ({ participant, term }) => people.has(participant) && codes.has(term),
      ),
      ...ofType(documents.registry, 'referrer').filter(({ referrer }) => referrers.has(referrer)),
    ],
    terms,
  };
}
