/** « décision d'Élise »: whose decision, in words that fit in the middle of a sentence. */
import { m } from './paraglide/messages.js';

const beginsWithVowel = /^h?[aeiouy]/;

/** @param name of the coordinator, as it is to be read */
export function decisionOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return beginsWithVowel.test(plain)
    ? m.desk_decisions_decision_of_vowel({ name })
    : m.desk_decisions_decision_of({ name });
}

export const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
