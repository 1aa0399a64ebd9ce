import { describe, expect, it } from 'vitest';
import { certificateOf } from './attendance-certificate.ts';
import type { AnyDocument, Mark, MarkStatus, SignUp } from './documents.ts';
import { documentsIn } from './exports/scoped-documents.ts';
import { factsOf } from './indicators/facts.ts';
import { answer } from './roll-call.ts';
import { author, meetingOn, person, sheetExample } from './sheet-examples.ts';
import { signUp } from './sign-ups.ts';
import { standardWorkshopTypes } from './standard-programme.ts';

const meetings = ['2023-11-06', '2023-11-13', '2023-11-20', '2023-11-27'].map((date) => meetingOn(date));
const records = sheetExample(['Farid', 'Zahra'], { meetings });
const mark = (place: number, status: MarkStatus, more: Partial<Mark> = {}): Mark => ({
  ...(answer(
    undefined,
    { occurrence: meetings[place]?.occurrence ?? ('' as never), participant: person(0), status },
    author(1),
  ) as Mark),
  ...more,
});
const term = {
  ...{ _id: 'term:s3', type: 'term', v: 1, ...author(0), term: 's3', ...records.term },
  ...{ weeks: 10, daysOff: [], state: 'open' },
} as unknown as AnyDocument;
const site = {
  _id: 'site:one',
  type: 'site',
  v: 1,
  ...author(0),
  site: 'one',
  timezone: 'Europe/Paris',
  terms: [],
};
const certificate = (marks: readonly AnyDocument[], participant = person(0)) => {
  const documents = {
    commons: [site as unknown as AnyDocument, ...standardWorkshopTypes(author(0))],
    registry: [],
    terms: [[term, records.group, ...meetings, ...records.enrolments, ...records.cards, ...marks]],
  };
  return certificateOf(factsOf([documents], { kind: 'terms', terms: ['s3' as never] }), {
    ...{ participant, organisation: 'Paris 13', name: 'Farid' },
    ...{ from: '2023-10-02', to: '2023-11-27' },
  });
};

describe('the certificate of one person', () => {
  it('adds up real minutes, and meetings of which half at least was attended', () => {
    const gone = mark(2, 'leftEarly', { leftAt: '2023-11-20T14:05:00.000Z' });
    expect(certificate([mark(0, 'present'), mark(1, 'absent'), gone])).toMatchObject({
      rows: [{ kind: 'conversation', term: 'S3.23', meetings: 1, minutes: 155 }],
      ...{ meetings: 1, minutes: 155, name: 'Farid' },
    });
  });

  it('counts as unmarked what they signed up for, when nobody said anything of them there', () => {
    const wish = (place: number) =>
      signUp(
        undefined,
        { ...{ participant: person(5), told: 'place' }, occurrence: meetings[place]?.occurrence as never },
        author(0),
      ) as SignUp;
    const there = { ...mark(0, 'present'), participant: person(5) };
    const about = (given: readonly AnyDocument[]) => certificate(given, person(5));
    expect(about([wish(0), wish(1), there])).toMatchObject({ meetings: 1, unmarked: 1 });
    expect(about([there])).toMatchObject({ meetings: 1, unmarked: 0 });
  });

  it('says nothing of somebody else, and nothing of nobody', () => {
    const others = { ...mark(0, 'present'), participant: person(1) };
    expect(certificate([others])).toMatchObject({ rows: [], meetings: 0, minutes: 0 });
  });
});

describe('the certificate of a period', () => {
  const next = ['2024-01-08', '2024-01-15'].map((date) => meetingOn(date));
  const s4 = { ...term, _id: 'term:s4', term: 's4', label: 'S4.23', start: '2024-01-08', end: '2024-03-17' };
  const marksOf = (some: typeof meetings) =>
    some.map(
      (one) => ({ ...mark(0, 'present'), _id: `mark:${one._id}`, occurrence: one.occurrence }) as Mark,
    );
  const ofTerm = (calendar: AnyDocument, some: typeof meetings): AnyDocument[] => [
    ...[calendar, records.group, ...some, ...records.enrolments, ...records.cards],
    ...marksOf(some),
  ];
  const documents = {
    commons: [site as unknown as AnyDocument, ...standardWorkshopTypes(author(0))],
    registry: [],
    terms: [ofTerm(term, meetings), ofTerm(s4 as AnyDocument, next)],
  };
  const over = (from: string, to: string) =>
    certificateOf(
      factsOf([documentsIn(documents, { kind: 'period', from, to })], {
        kind: 'terms',
        terms: ['s3', 's4'] as never[],
      }),
      { participant: person(0), organisation: 'Paris 13', name: 'Farid', from, to },
    );

  it('has a row for each term, over the end of a year too', () => {
    expect(over('2023-10-02', '2024-03-17')).toMatchObject({
      rows: [
        { term: 'S3.23', meetings: 4, minutes: 480 },
        { term: 'S4.23', meetings: 2, minutes: 240 },
      ],
      minutes: 720,
    });
  });

  it('counts what lies in it and no more: two that follow one another add up', () => {
    const [one, other] = [over('2023-11-01', '2023-11-13'), over('2023-11-14', '2024-01-10')];
    expect(one.rows).toMatchObject([{ term: 'S3.23', meetings: 2 }]);
    expect(other.rows).toMatchObject([
      { term: 'S3.23', meetings: 2 },
      { term: 'S4.23', meetings: 1 },
    ]);
    expect(one.minutes + other.minutes).toBe(over('2023-11-01', '2024-01-10').minutes);
    expect(over('2024-01-16', '2024-12-31').rows).toEqual([]);
  });
});
