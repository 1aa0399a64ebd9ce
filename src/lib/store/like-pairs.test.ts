import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author } from '../domain/documents.ts';
import {
  distinctionDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
  type TermCode,
} from '../domain/ids.ts';
import { newParticipant, rosterCardOf } from '../domain/participants.ts';
import { walkIn } from '../domain/roster.ts';
import { likePairsOf } from './like-pairs.ts';
import { peopleOf } from './people.ts';
import { openStore, type Store } from './store.ts';

const author = (by: string): Author => ({
  ...{ at: '2026-02-02T08:00:00Z', by: by as AccountName, device: `phone-${by}` as DeviceId },
});
let registry: Store;
let term: Store;
let count = 0;

const put = (store: Store, document: AnyDocument) =>
  store.commit([{ id: document._id, change: () => document }]);
const cameIn = (participant: string, firstName: string, familyName: string, by: string) =>
  put(
    term,
    walkIn(
      {
        participant: participant as ParticipantId,
        occurrence: 'g1.2026-02-02T1000' as OccurrenceId,
        ...{ firstName, familyName },
      },
      author(by),
    ).card,
  );
async function hasFile(participant: string, firstName: string, familyName: string) {
  const facts = { gender: 'unknown' as const, languages: [], isFrancophone: false, statusHistory: [] };
  const file = newParticipant(
    participant as ParticipantId,
    { firstName, familyName, ...facts },
    author('elise'),
  );
  await put(registry, file);
  await put(term, rosterCardOf(file, 'full', undefined, author('elise')));
}
async function pairs() {
  const stores = { registry, terms: [{ term: 's1' as TermCode, store: term }] };
  const found = await likePairsOf(await peopleOf(stores), stores);
  return found.map(({ people }) => people.map(({ participant }) => participant).sort());
}

beforeEach(async () => {
  const open = async (name: string) => {
    const opened = await openStore({ name: `like-pairs-${(count += 1)}-${name}` });
    if (!opened.ok) throw new Error(opened.why);
    return opened.store;
  };
  registry = await open('registry');
  term = await open('term');
});
afterEach(async () => {
  await registry.destroy();
  await term.destroy();
});

describe('who may be one person', () => {
  it('are two walk-ins added on two phones, who have no file yet', async () => {
    await cameIn('x', 'Fatoumata', 'Camara', 'maia');
    await cameIn('y', 'Fatou', 'Camara', 'awa');
    await cameIn('z', 'Oumar', 'Barry', 'awa');
    expect(await pairs()).toEqual([['x', 'y']]);
  });

  it('are a walk-in and somebody who has a file, however the name is written', async () => {
    await hasFile('f', 'Mohammad Idris', 'Haroun');
    await cameIn('x', 'Mohamed Idriss', 'Haroun', 'maia');
    expect(await pairs()).toEqual([['f', 'x']]);
  });

  it('are asked about no more once they were told apart', async () => {
    await cameIn('x', 'Fatoumata', 'Camara', 'maia');
    await cameIn('y', 'Fatou', 'Camara', 'awa');
    expect(await pairs()).toHaveLength(1);
    const [one, other] = ['x', 'y'] as [ParticipantId, ParticipantId];
    await put(registry, {
      ...{ _id: distinctionDocId(one, other), type: 'distinction', v: 1, ...author('elise') },
      participants: [one, other],
    });
    expect(await pairs()).toEqual([]);
  });
});
