import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { parseDocument, type Author, type SignUp } from './documents.ts';
import type { AccountName, DeviceId, OccurrenceId, ParticipantId } from './ids.ts';
import { mergeSignUps } from './sign-ups-merge.ts';
import { placesOf, toTell } from './sign-up-places.ts';
import { signUp, signUpRestored, signUpSaidAgain, tell, withdraw, withdrawalUndone } from './sign-ups.ts';

const author = (minute: number, by = 'maia'): Author => ({
  at: `2023-11-20T15:${String(minute).padStart(2, '0')}:00.000Z`,
  by: by as AccountName,
  device: `phone-of-${by}` as DeviceId,
});
const occurrence = 'g1.2023-11-25T1400' as OccurrenceId;
const place = (participant: string) => ({ occurrence, participant: participant as ParticipantId });
const signed = (participant: string, minute: number, by = 'maia', told: 'place' | 'waiting' = 'place') =>
  signUp(undefined, { ...place(participant), told }, author(minute, by)) as SignUp;
const who = (list: readonly SignUp[]) => list.map(({ participant }) => participant as string);

describe('the places of an outing', () => {
  it('go to whoever signed up first; the others wait in their turn', () => {
    const places = placesOf([signed('c', 3), signed('a', 2), signed('d', 4), signed('b', 1)], {
      capacity: 2,
    });
    expect(who(places.placed)).toEqual(['b', 'a']);
    expect(who(places.waiting)).toEqual(['c', 'd']);
    expect(places.left).toBe(0);
    expect(placesOf([signed('a', 1)], {})).toMatchObject({ left: undefined, waiting: [] });
  });

  it('of two at one moment, the ids say who is first', () => {
    expect(who(placesOf([signed('b', 1), signed('a', 1)], { capacity: 1 }).placed)).toEqual(['a']);
  });

  it('two phones without a network sign up for the last place: the later one is the first to wait, and is to be told', () => {
    const [one, other] = [signed('ada', 5, 'maia'), signed('bo', 7, 'jean')];
    const places = placesOf([other, one], { capacity: 1 });
    expect(who(places.placed)).toEqual(['ada']);
    expect(who(places.waiting)).toEqual(['bo']);
    expect([...toTell(places)]).toEqual([['bo', 'waiting']]);
    const told = tell(other, 'waiting', author(9)) as SignUp;
    expect(told.since).toBe(other.since);
    expect([...toTell(placesOf([told, one], { capacity: 1 }))]).toEqual([]);
  });

  it('a phone whose clock is behind puts nobody before those whom it has seen', () => {
    const first = signed('ada', 50);
    const slow = { ...place('bo'), told: 'place', after: first.since } as const;
    const second = signUp(undefined, slow, author(1, 'jean')) as SignUp;
    expect(parseDocument(second).ok).toBe(true);
    expect(who(placesOf([second, first], { capacity: 1 }).placed)).toEqual(['ada']);
    expect(signUp(undefined, { ...slow, after: undefined }, author(1))?.since).toBe(author(1).at);
  });

  it('when somebody withdraws, the first of those who wait has the place, and is to be told', () => {
    const [one, two, three] = [
      signed('a', 1),
      signed('b', 2, 'jean', 'waiting'),
      signed('c', 3, 'jean', 'waiting'),
    ];
    const gone = withdraw(one, author(10)) as SignUp;
    const places = placesOf([three, gone, two], { capacity: 1 });
    expect(who(places.placed)).toEqual(['b']);
    expect(who(places.waiting)).toEqual(['c']);
    expect([...toTell(places)]).toEqual([['b', 'place']]);
  });

  it('whoever withdrew and comes back has a new turn; a withdrawal taken back gives the old one', () => {
    const gone = withdraw(signed('a', 1), author(5)) as SignUp;
    expect(signUp(gone, { ...place('a'), told: 'waiting' }, author(6))).toMatchObject({
      since: author(6).at,
      told: 'waiting',
    });
    expect(withdrawalUndone(gone, author(6))).toMatchObject({ since: author(1).at, told: 'place' });
    expect(withdraw(gone, author(7))).toBeUndefined();
    expect(signUp(signed('a', 1), { ...place('a'), told: 'place' }, author(7))).toBeUndefined();
    expect(parseDocument(gone)).toMatchObject({ ok: true });
  });

  it('keeps its turn when it is moved, and all that happened when it is put back', () => {
    const first = signed('a', 1);
    expect(signUpSaidAgain(first, author(9, 'elise'))).toMatchObject({ since: first.since, by: 'elise' });
    const gone = withdraw(first, author(5)) as SignUp;
    const restored = signUpRestored(gone, first, author(9));
    expect(restored).toMatchObject({ state: 'signedUp', since: first.since });
    expect(restored.history.slice(0, 2)).toEqual(gone.history);
  });
});

const runs = process.env.LONG_SEARCH === '1' ? { numRuns: 4_000 } : { numRuns: 200 };

/** What one phone does with one person's sign-up, from a version on. */
const deeds = fc.array(
  fc.record({
    deed: fc.constantFrom('signUp', 'withdraw', 'tell', 'undo'),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
  { maxLength: 4 },
);

function done(from: SignUp | undefined, list: readonly { deed: string; minute: number }[], by: string) {
  let now = from;
  for (const { deed, minute } of list) {
    const at = author(minute, by);
    const next =
      deed === 'signUp'
        ? signUp(now, { ...place('a'), told: 'place' }, at)
        : deed === 'withdraw'
          ? withdraw(now, at)
          : deed === 'undo'
            ? withdrawalUndone(now, at)
            : tell(now, 'waiting', at);
    now = next ?? now;
  }
  return now;
}

const versions = fc
  .tuple(deeds, fc.array(deeds, { minLength: 1, maxLength: 4 }))
  .map(([before, phones]) => {
    const common = done(undefined, before, 'maia');
    return phones.flatMap((list, at) => done(common, list, `v${at}`) ?? []);
  })
  .filter((all) => all.length > 0);

describe('versions of a sign-up', () => {
  it('merge to one, whatever the order, the grouping and the repetition, and lose nothing', () => {
    fc.assert(
      fc.property(versions, (all) => {
        const merged = mergeSignUps(all);
        expect(parseDocument(merged)).toMatchObject({ ok: true });
        expect(mergeSignUps([...all].reverse())).toEqual(merged);
        expect(mergeSignUps([merged, ...all])).toEqual(merged);
        const [first, ...rest] = all;
        if (first && rest.length > 0) {
          const grouped = mergeSignUps([first, mergeSignUps(rest)]);
          expect(grouped.state).toBe(merged.state);
          expect(new Set(grouped.history.map(canonicalJson))).toEqual(
            new Set(merged.history.map(canonicalJson)),
          );
        }
        const entries = new Set(all.flatMap(({ history }) => history.map(canonicalJson)));
        expect(new Set(merged.history.map(canonicalJson))).toEqual(entries);
        const { state, at, by, device } = merged;
        expect(merged.history.at(-1)).toMatchObject({ state, at, by, device });
      }),
      runs,
    );
  });

  it('withdrawn on one phone and signed up anew on another without knowing: signed up', () => {
    const first = signed('a', 1);
    const gone = withdraw(first, author(2, 'jean')) as SignUp;
    const back = signUp(withdraw(first, author(3)), { ...place('a'), told: 'place' }, author(4)) as SignUp;
    expect(mergeSignUps([gone, back])).toMatchObject({ state: 'signedUp', since: back.since });
    expect(mergeSignUps([first, gone])).toBe(gone);
  });
});

describe('that somebody was told of their place', () => {
  const first = signed('a', 1, 'maia', 'waiting');

  it('undoes no withdrawal on another phone, and is kept', () => {
    const gone = withdraw(first, author(3)) as SignUp;
    const told = tell(first, 'place', author(5, 'jean')) as SignUp;
    for (const all of [
      [gone, told],
      [told, gone],
    ]) {
      const merged = mergeSignUps(all);
      expect(merged).toMatchObject({ state: 'withdrawn', since: first.since });
      expect(merged.history).toHaveLength(3);
      expect(mergeSignUps([merged, ...all])).toBe(merged);
    }
    const twice = tell(told, 'waiting', author(6, 'jean')) as SignUp;
    expect(mergeSignUps([twice, gone]).state).toBe('withdrawn');
  });

  it('stands beside their sign-up, and beside a withdrawal taken back', () => {
    const told = tell(first, 'place', author(5, 'jean')) as SignUp;
    expect(mergeSignUps([first, told])).toBe(told);
    const again = withdrawalUndone(withdraw(first, author(3)), author(4)) as SignUp;
    expect(mergeSignUps([again, told])).toMatchObject({
      state: 'signedUp',
      since: first.since,
      told: 'place',
    });
  });

  it('gives nobody who came back the turn that ended', () => {
    const told = tell(first, 'place', author(9, 'jean')) as SignUp;
    const back = signUp(withdraw(first, author(3)), { ...place('a'), told: 'waiting' }, author(4)) as SignUp;
    expect(mergeSignUps([back, told])).toMatchObject({ since: back.since, told: 'waiting' });
  });

  it('changes, whatever happened, nothing of who comes and in which turn', () => {
    const withoutNotes = (one: SignUp) => ({ ...one, history: one.history.filter(({ isNote }) => !isNote) });
    fc.assert(
      fc.property(versions, (all) => {
        const [merged, bare] = [mergeSignUps(all), mergeSignUps(all.map(withoutNotes))];
        expect([merged.state, merged.since]).toEqual([bare.state, bare.since]);
      }),
      runs,
    );
  });
});

describe('the list of places', () => {
  const queue = fc.uniqueArray(
    fc.record({
      participant: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c', 'd') }),
      minute: fc.integer({ min: 0, max: 20 }),
      isGone: fc.boolean(),
    }),
    { selector: ({ participant }) => participant, maxLength: 12 },
  );

  it('is the same whatever the order in which sign-ups came, loses nobody and never gives more places than there are', () => {
    fc.assert(
      fc.property(
        queue,
        fc.integer({ min: 0, max: 6 }),
        fc.infiniteStream(fc.nat()),
        (people, capacity, noise) => {
          const all = people.map(({ participant, minute, isGone }) => {
            const one = signed(participant, minute);
            return isGone ? (withdraw(one, author(30)) as SignUp) : one;
          });
          const shuffled = all
            .map((one) => ({ one, key: noise.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
          const [one, other] = [placesOf(all, { capacity }), placesOf(shuffled, { capacity })];
          expect(other).toEqual(one);
          expect(one.placed.length).toBeLessThanOrEqual(capacity);
          expect(one.waiting.length > 0).toBe(one.placed.length + one.waiting.length > capacity);
          expect(new Set([...who(one.placed), ...who(one.waiting)])).toEqual(
            new Set(people.filter(({ isGone }) => !isGone).map(({ participant }) => participant)),
          );
        },
      ),
    );
  });

  it('a withdrawal moves nobody behind another', () => {
    fc.assert(
      fc.property(queue, fc.integer({ min: 1, max: 6 }), fc.nat(), (people, capacity, chosen) => {
        const all = people.map(({ participant, minute }) => signed(participant, minute));
        fc.pre(all.length > 0);
        const before = placesOf(all, { capacity });
        const gone = all[chosen % all.length] as SignUp;
        const after = placesOf(
          all.map((one) => (one === gone ? (withdraw(one, author(30)) as SignUp) : one)),
          { capacity },
        );
        const turns = (places: typeof before) => who([...places.placed, ...places.waiting]);
        expect(turns(after)).toEqual(turns(before).filter((one) => one !== (gone.participant as string)));
        const expected = before.placed.includes(gone) ? before.waiting[0] : undefined;
        if (expected) expect(who(after.placed).at(-1)).toBe(expected.participant);
      }),
    );
  });
});
