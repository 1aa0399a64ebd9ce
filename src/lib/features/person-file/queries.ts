/** What the form of a file reads. */
import type { Participant, Referrer, RosterCard, Site, Term } from '$lib/domain/documents.ts';
import { participantDocId, siteDocId, type ParticipantId, type SiteCode } from '$lib/domain/ids.ts';
import { peopleOf, termsOf, type KnownPerson, type PeopleStores } from '$lib/store/people.ts';
import type { Store } from '$lib/store/store.ts';

export interface FileRead {
  readonly site: Site | undefined;
  readonly file: Participant | undefined;
  /** Where there is no file yet: the card of a walk-in. */
  readonly card: RosterCard | undefined;
  /** Terms that are not closed, and whether the person is of them. */
  readonly terms: readonly { readonly term: Term; readonly isIn: boolean }[];
  readonly referrers: readonly Referrer[];
  /** Everyone else: who may have a file already. */
  readonly others: readonly KnownPerson[];
  /** Ids of those who were told apart from this person. */
  readonly distinct: ReadonlySet<ParticipantId>;
}

export async function readFile(
  stores: PeopleStores & { readonly commons: Store; readonly registry: Store; readonly site: SiteCode },
  participant: ParticipantId | undefined,
): Promise<FileRead> {
  const { commons, registry } = stores;
  const [site, file, people, terms, referrers, distinctions] = await Promise.all([
    commons.get('site', siteDocId(stores.site)),
    participant ? registry.get('participant', participantDocId(participant)) : undefined,
    peopleOf(stores),
    termsOf(stores.terms),
    registry.ofType('referrer'),
    registry.ofType('distinction'),
  ]);
  const own = people.find((person) => person.participant === participant);
  const isIn = new Set(own?.cards.map(({ term }) => term));
  return {
    site,
    file,
    card: own?.cards[0]?.card,
    terms: terms.flatMap(({ term, document }) =>
      document && document.state !== 'closed' ? [{ term: document, isIn: isIn.has(term) }] : [],
    ),
    referrers: referrers.sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    others: people.filter((person) => person.participant !== participant),
    distinct: new Set(
      distinctions
        .filter(({ participants }) => participant && participants.includes(participant))
        .flatMap(({ participants }) => participants),
    ),
  };
}
