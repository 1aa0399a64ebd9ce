import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeRollCall, countPeople, keepAside, reopenRollCall } from '../domain/closing.ts';
import { mergeClosings } from '../domain/closings-merge.ts';
import type { AnyDocument, Author, Closing, Mark, MarkStatus, SignUp } from '../domain/documents.ts';
import {
  closingDocId,
  markDocId,
  signUpDocId,
  type AccountName,
  type DeviceId,
  type DocId,
  type OccurrenceId,
  type ParticipantId,
} from '../domain/ids.ts';
import { mergeMarks } from '../domain/marks-merge.ts';
import { answer, changeOf, clearAnswer, setReason, undo } from '../domain/roll-call.ts';
import { mergeSignUps } from '../domain/sign-ups-merge.ts';
import { signUp, withdraw } from '../domain/sign-ups.ts';
import type { Edit } from './commit.ts';
import { openStore, type Store } from './store.ts';
import { takeBack, writeInTurn } from './taken-back.ts';

const author = (by: string, minute: number): Author => ({
  at: `2026-11-23T13:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: `phone-of-${by}` as DeviceId,
});
const occurrence = 'g1.2026-11-23T1430' as OccurrenceId;
const participant = 'p1' as ParticipantId;
const place = { occurrence, participant };
const ids = {
  mark: markDocId(occurrence, participant),
  signUp: signUpDocId(occurrence, participant),
  closing: closingDocId(occurrence),
};
const counts = { present: 2, late: 0, leftEarly: 0, excused: 0, absent: 0, unmarked: 0 };

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `agreeing-${++count}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());

const asOf = <Type extends AnyDocument['type']>(type: Type, current: AnyDocument | undefined) =>
  (current?.type === type ? current : undefined) as Extract<AnyDocument, { type: Type }> | undefined;
const onMark = (rule: (mark: Mark | undefined) => Mark | undefined): Edit => ({
  id: ids.mark,
  change: (current) => rule(asOf('mark', current)),
});
const onSignUp = (rule: (one: SignUp | undefined) => SignUp | undefined): Edit => ({
  id: ids.signUp,
  change: (current) => rule(asOf('signUp', current)),
});
const onClosing = (rule: (one: Closing | undefined) => Closing | undefined): Edit => ({
  id: ids.closing,
  change: (current) => rule(asOf('closing', current)),
});

/** Revision `n` of another phone: letters of that phone, so that its name is smaller or greater than ours. */
const hashOf = (letter: string, n: number) => `${letter}${n}`.padEnd(32, letter);

/** What another phone wrote without knowing ours; a revision for each entry of its history. */
async function comesFromElsewhere(document: AnyDocument & { history: readonly unknown[] }, letter: string) {
  const { _id: id, ...body } = document;
  const start = document.history.length;
  const hashes = Array.from({ length: start }, (_, back) => hashOf(letter, start - back));
  await store.writeReplicated([{ id, rev: `${start}-${hashes[0]}`, isDeleted: false, start, hashes, body }]);
}

async function commit(...edits: Edit[]) {
  const done = await store.commit(edits);
  if (!done.ok) throw new Error(done.why);
  return done.written;
}

async function versions<Type extends AnyDocument>(id: DocId): Promise<Type[]> {
  return (await store.leavesOf(id)).map(({ document: { _rev, ...rest } }) => rest as Type);
}

const merged = async () => {
  const result = mergeMarks(await versions<Mark>(ids.mark));
  if (!result.ok) throw new Error('nobody disagrees');
  return result.merged;
};

const said = (by: string, minute: number, status: MarkStatus) =>
  answer(undefined, { ...place, status }, author(by, minute)) as Mark;
const say = (status: MarkStatus, minute: number) =>
  onMark((mark) => answer(mark, { ...place, status }, author('maia', minute)));

/** Of two phones; the other one's version shows first (`f`) or ours. */
describe.each(['f', '0'])('a person answered for on two phones (%s)', (letter) => {
  beforeEach(async () => {
    await commit(say('present', 1));
    await comesFromElsewhere(said('noor', 2, 'present'), letter);
  });

  it('is absent when one corrects it, and nobody disagrees', async () => {
    const written = await commit(say('absent', 3));
    expect(written).toHaveLength(1);
    expect(await store.get('mark', ids.mark)).toMatchObject({ status: 'absent', _rev: written[0]?.rev });
    expect((await versions<Mark>(ids.mark)).map(({ status }) => status)).toEqual(['absent', 'absent']);
    expect((await merged()).history.map(({ by, status }) => `${by} ${status}`)).toEqual([
      'maia present',
      'noor present',
      'maia absent',
    ]);
  });

  it('has no answer when one takes it away, and the first answer again when that is undone', async () => {
    let change: ReturnType<typeof changeOf> | undefined;
    await commit(
      onMark((mark) => {
        const next = clearAnswer(mark, author('maia', 3));
        if (next) change = changeOf(mark, next);
        return next;
      }),
    );
    expect((await merged()).status).toBeNull();
    await commit(onMark((mark) => change && undo(mark, change, author('maia', 4))));
    expect((await merged()).status).toBe('present');
    await commit(say('late', 5));
    expect((await merged()).status).toBe('late');
  });

  it('is sent with both versions, each below its own', async () => {
    const before = await store.leavesOf(ids.mark);
    await commit(say('absent', 3));
    const batch = await store.outbox.nextBatch(10);
    expect(await store.outbox.pendingCount()).toBe(1);
    const parents = batch.map(({ document }) => `1-${document._revisions.ids[1]}`);
    expect(parents.toSorted()).toEqual(before.map(({ rev }) => rev).toSorted());
    await store.outbox.markSent(batch);
    expect(await store.outbox.pendingCount()).toBe(0);
  });

  it('changed twice by one commit has both changes in both versions', async () => {
    await commit(
      say('absent', 3),
      onMark((mark) => setReason(mark, 'family', author('maia', 4))),
    );
    for (const mark of await versions<Mark>(ids.mark)) {
      expect(mark).toMatchObject({ status: 'absent', reason: 'family' });
      expect(mark.history).toHaveLength(3);
    }
  });

  it('keeps the disagreement of a third, which is for a coordinator', async () => {
    await comesFromElsewhere(said('jean', 2, 'excused'), '8');
    const before = await store.get('mark', ids.mark);
    await commit(say('late', 3));
    const now = (await versions<Mark>(ids.mark)).map(({ status }) => status).toSorted();
    expect(now).toEqual(
      before?.status === 'excused' ? ['late', 'present', 'present'] : ['excused', 'late', 'late'],
    );
  });
});

it('a version that this app cannot read is never written to', async () => {
  await commit(say('present', 1));
  await comesFromElsewhere({ ...said('noor', 2, 'present'), minutes: 'many' } as never, '0');
  await commit(say('absent', 3));
  expect((await versions<Mark>(ids.mark)).map(({ history }) => history.length)).toEqual([2, 1]);
});

it('a change made of another version than it is given leaves that one as it is', async () => {
  await commit(say('present', 1));
  const ours = await store.get('mark', ids.mark);
  await comesFromElsewhere(said('noor', 2, 'present'), '0');
  await commit(onMark(() => answer(ours, { ...place, status: 'absent' }, author('maia', 3))));
  expect((await versions<Mark>(ids.mark)).map(({ status }) => status)).toEqual(['absent', 'present']);
});

describe.each(['f', '0'])('of two phones (%s)', (letter) => {
  it('who was signed up on both and withdraws is not signed up', async () => {
    const up = (by: string, minute: number) =>
      signUp(undefined, { ...place, told: 'place' }, author(by, minute)) as SignUp;
    await commit(onSignUp(() => up('maia', 1)));
    await comesFromElsewhere(up('noor', 2), letter);
    await commit(onSignUp((one) => withdraw(one, author('maia', 3))));
    expect(mergeSignUps(await versions<SignUp>(ids.signUp)).state).toBe('withdrawn');
  });

  it('a list opened again on both and closed by one is closed, its people counted', async () => {
    const first = closeRollCall(undefined, { occurrence, counts }, author('elise', 0)) as Closing;
    await commit(onClosing(() => first));
    await commit(onClosing((one) => reopenRollCall(one, author('maia', 1))));
    await comesFromElsewhere(reopenRollCall(first, author('noor', 2)) as Closing, letter);
    const close = (one: Closing | undefined) =>
      closeRollCall(one, { occurrence, counts: { ...counts, present: 3 } }, author('maia', 3));
    await commit(onClosing(close));
    await commit(
      onClosing((one) => countPeople(one, { occurrence, what: 'headcount', number: 9 }, author('maia', 4))),
    );
    const now = mergeClosings(await versions<Closing>(ids.closing));
    expect(now).toMatchObject({ state: 'closed', headcount: 9, counts: { present: 3 } });
  });

  it('answers left aside and taken back are late again', async () => {
    const close = (by: string, minute: number) =>
      closeRollCall(
        undefined,
        { occurrence, counts, counted: { p2: 'present' } },
        author(by, minute),
      ) as Closing;
    await commit(onClosing(() => close('maia', 1)));
    await comesFromElsewhere(close('noor', 2), letter);
    const before = await store.get('closing', ids.closing);
    const aside = onClosing((one) => keepAside(one, new Map([['p1', 'late']]), author('maia', 3)));
    const done = await writeInTurn([{ store, edits: [aside] }], author('maia', 3));
    if (!done.ok) throw new Error(done.why);
    expect(done.steps[0]?.documents.get(ids.closing)?.before).toEqual(before);
    expect(await takeBack(done.steps, author('maia', 4))).toBe(1);
    const now = mergeClosings(await versions<Closing>(ids.closing));
    expect(now.history.at(-1)).toMatchObject({ state: 'closed', counts, counted: { p2: 'present' } });
    expect(now.history.at(-1)).not.toHaveProperty('aside');
  });
});
