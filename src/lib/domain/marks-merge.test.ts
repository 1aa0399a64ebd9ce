import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { closeRollCall, countPeople, reopenRollCall } from './closing.ts';
import { mergeClosings } from './closings-merge.ts';
import { markStatuses } from './documents/term.ts';
import { parseDocument, type Author, type Closing, type Mark } from './documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from './ids.ts';
import { mergeMarks, type MergedMarks } from './marks-merge.ts';
import { answer, clearAnswer, factsOf, setReason } from './roll-call.ts';

const place = { occurrence: 'g1.2023-11-20T1430' as OccurrenceId, participant: 'p1' as ParticipantId };
const author = (by: string, minute: number, device = `phone-of-${by}`): Author => ({
  at: `2023-11-20T13:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: device as DeviceId,
});
const given = (mark: Mark | undefined): Mark => {
  if (mark === undefined) throw new Error('a mark was expected');
  return mark;
};
const says = (by: string, minute: number, status: Mark['status'] & string, over?: Mark) =>
  given(answer(over, { ...place, status }, author(by, minute)));
const merged = (...versions: Mark[]) => {
  const result = mergeMarks(versions);
  if (!result.ok) throw new Error('a silent merge was expected');
  return result.merged;
};

describe('two versions of a mark', () => {
  it('with the same status are merged silently, and the histories united', () => {
    const mark = merged(says('maia', 30, 'present'), says('jean', 31, 'present'));
    expect(mark.status).toBe('present');
    expect(mark.history.map((entry) => entry.by)).toEqual(['maia', 'jean']);
    expect(parseDocument(mark)).toMatchObject({ ok: true });
  });

  it('with different statuses are a disagreement, whatever the clocks say', () => {
    for (const minute of [29, 31]) {
      const result = mergeMarks([says('maia', 30, 'absent'), says('jean', minute, 'present')]);
      if (result.ok) throw new Error('a disagreement was expected');
      expect(result.why).toBe('disagreement');
      expect(result.provisional.status).toBe('present');
      expect(result.provisional.history).toHaveLength(2);
      expect(result.claims.map((claim) => [claim.status, claim.said[0]?.by])).toEqual([
        ['present', 'jean'],
        ['absent', 'maia'],
      ]);
      expect(result.versions).toHaveLength(2);
    }
  });

  it('more people win provisionally', () => {
    const result = mergeMarks([
      says('maia', 30, 'absent'),
      says('lucie', 31, 'absent'),
      says('jean', 32, 'present'),
    ]);
    if (result.ok) throw new Error('a disagreement was expected');
    expect(result.provisional.status).toBe('absent');
  });

  it('where one had seen the other, the longer one wins as it is, even with an earlier clock', () => {
    const first = says('maia', 30, 'absent');
    const second = says('jean', 10, 'late', first);
    expect(merged(first, second)).toBe(second);
    expect(merged(second, first)).toBe(second);
  });

  it('an answer taken back on one phone yields to an answer on another', () => {
    const slip = given(clearAnswer(says('maia', 30, 'absent'), author('maia', 31)));
    expect(merged(slip, says('jean', 29, 'present')).status).toBe('present');
    expect(
      merged(slip, given(clearAnswer(says('jean', 29, 'present'), author('jean', 32)))).status,
    ).toBeNull();
  });

  it('the same status keeps the reason that only one of them knew', () => {
    const why = given(setReason(says('maia', 30, 'excused'), 'family', author('maia', 31)));
    const mark = merged(why, says('jean', 40, 'excused'));
    expect(factsOf(mark)).toEqual({ status: 'excused', reason: 'family' });
  });

  it('a reason that its author took back stays taken back', () => {
    const why = given(setReason(says('maia', 30, 'excused'), 'family', author('maia', 31)));
    const bare = given(setReason(why, undefined, author('maia', 32)));
    expect(factsOf(merged(bare, says('jean', 40, 'excused')))).toEqual({ status: 'excused' });
  });

  it('an answer superseded elsewhere does not come back through a silent merge', () => {
    const maia = says('maia', 30, 'present');
    const together = merged(maia, says('jean', 31, 'present'));
    const changed = says('lucie', 32, 'absent', maia);
    const result = mergeMarks([together, changed]);
    if (result.ok) throw new Error('a disagreement was expected');
    expect(result.claims.map((claim) => claim.said.map((entry) => entry.by))).toEqual([['jean'], ['lucie']]);
  });

  it('fields that a newer app wrote are kept from both', () => {
    const one = { ...says('maia', 30, 'present'), weather: 'rain' } as Mark;
    const other = { ...says('jean', 31, 'present'), mood: { smiles: 2 } } as Mark;
    expect(merged(one, other)).toMatchObject({ weather: 'rain', mood: { smiles: 2 } });
  });

  it('an answer that left no history gets one', () => {
    const bare = { ...says('maia', 30, 'present'), history: [] };
    expect(merged(bare, says('jean', 31, 'present')).history).toHaveLength(2);
    expect(merged(bare).history).toHaveLength(1);
  });
});

/** Phones that fork, answer, clear and merge at random; the clock of each may be anything. */
const people = ['maia', 'jean', 'lucie'];
const step = fc.record({
  from: fc.nat(),
  by: fc.constantFrom(...people),
  minute: fc.integer({ min: 0, max: 59 }),
  tap: fc.constantFrom<(Mark['status'] & string) | 'clear' | 'reason' | 'merge' | 'first'>(
    ...markStatuses,
    'clear',
    'reason',
    'merge',
    'first',
  ),
});
const versionsOf = (steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) => {
  const versions: Mark[] = [says('maia', 0, 'present')];
  for (const { from, by, minute, tap } of steps) {
    const base = versions[from % versions.length];
    if (base === undefined) continue;
    const who = author(by, minute);
    if (tap === 'first') versions.push(says(by, minute, markStatuses[from % 5] ?? 'present'));
    else if (tap === 'clear') versions.push(clearAnswer(base, who) ?? base);
    else if (tap === 'reason') versions.push(setReason(base, 'transport', who) ?? base);
    else if (tap === 'merge') {
      const result = mergeMarks([base, versions[(from + minute) % versions.length] ?? base]);
      if (result.ok) versions.push(result.merged);
    } else versions.push(answer(base, { ...place, status: tap }, who) ?? base);
  }
  return versions;
};
const replicas = fc.array(step, { maxLength: 14 }).map(versionsOf);
const left = (result: MergedMarks): readonly Mark[] => (result.ok ? [result.merged] : result.versions);
/** What a merge says, without the order in which equal answers stand. */
const shown = (result: MergedMarks) => {
  const mark = result.ok ? result.merged : result.provisional;
  return {
    ok: result.ok,
    status: mark.status,
    facts: result.ok ? factsOf(mark) : undefined,
    history: mark.history.map(canonicalJson).sort(),
    claims: result.ok ? [] : result.claims.map((claim) => [claim.status, claim.said.map(canonicalJson)]),
  };
};

describe('whatever happened on the phones, merging marks', () => {
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(replicas, fc.infiniteStream(fc.nat()), (versions, ranks) => {
        const shuffled = versions
          .map((version) => ({ version, rank: ranks.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ version }) => version);
        expect(mergeMarks(shuffled)).toEqual(mergeMarks(versions));
      }),
    );
  });

  it('does not depend on the grouping', () => {
    fc.assert(
      fc.property(replicas, fc.nat(), fc.nat(), (versions, i, j) => {
        const [low = 0, high = 0] = [i % versions.length, j % versions.length].sort((a, b) => a - b);
        const parts = [versions.slice(0, low + 1), versions.slice(low, high + 1), versions.slice(high)];
        const grouped = mergeMarks(parts.flatMap((part) => left(mergeMarks(part))));
        expect(shown(grouped)).toEqual(shown(mergeMarks(versions)));
      }),
      { numRuns: 1000 },
    );
  });

  it('done again changes nothing', () => {
    fc.assert(
      fc.property(replicas, (versions) => {
        const once = mergeMarks(versions);
        expect(shown(mergeMarks([...left(once), ...versions]))).toEqual(shown(once));
        if (once.ok) expect(merged(once.merged, once.merged)).toBe(once.merged);
      }),
    );
  });

  it('loses no entry of any history and invents none', () => {
    fc.assert(
      fc.property(replicas, (versions) => {
        const result = mergeMarks(versions);
        const mark = result.ok ? result.merged : result.provisional;
        const all = new Set(versions.flatMap((version) => version.history.map(canonicalJson)));
        expect(new Set(mark.history.map(canonicalJson))).toEqual(all);
        expect(parseDocument(mark)).toMatchObject({ ok: true });
        expect(mark.history.at(-1)?.status).toBe(mark.status);
      }),
    );
  });

  it('a coordinator’s answer over the united history settles it for good', () => {
    fc.assert(
      fc.property(replicas, fc.constantFrom(...markStatuses), (versions, status) => {
        const result = mergeMarks(versions);
        if (result.ok) return;
        const settled = given(clearAnswer(result.provisional, author('elise', 58)));
        const final = says('elise', 59, status, settled);
        expect(merged(...versions, final)).toBe(final);
      }),
    );
  });
});

describe('versions of a closing', () => {
  const counts = { present: 10, late: 0, leftEarly: 0, excused: 0, absent: 4, unmarked: 0 };
  const close = (by: string, minute: number, more: Partial<typeof counts> = {}, over?: Closing) =>
    closeRollCall(
      over,
      { occurrence: place.occurrence, counts: { ...counts, ...more } },
      author(by, minute),
    ) as Closing;

  it('closed twice is closed, with both closings kept', () => {
    const closing = mergeClosings([close('maia', 1), close('jean', 2, { absent: 3, unmarked: 1 })]);
    expect(closing).toMatchObject({ state: 'closed', counts: { absent: 3, unmarked: 1 } });
    expect(closing.history).toHaveLength(2);
    expect(parseDocument(closing)).toMatchObject({ ok: true });
  });

  it('opened again on one phone and closed anew on another is open', () => {
    const first = close('maia', 1);
    const reopened = reopenRollCall(first, author('jean', 2)) as Closing;
    const again = close('maia', 30, { absent: 3, present: 11 }, first);
    expect(mergeClosings([again, reopened]).state).toBe('reopened');
    expect(mergeClosings([first, reopened])).toBe(reopened);
  });

  const taps = fc.array(
    fc.record({
      from: fc.nat(),
      minute: fc.nat({ max: 59 }),
      by: fc.constantFrom(...people),
      tap: fc.constantFrom('open', 'close', 'headcount', 'returnCount'),
    }),
    { maxLength: 10 },
  );
  const closings = taps.map((steps) => {
    const versions = [close('maia', 0)];
    for (const [second, { from, minute, by, tap }] of steps.entries()) {
      const base = versions[from % versions.length];
      // Nobody says the same thing at one instant on two phones.
      const who = { ...author(by, minute), at: `2023-11-20T13:${10 + (minute % 50)}:0${second}.000Z` };
      const facts = { occurrence: place.occurrence, counts: { ...counts, unmarked: minute } };
      const next =
        tap === 'open'
          ? reopenRollCall(base, who)
          : tap === 'close'
            ? closeRollCall(base, facts, who)
            : countPeople(
                base,
                { occurrence: place.occurrence, what: tap as 'headcount', number: from % 30 },
                who,
              );
      if (next) versions.push(next);
    }
    return versions;
  });
  const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 4_000 } : { numRuns: 200 };

  it('do not depend on the order, change nothing when repeated, and lose no history', () => {
    fc.assert(
      fc.property(closings, (versions) => {
        const closing = mergeClosings(versions);
        expect(mergeClosings([...versions].reverse())).toEqual(closing);
        expect(mergeClosings([closing, ...versions])).toEqual(closing);
        const all = new Set(versions.flatMap((version) => version.history.map(canonicalJson)));
        expect(new Set(closing.history.map(canonicalJson))).toEqual(all);
        expect(closing.history.at(-1)?.state).toBe(closing.state);
        expect(parseDocument(closing)).toMatchObject({ ok: true });
      }),
      runs,
    );
  });

  it('that count people are open or closed as they are without', () => {
    const withoutCounts = (one: Closing) => ({
      ...one,
      history: one.history.filter(
        (entry) => entry.counts !== undefined || (entry.headcount ?? entry.returnCount) === undefined,
      ),
    });
    fc.assert(
      fc.property(closings, (versions) => {
        expect(mergeClosings(versions).state).toBe(mergeClosings(versions.map(withoutCounts)).state);
      }),
      runs,
    );
  });
});
