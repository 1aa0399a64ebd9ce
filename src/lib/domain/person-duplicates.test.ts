import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParticipantId } from './ids.ts';
import { isSamePhone, likenessOf, likePairs, likeTo } from './person-duplicates.ts';

const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 3_000 } : { numRuns: 80, seed: 20231002 };
const file = (key: string, firstName: string, familyName: string, more: object = {}) => ({
  participant: key as ParticipantId,
  firstName,
  familyName,
  ...more,
});

describe('two files', () => {
  it('are asked about when the names are close and the years of birth do not speak against it', () => {
    const [one, other] = [file('a', 'Mohamed', 'Diallo'), file('b', 'Muhammad', 'Dialo')];
    expect(likenessOf(one, other)).toEqual(['closeName']);
    expect(likenessOf({ ...one, birthYear: 1990 }, { ...other, birthYear: 1991 })).toEqual(['closeName']);
    expect(likenessOf({ ...one, birthYear: 1990 }, { ...other, birthYear: 1990 })).toEqual([
      'closeName',
      'sameBirthYear',
    ]);
    expect(likenessOf({ ...one, birthYear: 1970 }, { ...other, birthYear: 1990 })).toEqual([]);
  });

  it('with one phone are asked about, whatever the years, when the first names are close', () => {
    const one = file('a', 'Fatou', 'Camara', { phone: '06 11 22 33 44', birthYear: 1970 });
    const other = file('b', 'Fatoumata', 'Keita', { phone: '+33 6 11 22 33 44', birthYear: 1990 });
    expect(likenessOf(one, other)).toEqual(['samePhone']);
    expect(likenessOf(one, { ...other, firstName: 'Zahra' })).toEqual([]);
    expect(isSamePhone('', '')).toBe(false);
  });

  it('whose names are in another script are asked about like all others', () => {
    const one = file('a', 'محمد', 'احمدی', { phone: '0611223344' });
    expect(likenessOf(one, file('b', 'محمد', 'احمدي', { phone: '+33 6 11 22 33 44' }))).toEqual([
      'sameName',
      'samePhone',
    ]);
    expect(likenessOf(file('a', 'ሰላም', ''), file('b', 'ሰላም', ''))).toEqual(['sameName']);
    expect(likenessOf(one, file('b', 'زهرا', 'حسینی'))).toEqual([]);
    expect(likenessOf(file('a', 'حامد', 'کریمی'), file('b', 'احمد', 'کریمی'))).toEqual([]);
  });

  it.each([
    ['محمد احمدی', 'Mohamed Ahmadi'],
    ['عبد الرحمن نوری', 'Abdul Rahman Noori'],
    ['Дмитро Шевченко', 'Dmytro Chevtchenko'],
    ['মোহাম্মদ হোসেন', 'Mohammed Hossain'],
  ])('may be one person’s in two scripts: %s, %s', (one, other) => {
    const named = (key: string, name: string) => {
      const words = name.split(' ');
      return file(key, words.slice(0, -1).join(' '), words.at(-1) ?? '');
    };
    const people = [named('a', one), file('b', 'Zahra', 'Hosseini'), named('c', other)];
    expect(likePairs(people, []).map(({ people: [a, b] }) => `${a.participant} ${b.participant}`)).toEqual([
      'a c',
    ]);
    expect(likenessOf(named('a', one), file('b', 'Zahra', 'Hosseini'))).toEqual([]);
  });

  it('with one phone are asked about where the first names cannot be compared', () => {
    const phone = '0611223344';
    const one = file('a', 'ராஜா', 'குமார்', { phone });
    expect(likenessOf(one, file('b', 'Raja', 'Kumar', { phone }))).toEqual(['samePhone']);
    expect(
      likenessOf(file('a', 'محمد', 'احمدی', { phone }), file('b', 'Zahra', 'Ahmadi', { phone })),
    ).toEqual([]);
  });

  it('that were told apart are not asked about again', () => {
    const people = [file('a', 'Mohamed', 'Diallo'), file('b', 'Muhammad', 'Diallo')];
    expect(likePairs(people, [])).toHaveLength(1);
    expect(likePairs(people, [{ participants: ['a', 'b'] as [ParticipantId, ParticipantId] }])).toHaveLength(
      0,
    );
  });

  it('are proposed with the likeliest pair first', () => {
    const people = [
      file('a', 'Mohamed', 'Diallo'),
      file('b', 'Muhammad', 'Diallo'),
      file('c', 'Awa', 'Traore', { phone: '0611223344' }),
      file('d', 'Awa', 'Traoré', { phone: '06 11 22 33 44' }),
    ];
    expect(likePairs(people, []).map(({ people: [one] }) => one.participant)).toEqual(['c', 'a']);
  });

  it('that are compared are all those who would be found by comparing everyone with everyone', () => {
    const words = [
      'Mohamed',
      'Muhammad',
      'Fatou',
      'Fatoumata',
      'Ali',
      'Abdul Rahman',
      'Abderrahmane',
      'A',
      'محمد',
      'علی',
    ];
    const families = ['Diallo', 'Dialo', 'Camara', 'Noorzai', 'Noorzaï', 'Ali', '', 'نورزی'];
    const anyone = fc.record({
      firstName: fc.constantFrom(...words),
      familyName: fc.constantFrom(...families),
      birthYear: fc.option(fc.integer({ min: 1988, max: 1994 }), { nil: undefined }),
      phone: fc.option(fc.constantFrom('0611223344', '+33611223344', '0755443322'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 14 }), (list) => {
        const people = list.map((person, place) => ({
          ...person,
          participant: `p${place}` as ParticipantId,
        }));
        const wanted: string[] = [];
        for (const [place, one] of people.entries())
          for (const other of people.slice(place + 1))
            if (likenessOf(one, other).length) wanted.push(`${one.participant} ${other.participant}`);
        const found = likePairs(people, []).map(({ people: [a, b] }) => `${a.participant} ${b.participant}`);
        expect(found.sort()).toEqual(wanted.sort());
      }),
      runs,
    );
  });

  it('of which one is being typed: the nearest first', () => {
    const people = [
      file('a', 'Mohamed', 'Diallo', { birthYear: 1991 }),
      file('b', 'Muhammad', 'Diallo', { birthYear: 1990 }),
      file('c', 'Awa', 'Traoré', { birthYear: 1990 }),
    ];
    expect(
      likeTo({ firstName: 'Mohammed', familyName: 'Diallo', birthYear: 1990 }, people).map(
        ({ participant }) => participant,
      ),
    ).toEqual(['b', 'a']);
  });
});
