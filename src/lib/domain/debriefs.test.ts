import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { mergeDebriefs } from './debriefs-merge.ts';
import {
  hasContent,
  longestNote,
  noteWord,
  setEnergy,
  takeTheme,
  typeText,
  wishTheme,
  type NoteChange,
} from './debriefs.ts';
import type { Author, Debrief } from './documents.ts';
import { parseDocument } from './documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ThemeId } from './ids.ts';
import { themeOfMeeting } from './theme-suggestions.ts';

const meeting = 'g1.2026-11-23T1430' as OccurrenceId;
const [market, metro] = ['market', 'metro'] as [ThemeId, ThemeId];
const lucie = (at = '2026-11-23T15:30:00.000Z', device = 'phone'): Author => ({
  at,
  by: 'lucie' as AccountName,
  device: device as DeviceId,
});
const after = (note: Debrief | undefined, changes: readonly NoteChange[], author = lucie()) =>
  changes.reduce((current, change) => change(current, meeting, author) ?? current, note);
const written = (...changes: NoteChange[]): Debrief => {
  const note = after(undefined, changes);
  if (!note) throw new Error('nothing was written');
  return note;
};

describe('a host’s note', () => {
  it('begins with the first thing said, under the host’s own id', () => {
    const note = written(setEnergy(4));
    expect(note).toMatchObject({ _id: `debrief:${meeting}:lucie`, energy: 4, words: [], worked: '' });
    expect(parseDocument(note).ok).toBe(true);
  });

  it('writes nothing when nothing changes', () => {
    const note = written(setEnergy(4), typeText('worked', '', 'Le jeu.'));
    expect(after(note, [setEnergy(4), typeText('worked', 'Le jeu.', 'Le jeu.')])).toBe(note);
    expect(setEnergy(4)(note, meeting, lucie())).toBeUndefined();
    expect(noteWord('absent', false)(note, meeting, lucie())).toBeUndefined();
  });

  it('keeps fields that this version does not know', () => {
    const note = { ...written(setEnergy(4)), mood: 'sunny' };
    expect(after(note, [wishTheme(metro)])).toMatchObject({ mood: 'sunny', nextTheme: metro });
  });

  it('takes a wish back', () => {
    expect(after(written(wishTheme(metro)), [wishTheme(undefined)])).not.toHaveProperty('nextTheme');
  });

  it('holds each word once, without spaces around, neither empty nor too long', () => {
    const changes = ['botte ', 'botte', '  ', 'x'.repeat(longestNote.word + 1)].map((word) =>
      noteWord(word, true),
    );
    expect(written(setEnergy(1), ...changes).words).toEqual(['botte']);
    expect(after(written(noteWord('botte', true)), [noteWord('botte', false)])?.words).toEqual([]);
  });

  it('keeps both texts when another device of the host wrote there meanwhile', () => {
    const note = written(typeText('worked', '', 'Les images.'));
    const both = after(note, [typeText('worked', '', 'Le jeu.')]);
    expect(both?.worked.split('\n').sort()).toEqual(['Le jeu.', 'Les images.']);
  });

  it('lets a text be taken out again', () => {
    const note = written(setEnergy(2), typeText('worked', '', 'Le jeu.'));
    expect(after(note, [typeText('worked', 'Le jeu.', '')])?.worked).toBe('');
    expect(mergeDebriefs(note, [note, { ...note, worked: '', at: '2026-11-23T18:00:00.000Z' }]).worked).toBe(
      '',
    );
  });

  it('says whether it holds anything of how the workshop went', () => {
    expect(hasContent(written(takeTheme(market)))).toBe(false);
    expect(hasContent(written(noteWord('botte', true)))).toBe(true);
  });
});

describe('the theme taken on the spot', () => {
  it('stays the last one chosen when the host who chose first goes on writing', () => {
    const first = after(undefined, [takeTheme(market)], lucie('2026-11-23T13:00:00.000Z'));
    const other = {
      ...written(takeTheme(metro)),
      _id: `debrief:${meeting}:maia`,
      by: 'maia',
      themeAt: '2026-11-23T13:10:00.000Z',
      at: '2026-11-23T13:10:00.000Z',
    } as Debrief;
    const later = after(first, [setEnergy(5), takeTheme(market)], lucie('2026-11-23T16:00:00.000Z'));
    expect(later && themeOfMeeting({}, [later, other])).toBe(metro);
  });

  it('says which idea of an earlier note it takes up', () => {
    expect(written(takeTheme(market, 'Lire une recette')).tookUp).toEqual(['Lire une recette']);
  });
});

const lines = fc.array(fc.constantFrom('un', 'deux', 'trois', 'quatre'), { maxLength: 3 });
const text = lines.map((some) => some.join('\n'));
const note = fc
  .record({
    at: fc.constantFrom('2026-11-23T15:00:00.000Z', '2026-11-23T16:00:00.000Z'),
    device: fc.constantFrom('phone', 'laptop'),
    worked: text,
    nextTime: text,
    followUp: text,
    words: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    energy: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  })
  .map(
    ({ energy, ...fields }) =>
      ({
        ...written(setEnergy(1)),
        ...fields,
        ...(energy ? { energy } : {}),
      }) as Debrief,
  );

describe('two versions of one note', () => {
  it('are the same whichever is named first, and merged with themselves stay as they are', () => {
    fc.assert(
      fc.property(fc.option(note, { nil: undefined }), note, note, (base, a, b) => {
        const merged = mergeDebriefs(base, [a, b]);
        expect(canonicalJson(mergeDebriefs(base, [b, a]))).toBe(canonicalJson(merged));
        expect(mergeDebriefs(base, [a, { ...a, _rev: '2-x' }])).toEqual(a);
      }),
    );
  });

  it('lose no line that either of them wrote', () => {
    fc.assert(
      fc.property(fc.option(note, { nil: undefined }), note, note, (base, a, b) => {
        const merged = mergeDebriefs(base, [a, b]);
        for (const field of ['worked', 'nextTime', 'followUp'] as const)
          for (const line of [...a[field].split('\n'), ...b[field].split('\n')])
            if (!base?.[field].includes(line)) expect(merged[field]).toContain(line);
      }),
    );
  });

  it('take each side’s changes by field', () => {
    const base = written(typeText('worked', '', 'Le jeu.'), noteWord('kilo', true), noteWord('botte', true));
    const phone = after(base, [noteWord('kilo', false), noteWord('frais', true)], lucie(base.at, 'phone'));
    const laptop = after(base, [setEnergy(5), typeText('worked', 'Le jeu.', 'Le jeu de rôle.')]);
    expect(phone && laptop && mergeDebriefs(base, [phone, laptop])).toMatchObject({
      worked: 'Le jeu de rôle.',
      energy: 5,
      words: ['botte', 'frais'],
    });
  });

  it('give back the one that says everything', () => {
    const short = written(setEnergy(3));
    const long = { ...written(setEnergy(3), noteWord('botte', true)), at: '2026-11-23T17:00:00.000Z' };
    expect(mergeDebriefs(short, [short, long])).toBe(long);
  });
});
