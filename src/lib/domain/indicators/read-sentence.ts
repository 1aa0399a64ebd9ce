/** A first reading of a typed sentence: which number it says, of how many, and how roughly. Whoever typed it corrects. */
import type { StatementFacts } from './statement-documents.ts';

export type ReadSentence = Partial<Pick<StatementFacts, 'stated' | 'of' | 'n'>> &
  Pick<StatementFacts, 'isPercent' | 'relation'>;

const number = String.raw`(\d{1,3}(?:[\s.\u00A0\u202F]\d{3})+|\d+)`;
const gap = String.raw`[\s\u00A0\u202F]*`;
const percent = new RegExp(`${number}${gap}(?:%|pour${gap}cent|per${gap}?cent)`, 'i');
const percentOf = new RegExp(
  `${percent.source}${gap}(?:de(?:s)?|d'|of(?:${gap}the)?|sur)${gap}(?:les${gap})?${number}`,
  'i',
);
const outOf = new RegExp(`${number}${gap}(?:sur|/|out of|of)${gap}(?:les${gap})?${number}`, 'i');
const roughly = /pr[eè]s de|environ|autour de|about|around|nearly|almost/i;
const more = /plus (?:de|d')|more than|over/i;

const value = (digits: string | undefined) =>
  digits === undefined ? undefined : Number(digits.replace(/[^\d]/g, ''));

/** « 57 % de 76 inscrits » says 57 per cent of 76; « 29 sur 45, soit 64 % » says 64 per cent, 29 of 45. */
export function readSentence(sentence: string): ReadSentence {
  const relation = roughly.test(sentence) ? 'about' : more.test(sentence) ? 'moreThan' : 'exactly';
  const share = percent.exec(sentence);
  const counted = outOf.exec(sentence.replace(percent, ' '));
  const [n, base] = [value(counted?.[1]), value(counted?.[2])];
  if (share) {
    const stated = value(share[1]);
    const of = value(percentOf.exec(sentence)?.[2]) ?? base;
    return {
      ...{ relation, isPercent: true },
      ...(stated === undefined ? {} : { stated }),
      ...(of === undefined ? {} : { of }),
      ...(n === undefined ? {} : { n }),
    };
  }
  const stated = value(new RegExp(number).exec(sentence)?.[1]);
  return { relation, isPercent: false, ...(stated === undefined ? {} : { stated }) };
}
