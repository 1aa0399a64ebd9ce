import { describe, expect, it } from 'vitest';
import { setText } from './lines.ts';

const said = (text: string, width = 40) =>
  setText(text, width).lines.map((line) => line.map((piece) => piece.text).join(''));

describe('words set on paper', () => {
  it('run from left to right in Latin letters, in lines that fit', () => {
    expect(said('Farid Ahmadi')).toEqual(['Farid Ahmadi']);
    expect(said('Farid Ahmadi', 5)).toEqual(['Farid', 'Ahmadi']);
    expect(setText('Farid', 40)).toMatchObject({ isRightToLeft: false, lines: [[{ font: 'Paper' }]] });
  });

  it('run from right to left in Arabic letters, the first word on the right', () => {
    expect(said('فرید احمدی')).toEqual(['احمدی فرید']);
    expect(setText('فرید احمدی', 40)).toMatchObject({ isRightToLeft: true });
    expect(said('فرید احمدی', 5)).toEqual(['فرید', 'احمدی']);
  });

  it('keep what runs the other way in its own order', () => {
    expect(said('فرید احمدی (Farid A.)')).toEqual(['(Farid A.) احمدی فرید']);
    expect(said('Farid فرید احمدی A.')).toEqual(['Farid احمدی فرید A.']);
  });

  it('lose no letter, whatever the length, and no letter stands beyond its line', () => {
    const long = `${'W'.repeat(150)} ${'m'.repeat(150)}`;
    const lines = said(long, 12);
    expect(lines.join('').replaceAll(' ', '')).toBe(long.replace(' ', ''));
    expect(lines.every((line) => line.length <= 13)).toBe(true);
  });

  it('hold no mark that turns the direction, nothing unseen, and no half of a character', () => {
    expect(said('\u202EFa\u200Frid\u2066 \u0000A\uD83D')).toEqual(['Farid A']);
  });

  it('come in Latin letters where the font has none of theirs', () => {
    expect(said('Нина Lê Nguyễn')).toEqual(['Nina Lê Nguyen']);
    expect(said('🙂 Farid')).toEqual(['? Farid']);
  });
});
