import { setImmediate as nextLoop } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('come in the order of asking, and leave room between two of them', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const long = ['a', 'b', 'c'].map(async (name) => {
      await turns.take();
      seen.push(name);
    });
    const short = (async () => {
      await nextLoop();
      seen.push('short');
    })();
    await Promise.all([...long, short]);
    expect(seen.filter((name) => name !== 'short')).toEqual(['a', 'b', 'c']);
    expect(seen.indexOf('short')).toBeLessThan(seen.indexOf('c'));
  });

  it('begin again after all were taken', async () => {
    const turns = new Turns();
    await turns.take();
    await turns.take();
    await expect(turns.take()).resolves.toBeUndefined();
  });
});
