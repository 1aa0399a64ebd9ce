/** What the pages about duplicates read. */
import type { Participant, Referrer, Site } from '$lib/domain/documents.ts';
import { siteDocId, type MergeId, type ParticipantId } from '$lib/domain/ids.ts';
import { fullName } from '$lib/domain/names.ts';
import { wholeMerges, type WholeMerge } from '$lib/domain/person-merge-undo.ts';
import type { HeldDocuments } from '$lib/domain/person-merge.ts';
import { pairFacts, type DuplicatesStores, type PairRead } from '$lib/store/like-people.ts';
import { likePairsOf } from '$lib/store/like-pairs.ts';
import { peopleOf } from '$lib/store/people.ts';
import { documentsAbout, namedStores } from '$lib/store/person-documents.ts';

export interface MergeRead {
  readonly merge: MergeId;
  readonly whole: WholeMerge;
  readonly keptName: string;
  readonly absorbedName: string;
  /** Something is still about the absorbed one: interrupted, or a phone answered late. */
  readonly isUnfinished: boolean;
  /** The kept one was itself absorbed since: that merge is undone first. */
  readonly isCovered: boolean;
}

export interface DuplicatesRead {
  readonly site: Site | undefined;
  readonly pairs: readonly PairRead[];
  readonly merges: readonly MergeRead[];
  readonly referrers: ReadonlyMap<string, Referrer>;
}

/** A page of pairs is enough to begin with: each needs its people looked up. */
const mostPairs = 30;

export async function readDuplicates(stores: DuplicatesStores): Promise<DuplicatesRead> {
  const [site, people, referrers, merges] = await Promise.all([
    stores.commons.get('site', siteDocId(stores.site)),
    peopleOf(stores),
    stores.registry.ofType('referrer'),
    readMerges(stores),
  ]);
  const pairs = (await likePairsOf(people, stores)).slice(0, mostPairs);
  return {
    site,
    merges,
    pairs: await Promise.all(pairs.map((pair) => pairFacts(stores, pair))),
    referrers: new Map(referrers.map((one) => [one.referrer, one])),
  };
}

/** The merges that stand, the latest first. */
async function readMerges(stores: DuplicatesStores): Promise<MergeRead[]> {
  const named = namedStores(stores, stores.site);
  const standing = wholeMerges(await stores.registry.ofType('merge')).filter(
    ({ undoneAt }) => undoneAt === undefined,
  );
  return Promise.all(
    standing.map(async (whole): Promise<MergeRead> => {
      const [leftover, kept] = await Promise.all([
        documentsAbout(named, [whole.absorbed]),
        documentsAbout(named, [whole.kept]),
      ]);
      const keptFile = fileIn(kept);
      return {
        merge: whole.merge,
        whole,
        keptName: nameIn(kept.flatMap(({ documents }) => documents)) ?? whole.kept,
        absorbedName:
          nameIn(
            whole.parts.flatMap(({ before }) => before.map(({ document }) => document ?? {})),
            whole.absorbed,
          ) ?? whole.absorbed,
        isUnfinished: leftover.some(({ documents }) => documents.some(({ type }) => type !== 'participant')),
        // Who was added at a roll call has no file to say it.
        isCovered:
          keptFile?.mergedInto !== undefined || standing.some(({ absorbed }) => absorbed === whole.kept),
      };
    }),
  );
}

const fileIn = (held: readonly HeldDocuments[]): Participant | undefined =>
  held.flatMap(({ documents }) => documents).find((one) => one.type === 'participant');

function nameIn(documents: readonly object[], participant?: ParticipantId): string | undefined {
  const named = (documents as readonly { firstName?: string; familyName?: string; participant?: string }[])
    .filter((one) => one.firstName !== undefined)
    .find((one) => participant === undefined || one.participant === participant);
  return named?.firstName === undefined
    ? undefined
    : fullName({ firstName: named.firstName, familyName: named.familyName });
}
