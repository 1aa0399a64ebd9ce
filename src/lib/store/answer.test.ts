import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Venue } from '../domain/documents.ts';
import { venueDocId, type AccountName, type DeviceId, type VenueCode } from '../domain/ids.ts';
import { Answer } from './answer.ts';
import { Lasting, readAhead } from './lasting.ts';
import { openStore, type Store } from './store.ts';

const author = {
  at: '2023-10-01T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
async function addRoom(code: string) {
  const venue = code as VenueCode;
  const room: Venue = { _id: venueDocId(venue), type: 'venue', v: 1, ...author, venue, name: code };
  expect(await store.commit([{ id: room._id, change: () => room }])).toMatchObject({ ok: true });
}
const countRooms = async () => (await store.ofType('venue')).length;
const becomes = (answer: Answer<number>, count: number | undefined) =>
  vi.waitFor(() => expect(answer.current).toBe(count));

let store: Store;
let rooms: Lasting<number>;
const lasting = () => rooms.of(store, 'rooms', countRooms);
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `answer-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
  rooms = new Lasting();
  await addRoom('salle-a');
});
afterEach(async () => {
  vi.useRealTimers();
  await store.destroy();
});

it('is followed by all who look at it, until the last has left', async () => {
  const answer = new Answer(countRooms);
  const [one, other] = [vi.fn(), vi.fn()];
  const [leave, leaveToo] = [answer.follow(one), answer.follow(other)];
  await becomes(answer, 1);
  leave();
  await addRoom('salle-b');
  await becomes(answer, 2);
  expect(one).toHaveBeenCalledTimes(1);
  expect(other).toHaveBeenCalledTimes(2);
  leaveToo();
  await addRoom('salle-c');
  await new Promise((tell) => setTimeout(tell, 50));
  expect(answer.current).toBe(2);
});

it('says what failed, and asks anew for whoever comes next', async () => {
  let isBroken = true;
  const answer = new Answer(() => {
    if (isBroken) throw new Error('no reading');
    return 1;
  });
  const leave = answer.follow(() => {});
  await vi.waitFor(() => expect(answer.error).toMatchObject({ message: 'no reading' }));
  leave();
  isBroken = false;
  const leaveAgain = answer.follow(() => {});
  await becomes(answer, 1);
  expect(answer.error).toBeUndefined();
  leaveAgain();
});

it('that lasts holds what was written since its page was left', async () => {
  const leave = lasting().follow(() => {});
  await becomes(lasting(), 1);
  leave();
  await addRoom('salle-b');
  await becomes(lasting(), 2);
});

it('that lasts is let go ten minutes after its page was left, and not before', async () => {
  const leave = lasting().follow(() => {});
  await becomes(lasting(), 1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  leave();
  vi.advanceTimersByTime(599_000);
  const leaveAgain = lasting().follow(() => {});
  vi.advanceTimersByTime(601_000);
  expect(lasting().current).toBe(1);
  leaveAgain();
  vi.advanceTimersByTime(601_000);
  expect(lasting().current).toBeUndefined();
});

it('that lasts can be read before its page is opened', async () => {
  readAhead(lasting());
  await becomes(lasting(), 1);
});

it('that lasts is of one store, and leaves nothing in memory when that is closed', async () => {
  const answer = lasting();
  const leave = answer.follow(() => {});
  await becomes(answer, 1);
  leave();
  store.close();
  expect(answer.current).toBeUndefined();
  expect(lasting()).not.toBe(answer);
});
