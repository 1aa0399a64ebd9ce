/** The board as it is shown: people on one side, groups with their places on the other. Pure. */
import type {
  Enrolment,
  ExitReason,
  Group,
  Participant,
  RosterCard,
  Waiting,
  WorkshopType,
} from '$lib/domain/documents.ts';
import { workshopKinds } from '$lib/domain/documents/commons.ts';
import { holdsPlaceFrom, staysOf } from '$lib/domain/enrolments.ts';
import { exitReasonOf } from '$lib/domain/exits.ts';
import type { GroupId, ParticipantId } from '$lib/domain/ids.ts';
import { fullName, sortKeyOf } from '$lib/domain/names.ts';
import { personIndex, type PersonIndex } from '$lib/domain/person-search.ts';
import { placesOf, type Places } from '$lib/domain/places.ts';
import type { Enrolments } from './queries.ts';

export interface BoardPerson {
  readonly participant: ParticipantId;
  /** As in the file; as on the card where there is no file. */
  readonly name: string;
  readonly screenLanguage: string | undefined;
  readonly file: Participant | undefined;
  readonly card: RosterCard | undefined;
  /** Where they hold a place on the board's day or later. */
  readonly groups: readonly Group[];
}

export interface BoardGroup {
  readonly group: Group;
  readonly places: Places;
}

export interface Board {
  readonly people: readonly BoardPerson[];
  /** For what is typed; made when it is first asked for. */
  readonly index: PersonIndex<BoardPerson>;
  readonly personOf: ReadonlyMap<ParticipantId, BoardPerson>;
  readonly sections: readonly {
    readonly workshopType: WorkshopType | undefined;
    readonly groups: readonly BoardGroup[];
  }[];
  readonly groupOf: ReadonlyMap<GroupId, BoardGroup>;
}

const inOrder = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** @param day places are counted from it on, a local date */
export function boardOf({ facts, cards, files }: Enrolments, day: string): Board {
  const groups = new Map(facts.groups.map((group) => [group.group, group]));
  const followed = new Map<ParticipantId, Group[]>();
  for (const enrolment of facts.enrolments) {
    const group = groups.get(enrolment.group);
    if (!group || !holdsPlaceFrom(enrolment, day)) continue;
    followed.set(enrolment.participant, [...(followed.get(enrolment.participant) ?? []), group]);
  }
  const cardOf = new Map(cards.map((card) => [card.participant, card]));
  const fileOf = new Map(files.map((file) => [file.participant, file]));
  const people = [...new Set([...fileOf.keys(), ...cardOf.keys()])]
    .flatMap((participant) => {
      const [file, card] = [fileOf.get(participant), cardOf.get(participant)];
      const called = file ?? card;
      if (!called) return [];
      const person: BoardPerson = {
        participant,
        name: fullName(called),
        screenLanguage: card?.screenLanguage,
        file,
        card,
        groups: (followed.get(participant) ?? []).sort(byLabel),
      };
      return [{ key: sortKeyOf(called), person }];
    })
    .sort(inOrder)
    .map(({ person }) => person);

  const types = [...facts.workshopTypes].sort(
    (a, b) => workshopKinds.indexOf(a.kind) - workshopKinds.indexOf(b.kind) || (a.label < b.label ? -1 : 1),
  );
  const ranks = types.map(({ workshopType }) => workshopType);
  const codes = [...new Set(facts.groups.map(({ workshopType }) => workshopType))].sort(
    (a, b) => ranks.indexOf(a) - ranks.indexOf(b),
  );
  const sections = codes.map((code) => ({
    workshopType: types.find(({ workshopType }) => workshopType === code),
    groups: facts.groups
      .filter(({ workshopType }) => workshopType === code)
      .sort(byLabel)
      .map((group) => ({ group, places: placesOf(group, facts.enrolments, facts.waiting, day) })),
  }));
  let index: PersonIndex<BoardPerson> | undefined;
  return {
    people,
    get index() {
      return (index ??= personIndex(people, ({ name }) => ({ firstName: name })));
    },
    personOf: new Map(people.map((person) => [person.participant, person])),
    sections,
    groupOf: new Map(sections.flatMap((one) => one.groups.map((group) => [group.group.group, group]))),
  };
}

const byLabel = (a: Group, b: Group) => a.label.localeCompare(b.label, 'fr', { numeric: true });

/** Everyone, those without a group, or those of one workshop type. */
export type Filter = 'all' | 'none' | (string & {});

/** What is typed brings the best match first. */
export const shownPeople = (board: Board, typed: string, filter: Filter) =>
  (typed.trim() === '' ? board.people : board.index.find(typed)).filter(
    ({ groups }) =>
      filter === 'all' ||
      (filter === 'none' ? groups.length === 0 : groups.some((one) => one.workshopType === filter)),
  );

interface Member {
  readonly person: BoardPerson | undefined;
  readonly enrolment: Enrolment;
}

export interface Membership {
  /** Who holds a place, in the order of names. */
  readonly members: readonly Member[];
  readonly left: readonly (Member & { readonly reason: ExitReason | undefined })[];
  readonly waiting: readonly { readonly person: BoardPerson | undefined; readonly waiting: Waiting }[];
}

/** Who is, was, and waits to be in a group. */
export function membershipOf(
  { facts, exits }: Enrolments,
  board: Board,
  { group, places }: BoardGroup,
  day: string,
): Membership {
  const rank = new Map(board.people.map(({ participant }, index) => [participant, index]));
  const here = facts.enrolments
    .filter((one) => one.group === group.group && staysOf(one).length > 0)
    .map((enrolment) => ({ enrolment, person: board.personOf.get(enrolment.participant) }))
    .sort(
      (a, b) =>
        (rank.get(a.enrolment.participant) ?? rank.size) - (rank.get(b.enrolment.participant) ?? rank.size),
    );
  const exitOf = new Map(
    exits.filter((one) => one.group === group.group).map((exit) => [exit.participant, exit]),
  );
  return {
    members: here.filter(({ enrolment }) => holdsPlaceFrom(enrolment, day)),
    left: here
      .filter(({ enrolment }) => !holdsPlaceFrom(enrolment, day))
      .map((one) => ({ ...one, reason: exitReasonOf(one.enrolment, exitOf.get(one.enrolment.participant)) })),
    waiting: places.waiting.map((waiting) => ({ waiting, person: board.personOf.get(waiting.participant) })),
  };
}

/** The day that an entry has by default: today within the term, else its start. */
export const entryDay = (term: { readonly start: string; readonly end: string }, today: string) =>
  today < term.start || today > term.end ? term.start : today;
