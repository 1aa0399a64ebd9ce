import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import type {
  AccountName,
  DeviceId,
  OccurrenceId,
  ParticipantId,
  SiteCode,
  TermCode,
} from '$lib/domain/ids.ts';
import { newParticipant, rosterCardOf } from '$lib/domain/participants.ts';
import { walkIn } from '$lib/domain/roster.ts';
import { namedStores } from '$lib/store/person-documents.ts';
import { mergePeople, undoMerge } from '$lib/store/person-merges.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { readDuplicates } from './queries.ts';

let minute = 0;
const author = (): Author => ({
  at: new Date(Date.UTC(2026, 1, 9, 8, (minute += 1))).toISOString(),
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const site = 'paris' as SiteCode;
const [file, first, second] = ['ccc', 'aaa', 'bbb'] as [ParticipantId, ParticipantId, ParticipantId];

let commons: Store;
let registry: Store;
let store: Store;
let count = 0;
const put = (into: Store, document: AnyDocument) =>
  into.commit([{ id: document._id, change: () => document }]);
const stores = () => ({ commons, registry, site, terms: [{ term: 's1' as TermCode, store }] });
const named = () => namedStores(stores(), site);
const merge = async (kept: ParticipantId, absorbed: ParticipantId) => {
  const done = await mergePeople(named(), { kept, absorbed }, {}, 'full', author);
  if (!done.ok || !done.merge) throw new Error('a merge was expected');
  return done.merge;
};

beforeEach(async () => {
  minute = 0;
  const open = async (name: string) => {
    const opened = await openStore({ name: `merges-${(count += 1)}-${name}` });
    if (!opened.ok) throw new Error(opened.why);
    return opened.store;
  };
  [commons, registry, store] = [await open('commons'), await open('registry'), await open('term')];
  const known = newParticipant(
    file,
    {
      ...{ firstName: 'Fatoumata', familyName: 'Camara', gender: 'woman' as const, languages: [] },
      ...{ isFrancophone: false, statusHistory: [] },
    },
    author(),
  );
  await put(registry, known);
  await put(store, rosterCardOf(known, 'full', undefined, author()));
  for (const [participant, occurrence] of [
    [first, 'g1.2026-02-02T1000'],
    [second, 'g1.2026-02-09T1000'],
  ] as const) {
    const added = walkIn(
      { participant, occurrence: occurrence as OccurrenceId, firstName: 'Fatou' },
      author(),
    );
    await put(store, added.card);
    await put(store, added.mark);
  }
});
afterEach(async () => {
  for (const one of [commons, registry, store]) await one.destroy();
});

describe('a merge that stands', () => {
  it('waits for the one that took its kept person further, who had no file; then it is undone', async () => {
    const earlier = await merge(first, second);
    const later = await merge(file, first);
    const covered = async () =>
      (await readDuplicates(stores())).merges.map((one) => [one.merge, one.isCovered]);
    expect(await covered()).toEqual([
      [later, false],
      [earlier, true],
    ]);

    await undoMerge(named(), later, author);
    expect(await covered()).toEqual([[earlier, false]]);
    expect(await undoMerge(named(), earlier, author)).toEqual({ ok: true, left: [] });
    const marks = await store.ofType('mark');
    expect(marks.map(({ participant }) => participant).sort()).toEqual([first, second]);
  });
});
