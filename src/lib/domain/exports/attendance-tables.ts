/** Everything that figures rest on, as tables: opaque ids and no name of anybody. */
import type { AnyDocument, Term } from '../documents.ts';
import type { SiteDocuments } from '../indicators/site-reading.ts';
import { placeWordsOf } from '../meeting-place.ts';
import { ofType } from '../of-type.ts';
import { hoursOf } from '../schedule.ts';
import { tableOf, type Described, type ExportTable } from './table.ts';

/** Documents of the terms, each with the term whose database holds it. */
type Held<Document> = Document & { readonly ofTerm: Term };

export function heldIn<Type extends AnyDocument['type']>(
  { terms }: Pick<SiteDocuments, 'terms'>,
  type: Type,
) {
  return terms.flatMap((documents) => {
    const [ofTerm] = ofType(documents, 'term');
    return ofTerm ? ofType(documents, type).map((one) => ({ ...one, ofTerm })) : [];
  });
}

const term: Readonly<Record<'term', Described<Held<object>>>> = {
  term: ['code', ({ ofTerm }) => ofTerm.term],
};

/** @param documents of one site */
export function attendanceTables(documents: SiteDocuments): ExportTable[] {
  const held = <Type extends AnyDocument['type']>(type: Type) => heldIn(documents, type);
  const timeZone = ofType(documents.commons, 'site')[0]?.timezone ?? 'Europe/Paris';
  const groups = held('group');
  const groupOf = new Map(groups.map((one) => [one.group, one]));
  return [
    tableOf(
      'terms',
      {
        term: ['code', (one) => one.term],
        label: ['text', (one) => one.label],
        start: ['date', (one) => one.start],
        end: ['date', (one) => one.end],
      },
      held('term'),
    ),
    tableOf(
      'workshop_types',
      {
        workshop_type: ['id', (one) => one.workshopType],
        kind: ['code', (one) => one.kind],
        label: ['text', (one) => one.label],
      },
      ofType(documents.commons, 'workshopType'),
    ),
    tableOf(
      'groups',
      {
        ...term,
        group_id: ['id', (one) => one.group],
        workshop_type: ['id', (one) => one.workshopType],
        label: ['text', (one) => one.label],
        language: ['code', (one) => one.language],
      },
      groups,
    ),
    tableOf(
      'occurrences',
      {
        ...term,
        occurrence_id: ['id', (one) => one.occurrence],
        group_id: ['id', (one) => one.group],
        date: ['date', (one) => one.date],
        start: ['time', (one) => one.start],
        end: ['time', (one) => one.end],
        starts_at: ['instant', (one) => hoursOf(one, timeZone).startsAt],
        ends_at: ['instant', (one) => hoursOf(one, timeZone).endsAt],
        week: ['number', (one) => one.week],
        state: ['code', (one) => one.state],
        is_dropped: ['yesNo', (one) => one.isDropped === true],
        venue: ['id', (one) => placeWordsOf(one, groupOf.get(one.group)) ?? one.venue],
      },
      held('occurrence'),
    ),
    tableOf(
      'closings',
      {
        ...term,
        occurrence_id: ['id', (one) => one.occurrence],
        state: ['code', (one) => one.state],
        headcount: ['number', (one) => one.headcount],
      },
      held('closing'),
    ),
    tableOf(
      'stays',
      {
        ...term,
        group_id: ['id', (one) => one.group],
        participant_id: ['id', (one) => one.participant],
        first_day: ['date', (one) => one.from],
        last_day: ['date', (one) => one.to],
      },
      held('enrolment').flatMap(({ ofTerm, group, participant, from, to, formerPeriods = [] }) =>
        [...formerPeriods, { from, to }].map((stay) => ({ ofTerm, group, participant, ...stay })),
      ),
    ),
    tableOf(
      'cards',
      {
        ...term,
        participant_id: ['id', (one) => one.participant],
        is_provisional: ['yesNo', (one) => one.isProvisional],
      },
      held('rosterCard'),
    ),
    tableOf(
      'participants',
      {
        participant_id: ['id', (one) => one.participant],
        gender: ['code', (one) => one.gender],
        departement: ['few', (one) => one.departement],
        country: ['few', (one) => one.country],
        is_francophone: ['yesNo', (one) => one.isFrancophone],
        merged_into: ['id', (one) => one.mergedInto],
      },
      ofType(documents.registry, 'participant'),
    ),
    tableOf(
      'marks',
      {
        ...term,
        occurrence_id: ['id', (one) => one.occurrence],
        participant_id: ['id', (one) => one.participant],
        status: ['code', (one) => one.status],
        arrived_at: ['instant', (one) => one.arrivedAt],
        left_at: ['instant', (one) => one.leftAt],
        minutes: ['number', (one) => one.minutes],
        reason: ['code', (one) => one.reason],
      },
      held('mark'),
    ),
    tableOf(
      'volunteers',
      {
        ...term,
        volunteer_id: ['id', (one) => one.volunteer],
        kind: ['code', (one) => one.kind],
      },
      held('volunteer'),
    ),
    tableOf(
      'shifts',
      {
        ...term,
        occurrence_id: ['id', (one) => one.occurrence],
        volunteer_id: ['id', (one) => one.volunteer],
        role: ['code', (one) => one.role],
        state: ['code', (one) => one.state],
        minutes: ['number', (one) => one.minutes],
      },
      held('shift'),
    ),
  ];
}
