/** The languages in which somebody may sign, in the order of the switch. */
import { arabic } from './languages/arabic.ts';
import { bengali } from './languages/bengali.ts';
import { dari } from './languages/dari.ts';
import { english } from './languages/english.ts';
import { french } from './languages/french.ts';
import { pashto } from './languages/pashto.ts';
import { russian } from './languages/russian.ts';
import type { SigningLanguage } from './languages/signing-language.ts';
import { spanish } from './languages/spanish.ts';
import { tigrinya } from './languages/tigrinya.ts';
import { turkish } from './languages/turkish.ts';

export const signingLanguages: readonly SigningLanguage[] = [
  ...[french, english, arabic, dari, pashto, tigrinya, bengali, russian, spanish, turkish],
];

/** Those who read another language of the list more easily than French. */
const nearest: Readonly<Record<string, string>> = { fa: 'fa-AF', haz: 'fa-AF', uk: 'ru', ckb: 'ar' };

/** @param code as a person's card has it (BCP 47): the very language, else one near it, else French */
export function signingLanguage(code: string | undefined): SigningLanguage {
  const wanted = code ?? 'fr';
  const [base = ''] = wanted.split('-');
  const find = (one: string | undefined) => signingLanguages.find((language) => language.code === one);
  return find(wanted) ?? find(nearest[wanted]) ?? find(nearest[base]) ?? find(base) ?? french;
}
