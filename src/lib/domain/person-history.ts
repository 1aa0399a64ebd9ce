/** Everything that ever happened to a person's documents, told in one line of time: changes and answers, newest first. */
import type {
  Author,
  Change,
  Enrolment,
  Exit,
  ExitReason,
  Mark,
  MarkEntry,
  Participant,
  RosterCard,
  SignUp,
  Waiting,
} from './documents.ts';
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
    | {
        readonly about: 'exit';
        readonly group: GroupId;
        readonly kind: Change['kind'];
        readonly fields: Change['fields'];
        /** As it was noted after this. */
        readonly reason: ExitReason;
      }
    | { readonly about: 'waiting'; readonly group: GroupId; readonly kind: Change['kind'] }
    | { readonly about: 'signUp'; readonly occurrence: OccurrenceId; readonly state: SignUp['state'] }
    | { readonly about: 'mark'; readonly occurrence: OccurrenceId; readonly entry: MarkEntry }
  );

/**
 * @param documents of one person, whatever the term; a document from before changes were kept is told by who wrote it
 */
export function personHistory(documents: {
  readonly file: Participant | undefined;
  readonly cards: readonly { readonly term: TermCode; readonly card: RosterCard }[];
  readonly enrolments: readonly Enrolment[];
  /** Of the registry: their reasons are on coordinators' devices alone. */
  readonly exits: readonly Exit[];
  readonly waits: readonly Waiting[];
  readonly signUps: readonly SignUp[];
  readonly marks: readonly Mark[];
}): PersonEvent[] {
  const { file, cards, enrolments, exits, waits, signUps, marks } = documents;
  const changesOf = (document: Participant | Enrolment | Exit | Waiting): readonly Change[] => {
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
        from: valueBefore('from', changes.slice(place + 1)) ?? enrolment.from,
        about: 'enrolment' as const,
      })),
    ),
    ...exits.flatMap((exit) =>
      changesOf(exit).map(({ at, by, device, kind, fields }, place, changes) => ({
        ...{ at, by, device, kind, fields, group: exit.group },
        reason: (valueBefore('reason', changes.slice(place + 1)) ?? exit.reason) as ExitReason,
        about: 'exit' as const,
      })),
    ),
    ...waits.flatMap((wait) =>
      changesOf(wait).map(({ at, by, device, kind }) => ({
        ...{ at, by, device, kind, group: wait.group },
        about: 'waiting' as const,
      })),
    ),
    ...signUps.flatMap(({ occurrence, history }) =>
      history
        // What the person was told of the places changes nothing of whether they come.
        .filter(({ state }, place) => state !== history[place - 1]?.state)
        .map(({ at, by, device, state }) => ({
          ...{ at, by, device, occurrence, state },
          about: 'signUp' as const,
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

/** A text of a document before some changes; `undefined` where they left it as it is. */
function valueBefore(name: string, changes: readonly Change[]): string | undefined {
  const changed = changes.flatMap(({ fields }) => fields).find(({ field }) => field === name);
  return typeof changed?.before === 'string' ? changed.before : undefined;
}
