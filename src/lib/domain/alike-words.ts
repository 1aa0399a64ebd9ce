/**
 * Which words of a long list are alike, whatever letters they are written in ({@link alikeAcrossScripts}), without comparing
 * each with each: words that are alike meet under a key (the same sound, the same sound but for a letter or two, a
 * beginning, the consonants where one is written without vowels), and only those that meet are compared.
 */
import { alikeAcrossScripts, skeletonsOf } from './names-across-scripts.ts';
import { heard } from './resemblance.ts';
import { isWithoutVowels } from './romanise.ts';

/** Each way of leaving one letter out. */
const shortened = (word: string) =>
  Array.from({ length: word.length }, (_, place) => word.slice(0, place) + word.slice(place + 1));

/** What a sound shares with those that differ by the letters that {@link wordsAlike} allows for its length. */
function keysOf(sound: string): string[] {
  const once = sound.length < 4 ? [] : shortened(sound);
  const twice = sound.length < 8 ? [] : once.flatMap(shortened);
  return [...new Set([sound, ...once, ...twice])];
}

/** For each word, those of the list that are alike, itself among them. */
export function alikeWords(words: Iterable<string>): Map<string, ReadonlySet<string>> {
  const alike = new Map<string, Set<string>>();
  for (const word of words) alike.set(word, new Set([word]));
  const compare = (a: string, b: string) => {
    if (a === b || alike.get(a)?.has(b) || !alikeAcrossScripts(a, b)) return;
    alike.get(a)?.add(b);
    alike.get(b)?.add(a);
  };
  const bySound = new Map<string, string[]>();
  const byInitial = Map.groupBy(alike.keys(), (word) => word.slice(0, 1));
  for (const word of alike.keys()) {
    for (const key of keysOf(heard(word))) {
      const others = bySound.get(key);
      if (!others) bySound.set(key, [word]);
      else {
        for (const other of others) compare(word, other);
        others.push(word);
      }
    }
    // The short form of a longer name, or its first letter alone.
    for (let length = 4; length < word.length; length += 1)
      if (alike.has(word.slice(0, length))) compare(word, word.slice(0, length));
    if (word.length === 1) for (const other of byInitial.get(word) ?? []) compare(word, other);
  }
  const bySkeleton = new Map<string, string[]>();
  const bare = [...alike.keys()].filter(isWithoutVowels);
  if (bare.length === 0) return alike;
  for (const word of alike.keys())
    for (const skeleton of skeletonsOf(word))
      bySkeleton.set(skeleton, [...(bySkeleton.get(skeleton) ?? []), word]);
  for (const word of bare)
    for (const skeleton of skeletonsOf(word))
      for (const other of bySkeleton.get(skeleton) ?? []) compare(word, other);
  return alike;
}
