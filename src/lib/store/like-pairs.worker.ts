/** Compares everyone with everyone beside the page. */
import { likePairs } from '../domain/person-duplicates.ts';
import type { ComparedBeside, FoundPair } from './like-pairs.ts';

addEventListener('message', ({ data }: MessageEvent<ComparedBeside>) => {
  const pairs: FoundPair[] = likePairs(data.people, data.distinctions).map(({ people, because }) => ({
    people: [people[0].participant, people[1].participant],
    because,
  }));
  postMessage(pairs);
});
