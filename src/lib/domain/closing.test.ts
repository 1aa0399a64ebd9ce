import { describe, expect, it } from 'vitest';
import { closeRollCall, isHeld, reopenRollCall } from './closing.ts';
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
