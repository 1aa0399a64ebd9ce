import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, assiduityOf, inscriptionsOf } from './assiduity.ts';
import {
  parseDocument,
  type Author,
  type Enrolment,
  type Group,
  type Mark,
  type Occurrence,
  type Waiting,
  type WorkshopKind,
  type WorkshopType,
} from './documents.ts';
import { enrol, leave, leaveForAnother, staysOf } from './enrolments.ts';
import { planEnrolment, type EnrolmentFacts } from './enrolment-plan.ts';
import { exitReasonOf, noteExit } from './exits.ts';
import type { AccountName, DeviceId, GroupId, ParticipantId, TermCode } from './ids.ts';
import { addDays } from './local-time.ts';
import { placesOf, waitFor } from './places.ts';
import { isEnrolledOn } from './roster.ts';

const author: Author = {
  at: '2023-10-01T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const at = (minute: number): Author => ({
  ...author,
  at: `2023-10-01T09:${String(minute).padStart(2, '0')}:00.000Z`,
});
const monday = '2023-10-02';
const day = (n: number) => addDays(monday, n);
const typeOf = (kind: WorkshopKind) => ({ workshopType: kind, kind, label: kind }) as unknown as WorkshopType;
const workshopTypes = (['socioprofessional', 'language', 'conversation'] as const).map(typeOf);
const groupOf = (key: string, kind: WorkshopKind, capacity?: number): Group =>
  ({ group: key, workshopType: kind, label: key, ...(capacity ? { capacity } : {}) }) as unknown as Group;
const meetingsOf = (group: Group, start = '10:00', end = '12:00'): Occurrence[] =>
  Array.from(
    { length: 10 },
    (_, week) =>
      ({
        occurrence: `${group.group}-${week + 1}`,
        group: group.group,
        date: day(7 * week),
        start,
        end,
        week: week + 1,
        state: 'held',
      }) as unknown as Occurrence,
  );
const [p1, p2, p3] = ['p1', 'p2', 'p3'] as [ParticipantId, ParticipantId, ParticipantId];
const french = ['a', 'b', 'c'].map((key) => groupOf(key, 'language', 2));
const [a, b] = french as [Group, Group, Group];

/** The enrolments of a term as a coordinator's screen writes them: one document a person and group. */
class Book {
  readonly enrolments = new Map<string, Enrolment>();
  #undo: Map<string, Enrolment | undefined> = new Map();

  of = (group: string, participant: string) => this.enrolments.get(`${group} ${participant}`);

  /** How things stood before what an undo takes back. */
  former: string[][] = [];

  #write(...written: Enrolment[]) {
    this.former = this.calendar();
    this.#undo = new Map();
    for (const one of written) {
      const key = `${one.group} ${one.participant}`;
      this.#undo.set(key, this.enrolments.get(key));
      this.enrolments.set(key, one);
    }
  }

  /** As the screen proposes it: who is in another group of the workshop changes group. */
  enter(group: Group, participant: ParticipantId, from: string) {
    const [entry] = planEnrolment(this.facts(), { group, people: [participant], from }).entries;
    if (!entry || entry.isEnrolled) return;
    const others = entry.concerns.flatMap((one) => (one.kind === 'sameWorkshop' ? [one.group.group] : []));
    const left = others.flatMap((other) => this.of(other, participant) ?? []);
    this.#write(
      enrol(this.of(group.group, participant), place(group, participant, from), author),
      ...left.map((one) => leaveForAnother(one, from, author)),
    );
  }

  exit(group: Group, participant: ParticipantId, last: string) {
    const before = this.of(group.group, participant);
    if (before) this.#write(leave(before, last, author));
  }

  undo() {
    for (const [key, before] of this.#undo)
      if (before) this.enrolments.set(key, before);
      else this.enrolments.delete(key);
    const isUndone = this.#undo.size > 0;
    this.#undo = new Map();
    return isUndone;
  }

  facts = (): EnrolmentFacts => ({
    workshopTypes,
    groups: french,
    enrolments: [...this.enrolments.values()],
    waiting: [],
    occurrences: [],
    followedBefore: new Set(),
  });

  /** Who is in which group on each day. */
  calendar = () =>
    Array.from({ length: 70 }, (_, n) =>
      [...this.enrolments.values()]
        .filter((one) => isEnrolledOn(one, day(n)))
        .map(({ group, participant }) => `${participant} in ${group}`)
        .sort(),
    );
}
const place = (group: Group, participant: ParticipantId, from: string) => ({
  group: group.group,
  participant,
  from,
});

const step = fc.record({
  does: fc.constantFrom('enter' as const, 'enter' as const, 'exit' as const, 'undo' as const),
  group: fc.constantFrom(...french),
  person: fc.constantFrom(p1, p2, p3),
  day: fc.integer({ min: 0, max: 69 }),
});

const runs = process.env.LONG_SEARCH ? 5000 : 100;

describe('any sequence of entries, changes of group, exits and undos', () => {
  it('property: leaves nobody in two groups of a workshop on one day, keeps the past, and undoes to what was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const book = new Book();
        for (const { does, group, person, day: n } of steps) {
          const before = book.calendar();
          if (does === 'undo') {
            const isUndone = book.undo();
            expect(book.calendar()).toEqual(isUndone ? book.former : before);
            continue;
          }
          if (does === 'enter') book.enter(group, person, day(n));
          else book.exit(group, person, day(n - 1));
          const after = book.calendar();
          expect(after.slice(0, n)).toEqual(before.slice(0, n));
          for (const people of after) {
            const names = people.map((one) => one.split(' ')[0]);
            expect(new Set(names).size).toBe(names.length);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('property: counts each person once a week and workshop, and as one inscription', () => {
    const occurrences = french.flatMap((group) => meetingsOf(group));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        const book = new Book();
        for (const { does, group, person, day: n } of steps)
          if (does === 'enter') book.enter(group, person, day(n));
          else if (does === 'exit') book.exit(group, person, day(n - 1));
        const marks = occurrences.map(
          ({ occurrence }) => ({ occurrence, participant: p1, status: 'present' }) as unknown as Mark,
        );
        const attendance = arrange({ groups: french, occurrences, marks, timeZone: 'Europe/Paris' });
        const inscriptions = inscriptionsOf(book.enrolments.values(), french);
        expect(new Set(inscriptions.map((one) => one.participant)).size).toBe(inscriptions.length);
        for (const inscription of inscriptions) {
          const { due, attended } = assiduityOf(inscription, attendance);
          expect(due).toBe(10);
          // Present everywhere, three times a week: ten weeks all the same.
          if (inscription.participant === p1) expect(attended).toBe(10);
        }
      }),
      { numRuns: runs },
    );
  });

  it('property: takes as many places as there are people in the group or to come', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.integer({ min: 0, max: 69 }), (steps, n) => {
        const book = new Book();
        for (const { does, group, person, day: when } of steps)
          if (does === 'enter') book.enter(group, person, day(when));
          else if (does === 'exit') book.exit(group, person, day(when - 1));
        const later = book.calendar().slice(n).flat();
        for (const group of french) {
          const {
            taken,
            capacity = 0,
            free = 0,
            over,
          } = placesOf(group, book.enrolments.values(), [], day(n));
          const there = new Set(later.filter((one) => one.endsWith(` in ${group.group}`)));
          expect(taken).toBe(there.size);
          expect(taken + free - over).toBe(capacity);
          expect(free === 0 || over === 0).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});

describe('a stay', () => {
  it('that would end before it began is cancelled, and the one before stands again', () => {
    const first = leave(enrol(undefined, place(a, p1, day(0)), author), day(10), author);
    const back = enrol(first, place(a, p1, day(20)), author);
    const cancelled = leave(back, day(19), author);
    expect(staysOf(cancelled)).toEqual([{ from: day(0), to: day(10) }]);
    expect(staysOf(leave(cancelled, addDays(day(0), -1), author))).toEqual([]);
  });

  it('that begins anew keeps no reason of leaving on phones, as older versions wrote it', () => {
    const left: Enrolment = {
      ...leave(enrol(undefined, place(a, p1, day(0)), author), day(10), author),
      exitReason: 'health',
    };
    const back = enrol(left, place(a, p1, day(20)), author);
    expect(JSON.stringify(back)).not.toContain('health');
    expect(parseDocument(back)).toMatchObject({ ok: true });
  });
});

describe('the waiting list', () => {
  const waiting = [
    waitFor(undefined, { group: a.group, participant: p2 }, at(5)),
    waitFor(undefined, { group: a.group, participant: p3 }, at(1)),
    waitFor(undefined, { group: b.group, participant: p1 }, at(0)),
  ];
  const full = [p1, 'p8'].map((one) => enrol(undefined, place(a, one as ParticipantId, day(0)), author));

  it('goes by who came first, whatever the order of the documents', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(waiting, { minLength: 3 }), (line) => {
        expect(placesOf(a, [], line, day(0)).waiting.map((one) => one.participant)).toEqual([p3, p2]);
      }),
    );
  });

  it('proposes the first one once a place is free, and nobody before', () => {
    expect(placesOf(a, full, waiting, day(0))).toMatchObject({ taken: 2, free: 0, over: 0, next: undefined });
    const [one, other] = full as [Enrolment, Enrolment];
    const freed = [leave(one, day(6), author), other];
    expect(placesOf(a, freed, waiting, day(6)).next).toBeUndefined();
    expect(placesOf(a, freed, waiting, day(7))).toMatchObject({ free: 1, next: { participant: p3 } });
  });

  it('does not hold who was enrolled meanwhile, and keeps the turn of who asks twice', () => {
    const entered = enrol(undefined, place(a, p3, day(0)), author);
    expect(placesOf(a, [entered], waiting, day(0)).waiting.map((one) => one.participant)).toEqual([p2]);
    const [first] = waiting as [Waiting];
    expect(waitFor(first, { group: a.group, participant: p2 }, at(30))).toBe(first);
    expect(parseDocument(first)).toMatchObject({ ok: true });
  });
});

describe('what an entry would mean', () => {
  const socio = groupOf('s', 'socioprofessional');
  const talk = groupOf('t', 'conversation');
  const groups = [...french, socio, talk];
  const facts = (enrolments: Enrolment[], more: Partial<EnrolmentFacts> = {}): EnrolmentFacts => ({
    workshopTypes,
    groups,
    enrolments,
    waiting: [],
    occurrences: [],
    followedBefore: new Set(),
    ...more,
  });
  const concernsOf = (facts: EnrolmentFacts, group: Group, from = day(0)) =>
    planEnrolment(facts, { group, people: [p1], from }).entries[0]?.concerns.map(({ kind }) => kind);

  it('is French alone, unless the socioprofessional workshops were followed in this term or an earlier one', () => {
    expect(concernsOf(facts([]), a)).toEqual(['frenchAlone']);
    expect(concernsOf(facts([]), talk)).toEqual([]);
    const enrolled = enrol(undefined, place(socio, p1, day(0)), author);
    expect(concernsOf(facts([enrolled]), a)).toEqual([]);
    expect(concernsOf(facts([leave(enrolled, day(-1), author)]), a)).toEqual(['frenchAlone']);
    expect(concernsOf(facts([], { followedBefore: new Set([p1]) }), a)).toEqual([]);
  });

  it('is a change of group within a workshop, and nothing where they are already', () => {
    const enrolled = enrol(undefined, place(a, p1, day(0)), author);
    const term = facts([enrolled], { followedBefore: new Set([p1]) });
    expect(concernsOf(term, b)).toEqual(['sameWorkshop']);
    expect(planEnrolment(term, { group: a, people: [p1], from: day(0) })).toMatchObject({
      entries: [{ isEnrolled: true }],
      beyond: 0,
    });
    const left = facts([leave(enrolled, day(6), author)], { followedBefore: new Set([p1]) });
    expect(concernsOf(left, b, day(7))).toEqual([]);
  });

  it('is a clash when both meet at one time while they are in both', () => {
    const enrolled = leave(enrol(undefined, place(socio, p1, day(0)), author), day(20), author);
    const occurrences = [...meetingsOf(a), ...meetingsOf(socio, '11:00', '14:00')];
    const [entry] = planEnrolment(facts([enrolled], { occurrences }), {
      group: a,
      people: [p1],
      from: day(7),
    }).entries;
    expect(entry?.concerns).toEqual([{ kind: 'clash', group: socio, days: 2, first: day(7) }]);
    const later = meetingsOf(socio, '12:00', '14:00');
    expect(concernsOf(facts([enrolled], { occurrences: [...meetingsOf(a), ...later] }), a)).toEqual([]);
  });

  it('tells how many find no place', () => {
    const term = facts([enrol(undefined, place(a, p3, day(0)), author)]);
    expect(planEnrolment(term, { group: a, people: [p1, p2, p3], from: day(0) })).toMatchObject({
      beyond: 1,
    });
    expect(planEnrolment(term, { group: talk, people: [p1, p2], from: day(0) }).beyond).toBe(0);
  });
});

describe('an exit', () => {
  const facts = {
    term: 's3-2023' as TermCode,
    group: 'a' as GroupId,
    participant: p1,
    date: day(10),
    reason: 'health' as const,
  };
  const left = leave(enrol(undefined, place(a, p1, day(0)), author), day(10), author);

  it('has its reason in the registry, and none on phones', () => {
    const exit = noteExit(undefined, facts, author);
    expect(parseDocument(exit)).toMatchObject({ ok: true });
    expect(exitReasonOf(left, exit)).toBe('health');
    expect(JSON.stringify(left)).not.toContain('health');
  });

  it('is still read where older versions wrote it, and stands no more after a return', () => {
    expect(exitReasonOf({ ...left, exitReason: 'job' }, undefined)).toBe('job');
    const exit = noteExit(undefined, facts, author);
    expect(exitReasonOf(enrol(left, place(a, p1, day(20)), author), exit)).toBeUndefined();
    expect(exitReasonOf({ to: day(30) }, exit)).toBeUndefined();
  });

  it('noted anew keeps what was noted before among its changes', () => {
    const exit = noteExit(noteExit(undefined, facts, author), { ...facts, reason: 'job' }, at(3));
    expect(exit.changes).toMatchObject([
      { kind: 'created' },
      { fields: [{ field: 'reason', before: 'health', after: 'job' }] },
    ]);
  });
});
