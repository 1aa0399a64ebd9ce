import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/lib/domain/canonical-json.ts';
import type { AnyDocument, Author, Mark } from '../../src/lib/domain/documents.ts';
import {
  markDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
} from '../../src/lib/domain/ids.ts';
import { disagreementOf } from '../../src/lib/domain/mark-decisions.ts';
import { answer, clearAnswer, correctArrival, setReason } from '../../src/lib/domain/roll-call.ts';
import { findDisagreements } from '../../src/lib/features/desk/disagreements.ts';
import { settleAll, takeDecisionsBack } from '../../src/lib/features/desk/settle-commands.ts';
import { openStore, type Store } from '../../src/lib/store/store.ts';
import { mergeConflicts } from '../../src/lib/sync/merge-conflicts.ts';

/**
 * Real stores, up to five: the first ones of coordinators, the others of volunteers. What one has reaches another only
 * where they are not parted; nothing but revisions travels.
 */
const isLong = process.env.LONG_SEARCH === '1';
const runs = isLong ? 1000 : 100;
const seed = isLong ? Date.now() : 20261125;

const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
const people = ['p1', 'p2'] as ParticipantId[];
const accounts = ['elise', 'anne', 'maia', 'jean', 'lucie'] as AccountName[];
const statuses = ['present', 'late', 'absent'] as const;

type Step =
  | { do: 'mark'; on: number; person: number; status: (typeof statuses)[number] | null }
  | { do: 'correct'; on: number; person: number }
  | { do: 'settle'; on: number; pick: number; other: (typeof statuses)[number] | null }
  | { do: 'undo'; on: number; pick: number }
  /** Those on the same side hand each other everything. */
  | { do: 'meet'; sides: readonly number[] };

const on = fc.nat(4);
const person = fc.nat(people.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      on,
      person,
      status: fc.constantFrom(...statuses, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), on, person }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      on,
      pick: fc.nat(20),
      other: fc.option(fc.constantFrom(...statuses), { freq: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), on, pick: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('meet' as const),
      sides: fc.array(fc.nat(1), { minLength: 5, maxLength: 5 }),
    }),
  },
);

interface Replica {
  readonly store: Store;
  readonly account: AccountName;
  readonly decides: boolean;
}
const deskOf = ({ store }: Replica) => ({ commons: store, registry: undefined, terms: [] });

let opened = 0;
async function open(count: number): Promise<Replica[]> {
  const replicas: Replica[] = [];
  for (const [place, account] of accounts.slice(0, count).entries()) {
    const result = await openStore({ name: `decisions-${(opened += 1)}` });
    if (!result.ok) throw new Error(result.why);
    replicas.push({ store: result.store, account, decides: place < 2 });
  }
  return replicas;
}

async function handOver(from: Store, to: Store): Promise<void> {
  const batch = await from.outbox.nextBatch(10_000);
  const missing = new Set(
    (await to.missing(batch.map(({ id, rev }) => ({ id, rev })))).map(({ rev }) => rev),
  );
  await to.writeReplicated(
    batch
      .filter(({ rev }) => missing.has(rev))
      .map(({ id, rev, document: { _id, _rev, _revisions, _deleted, ...body } }) => ({
        ...{ id, rev, start: _revisions.start, hashes: [..._revisions.ids], body },
        isDeleted: _deleted === true,
      })),
  );
}

/** A server between them would hold the union: here everybody carries what others wrote, too. */
async function meet(replicas: readonly Replica[], stamp: (replica: Replica) => Author): Promise<void> {
  for (const from of replicas) for (const to of replicas) if (from !== to) await carry(from.store, to.store);
  for (const replica of replicas) if (replica.decides) await mergeConflicts(replica.store, stamp(replica));
  for (const from of replicas) for (const to of replicas) if (from !== to) await carry(from.store, to.store);
}

/** Every leaf, whoever wrote it. */
async function carry(from: Store, to: Store): Promise<void> {
  for await (const page of from.leaves()) {
    const missing = await to.missing(page);
    if (missing.length) await from.outbox.markUnsent(missing);
  }
  await handOver(from, to);
}

async function run(
  replicas: readonly Replica[],
  step: Step,
  stamp: (replica: Replica) => Author,
): Promise<void> {
  if (step.do === 'meet') {
    for (const side of [0, 1]) {
      const together = replicas.filter((_, place) => step.sides[place] === side);
      if (together.length > 1) await meet(together, stamp);
    }
    return;
  }
  const replica = replicas[step.on % replicas.length] as Replica;
  const author = stamp(replica);
  if (step.do === 'mark' || step.do === 'correct') {
    const participant = people[step.person] as ParticipantId;
    const place = { occurrence, participant };
    await replica.store.commit([
      {
        id: markDocId(occurrence, participant),
        change(current: AnyDocument | undefined) {
          const mark = current?.type === 'mark' ? current : undefined;
          if (step.do === 'correct')
            return correctArrival(mark, author.at, author) ?? setReason(mark, 'transport', author);
          return step.status
            ? answer(mark, { ...place, status: step.status }, author)
            : clearAnswer(mark, author);
        },
      },
    ]);
    return;
  }
  if (!replica.decides) return;
  if (step.do === 'settle') {
    const { disagreements } = await findDisagreements(deskOf(replica));
    const disagreement = disagreements[step.pick % Math.max(1, disagreements.length)];
    const side = disagreement?.sides[step.pick % disagreement.sides.length];
    const status = step.other ?? side?.status ?? 'present';
    if (disagreement)
      await settleAll([{ disagreement, kept: { answer: { status } } }], { rule: 'one' }, author);
    return;
  }
  const decisions = await replica.store.ofType('decision');
  const decision = decisions[step.pick % Math.max(1, decisions.length)];
  if (decision) await takeDecisionsBack([{ store: replica.store, id: decision._id }], author);
}

/** What a device shows of everything: each document as it stands, and what is in dispute. */
async function viewOf(replica: Replica) {
  const { store } = replica;
  const marks: unknown[] = [];
  for (const participant of people) {
    const leaves = await store.leavesOf(markDocId(occurrence, participant));
    const versions = leaves.map(({ document }) => plain(document as Mark));
    const found = versions.length ? disagreementOf(versions) : undefined;
    marks.push([
      leaves.map(({ rev }) => rev).sort(),
      found?.provisional.status,
      found?.claims.map(({ status, said }) => [status, said.map(canonicalJson)]),
    ]);
  }
  const decisions = (await store.ofType('decision')).sort((a, b) => (a._id < b._id ? -1 : 1));
  const { disagreements } = await findDisagreements(deskOf(replica));
  return { marks, decisions, disputed: disagreements.map(({ id }) => id) };
}
const plain = ({ _rev, ...mark }: Mark): Mark => mark as Mark;

async function entriesIn({ store }: Replica): Promise<Set<string>> {
  const entries = new Set<string>();
  for (const participant of people)
    for (const { document } of await store.leavesOf(markDocId(occurrence, participant)))
      for (const entry of (document as Mark).history ?? [])
        entries.add(`${participant} ${canonicalJson(entry)}`);
  return entries;
}

describe('whatever is said, corrected, decided and taken back on up to five devices', () => {
  it(
    `property: all come to the same, and no history is lost (seed ${seed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 5 }),
          fc.array(step, { minLength: 4, maxLength: 22 }),
          async (count, steps) => {
            const replicas = await open(count);
            let moments = Date.parse('2026-11-23T13:30:00.000Z');
            // Each device has a clock of its own, hours apart.
            const stamp = ({ account }: Replica): Author => ({
              at: new Date((moments += 1000) + accounts.indexOf(account) * 7_000_000).toISOString(),
              by: account,
              device: `device-of-${account}` as DeviceId,
            });
            const said = new Set<string>();
            const note = async () => {
              for (const replica of replicas) for (const entry of await entriesIn(replica)) said.add(entry);
            };
            try {
              for (const one of steps) {
                await run(replicas, one, stamp);
                await note();
              }
              for (let n = 0; n < 3; n += 1) await meet(replicas, stamp);
              await note();
              const [first, ...others] = await Promise.all(replicas.map(viewOf));
              for (const other of others) expect(other).toEqual(first);
              for (const replica of replicas) expect(await entriesIn(replica)).toEqual(said);
            } finally {
              for (const { store } of replicas) await store.destroy();
            }
          },
        ),
        { numRuns: runs, seed, interruptAfterTimeLimit: isLong ? 1_800_000 : 80_000 },
      );
    },
    isLong ? 2_000_000 : 110_000,
  );
});
