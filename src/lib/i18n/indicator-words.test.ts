import { describe, expect, it } from 'vitest';
import { definitions } from '../domain/indicators/definitions.ts';
import { findingWords } from './finding-words.ts';
import { formulaOf, indicatorWords } from './indicator-words.ts';

describe('every definition', () => {
  it('says in words what it counts, out of what, and what is left out', () => {
    expect(Object.keys(indicatorWords).sort()).toEqual(definitions.map(({ key }) => key).sort());
    for (const { key, reading } of definitions) {
      const { label, counted, outOf, leftOut } = indicatorWords[key] ?? {};
      for (const text of [label, counted, leftOut]) expect(text?.(), key).toMatch(/\w/);
      expect(outOf !== undefined, key).toBe(reading !== 'count');
      const formula = formulaOf(key, reading);
      expect(formula).toContain(counted?.());
      if (outOf) expect(formula).toContain(`÷ ${outOf()}`);
    }
  });

  it('tells what contradicts itself as a sentence', () => {
    const statement = { statement: 'French', figure: 'inscrits', at: {}, stated: 65, counted: 82 };
    const differs = { key: 'statedDiffers', relation: 'exactly', ...statement } as const;
    expect(findingWords(differs)).toMatch(/French.*65.*82/);
    expect(findingWords({ ...differs, relation: 'about' }, () => 'le français')).toMatch(
      /le français.*près de 65/,
    );
    expect(findingWords({ key: 'heldWithoutMarks', count: 2, rows: ['a', 'b'] })).toMatch(/2/);
    expect(findingWords({ key: 'closedWithUnmarked', count: 5, lists: 2, rows: [] })).toMatch(/5.*2/);
    const impossible = {
      key: 'impossiblePercent',
      statement: 'jobs',
      stated: 25,
      of: 45,
      below: 24,
      above: 27,
    } as const;
    expect(findingWords(impossible)).toMatch(/25.*45.*24.*27/);
    const percent = {
      key: 'percentDiffers',
      statement: 'x',
      stated: 80,
      counted: 62,
      n: 116,
      of: 186,
    } as const;
    expect(findingWords(percent)).toMatch(/80.*116\/186.*62/);
    const bases = {
      assidus: 136,
      inscrits: 186,
      percentOfInscrits: 73,
      engages: 167,
      percentOfEngages: 81,
      never: 19,
    };
    expect(findingWords({ key: 'basesDiffer', ...bases })).toMatch(/136.*73.*186.*81.*167.*19/);
  });
});
