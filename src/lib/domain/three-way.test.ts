import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { mergeFields } from './three-way.ts';

interface Sheet {
  _id: string;
  _rev?: string;
  at: string;
  by: string;
  device: string;
  label?: string;
  words?: string[];
  capacity?: number;
}
const base: Sheet = { _id: 'group:g1', at: '1', by: 'elise', device: 'd', label: 'Groupe 1', capacity: 12 };
const edited = (changes: Partial<Sheet>, by = 'maia'): Sheet => ({ ...base, at: '2', by, ...changes });

describe('a three-way merge', () => {
  it('takes each side’s changes', () => {
    const a = edited({ label: 'Groupe A', _rev: '2-a' });
    const b = edited({ words: ['emploi'] }, 'jean');
    expect(mergeFields(base, a, b)).toEqual({
      ok: true,
      merged: {
        _id: 'group:g1',
        at: '2',
        by: 'maia',
        device: 'd',
        label: 'Groupe A',
        capacity: 12,
        words: ['emploi'],
      },
    });
  });

  it('names the fields that both changed to different values', () => {
    const result = mergeFields(
      base,
      edited({ label: 'A', capacity: 14 }),
      edited({ label: 'B', capacity: 14 }),
    );
    expect(result).toEqual({ ok: false, why: 'disagreement', fields: ['label'] });
  });

  it('a field removed on one side goes; removed here and changed there is an overlap', () => {
    const without = edited({});
    delete without.capacity;
    expect(mergeFields(base, without, edited({ label: 'B' }))).toMatchObject({
      ok: true,
      merged: { label: 'B' },
    });
    expect(mergeFields(base, without, edited({ capacity: 20 }))).toMatchObject({
      ok: false,
      fields: ['capacity'],
    });
  });

  it('without an ancestor every difference is an overlap', () => {
    expect(mergeFields(undefined, edited({ words: ['a'] }), edited({}))).toMatchObject({ fields: ['words'] });
    expect(mergeFields(undefined, edited({}), edited({}, 'jean'))).toMatchObject({ ok: true });
  });

  it('is the same from both sides, and a side without changes leaves the other', () => {
    const changes = fc.record(
      {
        label: fc.constantFrom('A', 'B', 'C'),
        capacity: fc.nat({ max: 3 }),
        words: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(changes, changes, (here, there) => {
        const [a, b] = [edited(here), edited(there, 'jean')];
        expect(mergeFields(base, a, b)).toEqual(mergeFields(base, b, a));
        expect(mergeFields(base, a, a)).toMatchObject({ ok: true, merged: a });
        expect(mergeFields(base, a, base)).toMatchObject({ ok: true, merged: here });
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys and reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: 1, a: [undefined, { d: 2, c: undefined }] })).toBe(
      '{"a":[null,{"d":2}],"b":1}',
    );
  });
});
