import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markStatuses } from './documents/term.ts';
import { parseDocument, type Author, type Mark } from './documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from './ids.ts';
import {
  answer,
  answerIfUnmarked,
  changeOf,
  clearAnswer,
  correctArrival,
  correctDeparture,
  factsOf,
  isLate,
  isUnmarked,
  setReason,
  undo,
} from './roll-call.ts';

const place = {
  occurrence: 'g1.2023-11-20T1430' as OccurrenceId,
  participant: 'p1' as ParticipantId,
};
const author = (minute = 0, by = 'maia'): Author => ({
  at: `2023-11-20T13:${String(30 + minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: `phone-of-${by}` as DeviceId,
});
const given = (mark: Mark | undefined): Mark => {
  if (mark === undefined) throw new Error('a mark was expected');
  return mark;
};
const marked = (status: Mark['status'] & string, minute = 0) =>
  given(answer(undefined, { ...place, status }, author(minute)));

describe('answering', () => {
  it('makes a mark that says who, when and where, and that parses', () => {
    const mark = marked('present');
    expect(parseDocument(mark)).toEqual({ ok: true, document: mark });
    expect(mark).toEqual({
      _id: 'mark:g1.2023-11-20T1430:p1',
      type: 'mark',
      v: 1,
      at: '2023-11-20T13:30:00.000Z',
      by: 'maia',
      device: 'phone-of-maia',
      ...place,
      status: 'present',
      history: [{ status: 'present', at: '2023-11-20T13:30:00.000Z', by: 'maia', device: 'phone-of-maia' }],
    });
  });

  it('keeps the moment of the tap as the arrival of a late person', () => {
    const mark = marked('late', 12);
    expect(mark.arrivedAt).toBe('2023-11-20T13:42:00.000Z');
    expect(mark.history[0]?.arrivedAt).toBe('2023-11-20T13:42:00.000Z');
  });

  it('keeps no arrival from a tap after the end of the occurrence', () => {
    const hours = { startsAt: '2023-11-20T13:30:00Z', endsAt: '2023-11-20T13:40:00Z' };
    const mark = given(answer(undefined, { ...place, status: 'late', hours }, author(12)));
    expect(mark.status).toBe('late');
    expect(mark).not.toHaveProperty('arrivedAt');
    expect(given(answer(undefined, { ...place, status: 'late', hours }, author(10))).arrivedAt).toBe(
      '2023-11-20T13:40:00.000Z',
    );
  });

  it('keeps the arrival of a late person who leaves before the end', () => {
    const left = given(answer(marked('late', 5), { ...place, status: 'leftEarly' }, author(20)));
    expect(factsOf(left)).toEqual({
      status: 'leftEarly',
      arrivedAt: '2023-11-20T13:35:00.000Z',
      leftAt: '2023-11-20T13:50:00.000Z',
    });
  });

  it('forgets arrival and reason when the status changes, and keeps them in the history', () => {
    const late = marked('late', 5);
    const excused = given(
      setReason(given(answer(late, { ...place, status: 'excused' }, author(6))), 'family', author(7)),
    );
    const present = given(answer(excused, { ...place, status: 'present' }, author(8)));
    expect(factsOf(present)).toEqual({ status: 'present' });
    expect(present.history.map((entry) => entry.status)).toEqual(['late', 'excused', 'excused', 'present']);
    expect(present.history[2]?.reason).toBe('family');
  });

  it('changes nothing when the same answer is tapped again', () => {
    expect(answer(marked('late', 5), { ...place, status: 'late' }, author(9))).toBeUndefined();
  });

  it('never touches an answer when it is for the unmarked only', () => {
    expect(answerIfUnmarked(marked('absent'), { ...place, status: 'present' }, author(1))).toBeUndefined();
    expect(answerIfUnmarked(undefined, { ...place, status: 'present' }, author(1))?.status).toBe('present');
    const cleared = given(clearAnswer(marked('absent'), author(1)));
    expect(answerIfUnmarked(cleared, { ...place, status: 'present' }, author(2))?.status).toBe('present');
  });

  it('keeps the fields that a newer app wrote', () => {
    const newer = {
      ...marked('present'),
      mood: 'sunny',
      history: [{ ...marked('present').history[0], mood: 1 }],
    };
    const next = given(answer(newer as Mark, { ...place, status: 'absent' }, author(3)));
    expect(next['mood']).toBe('sunny');
    expect(next.history[0]?.['mood']).toBe(1);
  });
});

describe('correcting', () => {
  it('gives and takes a reason for an absence only', () => {
    expect(setReason(undefined, 'family', author())).toBeUndefined();
    expect(setReason(marked('present'), 'family', author(1))).toBeUndefined();
    const excused = given(setReason(marked('excused'), 'appointment', author(1)));
    expect(excused.reason).toBe('appointment');
    expect(setReason(excused, 'appointment', author(2))).toBeUndefined();
    const bare = given(setReason(excused, undefined, author(2)));
    expect(bare).not.toHaveProperty('reason');
    expect(bare.history).toHaveLength(3);
  });

  it('moves the arrival of a late person and the departure of who left', () => {
    const late = given(correctArrival(marked('late', 5), '2023-11-20T13:33:00Z', author(9)));
    expect(late.arrivedAt).toBe('2023-11-20T13:33:00Z');
    expect(late.history).toHaveLength(2);
    expect(correctArrival(marked('present'), '2023-11-20T13:33:00Z', author(9))).toBeUndefined();
    expect(correctDeparture(marked('late'), '2023-11-20T13:33:00Z', author(9))).toBeUndefined();
    const left = given(correctDeparture(marked('leftEarly', 20), '2023-11-20T14:33:00Z', author(29)));
    expect(left.leftAt).toBe('2023-11-20T14:33:00Z');
  });

  it('clears an answer into « non pointé » and remembers it', () => {
    const cleared = given(clearAnswer(marked('late', 4), author(6)));
    expect(isUnmarked(cleared)).toBe(true);
    expect(cleared).not.toHaveProperty('arrivedAt');
    expect(cleared.history.map((entry) => entry.status)).toEqual(['late', null]);
    expect(clearAnswer(cleared, author(7))).toBeUndefined();
    expect(clearAnswer(undefined, author(7))).toBeUndefined();
  });

  it('tells late from on time across the same instant written otherwise', () => {
    expect(isLate('2023-11-20T13:30:00.000Z', '2023-11-20T13:30:00Z')).toBe(false);
    expect(isLate('2023-11-20T13:30:01Z', '2023-11-20T13:30:00Z')).toBe(true);
  });
});

describe('undoing', () => {
  it('brings back the earlier answer with its facts, and the history grows', () => {
    const before = marked('late', 3);
    const after = given(answer(before, { ...place, status: 'absent' }, author(4)));
    const undone = given(undo(after, changeOf(before, after), author(5)));
    expect(factsOf(undone)).toEqual(factsOf(before));
    expect(undone.history).toHaveLength(3);
  });

  it('makes a person unmarked again who had no answer before', () => {
    const after = marked('present');
    expect(given(undo(after, changeOf(undefined, after), author(5))).status).toBeNull();
  });

  it('leaves an answer that came from someone else in the meantime', () => {
    const after = marked('present');
    const elsewhere = given(answer(after, { ...place, status: 'late' }, author(5, 'jean')));
    expect(undo(elsewhere, changeOf(undefined, after), author(6))).toBeUndefined();
  });
});

describe('whatever is tapped, in any order', () => {
  const tap = fc.oneof(
    fc
      .constantFrom(...markStatuses)
      .map((status) => (mark: Mark | undefined, by: Author) => answer(mark, { ...place, status }, by)),
    fc.constant((mark: Mark | undefined, by: Author) => clearAnswer(mark, by)),
    fc.constant((mark: Mark | undefined, by: Author) => setReason(mark, 'transport', by)),
    fc.constant((mark: Mark | undefined, by: Author) => correctArrival(mark, '2023-11-20T13:31:00Z', by)),
  );

  it('the history only grows, ends with the present answer, and the mark parses', () => {
    fc.assert(
      fc.property(fc.array(tap, { maxLength: 40 }), (taps) => {
        let mark: Mark | undefined;
        for (const [index, rule] of taps.entries()) {
          const next = rule(mark, author(index % 29));
          if (next === undefined) continue;
          expect(next.history.slice(0, -1)).toEqual(mark?.history ?? []);
          expect(factsOf(next.history.at(-1))).toEqual(factsOf(next));
          expect(parseDocument(next)).toMatchObject({ ok: true });
          mark = next;
        }
      }),
    );
  });

  it('undoing an action gives back what there was', () => {
    fc.assert(
      fc.property(fc.array(tap, { maxLength: 20 }), tap, (taps, last) => {
        let mark: Mark | undefined;
        for (const rule of taps) mark = rule(mark, author()) ?? mark;
        const after = last(mark, author(1));
        if (after === undefined) return;
        expect(factsOf(undo(after, changeOf(mark, after), author(2)))).toEqual(factsOf(mark));
      }),
    );
  });
});
