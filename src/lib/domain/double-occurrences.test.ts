import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyDocument, Author, Closing, Group, Mark, Occurrence, Shift, SignUp } from './documents.ts';
import { markStatuses } from './documents/term.ts';
import {
  doubleOccurrences,
  occurrenceMergePlan,
  sameDayOccurrences,
  toldApart,
  undoneOccurrenceMerge,
  type HeldOccurrences,
  type OccurrenceSide,
} from './double-occurrences.ts';
import { doubleReason } from './cancelled-double.ts';
import {
  closingDocId,
  groupDocId,
  occurrenceDocId,
  occurrenceId,
  shiftDocId,
  type AccountName,
  type DeviceId,
  type DocId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type VenueCode,
  type VolunteerId,
  type WorkshopTypeCode,
} from './ids.ts';
import { mergeMarks } from './marks-merge.ts';
import { answer, clearAnswer, factsOf } from './roll-call.ts';
import { signUp } from './sign-ups.ts';

const author = (minute: number, by = 'elise'): Author => ({
  at: new Date(Date.UTC(2026, 1, 2, 9, minute)).toISOString(),
  by: by as AccountName,
  device: `phone-${by}` as DeviceId,
});
const monday = '2026-02-02';
const group: Group = {
  ...{ _id: groupDocId('g1' as GroupId), type: 'group', v: 1, ...author(0), group: 'g1' as GroupId },
  ...{ workshopType: 'socio' as WorkshopTypeCode, label: 'Groupe 1', venue: 'v' as VenueCode },
  ...{ weekday: 1, start: '10:00', end: '12:00' },
};
const meeting = (start: string, facts: Partial<Occurrence> = {}): Occurrence => {
  const occurrence = occurrenceId(group.group, monday, start);
  return {
    ...{ _id: occurrenceDocId(occurrence), type: 'occurrence', v: 1, ...author(0), occurrence },
    ...{ group: group.group, date: monday, start, end: '12:00', venue: group.venue, week: 1 },
    ...{ state: 'planned', ...facts },
  };
};
const [first, second] = [meeting('10:00'), meeting('10:30')];
const [a, b, c] = ['a', 'b', 'c'] as [ParticipantId, ParticipantId, ParticipantId];

function said(occurrence: OccurrenceId, participant: ParticipantId, ...statuses: Mark['status'][]): Mark {
  let mark: Mark | undefined;
  for (const [index, status] of statuses.entries()) {
    const by = author(index, occurrence === first.occurrence ? 'maia' : 'awa');
    const next =
      status === null ? clearAnswer(mark, by) : answer(mark, { occurrence, participant, status }, by);
    mark = next ?? mark;
  }
  if (!mark) throw new Error('nothing was said');
  return mark;
}
const closed = ({ occurrence }: Occurrence): Closing => ({
  ...{ _id: closingDocId(occurrence), type: 'closing', v: 1, ...author(9), occurrence, state: 'closed' },
  ...{ closedAt: author(9).at, history: [] },
  counts: { present: 0, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 },
});
const shift = ({ occurrence }: Occurrence, volunteer: string): Shift => ({
  ...{ _id: shiftDocId(occurrence, volunteer as VolunteerId), type: 'shift', v: 1, ...author(0), occurrence },
  ...{ volunteer: volunteer as VolunteerId, role: 'lead', state: 'planned' },
});
const pairs = (occurrences: Occurrence[], groups = [group], marks: Mark[] = [], closings: Closing[] = []) =>
  doubleOccurrences(sameDayOccurrences({ groups, occurrences }), groups, { marks, closings }).map(
    ({ kept, other }) => [kept.start, other.start],
  );

describe('double occurrences', () => {
  it('are two of one group on one day that stand', () => {
    expect(pairs([first, second])).toEqual([['10:00', '10:30']]);
    expect(pairs([first, { ...second, state: 'cancelled' }])).toEqual([]);
    expect(pairs([first, { ...second, date: '2026-02-03' }])).toEqual([]);
    expect(pairs([first, { ...second, group: 'g2' as GroupId }])).toEqual([]);
    expect(pairs([first, second, meeting('11:00')])).toHaveLength(3);
  });

  it('are not two meetings that the group has on that day, nor those told apart', () => {
    const twice = { ...group, moreSlots: [{ weekday: 1, start: '10:30', end: '12:00' }] };
    expect(pairs([first, second], [twice])).toEqual([]);
    expect(pairs([first, { ...second, isMoved: true }], [twice])).toHaveLength(1);
    expect(pairs([toldApart(second, first, author(1)), second])).toEqual([]);
  });

  it('keep the one whose list is closed, then the one with more answers, then the planned one', () => {
    const more = [said(second.occurrence, a, 'present')];
    expect(pairs([first, second], [group], more)).toEqual([['10:30', '10:00']]);
    expect(pairs([first, second], [group], more, [closed(first)])).toEqual([['10:00', '10:30']]);
    expect(pairs([meeting('09:00'), first])).toEqual([['10:00', '09:00']]);
  });
});

const held = (marks: Mark[], shifts: Shift[] = []): HeldOccurrences => ({
  ...{ kept: first, other: second, marks, shifts },
});
/** The documents after some steps. */
function after(documents: readonly AnyDocument[], steps: readonly { after: AnyDocument }[]) {
  const all = new Map<DocId, AnyDocument>(documents.map((document) => [document._id, document]));
  for (const { after: next } of steps)
    if (next._deleted) all.delete(next._id);
    else all.set(next._id, next);
  return all;
}
const none = new Map<ParticipantId, OccurrenceSide>();

describe('two occurrences made one', () => {
  it('have their answers in the one that is kept, and the other is cancelled with the reason', () => {
    const marks = [
      said(first.occurrence, a, 'present'),
      said(second.occurrence, a, 'present'),
      said(second.occurrence, b, 'late'),
    ];
    const plan = occurrenceMergePlan(held(marks, [shift(second, 'awa')]), none, author(20));
    expect(plan).toMatchObject({ moved: 1, disagreements: [] });
    const now = [...after(marks, plan.steps).values()];
    expect(now).toContainEqual(
      expect.objectContaining({ occurrence: first.occurrence, participant: b, status: 'late' }),
    );
    expect(now).toContainEqual(
      expect.objectContaining({ type: 'shift', occurrence: first.occurrence, volunteer: 'awa' }),
    );
    expect(now).toContainEqual(
      expect.objectContaining({
        occurrence: second.occurrence,
        state: 'cancelled',
        cancelReason: doubleReason,
      }),
    );
    // What was answered there stays readable there.
    expect(now).toContainEqual(marks[2]);
  });

  it('ask which of two different answers stands, and keep the other in the history', () => {
    const marks = [said(first.occurrence, c, 'absent'), said(second.occurrence, c, 'present')];
    const statusAfter = (choices: ReadonlyMap<ParticipantId, OccurrenceSide>) => {
      const { steps, disagreements } = occurrenceMergePlan(held(marks), choices, author(20));
      expect(disagreements).toHaveLength(1);
      const mark = after(marks, steps).get(marks[0]?._id as DocId) as Mark;
      expect(mark.history.map(({ status }) => status)).toEqual(expect.arrayContaining(['absent', 'present']));
      return mark.status;
    };
    expect(statusAfter(none)).toBe('absent');
    expect(statusAfter(new Map([[c, 'other']]))).toBe('present');
  });
});

describe('whatever was answered in both', () => {
  const statuses = fc.array(fc.constantFrom(...markStatuses, null), { minLength: 1, maxLength: 4 });
  const answers = fc.array(
    fc.record({
      participant: fc.constantFrom(a, b, c),
      isFirst: fc.boolean(),
      // A history does not begin by taking back.
      statuses: statuses.map((all) => (all[0] === null ? ['present' as const, ...all] : all)),
    }),
    { maxLength: 6 },
  );
  const cases = fc.record({
    answers,
    chosen: fc.array(fc.constantFrom(a, b, c)),
    hasShift: fc.boolean(),
    isHeld: fc.boolean(),
  });

  it('no answer is lost by the merge, and undoing it brings everything back', () => {
    fc.assert(
      fc.property(cases, ({ answers: given, chosen, hasShift, isHeld }) => {
        const marks = [
          ...new Map(
            given.map(({ participant, isFirst, statuses: all }) => {
              const mark = said((isFirst ? first : second).occurrence, participant, ...all);
              return [mark._id, mark];
            }),
          ).values(),
        ];
        const other: Occurrence = { ...second, state: isHeld ? 'held' : 'planned' };
        const shifts = hasShift ? [shift(other, 'awa')] : [];
        const all: AnyDocument[] = [first, other, ...marks, ...shifts];
        const choices = new Map(chosen.map((one) => [one, 'other' as const]));
        const { steps } = occurrenceMergePlan({ kept: first, other, marks, shifts }, choices, author(20));
        const merged = after(all, steps);

        // The server takes no mark whose last answer is by somebody else.
        for (const { after: one } of steps)
          if (one.type === 'mark')
            for (const field of ['at', 'by', 'device', 'status'] as const)
              expect(one[field]).toBe(one.history.at(-1)?.[field]);

        for (const mark of marks) {
          const there = merged.get(mark._id) as Mark;
          const here = [...merged.values()].find(
            (one): one is Mark =>
              one.type === 'mark' &&
              one.occurrence === first.occurrence &&
              one.participant === mark.participant,
          );
          const kept = mark.occurrence === first.occurrence || mark.status !== null ? here : there;
          expect(kept?.history).toEqual(expect.arrayContaining(mark.history));
          if (mark.occurrence === second.occurrence) expect(there).toEqual(mark);
        }

        const back = undoneOccurrenceMerge(steps, (id) => merged.get(id), author(30));
        expect(back.left).toBe(0);
        const undone = after([...merged.values()], back.steps);
        expect([...undone.keys()].sort()).toEqual(all.map(({ _id }) => _id).sort());
        for (const document of all) {
          const now = undone.get(document._id);
          if (document.type === 'mark' && now?.type === 'mark') {
            expect(factsOf(now)).toEqual(factsOf(document));
            expect(now.history).toEqual(expect.arrayContaining(document.history));
          } else if (document.type === 'occurrence' && now?.type === 'occurrence')
            expect([now.state, now.cancelReason]).toEqual([document.state, document.cancelReason]);
          else expect(now).toEqual(document);
        }
      }),
    );
  });

  it('two laptops that do it at once in the same way come to one outcome', () => {
    fc.assert(
      fc.property(cases, ({ answers: given, chosen }) => {
        const marks = [
          ...new Map(
            given.map(({ participant, isFirst, statuses: all }) => {
              const mark = said((isFirst ? first : second).occurrence, participant, ...all);
              return [mark._id, mark];
            }),
          ).values(),
        ];
        const choices = new Map(chosen.map((one) => [one, 'other' as const]));
        const plans = [author(20, 'elise'), author(21, 'anne')].map(
          (by) => occurrenceMergePlan(held(marks), choices, by).steps,
        );
        const [one, other] = plans.map((steps) => steps.map((step) => step.after));
        expect(one?.map(({ _id }) => _id)).toEqual(other?.map(({ _id }) => _id));
        for (const [index, mine] of (one ?? []).entries()) {
          const theirs = other?.[index];
          if (mine.type !== 'mark' || theirs?.type !== 'mark') continue;
          expect(mergeMarks([mine, theirs])).toMatchObject({ ok: true, merged: { status: mine.status } });
        }
      }),
    );
  });

  it('what somebody answered since stays when the merge is undone', () => {
    const marks = [said(second.occurrence, a, 'present')];
    const { steps } = occurrenceMergePlan(held(marks), none, author(20));
    const merged = after([first, second, ...marks], steps);
    const moved = [...merged.values()].find(
      (one): one is Mark => one.type === 'mark' && one.occurrence === first.occurrence,
    );
    if (!moved) throw new Error('an answer was to move');
    const corrected = answer(moved, { ...moved, status: 'late' }, author(25, 'maia'));
    if (corrected) merged.set(corrected._id, corrected);
    const back = undoneOccurrenceMerge(steps, (id) => merged.get(id), author(30));
    expect(back.left).toBe(1);
    expect(after([...merged.values()], back.steps).get(moved._id)).toEqual(corrected);
  });
});

describe('sign-ups of two meetings that are one', () => {
  it('go to the one that is kept, with their turn; undone, all that happened stays', () => {
    const other = { ...first, occurrence: second.occurrence, _id: second._id };
    const wish = (of: Occurrence, minute: number) =>
      signUp(
        undefined,
        { occurrence: of.occurrence, participant: 'ada' as ParticipantId, told: 'place' },
        author(minute, 'maia'),
      ) as SignUp;
    const [here, there] = [wish(first, 9), wish(other, 2)];
    const { steps } = occurrenceMergePlan(
      { kept: first, other, marks: [], shifts: [], signUps: [here, there] },
      new Map(),
      author(20),
    );
    const moved = steps.find(({ after }) => after.type === 'signUp');
    expect(moved?.after).toMatchObject({ _id: here._id, since: there.since, by: 'elise' });
    const now = new Map(steps.map(({ after }) => [after._id, after]));
    const undone = undoneOccurrenceMerge(steps, (id) => now.get(id), author(30));
    const back = undone.steps.find(({ after }) => after.type === 'signUp')?.after as SignUp;
    expect(back).toMatchObject({ state: 'signedUp', since: here.since });
    expect(back.history.length).toBeGreaterThan((moved?.after as SignUp).history.length);
  });
});
