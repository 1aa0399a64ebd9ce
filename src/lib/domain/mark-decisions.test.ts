import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { markStatuses } from './documents/term.ts';
import { parseDocument, type Author, type Mark, type MarkStatus } from './documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from './ids.ts';
import { disagreementOf, isOpenAgain, reopen, settle } from './mark-decisions.ts';
import { mergeMarks, type MergedMarks } from './marks-merge.ts';
import { answer, clearAnswer, factsOf } from './roll-call.ts';

const place = { occurrence: 'g1.2023-11-20T1430' as OccurrenceId, participant: 'p1' as ParticipantId };
const author = (by: string, minute: number): Author => ({
  at: `2023-11-20T13:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: `device-of-${by}` as DeviceId,
});
const given = (mark: Mark | undefined): Mark => {
  if (mark === undefined) throw new Error('a mark was expected');
  return mark;
};
const says = (by: string, minute: number, status: MarkStatus, over?: Mark) =>
  given(answer(over, { ...place, status }, author(by, minute)));
const merged = (...versions: Mark[]) => {
  const result = mergeMarks(versions);
  if (!result.ok) throw new Error('a silent merge was expected');
  return result.merged;
};
const saidBy = (versions: readonly Mark[]) =>
  disagreementOf(versions)?.claims.map(({ status, said }) => [status, said.map(({ by }) => by)]);

const absent = says('maia', 30, 'absent');
const present = says('jean', 31, 'present');

describe('a disagreement that is settled', () => {
  it('says who said what, and stands over all that the decision had seen, whatever the clocks', () => {
    expect(saidBy([absent, present])).toEqual([
      ['present', ['jean']],
      ['absent', ['maia']],
    ]);
    const settled = settle([absent, present], { status: 'absent' }, author('elise', 1));
    expect(settled).toMatchObject({ status: 'absent', by: 'elise' });
    expect(settled.history.at(-1)).toMatchObject({ decision: 'settled' });
    expect(settled.history).toHaveLength(3);
    expect(parseDocument(settled)).toMatchObject({ ok: true });
    expect(merged(absent, present, settled)).toBe(settled);
  });

  it('twice at once comes to one outcome, both decisions kept', () => {
    const one = settle([absent, present], { status: 'absent' }, author('elise', 40));
    const other = settle([absent, present], { status: 'present' }, author('anne', 35));
    for (const versions of [
      [one, other],
      [other, one],
    ]) {
      const mark = merged(...versions);
      expect(mark.status).toBe('present');
      expect(mark.history.filter(({ decision }) => decision).map(({ by }) => by)).toEqual(['elise', 'anne']);
    }
    const third = settle([absent, present], { status: 'absent' }, author('luc', 36));
    expect(merged(merged(one, other), third)).toEqual(merged(one, other, third));
    expect(merged(one, other, third).status).toBe('absent');
  });

  it('is a new one where an answer that the decision had not seen says something else', () => {
    const settled = settle([absent, present], { status: 'present' }, author('elise', 40));
    expect(merged(settled, says('lucie', 20, 'present')).status).toBe('present');
    const late = says('lucie', 20, 'late');
    expect(saidBy([settled, late])?.map(([status]) => status)).toEqual(['present', 'late']);
    expect(disagreementOf([settled, late])?.provisional.status).toBe('present');
    const again = settle([settled, late], { status: 'late' }, author('elise', 41));
    expect(merged(settled, late, again, absent)).toBe(again);
  });

  it('is corrected by whoever saw the decision', () => {
    const settled = settle([absent, present], { status: 'present' }, author('elise', 40));
    const corrected = says('maia', 41, 'excused', settled);
    expect(merged(settled, corrected)).toBe(corrected);
  });
});

describe('a decision taken back', () => {
  const settled = settle([absent, present], { status: 'absent' }, author('elise', 40));
  const opened = reopen([settled], author('elise', 45));

  it('is the disagreement again, in one version, with the provisional answer of before', () => {
    expect(opened).toMatchObject({ status: 'present', by: 'elise' });
    expect(parseDocument(opened)).toMatchObject({ ok: true });
    expect(saidBy([opened])).toEqual([
      ['present', ['jean']],
      ['absent', ['maia']],
    ]);
    expect(disagreementOf([opened])).toMatchObject({ isReopened: true, provisional: { status: 'present' } });
    expect(disagreementOf([opened, settled, absent])?.claims).toHaveLength(2);
  });

  it('stays one beside a decision that had not seen it, and is settled by one that had', () => {
    const other = settle([absent, present], { status: 'present' }, author('anne', 50));
    expect(disagreementOf([opened, other])).toBeDefined();
    const last = settle([opened, other], { status: 'present' }, author('anne', 51));
    expect(merged(opened, other, last, settled)).toBe(last);
    expect(saidBy([reopen([last], author('anne', 52))])).toEqual([
      ['present', ['jean']],
      ['absent', ['maia']],
    ]);
  });

  it('is told from one version alone, until it is settled anew', () => {
    expect(isOpenAgain(settled)).toBe(false);
    expect(isOpenAgain(opened)).toBe(true);
    expect(isOpenAgain(settle([opened], { status: 'present' }, author('elise', 55)))).toBe(false);
  });

  it('opens a silent merge again between those who were merged', () => {
    const same = says('jean', 31, 'absent');
    const again = reopen([merged(absent, same)], author('elise', 45), [absent, same]);
    expect(again.status).toBe('absent');
    expect(saidBy([again])).toEqual([['absent', ['maia', 'jean']]]);
  });
});

/** Phones and laptops that fork, answer, clear, merge, settle and reopen at random; the clock of each may be anything. */
const step = fc.record({
  from: fc.nat(),
  with: fc.nat(),
  by: fc.constantFrom('maia', 'jean', 'elise', 'anne'),
  minute: fc.integer({ min: 0, max: 59 }),
  status: fc.constantFrom<MarkStatus>('present', 'late', 'absent'),
  tap: fc.constantFrom('answer', 'answer', 'clear', 'merge', 'first', 'settle', 'settle', 'reopen'),
});
const versionsOf = (steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) => {
  const versions: Mark[] = [says('maia', 0, 'present')];
  for (const [moment, { from, by, minute, tap, status, with: other }] of steps.entries()) {
    const base = versions[from % versions.length];
    if (base === undefined) continue;
    // One device never gives two answers in one instant.
    const who = { ...author(by, minute) };
    who.at = who.at.replace('.000', `.${String(moment + 1).padStart(3, '0')}`);
    const both = [base, versions[other % versions.length] ?? base];
    if (tap === 'first') versions.push(given(answer(undefined, { ...place, status }, who)));
    else if (tap === 'clear') versions.push(clearAnswer(base, who) ?? base);
    else if (tap === 'settle') versions.push(settle(both, { status }, who));
    else if (tap === 'reopen') versions.push(reopen(both, who));
    else if (tap === 'merge') {
      const result = mergeMarks(both);
      if (result.ok) versions.push(result.merged);
    } else versions.push(answer(base, { ...place, status }, who) ?? base);
  }
  return versions;
};
const replicas = fc.array(step, { maxLength: 14 }).map(versionsOf);
const left = (result: MergedMarks): readonly Mark[] => (result.ok ? [result.merged] : result.versions);
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

describe('whatever is said, decided and taken back, merging', () => {
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(replicas, fc.infiniteStream(fc.nat()), (versions, ranks) => {
        const shuffled = versions
          .map((version) => ({ version, rank: ranks.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ version }) => version);
        expect(mergeMarks(shuffled)).toEqual(mergeMarks(versions));
      }),
      { numRuns: 300 },
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
      { numRuns: 1500 },
    );
  });

  it('done again changes nothing, loses no entry of any history and invents none', () => {
    fc.assert(
      fc.property(replicas, (versions) => {
        const once = mergeMarks(versions);
        expect(shown(mergeMarks([...left(once), ...versions]))).toEqual(shown(once));
        if (once.ok) expect(merged(once.merged, once.merged)).toBe(once.merged);
        const mark = once.ok ? once.merged : once.provisional;
        const all = new Set(versions.flatMap((version) => version.history.map(canonicalJson)));
        expect(new Set(mark.history.map(canonicalJson))).toEqual(all);
        expect(parseDocument(mark)).toMatchObject({ ok: true });
        if (mark.history.length) expect(mark.history.at(-1)?.status).toBe(mark.status);
      }),
      { numRuns: 500 },
    );
  });

  it('a decision over everything stands alone; taken back, it is a disagreement', () => {
    fc.assert(
      fc.property(replicas, fc.constantFrom(...markStatuses), (versions, status) => {
        const final = settle(versions, { status }, author('elise', 59));
        expect(merged(...versions, final)).toBe(final);
        const opened = reopen([final], author('elise', 58));
        expect(disagreementOf([...versions, final, opened])).toBeDefined();
        expect(shown(mergeMarks([...versions, final, opened]))).toEqual(shown(mergeMarks([opened])));
      }),
      { numRuns: 500 },
    );
  });
});
