import { describe, expect, it } from 'vitest';
import type { Author, Mark, MarkStatus, RosterCard } from '$lib/domain/documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from '$lib/domain/ids.ts';
import { answer, changeOf, clearAnswer } from '$lib/domain/roll-call.ts';
import { countMarks, walkIn, type RosterEntry } from '$lib/domain/roster.ts';
import {
  answered,
  answeredAfter,
  columnCount,
  keepingUnchanged,
  matchingRows,
  momentOf,
  rowsOf,
  statusGiven,
  thumbBarState,
  withConfirmed,
} from './list-view.ts';

const author: Author = {
  at: '2023-11-20T13:42:00Z',
  by: 'maia' as AccountName,
  device: 'phone1' as DeviceId,
};
const occurrence = 'group1.2023-11-20T1430' as OccurrenceId;
const person = (key: string) => key as ParticipantId;

function entry(key: string, firstName?: string, familyName?: string): RosterEntry {
  const card: RosterCard | undefined = firstName
    ? walkIn({ participant: person(key), occurrence, firstName, familyName }, author).card
    : undefined;
  return { participant: person(key), card, because: 'enrolled' };
}

function mark(key: string, status: MarkStatus): Mark {
  const made = answer(undefined, { occurrence, participant: person(key), status }, author);
  if (!made) throw new Error('a first answer is a mark');
  return made;
}

const roster = [entry('a', 'Hamid', 'Safi'), entry('b', 'Aynur', 'Yılmaz'), entry('c', 'Hamid', 'Noorzai')];

describe('the lines of the sheet', () => {
  it('calls people by their first name, and namesakes by their full name', () => {
    expect(rowsOf(roster).map((row) => row.calledName)).toEqual(['Hamid Safi', 'Aynur', 'Hamid Noorzai']);
  });

  it('keeps a line for someone whose card has not come yet', () => {
    expect(rowsOf([entry('x')])).toMatchObject([{ participant: 'x', firstName: '', fullName: '' }]);
  });

  it('finds a name typed without its accents or its capitals, from either end', () => {
    const rows = rowsOf(roster);
    expect(matchingRows(rows, 'yilm').map((row) => row.participant)).toEqual(['b']);
    expect(matchingRows(rows, 'SAFI ham').map((row) => row.participant)).toEqual(['a']);
    expect(matchingRows(rows, '  ')).toHaveLength(3);
  });
});

describe('counting', () => {
  it('puts whoever left early under the column of those who came', () => {
    const counts = countMarks(roster, [mark('a', 'present'), mark('b', 'leftEarly')]);
    expect(columnCount(counts, 'present')).toBe(2);
    expect(answered(counts)).toBe(2);
  });

  it('tells how many have an answer before the list on screen has caught up', () => {
    const before = mark('a', 'present');
    const changed = answer(undefined, { occurrence, participant: person('b'), status: 'absent' }, author);
    const marks = new Map([[before.participant, before]]);
    const changes = [changeOf(undefined, changed ?? before)];
    expect(answeredAfter(roster, marks, changes)).toEqual({ answered: 2, total: 3 });
  });

  it('counts a person added by the gesture itself', () => {
    expect(answeredAfter(roster, new Map(), [changeOf(undefined, mark('new', 'present'))])).toEqual({
      answered: 1,
      total: 4,
    });
  });

  it('takes an answer that was cleared out of the count', () => {
    const before = mark('a', 'present');
    const cleared = clearAnswer(before, author) ?? before;
    const marks = new Map([[before.participant, before]]);
    expect(answeredAfter(roster, marks, [changeOf(before, cleared)])).toEqual({ answered: 0, total: 3 });
  });
});

describe('the bar at the thumb', () => {
  const counts = (...marks: Mark[]) => countMarks(roster, marks);
  it('offers to begin, then the rest, then to close', () => {
    expect(thumbBarState(counts())).toBe('start');
    expect(thumbBarState(counts(mark('a', 'absent')))).toBe('rest');
    expect(thumbBarState(counts(mark('a', 'absent'), mark('b', 'late'), mark('c', 'present')))).toBe(
      'complete',
    );
  });
  it('has nothing to close on an empty list', () => {
    expect(thumbBarState(countMarks([], []))).toBe('nobody');
  });
});

describe('what a gesture did', () => {
  it('has one answer to announce when everybody got the same', () => {
    const changes = [changeOf(undefined, mark('a', 'present')), changeOf(undefined, mark('b', 'present'))];
    expect(statusGiven(changes)).toBe('present');
    expect(statusGiven([...changes, changeOf(undefined, mark('c', 'late'))])).toBeUndefined();
  });
  it('shows when a late person came and when someone left, and no other moment', () => {
    expect(momentOf(mark('a', 'late'))).toBe(author.at);
    expect(momentOf(mark('a', 'leftEarly'))).toBe(author.at);
    expect(momentOf(mark('a', 'absent'))).toBeUndefined();
  });
});

describe('reading the marks again', () => {
  it('keeps the very object of a mark that did not change', () => {
    const keep = keepingUnchanged();
    const first = { ...mark('a', 'present'), _rev: '1-a' };
    const second = { ...mark('b', 'late'), _rev: '1-b' };
    keep([first, second]);
    const again = keep([{ ...first }, { ...second, _rev: '2-b', status: 'absent' }]);
    expect(again.get(person('a'))).toBe(first);
    expect(again.get(person('b'))?.status).toBe('absent');
  });

  it('shows a mark just committed before it is read again, and then what is read', () => {
    const old = { ...mark('a', 'present'), _rev: '1-a' };
    const committed = { ...mark('a', 'absent'), _rev: '2-b' };
    const confirmed = new Map([[committed.participant, committed]]);
    expect(withConfirmed([old], confirmed)).toEqual([committed]);
    expect(withConfirmed([], confirmed)).toEqual([committed]);
    const later = { ...mark('a', 'late'), _rev: '12-c' };
    expect(withConfirmed([later], confirmed)).toEqual([later]);
  });
});
