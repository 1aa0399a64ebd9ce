import { describe, expect, it } from 'vitest';
import { parseDocument, type Author, type Enrolment, type Mark, type RosterCard } from './documents.ts';
import { enrolmentDocId, rosterCardDocId } from './ids.ts';
import type { AccountName, DeviceId, GroupId, OccurrenceId, ParticipantId } from './ids.ts';
import { answerAction, answerTheUnmarked, markAllPresent, undoAction } from './mark-edits.ts';
import { answer, clearAnswer } from './roll-call.ts';
import { countMarks, rosterOf, unmarked, walkIn, whoMayJoin } from './roster.ts';

const author: Author = {
  at: '2023-11-20T13:30:00.000Z',
  by: 'maia' as AccountName,
  device: 'phone' as DeviceId,
};
const group = { group: 'g1' as GroupId };
const occurrence = { occurrence: 'g1.2023-11-20T1430' as OccurrenceId, date: '2023-11-20' };
const someone = (key: string) => key as ParticipantId;

const card = (key: string, firstName: string, isProvisional = false): RosterCard => ({
  _id: rosterCardDocId(someone(key)),
  type: 'rosterCard',
  v: 1,
  ...author,
  participant: someone(key),
  firstName,
  sortKey: firstName.toLowerCase(),
  screenLanguage: 'fr',
  isFrancophone: false,
  isProvisional,
});
const enrolled = (key: string, from: string, to?: string, of = group.group): Enrolment => ({
  _id: enrolmentDocId(of, someone(key)),
  type: 'enrolment',
  v: 1,
  ...author,
  group: of,
  participant: someone(key),
  from,
  ...(to === undefined ? {} : { to }),
});
const mark = (key: string, status: Mark['status'] & string): Mark =>
  answer(undefined, { occurrence: occurrence.occurrence, participant: someone(key), status }, author) as Mark;

describe('the list of an occurrence', () => {
  const cards = [card('z', 'Zahra'), card('a', 'Aynur'), card('h', 'Hamid'), card('w', 'Sami', true)];
  const enrolments = [enrolled('z', '2023-10-01'), enrolled('a', '2023-10-01'), enrolled('h', '2023-10-01')];
  const listOf = (more: Partial<Parameters<typeof rosterOf>[0]> = {}) =>
    rosterOf({ group, occurrence, enrolments, cards, marks: [], ...more });

  it('is in the order of the names', () => {
    expect(listOf().map((entry) => entry.card?.firstName)).toEqual(['Aynur', 'Hamid', 'Zahra']);
  });

  it('holds who is enrolled that day: first and last day count', () => {
    const some = [
      enrolled('a', '2023-11-20'),
      enrolled('z', '2023-10-01', '2023-11-20'),
      enrolled('h', '2023-10-01', '2023-11-19'),
      enrolled('w', '2023-11-21'),
      enrolled('x', '2023-10-01', undefined, 'g2' as GroupId),
    ];
    expect(listOf({ enrolments: some }).map((entry) => entry.participant)).toEqual(['a', 'z']);
  });

  it('keeps someone whose card has not arrived, last', () => {
    const list = listOf({ enrolments: [...enrolments, enrolled('new', '2023-11-01')] });
    expect(list.at(-1)).toEqual({ participant: 'new', card: undefined, because: 'enrolled' });
  });

  it('adds guests and walk-ins who were marked there, until their answer is cleared', () => {
    const guest = mark('w', 'present');
    expect(listOf({ marks: [guest] }).find((entry) => entry.participant === 'w')?.because).toBe('walkIn');
    const validated = [...cards.slice(0, 3), card('w', 'Sami')];
    const list = listOf({ cards: validated, marks: [guest] });
    expect(list.find((entry) => entry.participant === 'w')?.because).toBe('guest');
    expect(listOf({ marks: [clearAnswer(guest, author) as Mark] })).toHaveLength(3);
  });

  it('keeps apart the marks of other occurrences', () => {
    const other = { ...mark('w', 'present'), occurrence: 'g2.2023-11-20T1000' as OccurrenceId };
    expect(listOf({ marks: [other] })).toHaveLength(3);
  });

  it('counts each answer, and the unmarked apart', () => {
    const marks = [mark('a', 'late'), clearAnswer(mark('h', 'absent'), author) as Mark];
    expect(countMarks(listOf(), marks)).toEqual({
      present: 0,
      late: 1,
      leftEarly: 0,
      excused: 0,
      absent: 0,
      unmarked: 2,
    });
    expect(unmarked(listOf(), marks).map((entry) => entry.participant)).toEqual(['h', 'z']);
  });

  it('offers everyone else of the term to be added', () => {
    expect(whoMayJoin(listOf(), cards).map((other) => other.firstName)).toEqual(['Sami']);
  });

  it('counts each person once in a list of 4,000 with 20,000 marks', () => {
    const many = Array.from({ length: 4000 }, (_, index) => `p${index}`);
    const marks = many.flatMap((key) => Array.from({ length: 5 }, () => mark(key, 'present')));
    const list = listOf({
      cards: many.map((key) => card(key, key)),
      enrolments: many.map((key) => enrolled(key, '2023-10-01')),
      marks,
    });
    expect(countMarks(list, marks).present).toBe(4000);
  });
});

describe('someone who comes without being enrolled', () => {
  it('gets a provisional card and a mark that parse, and no enrolment', () => {
    const made = walkIn(
      {
        participant: someone('new'),
        occurrence: occurrence.occurrence,
        firstName: ' Élif ',
        familyName: 'Şahin',
      },
      author,
    );
    expect(parseDocument(made.card)).toMatchObject({ ok: true });
    expect(parseDocument(made.mark)).toMatchObject({ ok: true });
    expect(made.card).toMatchObject({ firstName: 'Élif', sortKey: 'elif sahin', isProvisional: true });
    expect(made.mark.status).toBe('present');
    const list = rosterOf({ group, occurrence, enrolments: [], cards: [made.card], marks: [made.mark] });
    expect(list.map((entry) => entry.because)).toEqual(['walkIn']);
  });

  it('may have one name only, typed in either field', () => {
    const of = (firstName: string, familyName?: string) =>
      walkIn(
        { participant: someone('new'), occurrence: occurrence.occurrence, firstName, familyName },
        author,
      ).card;
    for (const card of [of('Habibullah'), of(' ', 'Habibullah'), of('Habibullah', ' ')]) {
      expect(card).toMatchObject({ firstName: 'Habibullah', sortKey: 'habibullah' });
      expect(card).not.toHaveProperty('familyName');
      expect(parseDocument(card)).toMatchObject({ ok: true });
    }
    expect(() => of(' ', '')).toThrow();
  });

  it('has no half of a character where a long name is cut', () => {
    const person = { participant: someone('new'), occurrence: occurrence.occurrence };
    const { card } = walkIn({ ...person, firstName: `${'a'.repeat(199)}😀` }, author);
    expect(card.firstName.isWellFormed()).toBe(true);
    expect(card.firstName).toHaveLength(200);
  });
});

describe('an action on the list', () => {
  const roster = ['a', 'h', 'z'].map((key) => ({
    participant: someone(key),
    card: undefined,
    because: 'enrolled' as const,
  }));
  /** The smallest store: what the edits see and leave. */
  const commit = (documents: Map<string, Mark>, edits: ReturnType<typeof markAllPresent>['edits']) => {
    for (const edit of edits) {
      const next = edit.change(documents.get(edit.id));
      if (next !== undefined) documents.set(edit.id, next as Mark);
    }
  };

  it('« Tous présents » answers for the unmarked as they are when it is written', () => {
    const documents = new Map<string, Mark>();
    const all = markAllPresent(occurrence.occurrence, roster, author);
    // Another phone's answer comes after the tap and before the transaction.
    documents.set(mark('h', 'absent')._id, mark('h', 'absent'));
    commit(documents, all.edits);
    expect([...documents.values()].map((each) => [each.participant, each.status]).sort()).toEqual([
      ['a', 'present'],
      ['h', 'absent'],
      ['z', 'present'],
    ]);
    expect(all.changes().map((change) => change.participant)).toEqual(['a', 'z']);
  });

  it('is undone whole, save what was answered since', () => {
    const documents = new Map<string, Mark>();
    const all = answerTheUnmarked(occurrence.occurrence, roster, 'absent', author);
    commit(documents, all.edits);
    const tap = answerAction(
      { occurrence: occurrence.occurrence, participant: someone('z') },
      'late',
      author,
    );
    commit(documents, tap.edits);
    commit(documents, undoAction(all.changes(), author).edits);
    expect([...documents.values()].map((each) => each.status)).toEqual([null, null, 'late']);
    commit(documents, undoAction(tap.changes(), author).edits);
    expect([...documents.values()].map((each) => each.status)).toEqual([null, null, 'absent']);
  });

  it('notes a change once when a transaction is tried again', () => {
    const all = markAllPresent(occurrence.occurrence, roster, author);
    commit(new Map(), all.edits);
    const documents = new Map([[mark('a', 'late')._id as string, mark('a', 'late')]]);
    commit(documents, all.edits);
    expect(all.changes().map((change) => change.participant)).toEqual(['h', 'z']);
  });
});
