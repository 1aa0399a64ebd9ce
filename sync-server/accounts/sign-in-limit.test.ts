import { describe, expect, it } from 'vitest';
import { SignInLimit } from './sign-in-limit.ts';

const minute = 60_000;

describe('the limit on sign-ins', () => {
  const failing = (
    limit: SignInLimit,
    times: number,
    name: (n: number) => string,
    address: string,
    now = 0,
  ) => {
    for (let n = 0; n < times; n += 1) limit.failed(name(n), address, now);
  };

  it('locks an account for an address after ten failures, for five minutes', () => {
    const limit = new SignInLimit();
    failing(limit, 9, () => 'maia', '192.0.2.1');
    expect(limit.isLocked('maia', '192.0.2.1', 0)).toBe(false);
    limit.failed('maia', '192.0.2.1', 0);
    expect(limit.isLocked('maia', '192.0.2.1', 4 * minute)).toBe(true);
    expect(limit.isLocked('maia', '192.0.2.1', 5 * minute)).toBe(false);
  });

  it('lets the same person in from elsewhere, and others from there', () => {
    const limit = new SignInLimit();
    failing(limit, 20, () => 'maia', '192.0.2.1');
    expect(limit.isLocked('maia', '192.0.2.2', 0)).toBe(false);
    expect(limit.isLocked('jean', '192.0.2.1', 0)).toBe(false);
  });

  it('locks an address that tries a hundred names', () => {
    const limit = new SignInLimit();
    failing(limit, 100, (n) => `name${n}`, '192.0.2.1');
    expect(limit.isLocked('maia', '192.0.2.1', 0)).toBe(true);
    expect(limit.isLocked('maia', '192.0.2.2', 0)).toBe(false);
  });

  it('forgets the failures of an account that got in', () => {
    const limit = new SignInLimit();
    failing(limit, 9, () => 'maia', '192.0.2.1');
    limit.succeeded('maia', '192.0.2.1');
    limit.failed('maia', '192.0.2.1', 0);
    expect(limit.isLocked('maia', '192.0.2.1', 0)).toBe(false);
  });

  it('remembers no more than it has room for', () => {
    const limit = new SignInLimit();
    for (let n = 0; n < 30_000; n += 1) limit.failed(`name${n}`, `address${n}`, 0);
    failing(limit, 10, () => 'maia', '192.0.2.1');
    expect(limit.isLocked('maia', '192.0.2.1', 0)).toBe(true);
  });
});
