import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excuseReasons, markStatuses } from './documents/term.ts';
import { parseDocument, schemas, type Mark } from './documents.ts';
import { occurrenceId, opaqueKey, termDatabase, type GroupId, type SiteCode, type TermCode } from './ids.ts';
import { addDays } from './local-time.ts';

const key = fc.stringMatching(/^[a-z0-9.-]{1,20}$/);
const instant = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
/** Fields that a newer app may add, some of them named like what every object has. */
const unknownFields = fc.dictionary(
  fc.oneof(fc.stringMatching(/^x[a-zA-Z]{0,9}$/), fc.constantFrom('constructor', 'toString', 'é', 'a b')),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 4, noNullPrototype: true },
);
const facts = fc.record(
  {
    arrivedAt: instant,
    leftAt: instant,
    minutes: fc.nat({ max: 300 }),
    reason: fc.constantFrom(...excuseReasons),
  },
  { requiredKeys: [] },
);
const status = fc.option(fc.constantFrom(...markStatuses), { nil: null });
const provenance = fc.record({ at: instant, by: key, device: key });
const entry = fc
  .tuple(unknownFields, facts, provenance, status)
  .map(([unknown, known, who, said]) => ({ ...unknown, ...known, ...who, status: said }));
const mark = fc
  .tuple(unknownFields, facts, provenance, status, key, key, fc.array(entry, { maxLength: 6 }))
  .map(([unknown, known, who, said, occurrence, participant, history]) => ({
    ...unknown,
    ...known,
    ...who,
    _id: `mark:${occurrence}:${participant}`,
    type: 'mark',
    v: 1,
    occurrence,
    participant,
    status: said,
    history,
  }));

describe('a mark', () => {
  it('survives the parser whole, with the fields it does not know, at every depth', () => {
    fc.assert(
      fc.property(mark, (document) => {
        expect(parseDocument(document)).toEqual({ ok: true, document });
      }),
    );
  });

  it('survives being written, read and parsed again', () => {
    fc.assert(
      fc.property(mark, (document) => {
        const written: unknown = JSON.parse(JSON.stringify(document));
        const parsed = parseDocument(written);
        if (!parsed.ok) throw new Error(parsed.why);
        expect(parseDocument(parsed.document)).toEqual(parsed);
        expect(JSON.parse(JSON.stringify(parsed.document))).toEqual(written);
      }),
    );
  });

  it('is refused, and says where, when one known field has another shape', () => {
    const broken = fc.constantFrom<[keyof Mark, unknown]>(
      ['status', 'maybe'],
      ['status', undefined],
      ['occurrence', 'a b'],
      ['occurrence', 'a:b'],
      ['participant', ''],
      ['at', '2023-11-20'],
      ['at', '2023-02-29T10:00:00Z'],
      ['at', '2023-11-20T24:00:00Z'],
      ['leftAt', '2023-13-01T10:00:00Z'],
      ['arrivedAt', '14:30'],
      ['history', {}],
      ['reason', 'health'],
      ['by', 7],
    );
    fc.assert(
      fc.property(mark, broken, (document, [field, value]) => {
        expect(parseDocument({ ...document, [field]: value })).toEqual({
          ok: false,
          why: 'bad shape',
          path: field,
        });
      }),
    );
  });
});

describe('parsing what comes from outside', () => {
  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(parseDocument(anything).ok).toBe(false);
      }),
    );
    const typed = fc.constantFrom(...Object.keys(schemas), 'constructor', '__proto__', 'toString');
    fc.assert(
      fc.property(typed, fc.dictionary(fc.string(), fc.anything()), (type, fields) => {
        expect(parseDocument({ ...fields, type }).ok).toBe(false);
      }),
    );
  });

  it('tells an unknown type and a newer version from a bad shape', () => {
    expect(parseDocument({ type: 'constructor' })).toMatchObject({ why: 'unknown type' });
    expect(parseDocument(null)).toMatchObject({ why: 'unknown type' });
    expect(parseDocument({ type: 'mark', v: 2 })).toMatchObject({ why: 'newer version' });
    expect(parseDocument({ type: 'mark', v: 0 })).toMatchObject({ why: 'bad shape' });
  });
});

describe('ids', () => {
  it('of occurrences hold the group, the date and the time of the first plan', () => {
    expect(occurrenceId('g7' as GroupId, '2023-11-20', '14:30')).toBe('g7.2023-11-20T1430');
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), fc.nat({ max: 23 }), (day, hour) => {
        const id = occurrenceId(
          'g7' as GroupId,
          addDays('2020-01-01', day),
          `${String(hour).padStart(2, '0')}:15`,
        );
        expect(id).toMatch(/^g7\.\d{4}-\d\d-\d\dT\d{4}$/);
      }),
    );
  });

  it('of databases are those of the site and the term', () => {
    expect(termDatabase('paris13' as SiteCode, 's3-2023' as TermCode)).toBe('paris13-s3-2023');
  });

  it('made of random bytes are fourteen letters and digits that are not taken for one another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 14, maxLength: 20 }), (bytes) => {
        expect(opaqueKey(bytes)).toMatch(/^[2-9a-hjkmnp-z]{14}$/);
      }),
    );
  });
});
