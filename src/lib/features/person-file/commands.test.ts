import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDocument, type Author, type Term } from '$lib/domain/documents.ts';
import {
  participantDocId,
  rosterCardDocId,
  termDocId,
  type AccountName,
  type DeviceId,
  type OccurrenceId,
  type ParticipantId,
  type ReferrerId,
  type TermCode,
} from '$lib/domain/ids.ts';
import type { ParticipantFacts } from '$lib/domain/participants.ts';
import { walkIn } from '$lib/domain/roster.ts';
import { bringCardsUp } from '$lib/store/cards.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { saveFile, type FileToSave } from './commands.ts';
import { changedFacts, draftOf, factsOfDraft, mistakesOf } from './draft.ts';

const participant = 'p1' as ParticipantId;
let minute = 0;
const author = (): Author => ({
  at: new Date(Date.UTC(2026, 1, 9, 8, (minute += 1))).toISOString(),
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const facts: ParticipantFacts = {
  ...{ firstName: 'Farid', familyName: 'Ahmadi', gender: 'man', languages: ['fa-AF'] },
  ...{ isFrancophone: false, statusHistory: [], phone: '0611223344' },
};

let registry: Store;
let terms: { term: TermCode; store: Store }[];
let count = 0;
const open = async (name: string) => {
  const opened = await openStore({ name: `file-${(count += 1)}-${name}` });
  if (!opened.ok) throw new Error(opened.why);
  return opened.store;
};
const addTerm = async (code: string, state: Term['state']) => {
  const [term, store] = [code as TermCode, await open(code)];
  const document: Term = {
    ...{ _id: termDocId(term), type: 'term', v: 1, ...author(), term, label: code },
    ...{ start: '2026-02-02', end: '2026-04-12', weeks: 10, daysOff: [], state },
  };
  await store.commit([{ id: document._id, change: () => document }]);
  terms.push({ term, store });
};
beforeEach(async () => {
  registry = await open('registry');
  terms = [];
  await addTerm('s1', 'open');
  await addTerm('s0', 'closed');
});
afterEach(async () => {
  for (const store of [registry, ...terms.map((one) => one.store)]) await store.destroy();
});

const save = (more: Partial<FileToSave> = {}) =>
  saveFile(
    { registry, terms },
    { participant, facts, changed: {}, referrer: undefined, joins: [], nameDisplay: 'full', ...more },
    author(),
  );
const fileOf = () => registry.get('participant', participantDocId(participant));
const cardIn = (place: number) => terms[place]?.store.get('rosterCard', rosterCardDocId(participant));

describe('saving a file', () => {
  it('makes it, with who sent the person, and the card of the terms chosen', async () => {
    const referrer = { referrer: 'r1' as ReferrerId, name: 'Claire Morel' };
    const term = 's1' as TermCode;
    await save({ referrer, facts: { ...facts, referrer: referrer.referrer }, joins: [term] });
    expect(parseDocument(await fileOf())).toMatchObject({ ok: true });
    expect(await registry.ofType('referrer')).toMatchObject([{ name: 'Claire Morel' }]);
    expect(await cardIn(0)).toMatchObject({ firstName: 'Farid', familyName: 'Ahmadi', isProvisional: false });
    expect(JSON.stringify(await cardIn(0))).not.toContain('0611223344');
  });

  it('changes what was changed here, and what was changed elsewhere meanwhile stays', async () => {
    await save({ joins: ['s1' as TermCode] });
    await save({ changed: { departement: '75' } });
    await save({ changed: { firstName: 'Fareed', phone: undefined } });
    expect(await fileOf()).toMatchObject({ firstName: 'Fareed', departement: '75' });
    expect(Object.keys((await fileOf()) ?? {})).not.toContain('phone');
    expect((await fileOf())?.changes).toHaveLength(3);
    expect(await cardIn(0)).toMatchObject({ firstName: 'Fareed', sortKey: 'fareed ahmadi' });
  });

  it('without a change writes nothing', async () => {
    await save();
    const before = await fileOf();
    await save();
    expect(await fileOf()).toEqual(before);
  });

  it('makes an inscrit’s file of a walk-in: the card is provisional no longer', async () => {
    const occurrence = 'g1.2026-02-09T1000' as OccurrenceId;
    const { card } = walkIn({ participant, occurrence, firstName: 'Farid' }, author());
    await terms[0]?.store.commit([{ id: card._id, change: () => card }]);
    await save();
    expect(await cardIn(0)).toMatchObject({ isProvisional: false, familyName: 'Ahmadi' });
  });

  it('leaves the cards of closed terms as they were', async () => {
    await save({ joins: ['s0' as TermCode] });
    await save({ changed: { firstName: 'Fareed' } });
    expect(await cardIn(1)).toMatchObject({ firstName: 'Farid' });
  });

  it('interrupted before the cards is completed when people are next looked at, once', async () => {
    await save({ joins: ['s1' as TermCode] });
    const file = await fileOf();
    await registry.commit([
      { id: participantDocId(participant), change: () => file && { ...file, firstName: 'Fareed' } },
    ]);
    const stores = { registry, terms };
    expect(await bringCardsUp(stores, 'full', author())).toMatchObject({ ok: true, written: [{}] });
    expect(await cardIn(0)).toMatchObject({ firstName: 'Fareed' });
    expect(await bringCardsUp(stores, 'full', author())).toEqual({ ok: true, written: [] });
  });
});

describe('a form', () => {
  const empty = draftOf(undefined, undefined);

  it('keeps one name, in whichever field it was typed', () => {
    expect(factsOfDraft({ ...empty, familyName: 'Suharto' })).toMatchObject({
      ...{ firstName: 'Suharto', familyName: '' },
    });
    expect(mistakesOf(empty, { name: '' }, '2026-02-09')).toEqual(['firstName']);
  });

  it('takes no year to come, no status without a day, no number that is none', () => {
    const wrong = { ...empty, firstName: 'A', birthYear: '2031', phone: 'demain' };
    expect(
      mistakesOf({ ...wrong, statusHistory: [{ status: 'refugee', from: '' }] }, { name: '' }, '2026-02-09'),
    ).toEqual(['birthYear', 'statusHistory', 'phone']);
    expect(
      mistakesOf(
        { ...empty, firstName: 'A', phone: '+33 6 11-22.33', birthYear: '1990' },
        { name: '' },
        '2026-02-09',
      ),
    ).toEqual([]);
  });

  it('notes what differs from the file, an emptied field as nothing', async () => {
    await save();
    const file = await fileOf();
    const start = factsOfDraft(draftOf(file, undefined));
    expect(changedFacts(start, start)).toEqual({});
    const next = factsOfDraft({ ...draftOf(file, undefined), phone: '', gender: 'woman' });
    expect(changedFacts(start, next)).toEqual({ phone: undefined, gender: 'woman' });
  });
});
