/**
 * Who may be one person. Comparing everyone takes a while when they are thousands, so a worker does it; asked again
 * about the same people, the same answer is given.
 */
import type { ParticipantId } from '../domain/ids.ts';
import { likePairs, type ComparedPerson, type Likeness, type LikePair } from '../domain/person-duplicates.ts';
import type { KnownPerson, PeopleStores } from './people.ts';

export interface ComparedBeside {
  readonly people: readonly ComparedPerson[];
  readonly distinctions: readonly { participants: [ParticipantId, ParticipantId] }[];
}

export interface FoundPair {
  readonly people: readonly [ParticipantId, ParticipantId];
  readonly because: readonly Likeness[];
}

let last: { readonly of: string; readonly pairs: Promise<readonly FoundPair[]> } | undefined;

/** Who may be one person, the likeliest pair first; pairs told apart are left out. */
export async function likePairsOf(
  people: readonly KnownPerson[],
  { registry }: Pick<PeopleStores, 'registry'>,
): Promise<LikePair<KnownPerson>[]> {
  const told = (await registry?.ofType('distinction')) ?? [];
  const compared: ComparedBeside = {
    people: people.map(({ participant, firstName, familyName, birthYear, phone }) => ({
      ...{ participant, firstName, familyName, birthYear, phone },
    })),
    distinctions: told.map(({ participants }) => ({ participants })),
  };
  const of = JSON.stringify(compared);
  if (last?.of !== of) last = { of, pairs: compareBeside(compared) };
  const known = new Map(people.map((person) => [person.participant, person]));
  // A query that follows the store goes on following it only after a promise of its own.
  const found = await Promise.resolve(last.pairs);
  return found.flatMap(({ people: [a, b], because }) => {
    const [one, other] = [known.get(a), known.get(b)];
    return one && other ? [{ people: [one, other] as const, because }] : [];
  });
}

function compareBeside(compared: ComparedBeside): Promise<readonly FoundPair[]> {
  const here = () =>
    likePairs(compared.people, compared.distinctions).map(({ people: [a, b], because }): FoundPair => ({
      people: [a.participant, b.participant],
      because,
    }));
  // Whoever asks from a worker is beside the page already.
  if (typeof document === 'undefined') return Promise.resolve(here());
  return new Promise((tell) => {
    const worker = new Worker(new URL('./like-pairs.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FoundPair[]>) => {
      tell(data);
      worker.terminate();
    });
    // Where no worker starts, the page compares.
    worker.addEventListener('error', () => tell(here()));
    worker.postMessage(compared);
  });
}
