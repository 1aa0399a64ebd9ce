import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoundTimer } from './round-timer.svelte.ts';
import { timeLeft } from './wording.ts';

describe('the time of a round', () => {
  let overs = 0;
  let timer: RoundTimer;
  beforeEach(() => {
    vi.useFakeTimers();
    overs = 0;
    timer = new RoundTimer(() => (overs += 1));
  });
  afterEach(() => void vi.useRealTimers());

  it('runs down by the clock, stands still while it is held, and ends once', () => {
    timer.start(1);
    vi.advanceTimersByTime(20_000);
    expect(timer).toMatchObject({ secondsLeft: 40, isRunning: true, isOver: false });
    timer.pause();
    vi.advanceTimersByTime(60_000);
    expect(timer).toMatchObject({ secondsLeft: 40, isRunning: false });
    timer.resume();
    vi.advanceTimersByTime(90_000);
    expect(timer).toMatchObject({ secondsLeft: 0, isRunning: false, isOver: true, share: 0 });
    expect(overs).toBe(1);
  });

  it('begins again with the same length', () => {
    timer.start(2);
    vi.advanceTimersByTime(121_000);
    timer.again();
    expect(timer).toMatchObject({ secondsLeft: 120, share: 1, isRunning: true });
  });

  it('is told in words', () => {
    expect(timeLeft(125)).toBe('Reste 2\u202Fmin\u202F05\u202Fs');
    expect(timeLeft(9)).toBe('Reste 9\u202Fs');
    expect(timeLeft(0)).toBe('Le temps est fini');
  });
});
