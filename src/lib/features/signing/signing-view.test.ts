import { describe, expect, it } from 'vitest';
import type { Mark, MarkStatus } from '$lib/domain/documents.ts';
import { answer } from '$lib/domain/roll-call.ts';
import { author, meetingOn, person, sheetExample } from '$lib/domain/sheet-examples.ts';
import { sign, signers, toSignFor, type Given } from '$lib/domain/signatures.ts';
import { signingView } from './signing-view.ts';

const meeting = meetingOn('2023-11-20');
const { occurrence } = meeting;
const zone = 'Europe/Paris';
const mark = (place: number, status: MarkStatus, more: Partial<Mark> = {}): Mark => ({
  ...(answer(undefined, { occurrence, participant: person(place), status }, author(1)) as Mark),
  ...more,
});
const late = mark(1, 'late', { arrivedAt: '2023-11-20T14:00:00.000Z' });
const marks = [mark(0, 'present'), late, mark(2, 'absent'), mark(3, 'present')];

function signed(of: Mark, given: Given) {
  const signedFor = toSignFor(of, meeting, zone);
  if (!signedFor) throw new Error('nothing to sign');
  return sign(undefined, { occurrence, participant: of.participant }, given, signedFor, author(2));
}
const drawn = { drawn: { path: 'M1 2L3 4', width: 600, height: 200 } };
const viewOf = (...signatures: ReturnType<typeof signed>[]) => {
  const { group, enrolments, cards } = sheetExample(['Aynur', 'Farid', 'Hamid', 'Zahra', 'Omid']);
  return signingView({ group, occurrence: meeting, enrolments, cards, signUps: [], marks, signatures }, zone);
};

describe('the list for signing', () => {
  it('holds those who were there, with the hours that each signs for, and says how many have no answer', () => {
    const { rows, unmarked } = viewOf();
    expect(rows.map(({ name, from, to, state }) => [name, from, to, state])).toEqual([
      ['Aynur', '14:30', '16:30', 'toSign'],
      ['Farid', '15:00', '16:30', 'toSign'],
      ['Zahra', '14:30', '16:30', 'toSign'],
    ]);
    expect(unmarked).toBe(1);
  });

  it('knows who has signed, who has said why not, and whose signature was for something else', () => {
    const before = signed(mark(1, 'present'), drawn);
    const refused = { refused: { reason: 'refused', witness: 'Maïa' } } as const;
    const signatures = [signed(marks[0] ?? late, drawn), before, signed(marks[3] ?? late, refused)];
    expect(viewOf(...signatures).rows.map(({ state }) => state)).toEqual(['signed', 'again', 'without']);
    const markOf = new Map(marks.map((one) => [one.participant, one]));
    expect([...signers(signatures, markOf, meeting, zone)]).toEqual([person(0)]);
    expect(viewOf(signed(late, { confirmed: { witness: 'Maïa' } })).rows[1]?.state).toBe('signed');
  });

  it('asks again whoever refused for something else', () => {
    const refused = { refused: { reason: 'unable', witness: 'Maïa' } } as const;
    expect(viewOf(signed(mark(1, 'present'), refused)).rows[1]?.state).toBe('toSign');
  });
});
