import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withChange } from './changes.ts';
import { closeRollCall, countPeople, keepAside, reopenRollCall } from './closing.ts';
import type { Author, Closing, Mark, SignUp, Venue } from './documents.ts';
import {
  venueDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
  type VenueCode,
} from './ids.ts';
import { journalOf, type HeldVersion } from './journal.ts';
import { answer, clearAnswer } from './roll-call.ts';
import { signUp, tell, withdraw } from './sign-ups.ts';

const author = (minute: number, by = 'maia'): Author => ({
  at: `2023-11-20T15:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: `phone-of-${by}` as DeviceId,
});
const where = { occurrence: 'g1.2023-11-20T1430' as OccurrenceId, participant: 'ada' as ParticipantId };
const held = (document: { _id: string }, isDeleted = false): HeldVersion => ({
  database: 's3-2023',
  id: document._id,
  isDeleted,
  body: document as unknown as Record<string, unknown>,
});
const venue: Venue = {
  _id: venueDocId('amarres' as VenueCode),
  type: 'venue',
  v: 1,
  ...author(0, 'elise'),
  venue: 'amarres' as VenueCode,
  name: 'Amarres',
};

describe('the journal', () => {
  const late = answer(undefined, { ...where, status: 'late' }, author(1)) as Mark;
  const absent = answer(late, { ...where, status: 'absent' }, author(2, 'noor')) as Mark;
  const cleared = clearAnswer(absent, author(3)) as Mark;

  it('tells every answer, with what stood before and after, the latest first', () => {
    const told = journalOf([held(cleared)]);
    expect(told.map(({ kind, by }) => [kind, by])).toEqual([
      ['cleared', 'maia'],
      ['answered', 'noor'],
      ['answered', 'maia'],
    ]);
    expect(told[1]?.fields).toContainEqual({ field: 'status', before: 'late', after: 'absent' });
    expect(told[0]?.fields).toContainEqual({ field: 'status', before: 'absent' });
  });

  it('tells that people were counted, and by how many it was mended', () => {
    const counted = (closing: Closing | undefined, number: number, minute: number) =>
      countPeople(closing, { ...where, what: 'headcount', number }, author(minute)) as Closing;
    const told = journalOf([held(counted(counted(undefined, 12, 1), 14, 2))]);
    expect(told.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['counted', [{ field: 'headcount', before: 12, after: 14 }]],
      ['counted', [{ field: 'headcount', after: 12 }]],
    ]);
  });

  it('tells who signed somebody up, told them and withdrew them', () => {
    const first = signUp(undefined, { ...where, told: 'place' }, author(1)) as SignUp;
    const gone = withdraw(tell(first, 'waiting', author(2)) as SignUp, author(3, 'noor')) as SignUp;
    expect(journalOf([held(gone)]).map(({ kind, by }) => [kind, by])).toEqual([
      ['withdrawn', 'noor'],
      ['edited', 'maia'],
      ['signedUp', 'maia'],
    ]);
  });

  it('tells closings: closed, opened again, kept aside', () => {
    const counts = { present: 1, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };
    const first = closeRollCall(undefined, { ...where, counts }, author(5)) as Closing;
    const opened = reopenRollCall(first, author(6)) as Closing;
    const again = closeRollCall(
      opened,
      { ...where, counts: { ...counts, present: 2 } },
      author(7),
    ) as Closing;
    const aside = keepAside(again, new Map([['bo', 'late']]), author(8, 'elise')) as Closing;
    const told = journalOf([held(aside)]);
    expect(told.map(({ kind }) => kind)).toEqual(['aside', 'closed', 'reopened', 'closed']);
    expect(told[1]?.fields).toMatchObject([{ field: 'counts', before: counts, after: { present: 2 } }]);
  });

  it('tells changes by field, and the first writing of what kept none', () => {
    const renamed = withChange(venue, { ...venue, name: 'Grand Amarres' }, author(9, 'elise'));
    expect(journalOf([held(renamed)])).toMatchObject([
      { kind: 'edited', fields: [{ field: 'name', before: 'Amarres', after: 'Grand Amarres' }] },
    ]);
    expect(journalOf([held(venue)])).toMatchObject([{ kind: 'written', by: 'elise' }]);
  });

  it('tells deletions after what was told before, but no tombstone that settles', () => {
    const gone = { ...absent, ...author(30, 'elise') };
    expect(journalOf([held(gone, true)])).toMatchObject([
      { kind: 'deleted', by: 'elise' },
      { kind: 'answered' },
      { kind: 'answered' },
    ]);
    const settled = { _id: absent._id, isSettled: true };
    expect(journalOf([held(settled, true)])).toEqual([]);
  });

  it('tells what was given up, in the words of whoever did, and what was taken back', () => {
    const note = { _id: 'discard:x', type: 'discard', ...author(4, 'elise'), reason: 'noté deux fois' };
    expect(journalOf([held(note)])).toMatchObject([{ kind: 'discarded', note: 'noté deux fois' }]);
    // A frozen year is told once, whatever number of parts its figures take.
    const year = { _id: 'frozenYear:2023:f', type: 'frozenYear', ...author(5, 'elise') };
    const part = { _id: 'frozenFigures:2023:f:1', type: 'frozenFigures', ...author(5, 'elise') };
    expect(journalOf([held(part), held(year)]).map(({ kind, id }) => [kind, id])).toEqual([
      ['frozen', year._id],
    ]);
    const decision = {
      _id: 'decision:a:1',
      type: 'decision',
      ...author(4, 'elise'),
      undone: [author(6, 'anne')],
    };
    expect(journalOf([held(decision)])).toMatchObject([
      { kind: 'undone', by: 'anne' },
      { kind: 'settled', by: 'elise' },
    ]);
  });

  it('is the same in whatever order versions come, and tells once what several say', () => {
    const step = fc.record({
      status: fc.constantFrom('present', 'late', 'absent', null),
      minute: fc.integer({ min: 0, max: 5 }),
      by: fc.constantFrom('maia', 'noor'),
      participant: fc.constantFrom('ada', 'bo'),
      branch: fc.integer({ min: 0, max: 2 }),
    });
    const grow = (mark: Mark | undefined, { status, minute, by, participant }: (typeof steps)[number]) => {
      const place = { ...where, participant: participant as ParticipantId };
      return status === null
        ? clearAnswer(mark, author(minute, by))
        : answer(mark, { ...place, status: status as 'present' }, author(minute, by));
    };
    let steps: { status: string | null; minute: number; by: string; participant: string; branch: number }[] =
      [];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (given, order) => {
        steps = given;
        const branches = new Map<string, Mark>();
        const said = new Set<string>();
        for (const one of steps) {
          const key = `${one.participant} ${one.branch}`;
          const next = grow(branches.get(key), one);
          if (next) branches.set(key, next);
        }
        const versions = [...branches.values()].map((mark) => held(mark));
        for (const mark of branches.values())
          for (const entry of mark.history)
            said.add(JSON.stringify([mark._id, entry.at, entry.by, entry.status]));
        const shuffled = [...versions]
          .map((version) => ({ version, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ version }) => version);
        const told = journalOf(versions);
        expect(journalOf([...shuffled, ...versions])).toEqual(told);
        expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
        const heard = new Set(
          told.map(({ id, at, by, fields, kind }) => {
            const status = fields.find(({ field }) => field === 'status');
            return JSON.stringify([id, at, by, kind === 'cleared' ? null : status?.after]);
          }),
        );
        // Nothing is lost: every answer of every version is told.
        expect(told.length).toBeGreaterThanOrEqual(said.size);
        for (const one of said) expect(heard.has(one)).toBe(true);
      }),
    );
  });
});
