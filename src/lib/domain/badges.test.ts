import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badgeCode, badgeWords, newBadge, readBadge } from './badges.ts';

const bytes = fc.uint8Array({ minLength: 11, maxLength: 16 });
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

describe('a badge', () => {
  it('is read from its code, and as it is typed', () => {
    fc.assert(
      fc.property(bytes, (drawn) => {
        const badge = newBadge(drawn);
        expect(badge).toMatch(/^[2-9a-hjkmnp-z]{12}$/);
        for (const text of [badge, badgeCode(badge), badgeWords(badge), badgeWords(badge).toUpperCase()])
          expect(readBadge(text)).toEqual({ ok: true, badge });
      }),
    );
  });

  it('is never taken for another when one sign is misread', () => {
    const sign = fc.integer({ min: 0, max: alphabet.length - 1 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 11 }), sign, (drawn, at, other) => {
        const badge = newBadge(drawn);
        const misread = badge.slice(0, at) + alphabet.charAt(other) + badge.slice(at + 1);
        fc.pre(misread !== badge);
        expect(readBadge(misread)).toEqual({ ok: false, why: 'misread' });
      }),
    );
  });

  it('is never taken for another when two signs are exchanged', () => {
    const place = fc.integer({ min: 0, max: 11 });
    fc.assert(
      fc.property(bytes, place, place, (drawn, one, other) => {
        const signs = [...newBadge(drawn)];
        const [a = '', b = ''] = [signs[one], signs[other]];
        fc.pre(a !== b);
        [signs[one], signs[other]] = [b, a];
        expect(readBadge(signs.join(''))).toEqual({ ok: false, why: 'misread' });
      }),
    );
  });

  it('is told from any other code', () => {
    for (const text of ['https://example.org', '', 'PRESENCE:', 'PRESENCE:ABC', '3017620422003'])
      expect(readBadge(text)).toEqual({ ok: false, why: 'not a badge' });
  });
});
