import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NoTurn, Turns } from './turns.ts';

describe('work in turns', () => {
  it('runs a few at once, the others in their order, and turns away who finds the queue full', async () => {
    const turns = new Turns(2, 2);
    const began: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number) =>
      turns.take(async () => {
        began.push(n);
        await new Promise<void>((end) => ends.push(end));
        return n;
      });
    const all = [0, 1, 2, 3].map(work);
    await expect(work(4)).rejects.toThrow(NoTurn);
    expect(began).toEqual([0, 1]);
    for (let n = 0; n < 4; n += 1) {
      ends[n]?.();
      await soon();
    }
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
    expect(began).toEqual([0, 1, 2, 3]);
    expect(await turns.take(async () => 5)).toBe(5);
  });

  it('goes on after work that fails', async () => {
    const turns = new Turns(1, 1);
    await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(async () => 1)).toBe(1);
  });
});
