import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callName, familyNameOf, fullName, matchesSearch, normaliseName, sortKeyOf } from './names.ts';
import { editDistance, resembles, resembling } from './resemblance.ts';

const person = (name: string) => {
  const [firstName = '', familyName] = name.split('/');
  return familyName === undefined ? { firstName } : { firstName, familyName };
};

describe('a stripped name', () => {
  it.each([
    ['Yılmaz', 'yilmaz'],
    ['İbrahim', 'ibrahim'],
    ['Élise N’Guessan-Kouamé', 'elise nguessan kouame'],
    ['Đặng Thị', 'dang thi'],
    ['  Abdul   Rahman ', 'abdul rahman'],
    ['Łukasz Bjørn Straße Œdipe', 'lukasz bjorn strasse oedipe'],
    ["M'Barka", 'mbarka'],
    ['Ɗanladi', 'danladi'],
    ['فرید', ''],
  ])('%s is %s', (name, stripped) => {
    expect(normaliseName(name)).toBe(stripped);
  });

  it('stays as it is when stripped again, and holds nothing but a–z, digits and single spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const stripped = normaliseName(name);
        expect(normaliseName(stripped)).toBe(stripped);
        expect(stripped).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/);
      }),
    );
  });

  it('orders by first name, and keeps a name in another script', () => {
    expect(sortKeyOf({ firstName: 'Élif', familyName: 'Şahin' })).toBe('elif sahin');
    expect(sortKeyOf({ firstName: 'فرید' })).toBe('فرید');
  });
});

describe('a family name that is not known', () => {
  it('is no dash, which files of the past hold in its place', () => {
    const fatou = { firstName: 'Fatou', familyName: '—' };
    expect(familyNameOf(fatou)).toBe('');
    expect(fullName(fatou)).toBe('Fatou');
    expect(callName(fatou, 'initial')).toBe('Fatou');
    expect(familyNameOf({})).toBe('');
    expect(familyNameOf({ familyName: 'Camara' })).toBe('Camara');
  });
});

describe('searching', () => {
  it.each([
    ['noo abd', true],
    ['ABDUL', true],
    ['abdul-r', true],
    ['rahman', true],
    ['ahman', false],
    ['', true],
    ['   ', true],
    ['؟', false],
  ])('« %s » in Abdul Rahman Noorzaï: %s', (typed, found) => {
    expect(matchesSearch(typed, 'Abdul Rahman Noorzaï')).toBe(found);
  });

  it('a name in another script is found as it is written', () => {
    expect(matchesSearch('فر', 'فرید')).toBe(true);
  });

  it('finds everyone by their own name, whatever the case', () => {
    const name = fc.stringMatching(/^[A-Za-zÀ-ÿ]{1,9}( [A-Za-zÀ-ÿ]{1,9}){0,3}$/);
    fc.assert(
      fc.property(name, (each) => {
        expect(matchesSearch(each.toUpperCase(), each)).toBe(true);
      }),
    );
  });
});

describe('the name to call', () => {
  const card = { firstName: 'Aïcha', familyName: 'élouan' };
  it('is what the site chose', () => {
    expect(callName(card, 'first')).toBe('Aïcha');
    expect(callName(card, 'initial')).toBe('Aïcha É.');
    expect(callName(card, 'full')).toBe('Aïcha élouan');
    expect(callName({ firstName: 'Aïcha' }, 'full')).toBe('Aïcha');
    expect(fullName({ firstName: 'Aïcha' })).toBe('Aïcha');
  });
});

describe('a name that resembles another', () => {
  it.each([
    ['Mohamed/Diallo', 'Muhammad/Diallo'],
    ['Mohammed/Diallo', 'Mohamad/Dialo'],
    ['Fatou/Camara', 'Fatoumata/Camara'],
    ['Diallo/Mamadou', 'Mamadou/Diallo'],
    ['Abdul Rahman/Noorzai', 'Abdulrahman/Noorzay'],
    ['Abderrahmane/Noorzai', 'Abdul Rahman/Noorzai'],
    ['Mohammad Idris/Haroun', 'Idris/Haroun'],
    ['Hussein/Rezai', 'Hossain/Rezaï'],
    ['Ousmane/Barry', 'Usman/Barry'],
    ['Youssef/Adam', 'Yusuf/Adam'],
    ['Aïcha/Omar', 'Aisha/Omar'],
    ['Khadija/Said', 'Kadidja/Saïd'],
    ['Tsering/Norbu', 'Tshering/Norbu'],
    ['Aynur/Yılmaz', 'Aynur/Yilmaz'],
    ['Farid', 'Farid/Ahmadi'],
    ['Farid/A', 'Farid/Ahmadi'],
  ])('%s and %s', (a, b) => {
    expect(resembles(person(a), person(b))).toBe(true);
    expect(resembles(person(b), person(a))).toBe(true);
  });

  it.each([
    ['Mohamed/Diallo', 'Mohamed/Barry'],
    ['Mariam/Haidari', 'Maryna/Kovalenko'],
    ['Ali/Rezai', 'Ava/Rezai'],
    ['Hamid/Safi', 'Farid/Safi'],
    ['Zahra/Rezai', 'Samira/Osman'],
    ['Jean', 'Farid/Ahmadi'],
    ['', 'Farid/Ahmadi'],
  ])('%s is not %s', (a, b) => {
    expect(resembles(person(a), person(b))).toBe(false);
    expect(resembles(person(b), person(a))).toBe(false);
  });

  it('does not depend on which comes first, and everyone resembles themselves', () => {
    const word = fc.stringMatching(/^[a-zéıñ]{2,8}( [a-z]{2,6})?$/);
    const anyone = fc.record({ firstName: word, familyName: word });
    fc.assert(
      fc.property(anyone, anyone, (a, b) => {
        expect(resembles(a, a)).toBe(true);
        expect(resembles(a, b)).toBe(resembles(b, a));
        const swapped = { firstName: a.familyName, familyName: a.firstName };
        expect(resembles(a, swapped)).toBe(true);
      }),
    );
  });

  it('keeps the list’s order', () => {
    const list = ['Fatou/Camara', 'Ali/Rezai', 'Fatoumata/Camara'].map(person);
    expect(resembling(person('Fatoumata/Camara'), list)).toEqual([list[0], list[2]]);
  });

  it('counts edits up to a limit', () => {
    expect(editDistance('kitten', 'sitting', 5)).toBe(3);
    expect(editDistance('kitten', 'sitting', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });
});
