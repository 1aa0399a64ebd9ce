import { describe, expect, it } from 'vitest';
import { parseDocument, type Mark, type Signature } from './documents.ts';
import { answer } from './roll-call.ts';
import { author, meetingOn, person } from './sheet-examples.ts';
import { mayReplace, sign, stands, toSignFor } from './signatures.ts';

const meeting = meetingOn('2023-11-20');
const zone = 'Europe/Paris';
const place = { occurrence: meeting.occurrence, participant: person(0) };
const marked = (status: Mark['status'], more: Partial<Mark> = {}): Mark => ({
  ...(answer(undefined, { ...place, status: status ?? 'present' }, author(1)) as Mark),
  status,
  ...more,
});
const present = marked('present');
const drawn = { path: 'M1 2L3 4', width: 600, height: 200 };
const given = (mark: Mark) => {
  const signedFor = toSignFor(mark, meeting, zone);
  if (!signedFor) throw new Error('nothing to sign');
  return sign(undefined, place, { drawn }, signedFor, author(2));
};

describe('a signature', () => {
  it('is given for an answer, its minutes, a day and its hours', () => {
    expect(given(present).for).toEqual({
      ...{ status: 'present', minutes: 120, date: '2023-11-20', start: '14:30', end: '16:30' },
    });
    expect(given(marked('late', { arrivedAt: '2023-11-20T14:00:00.000Z' })).for?.minutes).toBe(90);
    for (const status of ['absent', 'excused', null] as const)
      expect(toSignFor(marked(status), meeting, zone)).toBeUndefined();
  });

  it('stands while the list says what it was given for', () => {
    const signature = given(present);
    expect(stands(signature, present, meeting, zone)).toBe(true);
    for (const mark of [
      marked('late'),
      marked('leftEarly', { leftAt: '2023-11-20T15:00:00.000Z' }),
      marked('absent'),
      marked(null),
      undefined,
    ])
      expect(stands(signature, mark, meeting, zone)).toBe(false);
    expect(stands(signature, present, { ...meeting, end: '17:30' }, zone)).toBe(false);
    expect(stands(signature, present, { ...meeting, date: '2023-11-21' }, zone)).toBe(false);
  });

  it('of a version that did not say what for stands for anybody who was there', () => {
    const { for: _for, ...rest } = given(present);
    const old = rest as Signature;
    expect(stands(old, marked('late'), meeting, zone)).toBe(true);
    expect(stands(old, undefined, meeting, zone)).toBe(true);
    expect(stands(old, marked('absent'), meeting, zone)).toBe(false);
  });

  it('given again keeps those before it, and what newer versions wrote', () => {
    const first = { ...given(present), novelty: 1 } as Signature;
    const signedFor = toSignFor(present, meeting, zone);
    if (!signedFor) throw new Error('nothing to sign');
    const onPaper = { list: 'A1B2-C3D4', version: 1, page: 1 };
    let last = first;
    for (let minute = 3; minute < 13; minute += 1)
      last = sign(last, place, { onPaper }, signedFor, author(minute));
    expect(last).toMatchObject({ novelty: 1, onPaper });
    expect(last).not.toHaveProperty('drawn');
    expect(last.former).toHaveLength(6);
    expect(sign(first, place, { onPaper }, signedFor, author(3)).former).toMatchObject([
      { drawn, by: 'maia' },
    ]);
    expect(parseDocument(last).ok).toBe(true);
  });

  it('is replaced by its author or a coordinator', () => {
    const signature = given(present);
    expect(mayReplace(signature, 'maia', false)).toBe(true);
    expect(mayReplace(signature, 'noor', false)).toBe(false);
    expect(mayReplace(signature, 'elise', true)).toBe(true);
    expect(mayReplace(undefined, 'noor', false)).toBe(true);
  });
});
