import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Author } from './documents.ts';
import { parseDocument } from './documents.ts';
import { enrol, leave } from './enrolments.ts';
import type { AccountName, DeviceId, GroupId, ParticipantId } from './ids.ts';
import { addDays } from './local-time.ts';
import { isEnrolledOn } from './roster.ts';

const author: Author = {
  at: '2026-02-01T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const stay = { group: 'g1' as GroupId, participant: 'p1' as ParticipantId };
const day = (n: number) => addDays('2026-02-02', n);

describe('an enrolment', () => {
  it('is a document of its schema, with its beginning noted', () => {
    const enrolment = enrol(undefined, { ...stay, from: day(0) }, author);
    expect(parseDocument(enrolment)).toMatchObject({ ok: true });
    expect(enrolment.changes).toMatchObject([{ kind: 'created', by: 'elise' }]);
  });

  it('made twice is the same', () => {
    const once = enrol(undefined, { ...stay, from: day(0) }, author);
    expect(enrol(once, { ...stay, from: day(3) }, author)).toBe(once);
  });

  it('keeps every stay of somebody who left and came back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 4 }), (days) => {
        const [a = 0, b = 0, c = 0, d = 0] = days.sort((x, y) => x - y);
        const first = leave(enrol(undefined, { ...stay, from: day(a) }, author), day(b), author);
        const second = leave(enrol(first, { ...stay, from: day(c) }, author), day(d), author);
        for (let n = -1; n <= 61; n += 1) {
          const isThere = (a <= n && n <= b) || (c <= n && n <= d);
          expect(isEnrolledOn(second, day(n)), `day ${n}`).toBe(isThere);
        }
      }),
    );
  });

  it('is not lengthened by leaving later than the day of leaving', () => {
    const left = leave(enrol(undefined, { ...stay, from: day(0) }, author), day(10), author);
    expect(leave(left, day(20), author)).toBe(left);
  });
});
