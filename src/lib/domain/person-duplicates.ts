/**
 * Files that may be one person's: by a name that resembles, unless the years of birth speak against it; or by one
 * phone number. Whoever knows the people decides; what was decided (« not the same person ») is never asked again.
 */
import { alikeWords } from './alike-words.ts';
import type { Distinction } from './documents.ts';
import type { ParticipantId } from './ids.ts';
import {
  alikeAcrossScripts as areAlike,
  isUnread,
  wordsAcrossScripts as wordsOf,
} from './names-across-scripts.ts';
import type { PersonName } from './names.ts';
import { heard, resembles } from './resemblance.ts';

/** Somebody as far as a comparison goes. */
export interface ComparedPerson extends PersonName {
  readonly participant: ParticipantId;
  readonly birthYear?: number | undefined;
  readonly phone?: string | undefined;
}

/** What two files have in common. */
export type Likeness = 'sameName' | 'closeName' | 'samePhone' | 'sameBirthYear';

/** Years of birth are often told from memory, or are those of a permit: so far apart they may be one person's. */
const yearsApart = 2;

const digits = (phone: string | undefined) => (phone ?? '').replace(/\D/g, '').slice(-9);

/** One telephone, however it is written: 06…, +33 6…. */
export const isSamePhone = (a: string | undefined, b: string | undefined) =>
  digits(a).length >= 8 && digits(a) === digits(b);

const textOf = ({ firstName, familyName }: PersonName) =>
  wordsOf(`${firstName} ${familyName ?? ''}`).join(' ');

/** Whether two first names have a word in common; those that cannot be read speak against nobody. */
function mayHaveOneFirstName(a: PersonName, b: PersonName): boolean {
  const [one, other] = [wordsOf(a.firstName), wordsOf(b.firstName)];
  if (one.every(isUnread) || other.every(isUnread)) return true;
  return one.some((word) => other.some((theirs) => areAlike(word, theirs)));
}

/** What speaks for two files being one person's; nothing when they are not to be asked about. */
export function likenessOf(
  a: Omit<ComparedPerson, 'participant'>,
  b: Omit<ComparedPerson, 'participant'>,
): readonly Likeness[] {
  const isClose = resembles(a, b, wordsOf, areAlike);
  const phone = isSamePhone(a.phone, b.phone);
  const [one, other] = [a.birthYear, b.birthYear];
  const areFar = one !== undefined && other !== undefined && Math.abs(one - other) > yearsApart;
  if (!(isClose && !areFar) && !(phone && (isClose || mayHaveOneFirstName(a, b)))) return [];
  return [
    ...(isClose ? [textOf(a) === textOf(b) && textOf(a) !== '' ? 'sameName' : 'closeName'] : []),
    ...(phone ? ['samePhone'] : []),
    ...(one !== undefined && one === other ? ['sameBirthYear'] : []),
  ] as Likeness[];
}

export interface LikePair<Person> {
  readonly people: readonly [Person, Person];
  readonly because: readonly Likeness[];
}

const pairKey = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/**
 * Every two of a list who may be one person, the likeliest first. Comparing each with each would take seconds for
 * 2,000 people: only those who share enough of their words, or a phone, are compared.
 * @param distinctions what was decided: these pairs are left out
 */
export function likePairs<Person extends ComparedPerson>(
  people: readonly Person[],
  distinctions: Iterable<Pick<Distinction, 'participants'>>,
): LikePair<Person>[] {
  const decided = new Set([...distinctions].map(({ participants: [a, b] }) => pairKey(a, b)));
  const pairs: LikePair<Person>[] = [];
  for (const [a, b] of candidates(people)) {
    if (decided.has(pairKey(a.participant, b.participant))) continue;
    const because = likenessOf(a, b);
    if (because.length > 0) pairs.push({ people: [a, b], because });
  }
  const weight = ({ because }: LikePair<Person>) =>
    (because.includes('samePhone') ? 4 : 0) +
    (because.includes('sameName') ? 2 : 0) +
    (because.includes('sameBirthYear') ? 1 : 0);
  return pairs.sort((a, b) => weight(b) - weight(a));
}

/** Pairs worth a comparison: two words in common (one, where a name has no more), the same sound, or the same phone. */
function candidates<Person extends ComparedPerson>(people: readonly Person[]): [Person, Person][] {
  const words = people.map((person) => [
    ...new Set([...wordsOf(person.firstName), ...wordsOf(person.familyName)]),
  ]);
  const firstNames = people.map((person) => wordsOf(person.firstName).length);
  const placesOf = new Map<string, number[]>();
  const note = (key: string, place: number) => {
    const places = placesOf.get(key);
    if (places) places.push(place);
    else placesOf.set(key, [place]);
  };
  for (const [place, own] of words.entries()) for (const word of own) note(word, place);
  const alike = alikeWords(placesOf.keys());
  const wholes = new Map<string, number[]>();
  const noteWhole = (key: string, place: number) => wholes.set(key, [...(wholes.get(key) ?? []), place]);
  for (const [place, person] of people.entries()) {
    noteWhole(heard((words[place] ?? []).join('')), place);
    if (digits(person.phone).length >= 8) noteWhole(`phone ${digits(person.phone)}`, place);
  }

  const found: [Person, Person][] = [];
  for (const [place, person] of people.entries()) {
    const shared = new Map<number, number>();
    for (const word of words[place] ?? [])
      for (const other of alike.get(word) ?? [])
        for (const there of placesOf.get(other) ?? [])
          if (there > place) shared.set(there, (shared.get(there) ?? 0) + 1);
    const keys = [heard((words[place] ?? []).join('')), `phone ${digits(person.phone)}`];
    for (const there of keys.flatMap((key) => wholes.get(key) ?? []))
      if (there > place) shared.set(there, Number.POSITIVE_INFINITY);
    for (const [there, count] of shared) {
      const other = people[there];
      if (!other) continue;
      // A first name alone on one side decides by itself.
      const hasFamilies =
        (words[place]?.length ?? 0) > (firstNames[place] ?? 0) &&
        (words[there]?.length ?? 0) > (firstNames[there] ?? 0);
      if (count >= (hasFamilies ? 2 : 1)) found.push([person, other]);
    }
  }
  return found;
}

/** Those of a list who may be the person whose name is being typed, those with the same year of birth first. */
export function likeTo<Person extends ComparedPerson>(
  typed: Omit<ComparedPerson, 'participant'>,
  people: Iterable<Person>,
): Person[] {
  const like = [...people].flatMap((person) => {
    const because = likenessOf(typed, person);
    return because.length ? [{ person, because }] : [];
  });
  const weight = (because: readonly Likeness[]) =>
    because.filter((one) => one !== 'closeName').length + (because.includes('samePhone') ? 2 : 0);
  return like.sort((a, b) => weight(b.because) - weight(a.because)).map(({ person }) => person);
}
