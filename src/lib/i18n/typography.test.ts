import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'messages');
const files = readdirSync(folder);
const features = files.filter((file) => file.endsWith('.fr.json')).map((file) => file.slice(0, -8));

type Variants = { match: Record<string, string> }[];
type Messages = Record<string, string | Variants>;
const read = (feature: string, locale: string) =>
  JSON.parse(readFileSync(join(folder, `${feature}.${locale}.json`), 'utf8')) as Messages;

const textsOf = (message: string | Variants) =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
const placeholdersOf = (message: string | Variants) =>
  [...new Set(textsOf(message).flatMap((text) => text.match(/\{[a-zA-Z_]\w*\}/g) ?? []))].sort();

/** What is wrong with the signs of a French text; a narrow no-break space is U+202F. */
function faults(text: string): string[] {
  const plain = text.replace(/https?:\/\/\S+/g, '');
  return [
    /[^\u202F?!][?!;:%»]/.test(plain) && 'no narrow no-break space before ? ! ; : % »',
    /«[^\u202F]/.test(plain) && 'no narrow no-break space after «',
    /\.\.\./.test(plain) && 'three dots instead of an ellipsis',
    /["“”]/.test(plain) && 'quotes that are not French',
    /\d[ \u00A0]?h[ \u00A0]?\d/.test(plain) && 'an hour without narrow no-break spaces',
    / {2}/.test(plain) && 'two spaces in a row',
  ].filter((fault) => fault !== false);
}

it('tells a text with wrong signs from a right one', () => {
  expect(faults('Rien n’est perdu.')).toEqual([]);
  expect(faults('Est-ce cette personne\u202F?')).toEqual([]);
  expect(faults('Est-ce cette personne ?')).toHaveLength(1);
  expect(faults('«\u202FÀ jour\u202F»')).toEqual([]);
  expect(faults('« À jour »')).toHaveLength(2);
  expect(faults('Attendez...')).toHaveLength(1);
});

it('has a French and an English file for each feature', () => {
  expect(files.sort()).toEqual(features.flatMap((name) => [`${name}.en.json`, `${name}.fr.json`]).sort());
});

describe.each(features)('messages of %s', (feature) => {
  const french = read(feature, 'fr');
  const english = read(feature, 'en');

  it('say the same things in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(french).sort());
    for (const [key, message] of Object.entries(french)) {
      const other = english[key];
      expect([key, placeholdersOf(other ?? '')]).toEqual([key, placeholdersOf(message)]);
    }
  });

  it('are set as French is', () => {
    const wrong = Object.entries(french).flatMap(([key, message]) =>
      textsOf(message).flatMap((text) => faults(text).map((fault) => `${key}: ${fault}`)),
    );
    expect(wrong).toEqual([]);
  });

  it('are named after the feature', () => {
    const prefix = `${feature.replaceAll('-', '_')}_`;
    expect(Object.keys(french).filter((key) => !key.startsWith(prefix))).toEqual([]);
  });
});
