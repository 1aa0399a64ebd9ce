/** The 186 people of the year: who they are, before any group. */
import type { ParticipantId } from '../ids.ts';
import { fullName } from '../names.ts';
import { namesByCountry } from './names-by-country.ts';
import {
  departements,
  francophoneCountries,
  otherCountries,
  publishedYear,
  spelledOut,
  termKeys,
  type Course,
  type TermKey,
} from './published-year.ts';
import { randomFrom, type Random } from './random.ts';

export interface Person {
  readonly participant: ParticipantId;
  readonly term: TermKey;
  readonly course: Course;
  readonly gender: 'woman' | 'man';
  readonly firstName: string;
  readonly familyName: string;
  readonly country: string;
  readonly languages: readonly string[];
  readonly isFrancophone: boolean;
  readonly departement: string;
  readonly birthYear: number;
}

const coursesOf = (term: TermKey) =>
  (['man', 'woman'] as const).flatMap((gender) => {
    const quotas = publishedYear[term][gender === 'man' ? 'men' : 'women'];
    return spelledOut(quotas).map((course) => ({ gender, course: course as Course }));
  });

/** Takes the next item of a pile made long enough. */
const taken = <Item>(pile: Item[]): Item => {
  const item = pile.pop();
  if (item === undefined) throw new Error('the quotas do not add up');
  return item;
};

/** A name that nobody of the year bears yet. */
function nameOf(country: string, gender: Person['gender'], used: Set<string>, random: Random) {
  const pool = namesByCountry[country];
  if (pool === undefined) throw new Error(`no names for ${country}`);
  for (;;) {
    const firstName = random.pick(gender === 'woman' ? pool.women : pool.men);
    const name = { firstName, familyName: random.pick(pool.families) };
    if (used.has(fullName(name))) continue;
    used.add(fullName(name));
    return { ...name, languages: pool.languages };
  }
}

/** Everyone enrolled in the year; the published totals hold by construction, the rest is chance. */
export function peopleOf(seed: string): Person[] {
  const random = randomFrom(seed, 'people');
  const francophone = random.shuffled(spelledOut(francophoneCountries));
  const others = random.shuffled(spelledOut(otherCountries));
  const addresses = random.shuffled(spelledOut(departements));
  const used = new Set<string>();
  return termKeys.flatMap((term) => {
    const { francophones, fromAfghanistan } = publishedYear[term];
    return random.shuffled(coursesOf(term)).map(({ gender, course }, index) => {
      const isFrancophone = index < francophones;
      const isAfghan = !isFrancophone && index < francophones + fromAfghanistan;
      const country = isAfghan ? 'AF' : taken(isFrancophone ? francophone : others);
      return {
        participant: random.key() as ParticipantId,
        term,
        course,
        gender,
        country,
        ...nameOf(country, gender, used, random),
        isFrancophone,
        departement: taken(addresses),
        birthYear: 2004 - Math.floor(random.fraction() ** 1.6 * 39),
      };
    });
  });
}
