import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renumbered, touchedBy } from './calendar-change.ts';
import type { AnyDocument, Occurrence } from './documents.ts';
import type { WeeklySlot } from './groups.ts';
import type { OccurrenceId, VenueCode, VolunteerId } from './ids.ts';
import { addDays, mondayOf, weekdayOf } from './local-time.ts';
import { cancelOccurrence, moveOccurrence } from './occurrence-edits.ts';
import { takenBack } from './one-step.ts';
import { hoursOf, weekOf, weeksOf } from './schedule.ts';
import { occurrencesAfter, planSeries, stepsOf, type SeriesEdit, type SeriesPlan } from './series.ts';
import { daysOfWeek } from './terms.ts';
import {
  paris,
  author,
  later,
  term,
  maia,
  jean,
  at,
  groupAt,
  series,
  planned,
  editTo,
} from './term-fixtures.ts';

describe('an edit of a series', () => {
  const monday = at(1, '10:00', '12:00');
  const tuesday = at(2, '14:00', '16:00');
  const group = groupAt('g1', monday);

  it('moves what is to come, under the ids of the first plan', () => {
    const plan = planSeries(series(group), editTo([tuesday]), later);
    expect(plan.changed).toHaveLength(8);
    expect(plan.changed[0]?.after).toMatchObject({
      occurrence: 'g1.2023-10-16T1000',
      date: '2023-10-17',
      start: '14:00',
      week: 3,
      changes: [{ kind: 'created' }, { kind: 'edited' }],
    });
    expect([plan.added, plan.cancelled, plan.left]).toEqual([[], [], []]);
  });

  it('leaves a meeting with marks, one that is closed, one moved and one cancelled by itself, and says why', () => {
    const all = planned(group);
    const [, , third, fourth, fifth, sixth] = all as [
      Occurrence,
      Occurrence,
      Occurrence,
      Occurrence,
      Occurrence,
      Occurrence,
    ];
    const moved = moveOccurrence(fifth, { ...fifth, date: '2023-11-03' }, term, later);
    const cancelled = cancelOccurrence(sixth, 'Grève', later) as Occurrence;
    const occurrences = all.map((one) =>
      one === fifth && moved.ok ? moved.occurrence : one === sixth ? cancelled : one,
    );
    const plan = planSeries(
      series(group, {
        occurrences,
        marked: new Set([third.occurrence]),
        closed: new Set([fourth.occurrence]),
      }),
      editTo([tuesday]),
      later,
    );
    expect(plan.left.map(({ occurrence, why }) => [occurrence.week, why])).toEqual([
      [3, 'marked'],
      [4, 'closed'],
      [5, 'moved'],
      [6, 'cancelled'],
    ]);
    expect(plan.changed.map(({ after }) => after.week)).toEqual([7, 8, 9, 10]);
  });

  it('cancels what falls on a day off and adds what a day off had kept away', () => {
    const toWednesday = planSeries(series(group), editTo([at(3, '10:00', '12:00')]), later);
    expect(toWednesday.cancelled.map(({ after }) => [after.week, after.cancelReason])).toEqual([
      [5, 'Changement'],
    ]);
    const wednesday = groupAt('g2', at(3, '10:00', '12:00'));
    const toMonday = planSeries(series(wednesday), editTo([monday]), later);
    expect(toMonday.added.map(({ date }) => date)).toEqual(['2023-10-30']);
    expect(toMonday.shifts.map(({ after }) => after.volunteer)).toEqual([maia]);
  });

  it('leaves alone a meeting that was left on a day off, and takes it along to another room or day', () => {
    const kept = planned(group);
    const calendar = { ...term, daysOff: [...term.daysOff, '2023-10-16'] };
    const edited = (slots: readonly WeeklySlot[], parts: Partial<SeriesEdit> = {}) =>
      planSeries({ ...series(group, { occurrences: kept }), term: calendar }, editTo(slots, parts), later);
    const team = edited([monday], { team: [{ volunteer: jean, role: 'lead' }] });
    expect([team.changed, team.cancelled, team.left]).toEqual([[], [], []]);
    const room = edited([monday], { venue: 'bnp' as VenueCode });
    expect(room.changed[0]?.after).toMatchObject({ date: '2023-10-16', venue: 'bnp', state: 'planned' });
    expect(edited([tuesday]).changed[0]?.after).toMatchObject({ date: '2023-10-17' });
    expect(edited([]).cancelled[0]?.after).toMatchObject({ date: '2023-10-16' });
  });

  it('adds a second meeting a week, drops it, and takes the same ones up again', () => {
    const twice = planSeries(series(group), editTo([monday, tuesday]), later);
    expect([twice.changed.length, twice.added.length]).toEqual([0, 8]);
    const withBoth = occurrencesAfter(planned(group), twice);
    const once = planSeries(series(group, { occurrences: withBoth }), editTo([monday]), later);
    expect([once.changed.length, once.cancelled.length]).toEqual([0, 8]);
    const back = planSeries(
      series(group, { occurrences: occurrencesAfter(withBoth, once) }),
      editTo([monday, tuesday]),
      later,
    );
    expect([back.added.length, back.changed.length]).toEqual([0, 8]);
    expect(back.changed[0]?.after).toMatchObject({ state: 'planned', date: '2023-10-17' });
    expect('cancelReason' in (back.changed[0]?.after ?? {})).toBe(false);
  });

  it('gives a new meeting another id where one that moved away keeps the first', () => {
    const moved = occurrencesAfter(planned(group), planSeries(series(group), editTo([tuesday]), later));
    const plan = planSeries(series(group, { occurrences: moved }), editTo([tuesday, monday]), later);
    expect(plan.added[0]?.occurrence).toBe('g1.2023-10-16T1000-2');
  });

  it('takes who leaves the team out of the meetings to come, and lets a replacement stay', () => {
    const stays = series(group);
    const replaced = stays.shifts.map((shift, index) =>
      index === 4 ? { ...shift, volunteer: 'v3' as VolunteerId, replaces: maia } : shift,
    );
    const plan = planSeries(
      { ...stays, shifts: replaced },
      editTo([monday], { team: [{ volunteer: jean, role: 'lead' }] }),
      later,
    );
    expect(plan.changed).toEqual([]);
    const left = plan.shifts.filter(({ after }) => after.state === 'cancelled');
    expect(left.map(({ after }) => after.volunteer)).toEqual(Array(7).fill(maia));
    expect(plan.shifts.filter(({ after }) => after.volunteer === jean)).toHaveLength(8);
  });

  describe('that ends it', () => {
    const all = planned(group);
    const moveTo = (one: Occurrence | undefined, to: Partial<Occurrence>) => {
      const moved = one && moveOccurrence(one, { ...one, ...to }, term, later);
      return moved?.ok ? moved.occurrence : one;
    };
    const elsewhen = moveTo(all[2], { date: '2023-10-20' });
    const otherRoom = moveTo(all[3], { venue: 'bnp' as VenueCode });
    const marked = moveTo(all[4], { date: '2023-11-03' });
    const strike = all[5] && cancelOccurrence(all[5], 'Grève', later);
    const closed = moveTo(all[6], { venue: 'bnp' as VenueCode });
    const fates = new Map(
      [elsewhen, otherRoom, marked, strike, closed].flatMap((one) => (one ? [[one._id, one]] : [])),
    );
    const occurrences = all.map((one) => fates.get(one._id) ?? one);
    const before = series(group, {
      occurrences,
      marked: new Set(marked ? [marked.occurrence] : []),
      closed: new Set(closed ? [closed.occurrence] : []),
    });
    const ended = planSeries(before, editTo([]), later);

    it('cancels what was moved by itself too, and leaves what was marked, closed, cancelled by itself or is past', () => {
      expect(ended.cancelled.map(({ before: one }) => one)).toEqual([elsewhen, otherRoom, ...all.slice(7)]);
      expect(ended.left.map(({ why }) => why)).toEqual(['marked', 'cancelled', 'closed']);
    });

    it('taken up again, has them where they had been moved to', () => {
      const stopped = occurrencesAfter(occurrences, ended);
      const back = planSeries({ ...before, occurrences: stopped }, editTo([monday]), later);
      const whereAndWhen = ({ date, start, venue, state, isMoved }: Occurrence) => ({
        ...{ date, start, venue, state, isMoved },
      });
      expect(occurrencesAfter(stopped, back).map(whereAndWhen)).toEqual(occurrences.map(whereAndWhen));
      expect([back.added, back.cancelled]).toEqual([[], []]);
      const again = planSeries(
        { ...before, occurrences: occurrencesAfter(stopped, back) },
        editTo([tuesday]),
        later,
      );
      expect(again.left.map(({ why }) => why)).toEqual(['moved', 'moved', 'marked', 'cancelled', 'closed']);
    });

    it('taken up again, has one that was moved away from a day off', () => {
      const off = { ...term, daysOff: [...term.daysOff, '2023-10-16'] };
      const stopped = occurrencesAfter(occurrences, ended);
      const back = planSeries(
        { ...before, occurrences: stopped, term: off },
        editTo([tuesday], { venue: 'bnp' as VenueCode }),
        later,
      );
      expect(back.changed[0]?.after).toMatchObject({
        date: '2023-10-20',
        state: 'planned',
        venue: 'amarres',
      });
    });
  });

  describe('once a week has become a pause', () => {
    const calendar = { start: '2027-02-01', weeks: 10, daysOff: daysOfWeek('2027-02-15') };
    const dates = (plan: SeriesPlan) => plan.changed.map(({ before, after }) => [before.date, after.date]);
    const before = planned(group, { ...calendar, daysOff: [] });
    const now = '2027-02-10T08:00:00.000Z';
    /** The meetings as the new calendar leaves them, with what was decided of the one in the pause. */
    const decided = (decision: (one: Occurrence) => Occurrence) =>
      before.map((one) => (one.date === '2027-02-15' ? decision(one) : renumbered(one, calendar, author)));
    const edited = (occurrences: Occurrence[], slots: WeeklySlot[]) =>
      planSeries(
        { ...series(group, { occurrences, now }), term: calendar },
        editTo(slots, { from: '2027-02-10' }),
        later,
      );
    const cancelled = (one: Occurrence) => cancelOccurrence(one, 'Vacances', author) ?? one;
    const movedTo = (date: string) => (one: Occurrence) => {
      const moved = moveOccurrence(one, { ...one, date }, calendar, author);
      return moved.ok ? moved.occurrence : one;
    };

    it.each([
      ['cancelled', cancelled],
      ['left as it was', (one: Occurrence) => one],
      ['moved to the week after', movedTo('2027-02-23')],
    ])('its meeting, %s, takes the place of none of the week after', (_name, decision) => {
      const plan = edited(decided(decision), [tuesday]);
      expect(plan.cancelled).toEqual([]);
      expect(dates(plan).slice(0, 2)).toEqual([
        ['2027-02-22', '2027-02-23'],
        ['2027-03-01', '2027-03-02'],
      ]);
      expect(plan.changed).toHaveLength(7);
    });

    it('its meeting, moved to the week that the term gains, is the one of that week', () => {
      const plan = edited(decided(movedTo('2027-04-12')), [tuesday]);
      expect(plan.added).toEqual([]);
      expect(plan.left.map(({ occurrence, why }) => [occurrence.date, why])).toEqual([
        ['2027-04-12', 'moved'],
      ]);
    });

    it('a series taken up again has the meeting that was moved to the week after', () => {
      const before = decided(movedTo('2027-02-23'));
      const stopped = occurrencesAfter(before, edited(before, []));
      const back = edited(stopped, [monday]);
      const told = (all: readonly Occurrence[]) => all.map(({ date, state }) => `${date} ${state}`);
      expect(told(occurrencesAfter(stopped, { ...back, added: [] }))).toEqual(told(before));
      // The week that the term gained.
      expect(back.added.map(({ date }) => date)).toEqual(['2027-04-12']);
    });

    it('a stop reaches the meeting that was left in it, and those that a shorter term left outside', () => {
      const plan = edited(
        decided((one) => one),
        [],
      );
      expect(plan.cancelled.map(({ after }) => after.date)).toContain('2027-02-15');
      const shorter = { ...calendar, weeks: 8 };
      const outside = planSeries(
        { ...series(group, { occurrences: before, now }), term: shorter },
        editTo([], { from: '2027-02-10' }),
        later,
      );
      expect(outside.cancelled).toHaveLength(8);
      expect(outside.left).toEqual([]);
    });
  });

  // Any series with anything that may have happened to it, and any edit.
  const anySlot = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    start: fc.constantFrom('09:00', '10:00', '14:00'),
  });
  const anySlots = (min: number) =>
    fc
      .uniqueArray(anySlot, {
        minLength: min,
        maxLength: 3,
        selector: ({ weekday, start }) => `${weekday}${start}`,
      })
      .map((slots) =>
        slots.map(({ weekday, start }) => at(weekday, start, `${Number(start.slice(0, 2)) + 2}:00`)),
      );
  const anyFate = fc.constantFrom('none', 'none', 'none', 'marked', 'closed', 'cancelled', 'moved');
  const anyEdit = fc.record({
    slots: anySlots(0),
    from: fc.integer({ min: 0, max: 70 }),
    venue: fc.constantFrom('amarres', 'bnp'),
  });
  const anyHistory = fc.record({
    slots: anySlots(1),
    fates: fc.array(anyFate, { minLength: 30, maxLength: 30 }),
    edits: fc.array(anyEdit, { minLength: 1, maxLength: 4 }),
    today: fc.integer({ min: 0, max: 40 }),
  });
  const histories = { numRuns: process.env.LONG_SEARCH ? 5000 : 200 };

  /** The series after all but the last edit, and the last edit. */
  function played(history: typeof anyHistory extends fc.Arbitrary<infer Value> ? Value : never) {
    let own = groupAt('g1', ...history.slots);
    const marked = new Set<OccurrenceId>();
    const closed = new Set<OccurrenceId>();
    let occurrences = planned(own).map((one, index): Occurrence => {
      const fate = history.fates[index];
      if (fate === 'marked') marked.add(one.occurrence);
      if (fate === 'closed') closed.add(one.occurrence);
      if (fate === 'cancelled') return cancelOccurrence(one, 'Grève', author) ?? one;
      if (fate !== 'moved') return one;
      const moved = moveOccurrence(one, { ...one, date: addDays(one.date, 2) }, term, author);
      return moved.ok ? moved.occurrence : one;
    });
    const now = `${addDays(term.start, history.today)}T06:00:00.000Z`;
    const edits = history.edits.map(({ slots, from, venue }) =>
      editTo(slots, { from: addDays(term.start, from), venue: venue as VenueCode }),
    );
    for (const edit of edits.slice(0, -1)) {
      const plan = planSeries(series(own, { occurrences, marked, closed, now }), edit, later);
      occurrences = occurrencesAfter(occurrences, plan);
      if (edit.slots.length) own = { ...own, ...edit.slots[0] };
    }
    return { before: series(own, { occurrences, marked, closed, now }), edit: edits.at(-1) as SeriesEdit };
  }

  it('property: never touches a meeting with marks, closed, begun or cancelled by itself, nor a moved one but to end or take up the series', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { before, edit } = played(history);
        const plan = planSeries(before, edit, later);
        for (const { before: one, after } of [...plan.changed, ...plan.cancelled]) {
          expect(before.marked.has(one.occurrence) || before.closed.has(one.occurrence)).toBe(false);
          expect(hoursOf(one, paris).startsAt > before.now && one.date >= edit.from).toBe(true);
          expect(one.state === 'cancelled' && !one.isDropped).toBe(false);
          expect(one.isMoved === true && edit.slots.length > 0 && !one.isDropped).toBe(false);
          expect(after.occurrence).toBe(one.occurrence);
        }
        expect(plan.shifts.every(({ after }) => !before.marked.has(after.occurrence))).toBe(true);
      }),
      histories,
    );
  });

  it('property: what it touches stands in its slots, never on a day off, never twice; done again it does nothing', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { before, edit } = played(history);
        const plan = planSeries(before, edit, later);
        const all = occurrencesAfter(before.occurrences, plan);
        expect(new Set(all.map(({ occurrence }) => occurrence)).size).toBe(all.length);
        const touched = [...plan.changed.map(({ after }) => after), ...plan.added];
        const places = touched.filter(({ isMoved }) => !isMoved).map((one) => `${one.date}T${one.start}`);
        expect(new Set(places).size).toBe(places.length);
        for (const one of touched) {
          expect([one.state, one.date >= edit.from]).toEqual(['planned', true]);
          if (one.isMoved) continue;
          expect(edit.slots).toContainEqual(at(weekdayOf(one.date), one.start, one.end));
          expect(term.daysOff).not.toContain(one.date);
          expect([one.venue, one.week]).toEqual([edit.venue, weekOf(term, one.date)]);
        }
        // A week has no more meetings than the group has slots, but for those that stay as they are.
        const again = planSeries({ ...before, occurrences: all }, edit, {
          ...later,
          at: '2023-10-12T08:00:00.000Z',
        });
        expect([again.changed, again.cancelled, again.added]).toEqual([[], [], []]);
      }),
      histories,
    );
  });

  it('property: on other days after days off came, every live meeting of a week with slots enough stays live', () => {
    const anyOff = fc.integer({ min: 0, max: 69 }).map((day) => addDays(term.start, day));
    const anyDecision = fc.constantFrom('cancel', 'keep', 'move');
    const anyChange = fc.record({
      slots: anySlots(1),
      days: fc.array(anyOff, { maxLength: 6 }),
      pauses: fc.array(anyOff, { maxLength: 2 }),
      decisions: fc.array(anyDecision, { minLength: 30, maxLength: 30 }),
      next: anySlots(1),
    });
    fc.assert(
      fc.property(anyChange, ({ slots, days, pauses, decisions, next }) => {
        const own = groupAt('g1', ...slots);
        const calendar = {
          ...term,
          daysOff: [...term.daysOff, ...days, ...pauses.flatMap(daysOfWeek)],
        };
        const touched = touchedBy(term, calendar, planned(own), { marks: [], closings: [] }, term.start);
        const decided = new Map(
          touched.map(({ occurrence, freeDay: date }, place) => {
            const decision = decisions[place % decisions.length];
            const moved =
              decision === 'move' && date
                ? moveOccurrence(occurrence, { ...occurrence, date }, calendar, author)
                : undefined;
            if (moved?.ok) return [occurrence._id, moved.occurrence];
            const cancelled = decision === 'keep' ? undefined : cancelOccurrence(occurrence, 'x', author);
            return [occurrence._id, cancelled ?? occurrence];
          }),
        );
        const occurrences = planned(own).map(
          (one) => decided.get(one._id) ?? renumbered(one, calendar, author),
        );
        const now = `${term.start}T00:00:00.000Z`;
        const plan = planSeries(
          { ...series(own, { occurrences, now }), term: calendar },
          editTo(next, { from: term.start }),
          later,
        );
        const dropped = new Set(plan.cancelled.map(({ before }) => before.occurrence));
        for (const monday of weeksOf(calendar)) {
          const inWeek = (date: string) => mondayOf(date) === monday;
          const places = next
            .map(({ weekday }) => addDays(monday, weekday - 1))
            .filter((date) => !calendar.daysOff.includes(date));
          const live = occurrences.filter(
            (one) => inWeek(one.date) && one.state !== 'cancelled' && !decided.has(one._id),
          );
          const kept = occurrences.filter(
            (one) => inWeek(one.occurrence.slice(3, 13)) && one.state !== 'cancelled' && decided.has(one._id),
          );
          if (live.length + kept.length > places.length) continue;
          expect(live.filter(({ occurrence }) => dropped.has(occurrence))).toEqual([]);
        }
      }),
      histories,
    );
  });

  it('property: taken back, everything is as it was; what somebody changed in between stays', () => {
    const plain = (document: AnyDocument) => {
      const { changes: _c, at: _a, by: _b, device: _d, ...rest } = document as Occurrence;
      return rest;
    };
    fc.assert(
      fc.property(anyHistory, fc.nat(), (history, other) => {
        const { before, edit } = played(history);
        const steps = stepsOf(planSeries(before, edit, later));
        const touched = steps.length ? steps[other % steps.length] : undefined;
        for (const step of steps) {
          const back = takenBack(step, { ...step.after, _rev: '2-x' } as AnyDocument, {
            ...later,
            at: '2023-10-11T12:01:00.000Z',
          });
          if (!step.before) expect(back?._deleted).toBe(true);
          else expect(plain(back as AnyDocument)).toEqual(plain(step.before));
        }
        if (touched) {
          const since = { ...touched.after, at: '2023-10-11T12:00:30.000Z' } as AnyDocument;
          expect(takenBack(touched, since, later)).toBeUndefined();
        }
      }),
      histories,
    );
  });
});
