import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { withChange } from './changes.ts';
import {
  parseDocument,
  type AnyDocument,
  type Author,
  type Enrolment,
  type Exit,
  type Mark,
  type Participant,
} from './documents.ts';
import { exitReasons, markStatuses } from './documents/term.ts';
import { enrol, leave } from './enrolments.ts';
import {
  distinctionDocId,
  exitDocId,
  markDocId,
  waitingDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type MergeId,
  type OccurrenceId,
  type ParticipantId,
  type TermCode,
} from './ids.ts';
import { addDays } from './local-time.ts';
import { newParticipant, rosterCardOf } from './participants.ts';
import {
  chosenFields,
  isAbout,
  mergePlan,
  rolesOf,
  sameFacts,
  type HeldDocuments,
  type MergeChoices,
  type PlannedChange,
} from './person-merge.ts';
import { CurrentDocuments, mergeDocuments, undoPlan, wholeMerges } from './person-merge-undo.ts';
import { answer, clearAnswer } from './roll-call.ts';
import { isEnrolledOn } from './roster.ts';

const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 3_000 } : { numRuns: 120, seed: 20231002 };
const [kept, absorbed, third] = ['aaa', 'bbb', 'ccc'] as [ParticipantId, ParticipantId, ParticipantId];
const author = (by: string, minute: number): Author => ({
  at: new Date(Date.UTC(2026, 1, 2, 8, minute)).toISOString(),
  by: by as AccountName,
  device: `of-${by}` as DeviceId,
});
const elise = author('elise', 600);
const undoer = author('anne', 700);
const registry = 'paris-registry';
const termsHeld = ['paris-s1', 'paris-s2'];
const mergeId = 'merge1' as MergeId;

/** A device's databases, in memory: what plans are applied to. */
class World {
  readonly databases = new Map<string, Map<string, AnyDocument>>();

  put(database: string, document: AnyDocument): void {
    const documents = this.databases.get(database) ?? new Map<string, AnyDocument>();
    this.databases.set(database, documents.set(document._id, document));
  }
  apply(changes: readonly PlannedChange[]): void {
    for (const { database, id, after } of changes)
      if (after) this.put(database, after);
      else this.databases.get(database)?.delete(id);
  }
  held(): HeldDocuments[] {
    return [...this.databases].map(([database, documents]) => ({
      database,
      documents: [...documents.values()].filter(
        (one) => isAbout(one, kept) || isAbout(one, absorbed) || one.type === 'distinction',
      ),
    }));
  }
  all(): AnyDocument[] {
    return [...this.databases.values()].flatMap((documents) => [...documents.values()]);
  }
  copy(): World {
    const other = new World();
    for (const [database, documents] of this.databases)
      for (const document of documents.values()) other.put(database, document);
    return other;
  }
  plan(choices: MergeChoices = {}, by = elise) {
    return mergePlan({ kept, absorbed, held: this.held(), nameDisplay: 'full', choices, author: by });
  }
  /** As the app does: the registry first, with what everything was before; then term by term. */
  merge(choices: MergeChoices = {}, only: readonly string[] = [registry, ...termsHeld], by = elise): void {
    const { changes } = this.plan(choices, by);
    if (changes.length === 0) return;
    const parts = this.all().filter((one) => one.type === 'merge').length;
    for (const part of mergeDocuments(mergeId, { kept, absorbed }, changes, by, parts))
      this.put(registry, part);
    this.apply(changes.filter(({ database }) => only.includes(database)));
  }
  undo() {
    const [merge] = wholeMerges(this.all().filter((one) => one.type === 'merge'));
    if (!merge) throw new Error('a merge was expected');
    const current = new CurrentDocuments();
    for (const [database, documents] of this.databases)
      for (const document of documents.values()) current.add(database, document);
    const plan = undoPlan(merge, current, undoer);
    this.apply(plan.changes);
    return plan;
  }
}

const day = (n: number) => addDays('2026-02-02', n);
const file = (participant: ParticipantId, facts: Partial<Participant>, minute: number) =>
  newParticipant(
    participant,
    {
      firstName: 'Mohamed',
      familyName: 'Diallo',
      gender: 'unknown',
      languages: [],
      isFrancophone: false,
      statusHistory: [],
      ...facts,
    },
    author('elise', minute),
  );

const facts = fc.record(
  {
    firstName: fc.constantFrom('Mohamed', 'Muhammad'),
    familyName: fc.constantFrom('Diallo', 'Dialo'),
    gender: fc.constantFrom<Participant['gender']>('woman', 'man', 'other', 'unknown'),
    birthYear: fc.integer({ min: 1980, max: 1983 }),
    languages: fc.uniqueArray(fc.constantFrom('fr', 'ff', 'en')),
    isFrancophone: fc.boolean(),
    departement: fc.constantFrom('75', '93'),
    statusHistory: fc.array(
      fc.record({
        status: fc.constantFrom('refugee', 'asylumSeeker'),
        from: fc.constantFrom(day(0), day(9)),
      }),
      { maxLength: 2 },
    ),
    phone: fc.constantFrom('0611223344', '0755443322'),
    lastContact: fc.constantFrom(day(1), day(5)),
  },
  { requiredKeys: [] },
);
const stay = fc.record({
  from: fc.integer({ min: 0, max: 30 }),
  days: fc.option(fc.integer({ min: -1, max: 20 }), { nil: undefined }),
  again: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
});
const answers = fc.array(
  fc.record({
    status: fc.constantFrom(...markStatuses, null),
    by: fc.constantFrom('maia', 'jean'),
    minute: fc.integer({ min: 0, max: 500 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const perPerson = fc.record({
  facts: fc.option(facts, { nil: undefined }),
  card: fc.subarray([0, 1]),
  stays: fc.array(fc.option(stay, { nil: undefined }), { minLength: 4, maxLength: 4 }),
  marks: fc.array(fc.option(answers, { nil: undefined }), { minLength: 6, maxLength: 6 }),
  waits: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  isDistinct: fc.boolean(),
});
type PerPerson = typeof perPerson extends fc.Arbitrary<infer Facts> ? Facts : never;

const groupOf = (n: number) => `g${n}` as GroupId;
const occurrenceOf = (n: number) => `g${n % 4}.2026-02-0${n + 2}T1000` as OccurrenceId;
const termOf = (group: number) => termsHeld[group % 2] ?? '';

function markOf(
  participant: ParticipantId,
  n: number,
  given: readonly { status: Mark['status']; by: string; minute: number }[],
) {
  let mark: Mark | undefined;
  for (const { status, by, minute } of given) {
    const said = author(by, minute);
    mark =
      (status === null
        ? clearAnswer(mark, said)
        : answer(mark, { occurrence: occurrenceOf(n), participant, status }, said)) ?? mark;
  }
  return mark;
}

function settle(
  world: World,
  participant: ParticipantId,
  person: PerPerson,
  minute: number,
  hasFile: boolean,
) {
  const own = hasFile ? file(participant, person.facts ?? {}, minute) : undefined;
  if (own) world.put(registry, own);
  for (const term of person.card) {
    const card = rosterCardOf(
      own ?? { participant, firstName: 'Mohamed', familyName: 'D', languages: [], isFrancophone: false },
      'full',
      undefined,
      author('elise', minute),
    );
    world.put(termsHeld[term] ?? '', own ? card : { ...card, isProvisional: true });
  }
  for (const [n, one] of person.stays.entries()) {
    if (!one) continue;
    const group = groupOf(n);
    let enrolment: Enrolment = enrol(
      undefined,
      { group, participant, from: day(one.from) },
      author('elise', minute),
    );
    if (one.days !== undefined)
      enrolment = leave(enrolment, day(one.from + one.days), author('elise', minute + 1));
    if (one.days !== undefined && one.again !== undefined)
      enrolment = enrol(
        enrolment,
        { group, participant, from: day(one.from + Math.max(0, one.days) + one.again) },
        author('elise', minute + 2),
      );
    world.put(termOf(n), enrolment);
    if (enrolment.to === undefined) continue;
    const exit: Exit = {
      _id: exitDocId(group, participant),
      type: 'exit',
      v: 1,
      ...author('elise', minute),
      term: 's1' as TermCode,
      group,
      participant,
      date: enrolment.to,
      reason: exitReasons[n % exitReasons.length] ?? 'unknown',
    };
    world.put(registry, withChange(undefined, exit, author('elise', minute)));
  }
  for (const [n, given] of person.marks.entries()) {
    const mark = given && markOf(participant, n, given);
    if (mark) world.put(termOf(n % 4), mark);
  }
  for (const [n, waits] of person.waits.entries()) {
    const group = groupOf(n);
    const since = author('elise', minute + n).at;
    if (waits)
      world.put(termOf(n), {
        ...{ _id: waitingDocId(group, participant), type: 'waiting', v: 1 },
        ...{ ...author('elise', minute), group, participant, since },
      });
  }
  if (person.isDistinct)
    world.put(registry, {
      ...{ _id: distinctionDocId(participant, third), type: 'distinction', v: 1 },
      ...{ ...author('elise', minute), participants: [participant, third] },
    });
}

const worlds = fc
  .record({ own: perPerson, theirs: perPerson, hasFile: fc.boolean(), areTold: fc.boolean() })
  .map(({ own, theirs, hasFile, areTold }) => {
    const world = new World();
    for (const database of [registry, ...termsHeld]) world.databases.set(database, new Map());
    settle(world, kept, own, 510, true);
    settle(world, absorbed, theirs, 520, hasFile);
    if (areTold)
      world.put(registry, {
        ...{ _id: distinctionDocId(kept, absorbed), type: 'distinction', v: 1 },
        ...{ ...author('elise', 530), participants: [kept, absorbed] },
      });
    return world;
  });
const choices = fc.record({
  fields: fc.dictionary(fc.constantFrom(...chosenFields), fc.constantFrom('kept', 'absorbed')),
  marks: fc
    .array(fc.tuple(fc.constantFrom(0, 1, 2, 3, 4, 5).map(occurrenceOf), fc.constantFrom('kept', 'absorbed')))
    .map((entries) => new Map(entries)),
}) as fc.Arbitrary<MergeChoices>;

const entriesOf = (world: World) =>
  world.all().flatMap((one) => (one.type === 'mark' ? one.history.map(canonicalJson) : []));
const stripped = (world: World) =>
  world
    .all()
    .filter(({ type }) => type !== 'merge')
    .map((one) => {
      const aside = ['_rev', 'at', 'by', 'device', 'changes', 'history'];
      return canonicalJson(Object.fromEntries(Object.entries(one).filter(([name]) => !aside.includes(name))));
    })
    .sort();
const isMentioned = (world: World) =>
  world
    .all()
    .filter(({ type, _id }) => type !== 'merge' && _id !== `participant:${absorbed}`)
    .some((one) => canonicalJson(one).includes(`"${absorbed}"`) || one._id.includes(absorbed));

describe('a merge of two files', () => {
  it('moves everything: nothing is about the absorbed one any more, and every document is of its schema', () => {
    fc.assert(
      fc.property(worlds, choices, (world, chosen) => {
        world.merge(chosen);
        expect(isMentioned(world)).toBe(false);
        for (const document of world.all()) expect(parseDocument(document)).toMatchObject({ ok: true });
      }),
      runs,
    );
  });

  it('loses no answer ever given', () => {
    fc.assert(
      fc.property(worlds, choices, (world, chosen) => {
        const before = entriesOf(world);
        world.merge(chosen);
        const after = entriesOf(world);
        for (const entry of new Set(before)) expect(after).toContain(entry);
      }),
      runs,
    );
  });

  it('made twice is the same', () => {
    fc.assert(
      fc.property(worlds, choices, (world, chosen) => {
        world.merge(chosen);
        expect(world.plan().changes).toEqual([]);
        expect(world.plan(chosen, undoer).changes).toEqual([]);
      }),
      runs,
    );
  });

  it('keeps every day that one of them was enrolled', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const was = world.copy();
        world.merge();
        const stays = (of: World) => of.all().filter((one): one is Enrolment => one.type === 'enrolment');
        for (let n = 0; n < 4; n += 1)
          for (let at = -1; at < 80; at += 1) {
            const isIn = (of: World) =>
              stays(of).some((one) => one.group === groupOf(n) && isEnrolledOn(one, day(at)));
            expect(isIn(world)).toBe(isIn(was));
          }
      }),
      { ...runs, numRuns: Math.min(200, runs.numRuns) },
    );
  });

  it('writes no mark that the server would refuse, nor does undoing it: its last answer is what it says', () => {
    fc.assert(
      fc.property(worlds, choices, (world, chosen) => {
        const was = new Set(world.all().map(canonicalJson));
        const isTaken = (one: AnyDocument) =>
          one.type !== 'mark' ||
          was.has(canonicalJson(one)) ||
          (['at', 'by', 'device', 'status'] as const).every(
            (field) => one[field] === one.history.at(-1)?.[field],
          );
        world.merge(chosen);
        expect(world.all().filter((one) => !isTaken(one))).toEqual([]);
        if (world.all().every(({ type }) => type !== 'merge')) return;
        world.undo();
        expect(world.all().filter((one) => !isTaken(one))).toEqual([]);
      }),
      runs,
    );
  });

  it('undone leaves everything as it was', () => {
    fc.assert(
      fc.property(worlds, choices, (world, chosen) => {
        const was = world.copy();
        world.merge(chosen);
        if (world.all().every(({ type }) => type !== 'merge')) return;
        const { left } = world.undo();
        expect(left).toEqual([]);
        expect(stripped(world)).toEqual(stripped(was));
        // A history only grows: those of the kept one's answers hold what was united, and what was given back.
        for (const mark of was.all().filter((one): one is Mark => one.type === 'mark')) {
          const now = world.all().find(({ _id }) => _id === mark._id) as Mark;
          const texts = now.history.map(canonicalJson);
          for (const entry of mark.history) expect(texts).toContain(canonicalJson(entry));
        }
        // Undone again, it has nothing left to do.
        expect(world.undo()).toEqual({ changes: [], left: [] });
      }),
      runs,
    );
  });

  it('interrupted anywhere is completed by merging again, and undone as a whole', () => {
    const cut = fc.constantFrom<readonly string[]>(
      [registry],
      [registry, 'paris-s1'],
      [registry, 'paris-s2'],
    );
    fc.assert(
      fc.property(worlds, choices, cut, (world, chosen, only) => {
        const was = world.copy();
        world.merge(chosen, only);
        if (world.all().every(({ type }) => type !== 'merge')) return;
        world.merge(chosen, undefined, author('elise', 610));
        expect(isMentioned(world)).toBe(false);
        expect(world.plan().changes).toEqual([]);
        expect(world.undo().left).toEqual([]);
        expect(stripped(world)).toEqual(stripped(was));
      }),
      runs,
    );
  });
});

const bothPresent = () => {
  const world = new World();
  for (const database of [registry, ...termsHeld]) world.databases.set(database, new Map());
  world.put(registry, file(kept, { phone: '0611223344', gender: 'man' }, 1));
  world.put(registry, file(absorbed, { phone: '0755443322', birthYear: 1990 }, 2));
  for (const who of [kept, absorbed]) {
    const status = who === kept ? 'absent' : 'present';
    const mark = markOf(who, 0, [{ status, by: who === kept ? 'maia' : 'jean', minute: 5 }]);
    if (mark) world.put('paris-s1', mark);
  }
  return world;
};

describe('what is chosen', () => {
  it('is the kept file’s where it has something, else the other’s', () => {
    const { file: merged } = bothPresent().plan();
    expect(merged).toMatchObject({ phone: '0611223344', birthYear: 1990, gender: 'man' });
    expect(bothPresent().plan({ fields: { phone: 'absorbed' } }).file).toMatchObject({ phone: '0755443322' });
  });

  it('between two answers for one meeting stands, and the other stays in the history', () => {
    const world = bothPresent();
    expect(world.plan().disagreements).toMatchObject([
      { occurrence: occurrenceOf(0), kept: { status: 'absent' }, absorbed: { status: 'present' } },
    ]);
    world.merge({ marks: new Map([[occurrenceOf(0), 'absorbed']]) });
    const mark = world.all().find(({ _id }) => _id === markDocId(occurrenceOf(0), kept)) as Mark;
    expect(mark.status).toBe('present');
    const said = mark.history.map(({ by, status }) => `${by} ${status}`);
    expect(said.slice(0, 2).sort()).toEqual(['jean present', 'maia absent']);
    expect(said.slice(2)).toEqual(['elise present']);
  });

  it('of two people: the one with a file is kept, then the one of whom more is known', () => {
    const world = bothPresent();
    expect(rolesOf(absorbed, kept, world.held())).toEqual({ kept, absorbed });
    world.databases.get(registry)?.delete(`participant:${kept}`);
    expect(rolesOf(absorbed, kept, world.held())).toEqual({ kept: absorbed, absorbed: kept });
  });
});

describe('after a merge', () => {
  it('an answer that a phone gives for the absorbed one later moves when the merge is completed', () => {
    const world = bothPresent();
    world.merge();
    const late = markOf(absorbed, 1, [{ status: 'late', by: 'jean', minute: 630 }]);
    if (late) world.put('paris-s2', late);
    expect(world.plan().changes).toHaveLength(2);
    world.merge({}, undefined, author('elise', 640));
    expect(isMentioned(world)).toBe(false);
    expect(world.all()).toContainEqual(expect.objectContaining({ _id: markDocId(occurrenceOf(1), kept) }));
  });

  it('a file edited since is left as it is by the undoing, which says so', () => {
    const world = bothPresent();
    world.merge();
    const merged = world.all().find(({ _id }) => _id === `participant:${kept}`) as Participant;
    const edited = withChange(merged, { ...merged, phone: '0100000000' }, author('anne', 650));
    world.put(registry, edited);
    expect(world.undo().left).toEqual([{ database: registry, id: `participant:${kept}` }]);
    expect(world.all()).toContainEqual(edited);
    const other = world.all().find(({ _id }) => _id === `participant:${absorbed}`) as Participant;
    expect(other.mergedInto).toBeUndefined();
    expect(sameFacts(other, file(absorbed, { phone: '0755443322', birthYear: 1990 }, 2))).toBe(true);
  });

  it('the absorbed file that was rewritten since is a file again once undone, with what was written in it', () => {
    const world = bothPresent();
    world.merge();
    const away = world.all().find(({ _id }) => _id === `participant:${absorbed}`) as Participant;
    world.put(registry, withChange(away, { ...away, phone: '0100000000' }, author('anne', 650), 'undone'));
    expect(world.undo().left).toEqual([{ database: registry, id: `participant:${absorbed}` }]);
    const back = world.all().find(({ _id }) => _id === `participant:${absorbed}`) as Participant;
    expect(back).toMatchObject({ phone: '0100000000', by: undoer.by });
    expect(back.mergedInto).toBeUndefined();
    expect(back.changes?.at(-1)).toMatchObject({ kind: 'undone', fields: [{ field: 'mergedInto' }] });
    expect(world.undo().changes).toEqual([]);
  });

  it('what was before fills several documents when it is long', () => {
    const world = bothPresent();
    const { changes } = world.plan();
    const many = Array.from({ length: 400 }, () => changes).flat();
    const parts = mergeDocuments(mergeId, { kept, absorbed }, many, elise);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(65_536);
    expect(wholeMerges(parts)).toHaveLength(1);
    expect(wholeMerges(parts)[0]?.parts.flatMap(({ before }) => before)).toHaveLength(many.length);
  });
});
