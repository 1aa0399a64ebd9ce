import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workshopKinds } from '$lib/domain/documents/commons.ts';
import { ownLanguageName } from '$lib/i18n/participant-languages.ts';
import { dayWords, hoursWords } from './meeting-words.ts';
import { signingLanguage, signingLanguages } from './signing-languages.ts';

const french = signingLanguage('fr');
const scripts: Record<string, RegExp> = {
  ar: /\p{Script=Arabic}/u,
  'fa-AF': /\p{Script=Arabic}/u,
  ps: /\p{Script=Arabic}/u,
  ti: /\p{Script=Ethiopic}/u,
  bn: /\p{Script=Bengali}/u,
  ru: /\p{Script=Cyrillic}/u,
};

describe('signing in ten languages', () => {
  it('has French, English, Arabic, Dari, Pashto, Tigrinya, Bengali, Russian, Spanish and Turkish', () => {
    expect(signingLanguages.map(({ code }) => code)).toEqual([
      ...['fr', 'en', 'ar', 'fa-AF', 'ps', 'ti', 'bn', 'ru', 'es', 'tr'],
    ]);
  });

  it.each(signingLanguages)('says all of it in $ownName', ({ code, ownName, dir, sentences, workshops }) => {
    expect(Object.keys(sentences).sort()).toEqual(Object.keys(french.sentences).sort());
    expect(Object.keys(workshops).sort()).toEqual([...workshopKinds].sort());
    expect(ownLanguageName(code)).toEqual({ text: ownName, lang: code, dir });
    const texts = [...Object.values(sentences), ...Object.values(workshops)];
    const letters = scripts[code] ?? /\p{Script=Latin}/u;
    for (const text of texts) {
      expect(text.trim()).toBe(text);
      expect(text).toMatch(letters);
      // Its own words, short ones: a phone is held by somebody who reads slowly.
      expect(text.length).toBeLessThan(75);
      if (scripts[code]) expect(text).not.toMatch(/\p{Script=Latin}/u);
    }
    if (code !== 'fr')
      for (const [key, text] of Object.entries(sentences))
        expect(text, key).not.toBe(french.sentences[key as keyof typeof french.sentences]);
  });

  it('tells the day and the hours in words and digits of the language', () => {
    const said = signingLanguages.map((language) => [
      dayWords('2026-11-23', language),
      hoursWords('14:30', '16:30', language),
    ]);
    expect(said[0]).toEqual(['lundi 23 novembre', '14:30 – 16:30']);
    expect(said[3]).toEqual(['دوشنبه ۲۳ نومبر', '۱۴:۳۰ – ۱۶:۳۰']);
    expect(said[4]).toEqual(['دوشنبه، ۲۳ نومبر', '۱۴:۳۰ – ۱۶:۳۰']);
    expect(said[5]).toEqual(['ሰኑይ፣ 23 ሕዳር', '14:30 – 16:30']);
    expect(said[6]?.[1]).toBe('১৪:৩০ – ১৬:৩০');
  });

  it('begins in the language of the card, or the nearest that there is', () => {
    const codes = ['ps', 'fa', 'haz', 'ar-SY', 'es-PE', 'wo', 'uk', undefined, ''];
    expect(codes.map((code) => signingLanguage(code).code)).toEqual([
      ...['ps', 'fa-AF', 'fa-AF', 'ar', 'es', 'fr', 'ru', 'fr', 'fr'],
    ]);
  });

  it('names letters of the system for every script that the app brings none for', () => {
    const css = readFileSync(join(import.meta.dirname, 'scripts.css'), 'utf8');
    const stackOf = (code: string) =>
      new RegExp(`:lang\\(${code}\\)[^{]*\\{[^}]*font-family:([^;]+);`).exec(css)?.[1] ?? '';
    for (const [code, noto] of [
      ['ti', 'Noto Sans Ethiopic'],
      ['bn', 'Noto Sans Bengali'],
      ['ru', 'Noto Sans'],
      ['ps', 'Noto Naskh Arabic'],
      ['ar', 'Noto Naskh Arabic'],
      ['fa-AF', 'Noto Naskh Arabic'],
    ] as const) {
      expect([code, stackOf(code)]).toEqual([code, expect.stringContaining(`'${noto}'`)]);
      expect(stackOf(code).trim()).toMatch(/sans-serif$/);
    }
  });
});
