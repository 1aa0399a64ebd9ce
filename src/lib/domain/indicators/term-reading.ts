/** A term's documents, arranged once for everything that is counted of them; whatever their order. */
import { hasAttended } from '../attendance.ts';
import { isHeld } from '../closing.ts';
import type {
  AnyDocument,
  Closing,
  Debrief,
  Enrolment,
  Group,
  Mark,
  Occurrence,
  RosterCard,
  Shift,
  SignUp,
  Term,
  Volunteer,
} from '../documents.ts';
import type { GroupId, OccurrenceId, ParticipantId } from '../ids.ts';
import type { SiteReading } from './site-reading.ts';

export interface TermReading {
  readonly site: SiteReading;
  readonly term: Term;
  readonly groups: ReadonlyMap<GroupId, Group>;
  /** Those held as `held`: their roll call was closed, or somebody said so. */
  readonly occurrences: readonly Occurrence[];
  readonly closings: ReadonlyMap<OccurrenceId, Closing>;
  readonly cards: ReadonlyMap<ParticipantId, RosterCard>;
  readonly enrolments: readonly Enrolment[];
  readonly signUps: readonly SignUp[];
  /** One answer for a person and an occurrence. */
  readonly marks: readonly Mark[];
  readonly debriefs: readonly Debrief[];
  readonly volunteers: readonly Volunteer[];
  /** None that was cancelled. */
  readonly shifts: readonly Shift[];
}

interface Sorted {
  readonly group: Group[];
  readonly occurrence: Occurrence[];
  readonly closing: Closing[];
  readonly rosterCard: RosterCard[];
  readonly enrolment: Enrolment[];
  readonly signUp: SignUp[];
  readonly mark: Mark[];
  readonly debrief: Debrief[];
  readonly volunteer: Volunteer[];
  readonly shift: Shift[];
}

/** In one pass: a term may hold tens of thousands of documents. */
function sorted(documents: Iterable<AnyDocument>): Sorted & { readonly term: Term[] } {
  const all = {
    ...{ term: [], group: [], occurrence: [], closing: [], rosterCard: [], enrolment: [] },
    ...{ signUp: [], mark: [], debrief: [], volunteer: [], shift: [] },
  } as Record<string, AnyDocument[]>;
  for (const document of documents) all[document.type]?.push(document);
  return all as unknown as Sorted & { readonly term: Term[] };
}

/** @returns `undefined` without the document that says which term it is */
export function readTerm(site: SiteReading, documents: Iterable<AnyDocument>): TermReading | undefined {
  const all = sorted(documents);
  const [term] = all.term;
  if (!term) return undefined;
  const closings = new Map(all.closing.map((closing) => [closing.occurrence, closing]));
  const occurrences = all.occurrence.map((one): Occurrence =>
    one.state !== 'held' && isHeld(one, closings.get(one.occurrence)) ? { ...one, state: 'held' } : one,
  );
  return {
    ...{ site, term, occurrences, closings },
    groups: new Map(all.group.map((group) => [group.group, group])),
    cards: new Map(all.rosterCard.map((card) => [site.personOf(card.participant), card])),
    enrolments: all.enrolment.map((one) => asPerson(one, site)),
    signUps: all.signUp.map((one) => asPerson(one, site)),
    marks: oneAnswerEach(all.mark, occurrences, site),
    debriefs: all.debrief,
    volunteers: all.volunteer,
    shifts: all.shift.filter(({ state }) => state !== 'cancelled'),
  };
}

function asPerson<Document extends Enrolment | SignUp | Mark>(
  document: Document,
  site: SiteReading,
): Document {
  const participant = site.personOf(document.participant);
  return participant === document.participant ? document : { ...document, participant };
}

/**
 * Where two files became one, both may have an answer for one meeting: being there wins, then what the id decides, so
 * that every device counts the same.
 */
function oneAnswerEach(
  marks: readonly Mark[],
  occurrences: readonly Occurrence[],
  site: SiteReading,
): readonly Mark[] {
  if (site.merged.size === 0) return marks;
  const slotOf = new Map(occurrences.map((one) => [one.occurrence, one]));
  const weight = (mark: Mark) => {
    const slot = slotOf.get(mark.occurrence);
    return (slot && hasAttended(mark, slot, site.timeZone) ? 2 : 0) + (mark.status === null ? 0 : 1);
  };
  const others: Mark[] = [];
  const kept = new Map<string, Mark>();
  for (const mark of marks) {
    if (!site.merged.has(mark.participant)) {
      others.push(mark);
      continue;
    }
    const own = asPerson(mark, site);
    const key = `${own.occurrence} ${own.participant}`;
    const other = kept.get(key);
    if (!other) {
      kept.set(key, own);
      continue;
    }
    const [mine, theirs] = [weight(own), weight(other)];
    if (mine > theirs || (mine === theirs && own._id < other._id)) kept.set(key, own);
  }
  for (const mark of kept.values()) others.push(mark);
  return others;
}
