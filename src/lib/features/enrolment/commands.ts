/** Entering, changing, leaving and waiting for a group. Each answers what takes it back. */
import type {
  AnyDocument,
  Author,
  ExitReason,
  Participant,
  RosterCard,
  Site,
} from '$lib/domain/documents.ts';
import { enrol, leave, leaveForAnother } from '$lib/domain/enrolments.ts';
import { noteExit } from '$lib/domain/exits.ts';
import {
  enrolmentDocId,
  exitDocId,
  participantDocId,
  rosterCardDocId,
  waitingDocId,
  type GroupId,
  type ParticipantId,
  type TermCode,
} from '$lib/domain/ids.ts';
import { newParticipant, rosterCardOf } from '$lib/domain/participants.ts';
import { waitFor } from '$lib/domain/places.ts';
import type { Edit } from '$lib/store/commit.ts';
import type { Store } from '$lib/store/store.ts';
import { writeInTurn, type Written } from '$lib/store/taken-back.ts';

/** Where it is written, and by whom. */
export interface Desk {
  readonly term: TermCode;
  readonly store: Store;
  /** The full files; what stands there reaches no volunteer's phone. */
  readonly registry: Store;
  readonly nameDisplay: Site['nameDisplay'];
  author(): Author;
}

/** Somebody to enrol, as far as they are known. */
export interface Entering {
  readonly participant: ParticipantId;
  readonly file: Participant | undefined;
  readonly card: RosterCard | undefined;
  /** Groups of the same workshop that they leave for this one. */
  readonly leaving?: readonly GroupId[];
}

const as = <Type extends AnyDocument['type']>(current: AnyDocument | undefined, type: Type) =>
  current?.type === type ? (current as AnyDocument & { type: Type }) : undefined;

/**
 * Enrols people in a group from a local date on, out of the groups they leave the day before, and off its waiting
 * list. Who had no card in the term gets one; a walk-in who is enrolled is provisional no longer, and has a file.
 */
export function enrolPeople(
  desk: Desk,
  { group, people, from }: { group: GroupId; people: readonly Entering[]; from: string },
): Promise<Written> {
  const author = desk.author();
  const edits = people.flatMap((person): Edit[] => [
    ...entry(person, group, from, author),
    cardEdit(person, desk.nameDisplay, author),
    off(group, person.participant),
  ]);
  const files = people.flatMap((person) => fileEdit(person, author));
  return writeInTurn(
    [
      { store: desk.registry, edits: files },
      { store: desk.store, edits },
    ],
    author,
  );
}

function entry(
  { participant, leaving = [] }: Entering,
  group: GroupId,
  from: string,
  author: Author,
): Edit[] {
  return [
    {
      id: enrolmentDocId(group, participant),
      change: (current) => enrol(as(current, 'enrolment'), { group, participant, from }, author),
    },
    ...leaving.map((other): Edit => ({
      id: enrolmentDocId(other, participant),
      change(current) {
        const left = as(current, 'enrolment');
        return left && leaveForAnother(left, from, author);
      },
    })),
  ];
}

function cardEdit({ participant, file }: Entering, nameDisplay: Site['nameDisplay'], author: Author): Edit {
  return {
    id: rosterCardDocId(participant),
    change(current) {
      const card = as(current, 'rosterCard');
      if (card && !card.isProvisional) return undefined;
      if (file) return rosterCardOf(file, nameDisplay, card, author);
      return card && { ...card, ...author, isProvisional: false };
    },
  };
}

/** A file for who has only a card: what the card knows. */
function fileEdit({ participant, file, card }: Entering, author: Author): Edit[] {
  if (file || !card) return [];
  const facts = {
    firstName: card.firstName,
    familyName: card.familyName ?? '',
    gender: 'unknown' as const,
    languages: [],
    isFrancophone: card.isFrancophone,
    statusHistory: [],
  };
  const make = (current: AnyDocument | undefined) =>
    current ? undefined : newParticipant(participant, facts, author);
  return [{ id: participantDocId(participant), change: make }];
}

const off = (group: GroupId, participant: ParticipantId): Edit => ({
  id: waitingDocId(group, participant),
  change: (current) => current && { ...current, _deleted: true },
});

/** Puts people on a group's waiting list, in their order. */
export function putOnWaitingList(
  desk: Desk,
  { group, people }: { group: GroupId; people: readonly ParticipantId[] },
): Promise<Written> {
  const author = desk.author();
  const edits = people.map((participant, place): Edit => {
    // Those put there at once keep the order they were named in.
    const at = new Date(Date.parse(author.at) + place).toISOString();
    return {
      id: waitingDocId(group, participant),
      change: (current) => waitFor(as(current, 'waiting'), { group, participant }, { ...author, at }),
    };
  });
  return writeInTurn([{ store: desk.store, edits }], author);
}

/** Takes a person off a waiting list: they wait for nothing any more. */
export const stopWaiting = (desk: Desk, group: GroupId, participant: ParticipantId): Promise<Written> =>
  writeInTurn([{ store: desk.store, edits: [off(group, participant)] }], desk.author());

/** The day of leaving in the term, the reason in the registry alone. @param last the last day, included */
export function recordExit(
  desk: Desk,
  {
    group,
    participant,
    last,
    reason,
  }: { group: GroupId; participant: ParticipantId; last: string; reason: ExitReason },
): Promise<Written> {
  const author = desk.author();
  const facts = { term: desk.term, group, participant, date: last, reason };
  return writeInTurn(
    [
      {
        store: desk.registry,
        edits: [
          {
            id: exitDocId(group, participant),
            change: (current) => noteExit(as(current, 'exit'), facts, author),
          },
        ],
      },
      {
        store: desk.store,
        edits: [
          {
            id: enrolmentDocId(group, participant),
            change(current) {
              const before = as(current, 'enrolment');
              return before && leave(before, last, author);
            },
          },
        ],
      },
    ],
    author,
  );
}
