/** Everything that ever happened to a person's documents, told in one line of time: changes and answers, newest first. */
import type { Author, Change, Enrolment, Mark, MarkEntry, Participant, RosterCard } from './documents.ts';
import type { GroupId, OccurrenceId, TermCode } from './ids.ts';

/** One thing that somebody did. */
export type PersonEvent = Author &
  (
    | { readonly about: 'file'; readonly kind: Change['kind']; readonly fields: Change['fields'] }
    | { readonly about: 'card'; readonly term: TermCode; readonly isProvisional: boolean }
    | {
        readonly about: 'enrolment';
        readonly group: GroupId;
        readonly kind: Change['kind'];
        readonly fields: Change['fields'];
        /** Its first day as it was after this, for a beginning that notes no fields. */
        readonly from: string;
      }
    | { readonly about: 'mark'; readonly occurrence: OccurrenceId; readonly entry: MarkEntry }
  );

/**
 * @param documents of one person, whatever the term; a document from before changes were kept is told by who wrote it
 */
export function personHistory(documents: {
  readonly file: Participant | undefined;
  readonly cards: readonly { readonly term: TermCode; readonly card: RosterCard }[];
  readonly enrolments: readonly Enrolment[];
  readonly marks: readonly Mark[];
}): PersonEvent[] {
  const { file, cards, enrolments, marks } = documents;
  const changesOf = (document: Participant | Enrolment): readonly Change[] => {
    const { at, by, device, changes } = document;
    return changes?.length ? changes : [{ at, by, device, kind: 'created', fields: [] }];
  };
  const events: PersonEvent[] = [
    ...(file ? changesOf(file) : []).map(({ at, by, device, kind, fields }) => ({
      ...{ at, by, device, kind, fields },
      about: 'file' as const,
    })),
    ...cards.map(({ term, card: { at, by, device, isProvisional } }) => ({
      ...{ at, by, device, term, isProvisional },
      about: 'card' as const,
    })),
    ...enrolments.flatMap((enrolment) =>
      changesOf(enrolment).map(({ at, by, device, kind, fields }, place, changes) => ({
        ...{ at, by, device, kind, fields, group: enrolment.group },
        from: firstDayBefore(changes.slice(place + 1)) ?? enrolment.from,
        about: 'enrolment' as const,
      })),
    ),
    ...marks.flatMap(({ occurrence, history }) =>
      history.map((entry) => {
        const { at, by, device } = entry;
        return { at, by, device, about: 'mark' as const, occurrence, entry };
      }),
    ),
  ];
  return events.sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0));
}

/** The first day of an enrolment before some changes; `undefined` where they left it as it is. */
function firstDayBefore(changes: readonly Change[]): string | undefined {
  const moved = changes.flatMap(({ fields }) => fields).find(({ field }) => field === 'from');
  return typeof moved?.before === 'string' ? moved.before : undefined;
}
