import { describe, expect, it } from 'vitest';
import type { AnyDocument, Author, RosterCard, SignUp } from './documents.ts';
import {
  rosterCardDocId,
  signUpDocId,
  type AccountName,
  type DeviceId,
  type MergeId,
  type OccurrenceId,
  type ParticipantId,
} from './ids.ts';
import { mergePlan } from './person-merge.ts';
import { CurrentDocuments, mergeDocuments, undoPlan, wholeMerges } from './person-merge-undo.ts';
import { signUp } from './sign-ups.ts';

const author = (by: string, minute: number): Author => ({
  at: new Date(Date.UTC(2026, 1, 2, 8, minute)).toISOString(),
  by: by as AccountName,
  device: `of-${by}` as DeviceId,
});
const [kept, absorbed] = ['aaa', 'bbb'] as [ParticipantId, ParticipantId];
const database = 'paris-s1';
const outing = (name: string) => `${name}.2026-02-07T1400` as OccurrenceId;
const wish = (participant: ParticipantId, occurrence: OccurrenceId, minute: number) =>
  signUp(undefined, { occurrence, participant, told: 'place' }, author('maia', minute)) as SignUp;
const card = (participant: ParticipantId, badge?: string): RosterCard => ({
  _id: rosterCardDocId(participant),
  type: 'rosterCard',
  v: 1,
  ...author('maia', 0),
  participant,
  firstName: 'Amina',
  sortKey: 'amina',
  screenLanguage: 'fr',
  isFrancophone: false,
  isProvisional: true,
  ...(badge ? { badge } : {}),
});

const before: AnyDocument[] = [
  card(kept),
  card(absorbed, 'printed'),
  wish(kept, outing('both'), 9),
  wish(absorbed, outing('both'), 2),
  wish(absorbed, outing('only'), 4),
];
const plan = mergePlan({
  kept,
  absorbed,
  held: [{ database, documents: before }],
  nameDisplay: 'full',
  choices: {},
  author: author('elise', 20),
});
const after = new Map(plan.changes.map((change) => [change.id as string, change.after]));

describe('two files that are one person’s', () => {
  it('have one sign-up to an outing, in the earlier turn, and the badge that was printed', () => {
    expect(after.get(signUpDocId(outing('both'), kept))).toMatchObject({
      state: 'signedUp',
      since: author('maia', 2).at,
      by: 'elise',
    });
    expect(after.get(signUpDocId(outing('only'), kept))).toMatchObject({ since: author('maia', 4).at });
    expect(after.get(signUpDocId(outing('only'), absorbed))).toBeUndefined();
    expect(after.get(rosterCardDocId(kept))).toMatchObject({ badge: 'printed' });
  });

  it('are two again, each with its turn, and no history lost an entry', () => {
    const [merge] = wholeMerges(
      mergeDocuments('m1' as MergeId, { kept, absorbed }, plan.changes, author('elise', 20)),
    );
    if (!merge) throw new Error('a merge was written');
    const current = new CurrentDocuments();
    for (const document of after.values()) if (document) current.add(database, document);
    const undone = undoPlan(merge, current, author('anne', 30));
    const back = new Map(undone.changes.map((change) => [change.id as string, change.after]));
    expect(undone.left).toEqual([]);
    const own = back.get(signUpDocId(outing('both'), kept)) as SignUp;
    const united = after.get(signUpDocId(outing('both'), kept)) as SignUp;
    expect(own).toMatchObject({ since: author('maia', 9).at, by: 'anne' });
    expect(own.history.slice(0, united.history.length)).toEqual(united.history);
    expect(back.get(signUpDocId(outing('both'), absorbed))).toMatchObject({ since: author('maia', 2).at });
    expect(back.get(rosterCardDocId(kept))).not.toHaveProperty('badge');
  });
});
