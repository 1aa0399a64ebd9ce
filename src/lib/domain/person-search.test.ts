import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personIndex } from './person-search.ts';

const isLong = process.env.LONG_SEARCH === '1';
const runs = isLong ? { numRuns: 20_000 } : { numRuns: 300, seed: 20231002 };

const person = (name: string) => {
  const [firstName = '', familyName] = name.split('/');
  return { firstName, familyName };
};
const found = (typed: string, ...names: string[]) =>
  personIndex(names, person)
    .find(typed)
    .map((name) => name.replace('/', ' '));

describe('a search by name', () => {
  it.each([
    ['محمد', 'Mohamed/Diallo'],
    ['محمد', 'Muhammad/Diallo'],
    ['محمد', 'Mohammed/Diallo'],
    ['Mohamed', 'محمد/دیالو'],
    ['Muhammad', 'محمد'],
    ['muham', 'Mohamed/Diallo'],
    ['فرید', 'Farid/Ahmadi'],
    ['Farid', 'فرید/احمدی'],
    ['farid ahm', 'فرید/احمدی'],
    ['يوسف', 'Youssef/Adam'],
    ['Yusuf', 'یوسف'],
    ['عبدالرحمن', 'Abdul Rahman/Noorzai'],
    ['عبدالرحمن', 'Abderrahmane/Noorzai'],
    ['Abdulrahman', 'Abdul Rahman/Noorzai'],
    ['عثمان', 'Osman/Ali'],
    ['عثمان', 'Othman/Ali'],
    ['رمضان', 'Ramazan/Ali'],
    ['رمضان', 'Ramadan/Ali'],
    ['ولید', 'Walid/Ali'],
    ['ولید', 'Oualid/Ali'],
    ['أحمد', 'Ahmad/Zahir'],
    ['মোহাম্মদ', 'Mohammed/Hossain'],
    ['ګل', 'Gul/Khan'],
    ['Коваленко', 'Maryna/Kovalenko'],
    ['Volodymyr', 'Володимир/Бондар'],
    ['রহমান', 'Rahman/Uddin'],
    ['Rahman', 'রহমান'],
    ['ዳዊት', 'Dawit/Tesfay'],
    ['Tesfay', 'ዳዊት/ተስፋይ'],
    ['selam', 'ሰላም'],
    ['გიორგი', 'Giorgi/Beridze'],
    ['ousmane', 'Usman/Barry'],
    ['aicha', 'Aïsha/Omar'],
    ['yilmaz', 'Aynur/Yılmaz'],
    ['nguessan', 'Élise/N’Guessan'],
    ['noo abd', 'Abdul Rahman/Noorzaï'],
  ])('« %s » finds %s', (typed, name) => {
    expect(found(typed, name)).toEqual([name.replace('/', ' ')]);
  });

  it.each([
    ['محمد', 'Ahmad/Diallo'],
    ['محمد', 'Modibo/Sissoko'],
    ['فرید', 'Hamid/Safi'],
    ['ali', 'Fatou/Camara'],
    ['hman', 'Abdul Rahman/Noorzai'],
    ['farid safi', 'Farid/Ahmadi'],
    ['؟', 'Farid/Ahmadi'],
    ['o', 'Walid/Ali'],
  ])('« %s » does not find %s', (typed, name) => {
    expect(found(typed, name)).toEqual([]);
  });

  it('shows the word itself first, then its beginnings, then its sounds, each in the order of the list', () => {
    expect(
      found('mohamed', 'Muhammad/Ali', 'Mohamedou/Barry', 'Zahra/Mohamed', 'Mohamed/Adam', 'Ali/Adam'),
    ).toEqual(['Zahra Mohamed', 'Mohamed Adam', 'Mohamedou Barry', 'Muhammad Ali']);
  });

  it('leaves the list as it is when nothing is typed', () => {
    const names = ['Muhammad/Ali', 'Ali/Adam'];
    expect(personIndex(names, person).find('  ')).toBe(names);
  });

  const letters = [
    ...'aàâäåbcçdðeéèêëəfgğhiîïıjklłmnñoôöøœprsşßtuüvwxyzæ',
    ...'ابتثجحخدذرزسشصضطظعغفقکلمنوهیچگپښځ',
    ...'абвгдежзийклмнопрстуфхцчшщюяіїєґ',
    ...'কখগঘচছজটডতদনপফবভমযরলশসহ',
    ...'ሀለሐመሠረሰሸቀበተኀነአከወዐዘየደገጠጰጸፈፐ',
    ...'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
  ];
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 });
  const name = fc.array(word, { minLength: 1, maxLength: 4 });

  it('finds everyone by any beginning of any word of their name, with or without accents, in any case', () => {
    fc.assert(
      fc.property(
        name,
        fc.array(name, { maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('as it is', 'without accents', 'in capitals'),
        (words, others, which, end, how) => {
          const wanted = words[which % words.length] ?? '';
          const beginning = [...wanted].slice(0, 1 + (end % [...wanted].length)).join('');
          const typed = {
            'as it is': beginning,
            'without accents': beginning.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
            'in capitals': beginning.toUpperCase(),
          }[how];
          const [firstName = '', ...family] = words;
          const own = { firstName, familyName: family.join(' ') };
          const people = [...others.map((one) => ({ firstName: one.join(' '), familyName: '' })), own];
          expect(personIndex(people, (one) => one).find(typed)).toContain(own);
        },
      ),
      runs,
    );
  });

  it('finds nobody twice and nobody who is not of the list', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), fc.string({ maxLength: 6 }), (names, typed) => {
        const people = names.map((words) => ({ firstName: words.join(' '), familyName: '' }));
        const result = personIndex(people, (one) => one).find(typed);
        expect(new Set(result).size).toBe(result.length);
        for (const one of result) expect(people).toContain(one);
      }),
      runs,
    );
  });
});
