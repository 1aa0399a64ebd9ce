import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateDemoYear } from './demo-year/generate.ts';
import type { AnyDocument, Author, Mark } from './documents.ts';
import { parseDocument } from './documents.ts';
import type { ParticipantId, TermCode } from './ids.ts';
import { ofType } from './of-type.ts';
import { signUp } from './sign-ups.ts';
import { latestOf, signedText, unsignedSnapshot } from './snapshot.ts';
import { countedText, countTerm, differencesBetween, unfinishedOf } from './term-counts.ts';

const paris = 'Europe/Paris';
const year = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
const commons = year.databases.get('paris13-commons') ?? [];
const documentsOf = (term: string) => [...(year.databases.get(`paris13-${term}`) ?? []), ...commons];
const terms = ['s1-2023', 's2-2023', 's3-2023'].map(documentsOf);
const third = documentsOf('s3-2023');
const author = { at: '2024-01-15T09:00:00.000Z', by: 'elise', device: 'desk' } as Author;

describe('the counts of a term', () => {
  it('are those that were published for 2023', () => {
    const counts = terms.map((documents) => countTerm(documents, paris));
    const each = (name: string) => counts.map((one) => one[name]);
    expect(each('inscriptions.socioprofessional')).toEqual([55, 55, 76]);
    expect(each('inscriptions.language')).toEqual([24, 35, 23]);
    expect(each('inscriptions.digital')).toEqual([35, 11, 22]);
    expect(each('people')).toEqual([55, 55, 76]);
    expect(each('engaged')).toEqual([53, 44, 70]);
    expect(each('groups.socioprofessional')).toEqual([8, 7, 8]);
    const total = (name: string) => each(name).reduce<number>((all, one) => all + (one ?? 0), 0);
    expect(total('assidus.socioprofessional')).toBe(136);
    expect(total('minutes.ledByVolunteers') / 60).toBeGreaterThan(690);
    expect(total('minutes.ledByVolunteers') / 60).toBeLessThan(705);
  });

  it('are whole, and the same in any order of the documents', () => {
    const counts = countTerm(third, paris);
    const text = countedText(third);
    expect(Object.values(counts).filter((count) => !Number.isInteger(count) || count < 0)).toEqual([]);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (places) => {
        const shuffled = third
          .map((document) => ({ document, place: Number(places.next().value) }))
          .sort((a, b) => a.place - b.place)
          .map(({ document }) => document);
        expect(countTerm(shuffled, paris)).toEqual(counts);
        expect(countedText(shuffled)).toBe(text);
      }),
      { numRuns: 5 },
    );
  });

  it('change their text with what is counted, and not with a revision or another type', () => {
    const text = countedText(third);
    const revised = third.map((document) => ({ ...document, _rev: '3-abc' }));
    expect(countedText(revised)).toBe(text);
    expect(countedText(third.filter(({ type }) => type !== 'theme'))).toBe(text);
    const [first, ...others] = third.filter(({ type }) => type === 'mark') as [Mark, ...Mark[]];
    const rest = third.filter(({ type }) => type !== 'mark');
    const changed: Mark = { ...first, status: first.status === 'absent' ? 'present' : 'absent' };
    expect(countedText([...rest, changed, ...others])).not.toBe(text);
  });

  it('count whoever is on a list by signing up, answered or not', () => {
    const held = ofType(third, 'occurrence').find(({ state }) => state === 'held');
    if (!held) throw new Error('nothing was held');
    const said = { occurrence: held.occurrence, participant: 'zoe' as ParticipantId, told: 'place' } as const;
    const signed = signUp(undefined, said, author);
    if (!signed) throw new Error('nobody signed up');
    const before = countTerm(third, paris);
    expect(differencesBetween(before, countTerm([...third, signed], paris))).toEqual([
      { name: 'marks.unmarked', frozen: before['marks.unmarked'], now: (before['marks.unmarked'] ?? 0) + 1 },
    ]);
    expect(countedText([...third, signed])).not.toBe(countedText(third));
    const unmarkedOf = (documents: readonly AnyDocument[]) =>
      unfinishedOf(documents, '2026-11-25T08:00:00.000Z', paris)
        .unmarked.filter(({ occurrence }) => occurrence.occurrence === held.occurrence)
        .reduce((all, { people }) => all + people, 0);
    expect(unmarkedOf([...third, signed])).toBe(unmarkedOf(third) + 1);
  });

  it('count a meeting as held once its roll call was closed', () => {
    const planned = third.map((document): AnyDocument =>
      document.type === 'occurrence' && document.state === 'held'
        ? { ...document, state: 'planned' }
        : document,
    );
    const closed = new Set(ofType(third, 'closing').map(({ occurrence }) => occurrence));
    expect(countTerm(planned, paris)['occurrences.held']).toBe(closed.size);
  });

  it('tell every later correction by its name', () => {
    const frozen = countTerm(third, paris);
    expect(differencesBetween(frozen, frozen)).toEqual([]);
    const held = new Set(
      ofType(third, 'occurrence').flatMap((one) => (one.state === 'held' ? one.occurrence : [])),
    );
    const mark = ofType(third, 'mark').find((one) => one.status === 'absent' && held.has(one.occurrence));
    if (!mark) throw new Error('nobody was absent');
    const corrected = third.map((one): AnyDocument => (one === mark ? { ...mark, status: 'excused' } : one));
    const now = countTerm(corrected, paris);
    expect(differencesBetween(frozen, now)).toEqual([
      { name: 'marks.absent', frozen: frozen['marks.absent'], now: (frozen['marks.absent'] ?? 0) - 1 },
      { name: 'marks.excused', frozen: frozen['marks.excused'], now: (frozen['marks.excused'] ?? 0) + 1 },
    ]);
  });
});

describe('what a term leaves unfinished', () => {
  const demo = generateDemoYear({ seed: 'presence', today: '2026-11-25' });
  const documents = [...(demo.databases.get('paris13-s3-2023') ?? [])];
  const now = '2026-11-25T08:00:00.000Z';

  it('is the roll calls not closed, the people without an answer and the provisional ones', () => {
    const unfinished = unfinishedOf(documents, now, paris);
    expect(unfinished.unclosed.length).toBeGreaterThan(0);
    expect(unfinished.provisional.length).toBeGreaterThan(0);
    expect(unfinished.toCome.every(({ date }) => date >= '2026-11-25')).toBe(true);
    expect(unfinished.unclosed.every(({ date }) => date <= '2026-11-25')).toBe(true);
  });

  it('names a closed roll call with an answer missing', () => {
    const closed = ofType(documents, 'closing')[0];
    if (!closed) throw new Error('no closing');
    const mark = ofType(documents, 'mark').find(({ occurrence }) => occurrence === closed.occurrence);
    const cleared = documents.map((one): AnyDocument => (one === mark ? { ...mark, status: null } : one));
    const count = (some: readonly AnyDocument[]) =>
      unfinishedOf(some, now, paris)
        .unmarked.filter(({ occurrence }) => occurrence.occurrence === closed.occurrence)
        .reduce((all, { people }) => all + people, 0);
    expect(count(cleared)).toBe(count(documents) + 1);
  });
});

describe('a snapshot', () => {
  const facts = { term: 's3-2023' as TermCode, counts: { people: 76 }, unfinished: {}, inputsHash: 'ab' };
  const signed = (number: number) => ({
    ...unsignedSnapshot([], facts, author),
    number,
    signature: 'x',
    signedWith: { kty: 'EC' },
  });

  it('is numbered after those before', () => {
    expect(unsignedSnapshot([], facts, author)).toMatchObject({ _id: 'snapshot:s3-2023:1', number: 1 });
    const second = unsignedSnapshot([signed(1)], facts, author);
    expect(second).toMatchObject({ _id: 'snapshot:s3-2023:2', number: 2, rules: '2023' });
    expect(parseDocument({ ...second, signature: 'x', signedWith: {} }).ok).toBe(true);
    expect(latestOf([signed(2), signed(3), signed(1)])?.number).toBe(3);
    expect(latestOf([])).toBeUndefined();
  });

  it('is signed for all it says, whatever its revision', () => {
    const unsigned = unsignedSnapshot([], facts, author);
    expect(signedText({ ...signed(1), _rev: '1-a' })).toBe(signedText(unsigned));
    expect(signedText({ ...unsigned, counts: { people: 77 } })).not.toBe(signedText(unsigned));
  });
});
