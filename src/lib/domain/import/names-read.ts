/** Names of a row: as they are called, whatever the capitals, in one cell or in two. */
import { cleanText, saysNothing } from './cell-text.ts';
import type { Reading } from './issues.ts';

const civility = /^(?:m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle|mrs\.?|ms\.?)\s+(?=\S)/i;

const capitalised = (text: string) =>
  text
    .toLocaleLowerCase('fr')
    .replace(
      /(^|[\s\-'’.(])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'),
    );

const hasLower = (text: string) => text !== text.toLocaleUpperCase('fr');
const hasUpper = (text: string) => text !== text.toLocaleLowerCase('fr');

/** « NOORZAI » and « noorzai » are written Noorzai; a name with capitals of its own stays as it is. */
const asCalled = (text: string) => (hasLower(text) && hasUpper(text) ? text : capitalised(text));

/** A name in a cell of its own. */
export function readName(raw: string): Reading<string> {
  const { text, doubt } = cleanText(raw);
  const bare = text.replace(civility, '');
  if (saysNothing(bare)) return {};
  const value = asCalled(bare);
  if (doubt) return { value, issue: doubt };
  return /[\p{L}]/u.test(bare) && !/[<>=|{}[\]\\\d@#$%*]/u.test(bare)
    ? { value }
    : { value, issue: 'nameOdd' };
}

/** Which of the two comes first where nothing in the cell tells. */
export type NameOrder = 'familyFirst' | 'firstFirst';

export interface WholeName {
  readonly firstName?: string;
  readonly familyName?: string;
}

const isCapitals = (word: string) => /\p{L}{2}/u.test(word) && !hasLower(word);

/**
 * First and family name from one cell: « NOORZAI Farid » by its capitals, « Noorzai, Farid » by its comma, else by the
 * order that the header tells. With more than two words that is a guess; one word is the name somebody is called by.
 */
export function readWholeName(raw: string, order: NameOrder): Reading<WholeName> {
  const { text, doubt } = cleanText(raw);
  const bare = text.replace(civility, '');
  if (saysNothing(bare)) return {};
  const issue = doubt ?? (/[<>=|{}[\]\\\d@#$%*]/u.test(bare) || !/\p{L}/u.test(bare) ? 'nameOdd' : undefined);
  const named = (family: readonly string[], first: readonly string[], guess = false): Reading<WholeName> => {
    const [familyName, firstName] = [asCalled(family.join(' ')), asCalled(first.join(' '))];
    const value = { ...(firstName ? { firstName } : {}), ...(familyName ? { familyName } : {}) };
    const told = issue ?? (guess ? 'nameSplit' : undefined);
    return told ? { value, issue: told } : { value };
  };
  const [beforeComma, afterComma, ...more] = bare.split(/\s*[,;]\s*/);
  if (beforeComma && afterComma && more.length === 0) return named([beforeComma], [afterComma]);
  const words = bare.split(' ');
  const capitals = words.filter(isCapitals);
  const others = words.filter((word) => !isCapitals(word));
  // Capitals on one side only: the family name stands out, whatever the order.
  const isOneSided =
    capitals.length > 0 &&
    others.length > 0 &&
    (words.slice(0, capitals.length).every(isCapitals) || words.slice(-capitals.length).every(isCapitals));
  if (isOneSided) return named(capitals, others);
  if (words.length === 1) return named([], words);
  return order === 'familyFirst'
    ? named(words.slice(0, 1), words.slice(1), words.length > 2)
    : named(words.slice(-1), words.slice(0, -1), words.length > 2);
}
