import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Author, Closing, Mark } from '$lib/domain/documents.ts';
import {
  closingDocId,
  signUpDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
} from '$lib/domain/ids.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { countReturn, noteTold, putBack, signPersonUp, withdrawPerson } from './commands.ts';
import { departed, returnState } from './outing-view.ts';

const occurrence = 'g1.2023-11-25T1400' as OccurrenceId;
const ada = 'ada' as ParticipantId;
let store: Store;
let minute = 0;
let count = 0;
const place = () => ({
  store,
  occurrence,
  author: (): Author => ({
    at: `2023-11-20T13:${String((minute += 1)).padStart(2, '0')}:00Z`,
    by: 'maia' as AccountName,
    device: 'phone1' as DeviceId,
  }),
});
const kept = () => store.get('signUp', signUpDocId(occurrence, ada));

beforeEach(async () => {
  const opened = await openStore({ name: `outing-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
  minute = 0;
});
afterEach(() => store.destroy());

describe('signing up', () => {
  it('is kept on the device, once; withdrawn and taken back the turn is the old one', async () => {
    expect(await signPersonUp(place(), ada, 'waiting')).toBe(true);
    expect(await signPersonUp(place(), ada, 'place')).toBe(true);
    expect(await kept()).toMatchObject({ state: 'signedUp', told: 'waiting', since: '2023-11-20T13:01:00Z' });
    await withdrawPerson(place(), ada);
    expect(await kept()).toMatchObject({ state: 'withdrawn' });
    await putBack(place(), ada);
    await noteTold(place(), ada, 'place');
    const now = await kept();
    expect(now).toMatchObject({ state: 'signedUp', told: 'place', since: '2023-11-20T13:01:00Z' });
    expect(now?.history).toHaveLength(4);
  });
});

describe('the return', () => {
  it('is counted once and again, and closes nothing', async () => {
    expect(await countReturn(place(), 12)).toBe(true);
    await countReturn(place(), 14);
    expect(await store.get('closing', closingDocId(occurrence))).toMatchObject({
      state: 'open',
      returnCount: 14,
      history: [{ returnCount: 12 }, { returnCount: 14 }],
    });
  });

  it('is held against those counted at departure, else against those named', () => {
    const marks = ['present', 'late', 'absent'].map((status) => ({ status }) as Mark);
    expect(departed(undefined, marks)).toBe(2);
    expect(departed({ headcount: 14 } as Closing, marks)).toBe(14);
    expect([undefined, 14, 12, 15].map((returned) => returnState(14, returned))).toEqual([
      'uncounted',
      'all',
      'fewer',
      'more',
    ]);
  });
});
