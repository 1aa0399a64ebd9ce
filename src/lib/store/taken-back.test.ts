import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnyDocument, Author, Enrolment } from '../domain/documents.ts';
import { enrol, leave } from '../domain/enrolments.ts';
import {
  enrolmentDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
} from '../domain/ids.ts';
import { openStore, type Store } from './store.ts';
import { takeBack, writeInTurn } from './taken-back.ts';

const author: Author = {
  at: '2023-10-01T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const later = { ...author, at: '2023-10-01T10:00:00.000Z' };
const [group, participant] = ['g1' as GroupId, 'p1' as ParticipantId];
const id = enrolmentDocId(group, participant);
const enter = (from: string) => ({
  id,
  change: (current: AnyDocument | undefined) =>
    enrol(current as Enrolment | undefined, { group, participant, from }, author),
});
const exit = (last: string) => ({
  id,
  change: (current: AnyDocument | undefined) => current && leave(current as Enrolment, last, author),
});

let stores: Store[];
let count = 0;
beforeEach(async () => {
  stores = [];
  for (const name of ['one', 'other']) {
    const opened = await openStore({ name: `taken-back-${name}-${(count += 1)}` });
    if (!opened.ok) throw new Error(opened.why);
    stores.push(opened.store);
  }
});
afterEach(() => Promise.all(stores.map((store) => store.destroy())));
const first = () => stores[0] as Store;
const second = () => stores[1] as Store;
const write = async (...edits: ReturnType<typeof enter | typeof exit>[]) => {
  const done = await writeInTurn([{ store: first(), edits }], author);
  if (!done.ok) throw new Error(done.why);
  return done.steps;
};

it('takes back what was made, and makes it again', async () => {
  const steps = await write(enter('2023-10-02'));
  expect(await takeBack(steps, later)).toBe(1);
  expect(await first().get('enrolment', id)).toBeUndefined();
  await write(enter('2023-10-03'));
  expect(await first().get('enrolment', id)).toMatchObject({ from: '2023-10-03' });
});

it('puts back what was changed, and says so among the changes', async () => {
  await write(enter('2023-10-02'));
  const steps = await write(exit('2023-11-01'));
  expect(await takeBack(steps, later)).toBe(1);
  const enrolment = await first().get('enrolment', id);
  expect(enrolment?.to).toBeUndefined();
  expect(enrolment?.changes?.map(({ kind }) => kind)).toEqual(['created', 'edited', 'undone']);
});

it('leaves what was changed again since', async () => {
  const steps = await write(enter('2023-10-02'));
  await write(exit('2023-11-01'));
  expect(await takeBack(steps, later)).toBe(0);
  expect(await first().get('enrolment', id)).toMatchObject({ to: '2023-11-01' });
});

it('puts back what was deleted', async () => {
  await write(enter('2023-10-02'));
  const remove = (current: AnyDocument | undefined) => current && { ...current, _deleted: true };
  const steps = await write({ id, change: remove as ReturnType<typeof exit>['change'] });
  expect(await first().get('enrolment', id)).toBeUndefined();
  expect(await takeBack(steps, later)).toBe(1);
  expect(await first().get('enrolment', id)).toMatchObject({ from: '2023-10-02' });
});

it('leaves nothing half written when one of two replicas cannot be written', async () => {
  second().close();
  const done = await writeInTurn(
    [
      { store: first(), edits: [enter('2023-10-02')] },
      { store: second(), edits: [enter('2023-10-02')] },
    ],
    author,
  );
  expect(done).toMatchObject({ ok: false });
  expect(await first().get('enrolment', id)).toBeUndefined();
});
