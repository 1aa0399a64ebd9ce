/**
 * Names compared whatever letters they are written in: a person is محمد احمدی in one file and Mohamed Ahmadi in the
 * other. For the coordinators' pages: the tables of letters are too long for what a volunteer's phone keeps, where a
 * name of another script is found as it stands.
 */
import { consonantsOf, searchWords } from './person-search.ts';
import { wordsAlike, wordsOf } from './resemblance.ts';
import { isWithoutVowels, romanise } from './romanise.ts';

const isLatin = /^[a-z0-9]/;

/** Words of Latin letters where the script can be read so; those without vowels, and unknown ones, in their own. */
export function wordsAcrossScripts(text: string | undefined): string[] {
  const others = searchWords((text ?? '').replace(/عبد\s+(?=[اأ]ل)/g, 'عبد')).filter(
    (word) => !isLatin.test(word) && /\p{L}/u.test(word),
  );
  const read = others.map((word) => (isWithoutVowels(word) ? word : (romanise(word) ?? word)));
  return [...wordsOf(text), ...read].slice(0, 6);
}

const known = new Map<string, readonly string[]>();

/** The consonants that say what a word is when one of two is written without vowels; one alone says nothing. */
export function skeletonsOf(word: string): readonly string[] {
  let found = known.get(word);
  if (found === undefined) {
    if (known.size > 20_000) known.clear();
    const latin = isWithoutVowels(word) ? (romanise(word) ?? '') : word;
    found = consonantsOf(latin).filter((one) => one.length > 1);
    known.set(word, found);
  }
  return found;
}

/** Whether two of those words may be one. */
export function alikeAcrossScripts(a: string, b: string): boolean {
  if (wordsAlike(a, b)) return true;
  if (!isWithoutVowels(a) && !isWithoutVowels(b)) return false;
  const others = skeletonsOf(b);
  return skeletonsOf(a).some((one) => others.includes(one));
}

/** Whether a word is of a script that is compared with no other. */
export const isUnread = (word: string) => !isLatin.test(word) && !isWithoutVowels(word);
