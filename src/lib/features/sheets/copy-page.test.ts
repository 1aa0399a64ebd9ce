import { describe, expect, it } from 'vitest';
import { attendanceSheet, doubtsOf, isProvisional } from '$lib/domain/attendance-sheet.ts';
import { closeRollCall } from '$lib/domain/closing.ts';
import type { AnyDocument, Closing, Mark, MarkStatus, Signature } from '$lib/domain/documents.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { answersOf, countMarks, rosterOf } from '$lib/domain/roster.ts';
import { author, meetingOn, person, sheetExample } from '$lib/domain/sheet-examples.ts';
import { sign, toSignFor } from '$lib/domain/signatures.ts';
import { copyEdits, type CopiedLine } from './copy-page.ts';

const meeting = meetingOn('2023-11-20');
const { occurrence } = meeting;
const names = ['Aynur', 'Farid', 'Hamid'];
const zone = 'Europe/Paris';
const page = { list: 'A1B2-C3D4', version: 0, page: 1 };
const elise = { ...author(50, 'elise'), at: '2023-11-21T09:00:00.000Z' };

const markOf = (place: number, status: MarkStatus) =>
  answer(undefined, { occurrence, participant: person(place), status }, author(1)) as Mark;
const line = (place: number, status: MarkStatus | null, hasSigned = false): CopiedLine => ({
  ...{ participant: person(place), status, hasSigned },
});

/** What is held after a page was copied onto it. */
function copied(held: readonly AnyDocument[], lines: readonly CopiedLine[]) {
  const documents = new Map(held.map((document) => [document._id, document]));
  const read = () => {
    const all = [...documents.values()].filter(({ _deleted }) => !_deleted);
    return sheetExample(names, {
      meetings: [meeting],
      marks: all.filter((one) => one.type === 'mark'),
      signatures: all.filter((one) => one.type === 'signature'),
      closings: all.filter((one) => one.type === 'closing'),
    });
  };
  const { lines: all } = attendanceSheet(meeting, read());
  const list = { occurrence: meeting, lines: all, isOpenRoster: false };
  let written = 0;
  for (const { id, change } of copyEdits(list, lines, page, { author: elise, timeZone: zone })) {
    const next = change(documents.get(id));
    if (next) documents.set(id, next);
    written += next ? 1 : 0;
  }
  const sheet = attendanceSheet(meeting, read());
  return { sheet, written, documents: [...documents.values()] };
}

describe('a page copied from paper', () => {
  it('gives answers without a moment, and signatures that say on which page they are', () => {
    const { sheet, written, documents } = copied(
      [],
      [line(0, 'present', true), line(1, 'late'), line(2, 'absent')],
    );
    expect(written).toBe(4);
    expect(sheet.lines).toMatchObject([
      { status: 'present', onPaper: page },
      { status: 'late' },
      { status: 'absent' },
    ]);
    expect(sheet.lines[1]).not.toHaveProperty('arrivedAt');
    expect(sheet.lines[1]).not.toHaveProperty('onPaper');
    expect(documents.every(({ by }) => by === 'elise')).toBe(true);
  });

  it('writes nothing for what is known already', () => {
    const first = copied([], [line(0, 'present', true)]);
    expect(copied(first.documents, [line(0, 'present', true)]).written).toBe(0);
    expect(copied([], [line(0, null)]).written).toBe(0);
    // Whoever was not there has signed nothing.
    expect(copied([], [line(0, 'absent', true)]).sheet.lines[0]).not.toHaveProperty('onPaper');
  });

  it('leaves alone what was signed on the screen, and takes back what was ticked by mistake', () => {
    const mark = markOf(0, 'present');
    const signedFor = toSignFor(mark, meeting, zone);
    if (!signedFor) throw new Error('nothing to sign');
    const drawn = { path: 'M1 2L3 4', width: 600, height: 200 };
    const onScreen = sign(undefined, { occurrence, participant: person(0) }, { drawn }, signedFor, author(2));
    expect(copied([mark, onScreen], [line(0, 'present', true)]).written).toBe(0);
    expect(copied([mark, onScreen], [line(0, 'present', false)]).sheet.lines[0]).toMatchObject({ drawn });
    const ticked = copied([mark], [line(0, 'present', true)]).documents;
    expect(copied(ticked, [line(0, 'present', false)]).sheet.lines[0]).not.toHaveProperty('onPaper');
  });

  it('takes the place of a signature that stands no longer, and keeps it', () => {
    const mark = markOf(0, 'present');
    const signedFor = toSignFor(mark, meeting, zone);
    if (!signedFor) throw new Error('nothing to sign');
    const drawn = { path: 'M1 2L3 4', width: 600, height: 200 };
    const onScreen = sign(undefined, { occurrence, participant: person(0) }, { drawn }, signedFor, author(2));
    const { sheet, documents } = copied([mark, onScreen], [line(0, 'late', true)]);
    expect(sheet.lines[0]).toMatchObject({ status: 'late', onPaper: page });
    const kept = documents.find(({ type }) => type === 'signature') as Signature;
    expect(kept.former).toMatchObject([{ drawn, by: 'maia' }]);
  });

  it('makes another version of a list that was closed, by whoever copied, and only where an answer changed', () => {
    const marks = [markOf(0, 'present'), markOf(1, 'present'), markOf(2, 'absent')];
    const { group, enrolments, cards } = sheetExample(names, { meetings: [meeting] });
    const counts = countMarks(rosterOf({ group, occurrence: meeting, enrolments, cards, marks }), marks);
    const facts = { occurrence, counts, counted: answersOf(marks) };
    const closing = closeRollCall(undefined, facts, author(2)) as Closing;
    const { sheet } = copied([...marks, closing], [line(2, 'late', true)]);
    expect(sheet).toMatchObject({ version: 2, isClosed: true, late: 0, rectified: [{ at: elise.at }] });
    expect(isProvisional(doubtsOf(sheet, 0))).toBe(false);
    expect(copied([...marks, closing], [line(0, 'present', true)]).sheet).toMatchObject({
      version: 1,
      late: 0,
    });
  });
});
