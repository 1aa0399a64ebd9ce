/** Short values of a person's row: gender, yes or no, telephone. */
import type { Participant } from '../documents.ts';
import { normaliseName } from '../names.ts';
import { saysNothing } from './cell-text.ts';
import type { Reading } from './issues.ts';

const wordsFor = (list: string) => list.split(' ');

const genders = new Map<string, Participant['gender']>([
  ...wordsFor('h m homme hommes masculin masc monsieur mr man male garcon mister').map(
    (word) => [word, 'man'] as const,
  ),
  ...wordsFor('f femme femmes feminin fem fille madame mme mlle mademoiselle mrs ms miss w woman female').map(
    (word) => [word, 'woman'] as const,
  ),
  ...wordsFor('autre autres other nb nonbinaire nonbinary x mx').map((word) => [word, 'other'] as const),
]);

/** « H », « F », « Mme », « Monsieur », “female”, ♂. */
export function readGender(text: string): Reading<Participant['gender']> {
  if (saysNothing(text)) return {};
  if (text.includes('♀')) return { value: 'woman' };
  if (text.includes('♂')) return { value: 'man' };
  const found = genders.get(normaliseName(text).replaceAll(' ', ''));
  return found ? { value: found } : { issue: 'genderUnknown' };
}

const yes = new Set(
  wordsFor('oui o ok yes y x 1 vrai true v signe signee donne accorde accepte d accord accord fait'),
);
const no = new Set(wordsFor('non n no 0 faux false refus refuse'));

/** « oui », « x », « 1 », ✓. */
export function readYesNo(text: string): Reading<boolean> {
  if (/^[✓✔☑✅]/u.test(text)) return { value: true };
  if (/^[✗✘☐❌]/u.test(text)) return { value: false };
  const word = normaliseName(text);
  if (yes.has(word)) return { value: true };
  if (no.has(word)) return { value: false };
  return saysNothing(text) ? {} : { issue: 'yesNoUnknown' };
}

const inPairs = (digits: string) => digits.match(/\d{2}/g)?.join(' ') ?? digits;

/** A French number in pairs, another with its country's code; `undefined` where it is neither. */
function phoneOf(text: string): string | undefined {
  const digits = text
    .replace(/(?<=\d)[.,]0$/, '')
    .replace(/\(0\)/g, '')
    .replace(/[^\d+]/g, '');
  const french = /^(?:\+33|0033|33(?=\d{9}$))?0?([1-9]\d{8})$/.exec(digits)?.[1];
  if (french) return inPairs(`0${french}`);
  const foreign = /^(?:\+|00)([1-9]\d{6,14})$/.exec(digits)?.[1];
  return foreign && !foreign.startsWith('33') ? `+${foreign}` : undefined;
}

/** « 06.12.34.56.78 », +33612345678, and 612345678 where a spreadsheet lost the zero. */
export function readPhone(text: string): Reading<string> {
  if (saysNothing(text)) return {};
  const whole = phoneOf(text);
  if (whole) return { value: whole };
  const several = text.split(/[/;,|]|\s(?:ou|et|or|and)\s/).map(phoneOf);
  const [first] = several.filter((one) => one !== undefined);
  if (first && several.length > 1) return { value: first, issue: 'severalPhones' };
  // Kept as it was written: somebody may still make sense of it.
  return { value: text.slice(0, 40).trim(), issue: 'phoneOdd' };
}
