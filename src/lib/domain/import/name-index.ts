/**
 * Finds, among thousands of names, those that `resembles` would call alike, without comparing each with each. A word
 * is found by how it sounds with a letter or two left out, as far as `resembles` forgives, or by its first four
 * letters; `resembles` itself has the last word.
 */
import type { PersonName } from '../names.ts';
import { heard, resembles, wordsOf } from '../resemblance.ts';

/** A word with up to `edits` letters left out: two words that share one are at most so far apart. */
function leavingOut(word: string, edits: number): Set<string> {
  const all = new Set([word]);
  let last = [word];
  for (let round = 0; round < edits; round += 1) {
    last = last.flatMap((one) => Array.from(one, (_, index) => one.slice(0, index) + one.slice(index + 1)));
    for (const one of last) all.add(one);
  }
  return all;
}

const editsFor = (sound: string) => (sound.length < 4 ? 0 : sound.length < 8 ? 1 : 2);

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

export class NameIndex<Id> {
  readonly #names: { readonly id: Id; readonly name: PersonName; readonly words: number }[] = [];
  /** By word: where it stands. */
  readonly #byWord = new Map<string, number[]>();
  /** By what sounds alike: the words. */
  readonly #bySound = new Map<string, string[]>();
  readonly #byStart = new Map<string, string[]>();
  readonly #byWhole = new Map<string, number[]>();
  #alike = new Map<string, readonly string[]>();

  add(id: Id, name: PersonName): void {
    const words = wordsOfName(name);
    const position = this.#names.push({ id, name, words: words.length }) - 1;
    for (const word of new Set(words)) {
      if (!this.#byWord.has(word)) this.#addWord(word);
      push(this.#byWord, word, position);
    }
    for (const key of leavingOut(heard(words.join('')), 1)) push(this.#byWhole, key, position);
  }

  #addWord(word: string): void {
    this.#alike = new Map();
    const sound = heard(word);
    for (const key of leavingOut(sound, editsFor(sound))) push(this.#bySound, key, word);
    for (let length = 1; length <= word.length; length += 1)
      if (length === 1 || length >= 4) push(this.#byStart, word.slice(0, length), word);
  }

  /** The words held that may be the same word. */
  #alikeTo(word: string): readonly string[] {
    let found = this.#alike.get(word);
    if (!found) {
      const sound = heard(word);
      const all = new Set(this.#byStart.get(word) ?? []);
      for (const key of leavingOut(sound, editsFor(sound)))
        for (const one of this.#bySound.get(key) ?? []) all.add(one);
      for (const length of [1, 4, 5, 6, 7, 8, 9, 10])
        if (length < word.length && this.#byWord.has(word.slice(0, length))) all.add(word.slice(0, length));
      this.#alike.set(word, (found = [...all]));
    }
    return found;
  }

  /** Those whose name may be the same person's, in the order they were added. */
  resembling(name: PersonName): Id[] {
    const words = wordsOfName(name);
    const counts = new Map<number, number>();
    for (const word of words) {
      const seen = new Set<number>();
      for (const alike of this.#alikeTo(word))
        for (const position of this.#byWord.get(alike) ?? []) seen.add(position);
      for (const position of seen) counts.set(position, (counts.get(position) ?? 0) + 1);
    }
    const candidates = new Set<number>();
    for (const [position, count] of counts)
      if (count >= Math.min(words.length, this.#names[position]?.words ?? 0, 2)) candidates.add(position);
    for (const key of leavingOut(heard(words.join('')), 1))
      for (const position of this.#byWhole.get(key) ?? []) candidates.add(position);
    return [...candidates]
      .sort((a, b) => a - b)
      .map((position) => this.#names[position])
      .filter((one) => one !== undefined)
      .filter((one) => resembles(name, one.name))
      .map(({ id }) => id);
  }
}

const wordsOfName = ({ firstName, familyName }: PersonName) => [
  ...wordsOf(firstName),
  ...wordsOf(familyName),
];
