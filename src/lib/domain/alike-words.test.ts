import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alikeWords } from './alike-words.ts';
import { alikeAcrossScripts } from './names-across-scripts.ts';

const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 5_000 } : { numRuns: 200, seed: 20231002 };

it('words that are alike are those that comparing each with each finds', () => {
  const letters = fc.constantFrom(...'aaeeioumhddrlknbstfcwyvgjqz', ...'محدعلیرن');
  const root = fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 13 }), {
    minLength: 1,
    maxLength: 4,
  });
  /** Words that come from the same few roots, with a letter or two changed, or cut short. */
  const words = root.chain((roots) =>
    fc.array(
      fc
        .tuple(fc.constantFrom(...roots), fc.nat(14), fc.string({ unit: letters, maxLength: 2 }), fc.nat(2))
        .map(([word, place, added, taken]) => word.slice(0, place) + added + word.slice(place + taken))
        .filter((word) => word !== ''),
      { maxLength: 14 },
    ),
  );
  fc.assert(
    fc.property(words, (list) => {
      const alike = alikeWords(list);
      for (const one of list)
        for (const other of list)
          expect(alike.get(one)?.has(other), `${one} ${other}`).toBe(alikeAcrossScripts(one, other));
    }),
    runs,
  );
});
