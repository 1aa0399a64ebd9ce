import { describe, expect, it } from 'vitest';
import { closeRollCall, countPeople, isHeld, keepAside, knownAnswers, reopenRollCall } from './closing.ts';
import { mergeClosings } from './closings-merge.ts';
import { parseDocument, type Author, type Closing } from './documents.ts';
import type { AccountName, DeviceId, OccurrenceId } from './ids.ts';

const author = (minute: number): Author => ({
  at: `2023-11-20T15:${String(minute).padStart(2, '0')}:00.000Z`,
  by: 'maia' as AccountName,
  device: 'phone' as DeviceId,
});
const occurrence = 'g1.2023-11-20T1430' as OccurrenceId;
const counts = { present: 10, late: 1, leftEarly: 0, excused: 1, absent: 2, unmarked: 0 };
const closed = closeRollCall(undefined, { occurrence, counts }, author(0)) as Closing;

describe('closing a roll call', () => {
  it('keeps the counts and parses', () => {
    expect(parseDocument(closed)).toMatchObject({ ok: true });
    expect(closed).toMatchObject({ state: 'closed', closedAt: author(0).at, counts });
    expect(closed.history).toHaveLength(1);
  });

  it('changes nothing when it is closed already with the same counts', () => {
    expect(closeRollCall(closed, { occurrence, counts }, author(1))).toBeUndefined();
    const corrected = closeRollCall(
      closed,
      { occurrence, counts: { ...counts, present: 11, absent: 1 } },
      author(1),
    );
    expect(corrected?.history).toHaveLength(2);
  });

  it('opens again and closes anew, and its history says so', () => {
    const reopened = reopenRollCall(closed, author(5)) as Closing;
    expect(reopened).toMatchObject({ state: 'reopened', closedAt: author(0).at, counts });
    expect(reopenRollCall(reopened, author(6))).toBeUndefined();
    expect(reopenRollCall(undefined, author(6))).toBeUndefined();
    const again = closeRollCall(reopened, { occurrence, counts, headcount: 14 }, author(7)) as Closing;
    expect(again.history.map((entry) => entry.state)).toEqual(['closed', 'reopened', 'closed']);
    expect(again.headcount).toBe(14);
    expect(parseDocument(again)).toMatchObject({ ok: true });
  });

  it('tells held from planned and cancelled', () => {
    expect(isHeld({ state: 'planned' }, undefined)).toBe(false);
    expect(isHeld({ state: 'planned' }, closed)).toBe(true);
    expect(isHeld({ state: 'held' }, undefined)).toBe(true);
    expect(isHeld({ state: 'cancelled' }, closed)).toBe(false);
  });
});

describe('counting people', () => {
  const count = (closing: Closing | undefined, number: number, minute: number, what?: 'returnCount') =>
    countPeople(closing, { occurrence, what: what ?? 'headcount', number }, author(minute)) as Closing;

  it('before the closing: nothing is held or closed by it, and closing keeps the number', () => {
    const counted = count(undefined, 14, 0);
    expect(parseDocument(counted)).toMatchObject({ ok: true });
    expect(counted).toMatchObject({ state: 'open', headcount: 14 });
    expect(isHeld({ state: 'planned' }, counted)).toBe(false);
    expect(countPeople(counted, { occurrence, what: 'headcount', number: 14 }, author(1))).toBeUndefined();
    const closedThen = closeRollCall(counted, { occurrence, counts }, author(2)) as Closing;
    expect(closedThen).toMatchObject({ state: 'closed', headcount: 14, counts, closedAt: author(2).at });
    expect(isHeld({ state: 'planned' }, closedThen)).toBe(true);
  });

  it('after it: the list stays closed, with its counts and the answers that it counted', () => {
    const counted = { ada: 'present' } as const;
    const first = closeRollCall(undefined, { occurrence, counts, counted }, author(0)) as Closing;
    const back = count(first, 12, 5, 'returnCount');
    expect(back).toMatchObject({ state: 'closed', counts, closedAt: author(0).at, returnCount: 12 });
    expect(knownAnswers(back)).toEqual(knownAnswers(first));
    expect(closeRollCall(back, { occurrence, counts, counted }, author(6))).toBeUndefined();
    const aside = keepAside(back, new Map([['bo', 'late']]), author(7)) as Closing;
    expect(knownAnswers(aside)?.get('ada')).toBe('present');
    expect(count(back, 14, 8, 'returnCount').history).toHaveLength(3);
  });

  it('takes no number that cannot be', () => {
    expect(count(undefined, -3, 0).headcount).toBe(0);
    expect(count(undefined, 1e9, 0).headcount).toBe(999);
    expect(count(undefined, 3.4, 0).headcount).toBe(3);
  });

  it('opens no list that another phone closed again, and closes none that one opened', () => {
    const reopened = reopenRollCall(closed, author(1)) as Closing;
    const again = closeRollCall(reopened, { occurrence, counts }, author(3)) as Closing;
    const heads = count(reopened, 9, 5);
    const merged = mergeClosings([heads, again]);
    expect(merged).toMatchObject({ state: 'closed', headcount: 9 });
    expect(mergeClosings([merged, again, heads])).toBe(merged);
    expect(mergeClosings([count(closed, 9, 5, 'returnCount'), reopened])).toMatchObject({
      state: 'reopened',
      returnCount: 9,
    });
  });

  it('on two phones: a closing stays, the number said last stands, every other is in the history', () => {
    const common = count(undefined, 20, 0);
    const corrected = count(common, 14, 5);
    const closedThere = closeRollCall(common, { occurrence, counts }, author(3)) as Closing;
    const merged = mergeClosings([corrected, closedThere]);
    expect(merged).toMatchObject({ state: 'closed', headcount: 14, counts });
    expect(mergeClosings([closedThere, corrected])).toEqual(merged);
    expect(mergeClosings([merged, corrected, closedThere])).toEqual(merged);
    expect(merged.history).toHaveLength(3);
    expect(parseDocument(merged)).toMatchObject({ ok: true });
  });
});
