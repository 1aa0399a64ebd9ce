import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { designBody, designId } from '../../sync-server/design/presence-design.ts';
import { mergeMarks } from '../../src/lib/domain/marks-merge.ts';
import type { Mark } from '../../src/lib/domain/documents.ts';
import { markStatuses } from '../../src/lib/domain/documents/term.ts';
import { isSound, onNext, type Fault } from './faulty-line.ts';
import { expectAllArrived, expectNothingLost } from './invariant.ts';
import { markId, openPhone, reopen, type Confirmed, type Phone } from './phone.ts';
import { openTestServer, termBase, type TestServer } from './test-server.ts';

const isLong = process.env.LONG_SEARCH === '1';
const runs = isLong ? 1500 : 50;

/** What may happen next on one of the phones. */
type Step =
  | { do: 'mark'; phone: number; status: (typeof markStatuses)[number] | null; people: number[] }
  | { do: 'sync'; phone: number }
  | { do: 'fault'; phone: number; path: string; fault: Fault; count: number }
  | { do: 'mend'; phone: number }
  /** The app is closed `ms` into a round, and opened again. */
  | { do: 'kill'; phone: number; ms: number }
  | { do: 'together' };

const phone = fc.nat(2);
const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: 'refuse' },
  { kind: 'cut' },
  { kind: 'swallow' },
  { kind: 'html' },
  { kind: 'truncate' },
  { kind: 'twice' },
  { kind: 'slow', ms: 15 },
  { kind: 'status', status: 503 },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      phone,
      // Few statuses and few people: phones are to meet.
      status: fc.constantFrom(...markStatuses.slice(0, 1), ...markStatuses.slice(3), null),
      people: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sync' as const), phone }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      phone,
      path: fc.constantFrom('', '_bulk_docs', '_revs_diff', '_changes', '_bulk_get', '_session'),
      fault,
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('mend' as const), phone }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('kill' as const), phone, ms: fc.integer({ min: 0, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'together' as const }) },
);

async function run(server: TestServer, phones: Phone[], step: Step): Promise<void> {
  const of = (n: number) => phones[n % phones.length] as Phone;
  switch (step.do) {
    case 'mark':
      return of(step.phone).mark(step.status, ...step.people);
    case 'sync':
      return void (await of(step.phone).engine.syncNow());
    case 'fault':
      of(step.phone).line.faultOf = onNext(step.path, step.fault, step.count);
      return;
    case 'mend':
      of(step.phone).line.faultOf = isSound;
      return;
    case 'kill': {
      const place = step.phone % phones.length;
      void of(place).engine.syncNow();
      await new Promise((wait) => setTimeout(wait, step.ms));
      phones[place] = await reopen(server, of(place), { locks: undefined });
      return;
    }
    case 'together':
      await Promise.all(phones.map((one) => one.engine.syncNow()));
  }
}

/** Each document's live leaves, as text, the winner first. */
async function viewOf(phone: Phone): Promise<Map<string, { winner: string; all: string[] }>> {
  const conflicts = new Map((await phone.store.conflicts()).map((one) => [one.id as string, one]));
  const view = new Map<string, { winner: string; all: string[] }>();
  for (const mark of await phone.store.ofType('mark')) {
    const leaves = conflicts.get(mark._id)?.leaves.map(({ rev }) => rev) ?? [mark._rev ?? ''];
    view.set(mark._id, { winner: mark._rev ?? '', all: [...leaves].sort() });
  }
  return view;
}

describe('whatever happens, in whatever order', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await openTestServer();
  });
  afterAll(() => server.dispose());

  it(
    'property: nothing is lost at any moment, and all phones end with the same',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
          const base = `${termBase}`;
          await emptyAnew(server, base);
          const log: Confirmed[] = [];
          const phones: Phone[] = [];
          for (const account of ['maia', 'noor', 'sami'])
            phones.push(await openPhone({ server, log, account, engine: { locks: undefined } }));
          try {
            for (const one of steps) {
              await run(server, phones, one);
              await expectNothingLost(server, log, phones);
            }
            // A coordinator's device comes last: it writes down what can be merged.
            phones.push(await openPhone({ server, log, account: 'coco', engine: { locks: undefined } }));
            for (const one of phones) one.line.faultOf = isSound;
            for (let n = 0; n < 3; n++) for (const one of phones) await one.engine.syncNow();
            await expectAllArrived(server, log, phones);
            const [first, ...others] = await Promise.all(phones.map(viewOf));
            for (const other of others) expect(other).toEqual(first);
            await expectOnlyDisagreements(phones[0] as Phone);
          } finally {
            for (const one of phones) {
              await one.close();
              await one.store.destroy();
            }
          }
        }),
        {
          numRuns: runs,
          seed: isLong ? Date.now() : 20231002,
          interruptAfterTimeLimit: isLong ? 900_000 : 80_000,
        },
      );
    },
    isLong ? 1_000_000 : 110_000,
  );
});

/** The term's database as it was on the first day. */
async function emptyAnew({ admin }: TestServer, base: string): Promise<void> {
  const security = await admin.get(`${base}/_security`);
  await admin.delete(base);
  await admin.put(base, undefined);
  await admin.put(`${base}/_security`, security);
  await admin.put(`${base}/${designId}`, designBody);
}

/** What is still in conflict is what people disagree on, and everything anybody said of it is there. */
async function expectOnlyDisagreements(one: Phone): Promise<void> {
  for (const { leaves } of await one.store.conflicts())
    expect(mergeMarks(leaves.map(({ document }) => document as Mark))).toMatchObject({ ok: false });
  for (const n of [1, 2, 3, 4]) {
    const mine = one.log.filter(({ id }) => id === markId(n));
    const mark = await one.store.get('mark', markId(n));
    expect(mark === undefined).toBe(mine.length === 0);
  }
}
