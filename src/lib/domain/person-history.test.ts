import { describe, expect, it } from 'vitest';
import type { Author } from './documents.ts';
import { enrol, leave } from './enrolments.ts';
import { noteExit } from './exits.ts';
import type { AccountName, DeviceId, GroupId, OccurrenceId, ParticipantId, TermCode } from './ids.ts';
import { editParticipant, newParticipant, rosterCardOf } from './participants.ts';
import { personHistory } from './person-history.ts';
import { waitFor } from './places.ts';
import { answer, clearAnswer } from './roll-call.ts';
import { signUp, tell, withdraw } from './sign-ups.ts';

const author = (by: string, day: number): Author => ({
  at: `2026-03-0${day}T13:02:00.000Z`,
  by: by as AccountName,
  device: 'desk' as DeviceId,
});
const participant = 'p1' as ParticipantId;
const facts = {
  firstName: 'Farid',
  familyName: 'Ahmadi',
  gender: 'unknown' as const,
  languages: ['fa-AF'],
  isFrancophone: false,
  statusHistory: [],
};

const nothing = {
  ...{ file: undefined, cards: [], enrolments: [], exits: [], waits: [], signUps: [], marks: [] },
};

describe('the history of a person', () => {
  it('tells every change and every answer, the newest first', () => {
    const created = newParticipant(participant, facts, author('elise', 1));
    const file = editParticipant(created, { phone: '0611223344' }, author('elise', 3));
    const card = rosterCardOf(file, 'full', undefined, author('elise', 2));
    const group = 'g1' as GroupId;
    const enrolled = enrol(undefined, { group, participant, from: '2026-03-02' }, author('elise', 2));
    const left = leave(enrolled, '2026-03-08', author('anne', 8));
    const occurrence = 'g1.2026-03-04T1000' as OccurrenceId;
    const absent = answer(undefined, { occurrence, participant, status: 'absent' }, author('maia', 4));
    const mark = clearAnswer(absent, author('maia', 5));
    if (!mark) throw new Error('a mark was expected');
    const events = personHistory({
      ...nothing,
      file,
      cards: [{ term: 's1' as TermCode, card }],
      enrolments: [left],
      marks: [mark],
    });
    expect(events.map(({ about, by, at }) => `${at.slice(8, 10)} ${by} ${about}`)).toEqual([
      '08 anne enrolment',
      '05 maia mark',
      '04 maia mark',
      '03 elise file',
      '02 elise card',
      '02 elise enrolment',
      '01 elise file',
    ]);
    expect(events[3]).toMatchObject({ kind: 'edited', fields: [{ field: 'phone', after: '0611223344' }] });
  });

  it('tells of each beginning the day that it had then, whatever came after', () => {
    const group = 'g1' as GroupId;
    const first = enrol(undefined, { group, participant, from: '2026-02-06' }, author('elise', 1));
    const left = leave(first, '2026-03-01', author('elise', 2));
    const back = enrol(left, { group, participant, from: '2026-04-03' }, author('elise', 3));
    const told = (enrolment: typeof back) =>
      personHistory({ ...nothing, enrolments: [enrolment] }).map((event) =>
        event.about === 'enrolment' ? event.from : undefined,
      );
    expect(told(back)).toEqual(['2026-04-03', '2026-02-06', '2026-02-06']);
    expect(told(left)).toEqual(['2026-02-06', '2026-02-06']);
  });

  it('tells why somebody left, as it was noted then and as it was corrected', () => {
    const group = 'g1' as GroupId;
    const left = { term: 's1' as TermCode, group, participant, date: '2026-03-01' };
    const noted = noteExit(undefined, { ...left, reason: 'unknown' }, author('elise', 2));
    const exit = noteExit(noted, { ...left, reason: 'job' }, author('anne', 3));
    expect(personHistory({ ...nothing, exits: [exit] })).toMatchObject([
      { about: 'exit', by: 'anne', kind: 'edited', reason: 'job', fields: [{ before: 'unknown' }] },
      { about: 'exit', by: 'elise', kind: 'created', reason: 'unknown' },
    ]);
  });

  it('tells of waiting for a group, and of signing up and withdrawing, each once', () => {
    const group = 'g1' as GroupId;
    const occurrence = 'g2.2026-03-20T1400' as OccurrenceId;
    const wait = waitFor(undefined, { group, participant }, author('elise', 1));
    const first = signUp(undefined, { occurrence, participant, told: 'waiting' }, author('maia', 2));
    const told = tell(first, 'place', author('maia', 3));
    const out = withdraw(told, author('anne', 4));
    if (!out) throw new Error('a sign-up was expected');
    const events = personHistory({ ...nothing, waits: [wait], signUps: [out] });
    expect(events.map((one) => `${one.by} ${one.about === 'signUp' ? one.state : one.about}`)).toEqual([
      'anne withdrawn',
      'maia signedUp',
      'elise waiting',
    ]);
  });

  it('of documents from before changes were kept begins with who wrote them', () => {
    const { changes: _changes, ...file } = newParticipant(participant, facts, author('elise', 1));
    expect(personHistory({ ...nothing, file })).toEqual([
      { ...author('elise', 1), about: 'file', kind: 'created', fields: [] },
    ]);
  });
});
