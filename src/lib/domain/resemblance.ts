/**
 * Whether two names may be one person's: what warns before a second file is made for someone who has one. Names
 * come here through several alphabets and several clerks: Mohamed, Muhammad and Mohammed are one name; Fatou is what
 * Fatoumata is called; first and family names change places. A false warning costs a glance, a missed one a
 * duplicate: the rule leans to the warning, and a person always decides.
 */
import { normaliseName, type PersonName } from './names.ts';

/** Sounds that transliterations write differently, in the order they are looked for. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/ou|oo|w/g, 'u'],
  [/tch|tsh/g, 's'],
  [/sch|sh|ch/g, 's'],
  [/kh|ck|q|c/g, 'k'],
  [/gu(?=[ei])|gh/g, 'g'],
  [/dj|dz/g, 'j'],
  [/ph/g, 'f'],
  [/dh/g, 'd'],
  [/th/g, 't'],
  [/v/g, 'u'],
  [/ee|ie|ei|ey|y/g, 'i'],
  [/o/g, 'u'],
  [/e/g, 'a'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
  // A final e is not heard: Ousmane, Usman.
  [/(?<=[^aiu].*[^aiu])a$/g, ''],
];

/** Names share their words, and a list is compared again and again: what a word sounds like is worked out once. */
const known = new Map<string, string>();

/** A word as it sounds, whatever the spelling: Mohamed, Muhammad and Mohammed are one. */
export function heard(word: string): string {
  let sound = known.get(word);
  if (sound === undefined) {
    if (known.size > 20_000) known.clear();
    sound = sounds.reduce((before, [letters, written]) => before.replace(letters, written), word);
    known.set(word, sound);
  }
  return sound;
}

/** Edits between two words, capped: `limit + 1` means « more than `limit` ». */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return Math.min(row[b.length] ?? 0, limit + 1);
}

const editsAllowed = (length: number) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** One word against another: the same sound, nearly the same letters, or the short form of a longer name. */
export function wordsAlike(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return long.startsWith(short);
  const [one, other] = [heard(short), heard(long)];
  if (one === other && one.length > 1) return true;
  if (short.length >= 4 && long.startsWith(short)) return true;
  const allowed = editsAllowed(Math.min(one.length, other.length));
  return allowed > 0 && editDistance(one, other, allowed) <= allowed;
}

/** The same letters but for one, once written by sound: for names whose spaces were lost. */
const soundsAlike = (a: string, b: string) => editDistance(heard(a), heard(b), 1) <= 1;

/** Whether each of `few` finds a word of its own among `many`. Names have a handful of words: trying all is cheap. */
function allFound(few: readonly string[], many: readonly string[], areAlike: typeof wordsAlike): boolean {
  const [first, ...others] = few;
  if (first === undefined) return true;
  return many.some(
    (word, index) =>
      areAlike(first, word) &&
      allFound(
        others,
        many.filter((_, other) => other !== index),
        areAlike,
      ),
  );
}

/** The words of a name; « Abdul Rahman » and « Abdulrahman » are one word, however its article is written. */
export const wordsOf = (text: string | undefined) =>
  normaliseName(text ?? '')
    .replace(/\b(abd(?:[aeiu]|ou)?[lr]?) (?=[a-z]{2})/g, '$1')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 6);

/**
 * Whether two names may be one person's. Word order does not count. With a family name on both sides all the words of
 * the shorter name are looked for in the longer; with first names alone on one side, the first names decide.
 * @param read the words of a name; by default those of Latin letters alone
 * @param areAlike which of them are
 */
export function resembles(
  a: PersonName,
  b: PersonName,
  read: (text: string | undefined) => readonly string[] = wordsOf,
  areAlike = wordsAlike,
): boolean {
  const [one, other] = [read(a.firstName), read(b.firstName)];
  const [oneFamily, otherFamily] = [read(a.familyName), read(b.familyName)];
  if (one.length + oneFamily.length === 0 || other.length + otherFamily.length === 0) return false;
  const [oneAll, otherAll] = [
    [...one, ...oneFamily],
    [...other, ...otherFamily],
  ];
  if (soundsAlike(oneAll.join(''), otherAll.join(''))) return true;
  const isPartial = oneFamily.length === 0 || otherFamily.length === 0;
  const [few, many] =
    oneAll.length < otherAll.length || (oneAll.length === otherAll.length && oneAll.join() <= otherAll.join())
      ? [oneAll, otherAll]
      : [otherAll, oneAll];
  if (few.length >= 2 && allFound(few, many, areAlike)) return true;
  if (!isPartial) return false;
  const [fewFirst, manyFirst] = one.length <= other.length ? [one, other] : [other, one];
  return fewFirst.length > 0 && allFound(fewFirst, manyFirst, areAlike);
}

/** Those of a list whose name may be the same person's, in the order of the list. */
export const resembling = <Person extends PersonName>(name: PersonName, people: Iterable<Person>): Person[] =>
  [...people].filter((person) => resembles(name, person));
