/** What the desk reads about doubles: people who may be one, and meetings that were planned or begun twice. */
import {
  doubleOccurrences,
  sameDayOccurrences,
  type HeldOccurrences,
  type OccurrencePair,
} from '$lib/domain/double-occurrences.ts';
import type { Closing, Group, Mark, Occurrence, Volunteer } from '$lib/domain/documents.ts';
import {
  closingDocId,
  termDatabase,
  type OccurrenceId,
  type ParticipantId,
  type SiteCode,
} from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import { isUnmarked } from '$lib/domain/roll-call.ts';
import { pairFacts, type PairRead, type PersonFacts } from '$lib/store/like-people.ts';
import { likePairsOf } from '$lib/store/like-pairs.ts';
import { peopleOf, type KnownPerson, type PeopleStores } from '$lib/store/people.ts';
import type { NamedStore } from '$lib/store/person-documents.ts';
import type { LikePair } from '$lib/domain/person-duplicates.ts';

/** Two people, with what each is known by. */
export interface DoublePeople extends PairRead {
  readonly isSameGroup: boolean;
}

/** One of two meetings, with what was answered there. */
export interface MeetingFacts {
  readonly occurrence: Occurrence;
  readonly answers: number;
  readonly isClosed: boolean;
}

export interface DoubleMeeting {
  readonly named: NamedStore;
  readonly group: Group;
  /** The one that is kept first. */
  readonly meetings: readonly [MeetingFacts, MeetingFacts];
}

export interface DoublesRead {
  /** The likeliest, those that someone added at a roll call first. */
  readonly people: readonly DoublePeople[];
  /** With those that are not read. */
  readonly peopleCount: number;
  readonly meetings: readonly DoubleMeeting[];
  /** Names of the team by their accounts: who added somebody. */
  readonly team: ReadonlyMap<string, string>;
}

/** A handful on the desk: the others are on the page of duplicates. */
const mostPairs = 5;

const isProvisional = ({ file, cards }: KnownPerson) => !file || cards.some(({ card }) => card.isProvisional);

/** Those of a roll call wait for an answer; likeness among long-known files can wait. */
const provisionalFirst = (pairs: readonly LikePair<KnownPerson>[]) => [
  ...pairs.filter(({ people }) => people.some(isProvisional)),
  ...pairs.filter(({ people }) => !people.some(isProvisional)),
];

export async function readDoubles(stores: PeopleStores, site: SiteCode): Promise<DoublesRead> {
  const [meetings, people, teams] = await Promise.all([
    readMeetings(stores, site),
    peopleOf(stores),
    Promise.all(stores.terms.map(({ store }) => store.ofType('volunteer'))),
  ]);
  const pairs = provisionalFirst(await likePairsOf(people, stores));
  const read = await Promise.all(pairs.slice(0, mostPairs).map((pair) => pairFacts(stores, pair)));
  return {
    people: read.map((pair) => ({ ...pair, isSameGroup: haveOneGroup(...pair.people) })),
    peopleCount: pairs.length,
    meetings,
    team: new Map(
      teams.flat().flatMap(({ account, name }: Volunteer) => (account ? [[account as string, name]] : [])),
    ),
  };
}

const haveOneGroup = (one: PersonFacts, other: PersonFacts) =>
  one.groupIds.some((group) => other.groupIds.includes(group));

async function readMeetings({ terms }: PeopleStores, site: SiteCode): Promise<DoubleMeeting[]> {
  const found = await Promise.all(
    terms.map(async ({ term, store }) => {
      const named: NamedStore = { database: termDatabase(site, term), store };
      const { pairs, groups, marks, closings } = await pairsIn(named);
      const factsOf = (occurrence: Occurrence): MeetingFacts => ({
        occurrence,
        answers: marks.filter((mark) => mark.occurrence === occurrence.occurrence && !isUnmarked(mark))
          .length,
        isClosed: closings.some((one) => one.occurrence === occurrence.occurrence && one.state === 'closed'),
      });
      return pairs.flatMap(({ kept, other }): DoubleMeeting[] => {
        const group = groups.find((one) => one.group === kept.group);
        return group ? [{ named, group, meetings: [factsOf(kept), factsOf(other)] }] : [];
      });
    }),
  );
  return found.flat();
}

async function pairsIn({ store }: NamedStore): Promise<{
  pairs: OccurrencePair[];
  groups: Group[];
  marks: Mark[];
  closings: Closing[];
}> {
  const [groups, occurrences] = await Promise.all([store.ofType('group'), store.ofType('occurrence')]);
  const days = sameDayOccurrences({ groups, occurrences });
  if (days.length === 0) return { pairs: [], groups, marks: [], closings: [] };
  const ids = days.flat().map(({ occurrence }) => occurrence);
  const [marks, closings] = await Promise.all([
    store.whereAnyOf('mark', 'occurrence', ids),
    Promise.all(ids.map((id) => store.get('closing', closingDocId(id)))),
  ]);
  const known = { marks, closings: closings.filter((one) => one !== undefined) };
  return { pairs: doubleOccurrences(days, groups, known), groups, ...known };
}

/** How many points they are, for the badge. */
export async function countDoubles(stores: PeopleStores): Promise<number> {
  const meetings = await Promise.all(
    stores.terms.map(async ({ store }) => {
      const [groups, occurrences] = await Promise.all([store.ofType('group'), store.ofType('occurrence')]);
      const days = sameDayOccurrences({ groups, occurrences });
      return doubleOccurrences(days, groups, { marks: [], closings: [] }).length;
    }),
  );
  const pairs = await likePairsOf(await peopleOf(stores), stores);
  return pairs.length + meetings.reduce((sum, count) => sum + count, 0);
}

/** Two meetings about to become one, as they stand now; `undefined` when one of them does not any more. */
interface ComparedMeetings {
  readonly held: HeldOccurrences;
  readonly names: ReadonlyMap<ParticipantId, string>;
}

export async function readHeldOccurrences(
  { store }: NamedStore,
  kept: OccurrenceId,
  other: OccurrenceId,
): Promise<HeldOccurrences | undefined> {
  const ids = [kept, other];
  const [occurrences, marks, shifts, signUps] = await Promise.all([
    store.whereAnyOf('occurrence', 'occurrence', ids),
    store.whereAnyOf('mark', 'occurrence', ids),
    store.whereAnyOf('shift', 'occurrence', ids),
    store.whereAnyOf('signUp', 'occurrence', ids),
  ]);
  const [one, two] = ids.map((id) => occurrences.find(({ occurrence }) => occurrence === id));
  if (!one || !two || [one, two].some(({ state }) => state === 'cancelled')) return undefined;
  return { kept: one, other: two, marks, shifts, signUps };
}

export async function readComparedMeetings(
  named: NamedStore,
  kept: OccurrenceId,
  other: OccurrenceId,
): Promise<ComparedMeetings | undefined> {
  const held = await readHeldOccurrences(named, kept, other);
  if (!held) return undefined;
  const cards = await named.store.whereAnyOf(
    'rosterCard',
    'participant',
    held.marks.map(({ participant }) => participant),
  );
  return { held, names: new Map(cards.map((card) => [card.participant, fullName(card)])) };
}
