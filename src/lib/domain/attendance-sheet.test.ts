import { describe, expect, it } from 'vitest';
import {
  attendanceSheet,
  doubtsOf,
  isProvisional,
  isToSignAgain,
  type SheetRecords,
} from './attendance-sheet.ts';
import { canonicalJson } from './canonical-json.ts';
import { closeRollCall, countPeople, keepAside, reopenRollCall } from './closing.ts';
import {
  parseDocument,
  type Closing,
  type Group,
  type Mark,
  type MarkStatus,
  type Occurrence,
  type RosterCard,
  type Signature,
} from './documents.ts';
import { groupSheet, sheetsOfGroup } from './group-sheet.ts';
import { elsewhere } from './meeting-place.ts';
import { answer } from './roll-call.ts';
import { answersOf, countMarks, rosterOf } from './roster.ts';
import { author, meetingOn, person, sheetExample } from './sheet-examples.ts';
import { sign, toSignFor, type SignedFor } from './signatures.ts';

const names = ['Aynur', 'Farid', 'Hamid', 'Zahra'];
const meeting = meetingOn('2023-11-20');
const mark = (place: number, status: MarkStatus, more: Partial<Mark> = {}): Mark => ({
  ...(answer(
    undefined,
    { occurrence: meeting.occurrence, participant: person(place), status },
    author(1),
  ) as Mark),
  ...more,
});
const marks = [
  mark(0, 'present'),
  mark(1, 'late', { arrivedAt: '2023-11-20T14:00:00.000Z' }),
  mark(2, 'excused', { reason: 'personal' }),
  mark(3, 'absent'),
];
const example = (more: Partial<SheetRecords> = {}) =>
  sheetExample(names, { meetings: [meeting], marks, ...more });
const sheetOf = (records: SheetRecords) => attendanceSheet(meeting, records);

function closed(before: Closing | undefined, records: SheetRecords, minute: number): Closing {
  const { group, enrolments, cards } = records;
  const counts = countMarks(
    rosterOf({ group, occurrence: meeting, enrolments, cards, marks: records.marks }),
    records.marks,
  );
  const facts = { occurrence: meeting.occurrence, counts, counted: answersOf(records.marks) };
  return closeRollCall(before, facts, author(minute)) as Closing;
}

describe('the attendance sheet of a meeting', () => {
  it('says where, when, who and who led it', () => {
    const [before, after] = [meetingOn('2023-11-13'), meetingOn('2023-11-27', { state: 'cancelled' })];
    const dropped = meetingOn('2023-11-06', { isDropped: true, state: 'cancelled' });
    expect(sheetOf(example({ meetings: [after, meeting, dropped, before] }))).toMatchObject({
      ...{ organisation: 'Paris 13', workshop: 'Atelier conversation', term: 'S3.23' },
      ...{ group: 'Conversation du lundi', number: 2, meetings: 3, place: 'Les Amarres', minutes: 120 },
      lines: [
        { name: 'Aynur', status: 'present', minutes: 120 },
        { name: 'Farid', status: 'late', arrivedAt: '2023-11-20T14:00:00.000Z', minutes: 90 },
        { name: 'Hamid', status: 'excused', reason: 'personal', minutes: 0 },
        { name: 'Zahra', status: 'absent', minutes: 0 },
      ],
      counts: { present: 1, late: 1, excused: 1, absent: 1, unmarked: 0 },
    });
    expect(
      sheetOf(example({ shifts: sheetExample(names, { meetings: [meeting] }).shifts })).facilitators,
    ).toEqual([{ name: 'Maïa Lenoir', role: 'lead', kind: 'volunteer' }]);
    expect(sheetOf(example({ nameOf: () => 'Aynur Yıldız' })).lines[0]?.name).toBe('Aynur Yıldız');
  });

  it('does not name a place whose name reveals care', () => {
    const venues = example().venues.map((venue) => ({ ...venue, isSensitive: true }));
    expect(sheetOf(example({ venues })).place).toBeUndefined();
    const meetings = [{ ...meeting, place: 'CAPSYS, salle 2' }];
    expect(attendanceSheet(meetings[0] ?? meeting, example({ venues, meetings })).place).toBeUndefined();
  });

  it('says the words of the group only of what takes place in none of the rooms', () => {
    const placeOf = (more: Partial<Occurrence>, group: Partial<Group>) => {
      const records = example({ meetings: [meetingOn('2023-11-20', more)] });
      const moved = { ...records, group: { ...records.group, ...group } };
      return attendanceSheet(meetingOn('2023-11-20', more), moved).place;
    };
    const inWords = { venue: elsewhere, place: 'Parc de Choisy' };
    // Held in a room before the group moved to the park; moved to a room for a day after it had.
    expect(placeOf({}, inWords)).toBe('Les Amarres');
    expect(placeOf({ venue: elsewhere }, inWords)).toBe('Parc de Choisy');
    expect(placeOf({ venue: elsewhere, place: 'Musée' }, inWords)).toBe('Musée');
  });

  it('sets walk-ins and guests apart', () => {
    const guest = {
      ...example().cards[0],
      participant: person(9),
      firstName: 'Sami',
      isProvisional: true,
    } as RosterCard;
    const sheet = sheetOf(
      example({ cards: [...example().cards, guest], marks: [...marks, mark(9, 'present')] }),
    );
    expect(sheet.lines).toHaveLength(4);
    expect(sheet.others).toMatchObject([{ name: 'Sami', because: 'walkIn' }]);
    expect(sheet.counts.present).toBe(2);
  });

  it('is provisional until it is closed, everybody has an answer and all is sent', () => {
    const open = sheetOf(example({ marks: marks.slice(1) }));
    expect(doubtsOf(open, 1)).toEqual({ open: 1, unmarked: 1, late: 0, unsent: 1 });
    const records = example();
    const sheet = sheetOf({ ...records, closings: [closed(undefined, records, 2)] });
    expect(sheet).toMatchObject({ version: 1, rectified: [], isClosed: true });
    expect(isProvisional(doubtsOf(sheet, 0))).toBe(false);
    expect(isProvisional(doubtsOf(sheet, 1))).toBe(true);
  });

  it('has a version for each closing, with who corrected it and when', () => {
    const first = example();
    const one = closed(undefined, first, 2);
    const reopened = reopenRollCall(one, author(3)) as Closing;
    expect(sheetOf({ ...first, closings: [reopened] })).toMatchObject({ version: 1, isClosed: false });
    const second = example({ marks: [mark(0, 'absent'), ...marks.slice(1)] });
    const two = closed(reopened, second, 4);
    const sheet = sheetOf({ ...second, closings: [two] });
    expect(sheet).toMatchObject({ version: 2, isClosed: true });
    expect(sheet.rectified).toEqual([{ at: author(4).at, by: 'Maïa Lenoir' }]);
    const counted = countPeople(
      two,
      { occurrence: meeting.occurrence, what: 'headcount', number: 9 },
      author(5),
    );
    expect(sheetOf({ ...second, closings: [counted as Closing] })).toMatchObject({
      version: 3,
      headcount: 9,
    });
  });

  it('tells answers since the closing, and is another version once they were seen', () => {
    const one = closed(undefined, example(), 2);
    const records = example({ marks: [mark(0, 'absent'), ...marks.slice(1)], closings: [one] });
    expect(doubtsOf(sheetOf(records), 0)).toMatchObject({ late: 1 });
    const seen = keepAside(one, new Map([[person(0), 'absent']]), author(6)) as Closing;
    expect(sheetOf({ ...records, closings: [seen] })).toMatchObject({ late: 0, version: 2 });
  });

  it('shows a signature, or why there is none, of those who were there', () => {
    const signature = (place: number, more: Partial<Signature>) =>
      ({
        ...author(1),
        ...{ _id: `signature:${meeting.occurrence}:${person(place)}`, type: 'signature', v: 1 },
        ...{ occurrence: meeting.occurrence, participant: person(place), ...more },
      }) as Signature;
    const drawn = { path: 'M10 20L30 40M1 2', width: 300, height: 120 };
    const refused = { reason: 'unable', witness: 'Maïa' } as const;
    const signatures = [signature(0, { drawn }), signature(1, { refused }), signature(3, { drawn })];
    expect(signatures.every((one) => parseDocument(one).ok)).toBe(true);
    const { lines } = sheetOf(example({ signatures }));
    expect(lines[0]).toMatchObject({ drawn });
    expect(lines[1]).toMatchObject({ refused });
    expect(lines[3]).not.toHaveProperty('drawn');
    for (const path of ['M1 2C3 4', 'M1 2"/><script>', '', `M1 2${'L3 4'.repeat(6000)}`])
      expect(parseDocument(signature(0, { drawn: { ...drawn, path } })).ok).toBe(false);
  });

  it('asks for a new signature where the list now says something else, in both versions tellable', () => {
    const place = { occurrence: meeting.occurrence, participant: person(0) };
    const signedFor = toSignFor(marks[0], meeting, 'Europe/Paris');
    const drawn = { path: 'M10 20L30 40', width: 600, height: 200 };
    const signed = sign(undefined, place, { drawn }, signedFor as SignedFor, author(2));
    expect(parseDocument(signed).ok).toBe(true);
    const first = example({ signatures: [signed] });
    const one = closed(undefined, first, 3);
    const before = sheetOf({ ...first, closings: [one] });
    expect(before).toMatchObject({ version: 1, rectified: [] });
    expect(before.lines[0]).toMatchObject({ drawn });
    expect(before.lines.filter(isToSignAgain)).toEqual([]);

    // Came at three, after all.
    const came = mark(0, 'late', { arrivedAt: '2023-11-20T14:00:00.000Z' });
    const second = example({ marks: [came, ...marks.slice(1)], signatures: [signed] });
    const two = closed(reopenRollCall(one, author(4)) as Closing, second, 5);
    const after = sheetOf({ ...second, closings: [two] });
    expect(after).toMatchObject({ version: 2, rectified: [{ by: 'Maïa Lenoir' }] });
    expect(after.lines[0]).not.toHaveProperty('drawn');
    expect(after.lines[0]).toMatchObject({ outdated: { at: signed.at, for: { minutes: 120 } } });
    expect(after.lines.filter(isToSignAgain)).toHaveLength(1);
    expect(canonicalJson(after)).not.toBe(canonicalJson(before));

    const again = sign(
      signed,
      place,
      { drawn },
      toSignFor(came, meeting, 'Europe/Paris') as SignedFor,
      author(6),
    );
    expect(sheetOf({ ...second, signatures: [again], closings: [two] }).lines[0]).toMatchObject({ drawn });
    expect(again.former).toMatchObject([{ drawn, at: signed.at, for: { status: 'present' } }]);

    // Absent, after all: struck, and nothing is asked of whoever was not there.
    const away = sheetOf(example({ marks: [mark(0, 'absent'), ...marks.slice(1)], signatures: [signed] }));
    expect(away.lines[0]).not.toHaveProperty('drawn');
    expect(away.lines.filter(isToSignAgain)).toEqual([]);
  });

  it('is the same whatever the order of the documents', () => {
    const records = example();
    const turned = {
      ...records,
      marks: [...marks].reverse(),
      cards: [...records.cards].reverse(),
      enrolments: [...records.enrolments].reverse(),
    };
    expect(canonicalJson(sheetOf(turned))).toBe(canonicalJson(sheetOf(records)));
  });
});

describe("a group's sheet over the term", () => {
  it('lines people up by meetings; cancelled ones count for nobody', () => {
    const meetings = [meeting, meetingOn('2023-11-27', { state: 'cancelled' }), meetingOn('2023-12-04')];
    const guest = { ...example().cards[0], participant: person(9), firstName: 'Sami' } as RosterCard;
    const records = example({
      meetings,
      cards: [...example().cards, guest],
      marks: [...marks, mark(9, 'present')],
    });
    const sheets = sheetsOfGroup(records);
    const sheet = groupSheet(sheets, records, '2023-12-31');
    expect(sheet.meetings.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(sheet.rows.map(({ name }) => name)).toEqual([...names, 'Sami']);
    expect(sheet.rows[0]).toMatchObject({ came: 1, expected: 2, minutes: 120, isListed: true });
    expect(sheet.rows[4]).toMatchObject({ came: 1, expected: 1, isListed: false });
    expect(sheet.rows[4]?.cells).toEqual([{ status: 'present' }, undefined, undefined]);
  });

  it('expects nobody yet at what is still to come', () => {
    const planned = { state: 'planned' as const };
    const meetings = [
      ...[meeting, meetingOn('2023-11-27', planned), meetingOn('2023-12-04', planned)],
      meetingOn('2023-12-11', planned),
    ];
    const excused = {
      ...mark(0, 'excused'),
      _id: `mark:${meetings[3]?.occurrence}:${person(0)}`,
      occurrence: meetings[3]?.occurrence,
    } as Mark;
    const records = example({ meetings, marks: [...marks, excused] });
    // The second is today, or over without a word about it.
    const sheet = groupSheet(sheetsOfGroup(records), records, '2023-11-27');
    expect(sheet.rows[0]).toMatchObject({ came: 1, expected: 2, minutes: 120 });
    expect(sheet.rows[0]?.cells).toEqual([
      { status: 'present' },
      ...[{ status: null }, undefined, { status: 'excused' }],
    ]);
    expect(sheet.meetings.map(({ isToCome }) => isToCome)).toEqual([false, false, true, true]);
  });
});
