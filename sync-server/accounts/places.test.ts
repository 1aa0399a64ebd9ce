import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NoPlace, Places } from './places.ts';

describe('places for work', () => {
  it('runs a few at once, the others in their order, and turns away who finds the queue full', async () => {
    const places = new Places(2, 2);
    const began: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number) =>
      places.take(async () => {
        began.push(n);
        await new Promise<void>((end) => ends.push(end));
        return n;
      });
    const all = [0, 1, 2, 3].map(work);
    await expect(work(4)).rejects.toThrow(NoPlace);
    expect(began).toEqual([0, 1]);
    for (let n = 0; n < 4; n += 1) {
      ends[n]?.();
      await soon();
    }
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
    expect(began).toEqual([0, 1, 2, 3]);
    expect(await places.take(async () => 5)).toBe(5);
  });

  it('goes on after work that fails', async () => {
    const places = new Places(1, 1);
    await expect(places.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await places.take(async () => 1)).toBe(1);
  });
});
