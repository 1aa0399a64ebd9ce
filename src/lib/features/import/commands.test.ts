import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyDocument, Author, Mark, Signature, SignUp } from '$lib/domain/documents.ts';
import {
  distinctionDocId,
  enrolmentDocId,
  groupDocId,
  importBatchDocId,
  markDocId,
  participantDocId,
  rosterCardDocId,
  signUpDocId,
  signatureDocId,
  termDocId,
  workshopTypeDocId,
  type AccountName,
  type BatchId,
  type DeviceId,
  type GroupId,
  type OccurrenceId,
  type ParticipantId,
  type TermCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { noChoices, type Choices } from '$lib/domain/import/choices.ts';
import { recogniseColumns } from '$lib/domain/import/columns.ts';
import { planImport, type PlanInput } from '$lib/domain/import/plan.ts';
import { readRow, rowContext } from '$lib/domain/import/rows.ts';
import { findTable } from '$lib/domain/import/tables.ts';
import { workOf, type ImportWork } from '$lib/domain/import/work.ts';
import { enrol, leave } from '$lib/domain/enrolments.ts';
import { editParticipant, newParticipant, type ParticipantFacts } from '$lib/domain/participants.ts';
import { walkIn } from '$lib/domain/roster.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { pendingImport, resumeImport, writeImport } from './commands.ts';
import { importHistory, planTermOf, registryOf, type Stores } from './queries.ts';
import { undoImport } from './undo.ts';

const term = 's3' as TermCode;
const today = '2023-11-20';
const at = (time: string): Author => ({
  at: `2023-11-20T${time}:00Z`,
  by: 'elise' as AccountName,
  device: 'laptop' as DeviceId,
});
const source = { fileName: 'liste.csv', contentHash: 'abc' };

let stores: Stores;
let termStore: Store;
let count = 0;
let keys = 0;

async function opened(name: string): Promise<Store> {
  const result = await openStore({ name: `import-${name}-${count}` });
  if (!result.ok) throw new Error(result.why);
  return result.store;
}

beforeEach(async () => {
  count += 1;
  termStore = await opened('term');
  stores = {
    commons: await opened('commons'),
    registry: await opened('registry'),
    terms: [{ term, store: termStore }],
  };
  const groups = ['g1', 'g2'].map((group) => ({
    _id: groupDocId(group as GroupId),
    type: 'group',
    v: 1,
    ...at('07:00'),
    group,
    workshopType: 'socio',
    label: `Groupe ${group.slice(1)}`,
    venue: 'room',
    weekday: 1,
    start: '09:30',
    end: '12:30',
  }));
  const document = {
    _id: termDocId(term),
    type: 'term',
    v: 1,
    ...at('07:00'),
    term,
    label: 'S3.23',
    start: '2023-10-02',
    end: '2023-12-10',
    weeks: 10,
    daysOff: [],
    state: 'open',
  };
  await put(termStore, ...([...groups, document] as unknown as AnyDocument[]));
});
afterEach(async () => {
  for (const store of [stores.commons, stores.registry, termStore]) await store.destroy();
});

async function put(store: Store, ...documents: AnyDocument[]): Promise<void> {
  const done = await store.commit(
    documents.map((document) => ({ id: document._id, change: () => document })),
  );
  if (!done.ok) throw new Error(done.why);
}

async function workFor(
  grid: readonly (readonly string[])[],
  choices: Partial<Choices> = {},
): Promise<ImportWork> {
  const input = await planned(grid, choices);
  return workOf(planImport(input), input, () => `key${(keys += 1)}`);
}

async function planned(grid: readonly (readonly string[])[], choices: Partial<Choices>): Promise<PlanInput> {
  const table = findTable(grid);
  const cells = table.rows.map((row) => row.cells);
  const fields = recogniseColumns(table.headers, cells, today).map((guess) => guess?.field);
  const context = rowContext(table, fields, today);
  return {
    rows: table.rows.map((row, index) => readRow(row, index, context)),
    fields,
    ...(await registryOf(stores)),
    term: await planTermOf(stores, term),
    choices: { ...noChoices, ...choices },
    today,
  };
}

const begin = async (work: ImportWork, batch = `b${(keys += 1)}` as BatchId, author = at('08:00')) => {
  const written = await writeImport(stores, { batch, work, source, nameDisplay: 'initial' }, author);
  if (!written.ok) throw new Error(written.why);
  const account = await stores.registry.get('importBatch', importBatchDocId(batch));
  if (!account) throw new Error('no account');
  return account;
};

const families =
  'Noorzai Diallo Tesfay Ouédraogo Petrenko Wangchuk Bukassa Chowdhury Yılmaz Warsame Gyatso Mbemba Zhvania Sissoko Rahimi Ishag'.split(
    ' ',
  );
const firstNames = 'Hamid Fatoumata Selam Olena Tenzin Grace Jahangir Aynur Lamine Winta'.split(' ');
/** Up to 160 people, no two of whom are called alike. */
const people = (howMany: number) =>
  Array.from({ length: howMany }, (_, index) => [
    families[index % 16] ?? '',
    firstNames[Math.floor(index / 16)] ?? '',
    'H',
    '1990',
    'Groupe 1',
  ]);
const headers = ['Nom', 'Prénom', 'Sexe', 'Année de naissance', 'Groupe'];
const known = (id: string): AnyDocument =>
  newParticipant(
    id as ParticipantId,
    {
      firstName: 'Mariam',
      familyName: 'Karimi',
      gender: 'woman',
      languages: [],
      isFrancophone: false,
      statusHistory: [],
    },
    at('07:30'),
  );
const mark = (participant: ParticipantId, group = 'g1'): Mark => {
  const occurrence = `${group}.2023-11-20T0930` as OccurrenceId;
  const given = { status: 'present' as const, ...at('10:00') };
  return {
    _id: markDocId(occurrence, participant),
    type: 'mark',
    v: 1,
    ...at('10:00'),
    occurrence,
    participant,
    status: 'present',
    history: [given],
  };
};
const outing = 'g2.2023-11-22T1400' as OccurrenceId;
const signUp = (participant: ParticipantId): SignUp => ({
  _id: signUpDocId(outing, participant),
  type: 'signUp',
  v: 1,
  ...at('10:00'),
  occurrence: outing,
  participant,
  state: 'signedUp',
  since: at('10:00').at,
  history: [{ state: 'signedUp', ...at('10:00') }],
});
const signature = (participant: ParticipantId): Signature => ({
  _id: signatureDocId(outing, participant),
  type: 'signature',
  v: 1,
  ...at('10:00'),
  occurrence: outing,
  participant,
  confirmed: { witness: 'Élise' },
});
const counts = async () => ({
  people: (await stores.registry.ofType('participant')).length,
  cards: (await termStore.ofType('rosterCard')).length,
  enrolments: (await termStore.ofType('enrolment')).length,
});

describe('writing an import', () => {
  it('makes files, cards and enrolments, and its own account of them', async () => {
    const account = await begin(await workFor([headers, ...people(60)]));
    expect(await counts()).toEqual({ people: 60, cards: 60, enrolments: 60 });
    expect(account).toMatchObject({ rows: 60, skipped: 0, term, startedAt: at('08:00').at, updated: [] });
    expect(account.created).toHaveLength(60);
    expect(account.finishedAt).toBeDefined();
    const [enrolment] = await termStore.ofType('enrolment');
    expect(enrolment).toMatchObject({ group: 'g1', from: '2023-10-02', changes: [{ kind: 'imported' }] });
    expect(await pendingImport(stores)).toBeUndefined();
  });

  it('leaves the lists with no more than a name to call', async () => {
    await begin(await workFor([headers, ['Karimi', 'Mariam', 'F', '1990', 'Groupe 1']]));
    const [card] = await termStore.ofType('rosterCard');
    expect(card).toMatchObject({ firstName: 'Mariam', familyName: 'K', isProvisional: false });
    expect(JSON.stringify(card)).not.toMatch(/1990|woman/);
  });

  it('is taken up where it was interrupted, and ends as if it had not been', async () => {
    const work = await workFor([headers, ...people(150)]);
    const stop = new AbortController();
    const batch = 'interrupted' as BatchId;
    await writeImport(stores, { batch, work, source, nameDisplay: 'full' }, at('08:00'), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    const half = await counts();
    expect(half.people).toBeGreaterThan(0);
    expect(half.people).toBeLessThan(150);
    expect((await importHistory(stores))[0]?.finishedAt).toBeUndefined();

    const pending = await pendingImport(stores);
    if (!pending) throw new Error('nothing to take up');
    expect(await resumeImport(stores, pending, 'full')).toEqual({ ok: true, isWhole: true });
    expect(await counts()).toEqual({ people: 150, cards: 150, enrolments: 150 });
    const files = await stores.registry.ofType('participant');
    expect(files.every(({ changes }) => changes?.length === 1)).toBe(true);
    expect((await importHistory(stores))[0]?.created).toHaveLength(150);
  });

  it('of the same file again has nothing to write', async () => {
    const grid = [headers, ...people(30), ['Karimi', 'Mariam', '', '', 'Groupe 2']];
    await put(stores.registry, known('p1'));
    await begin(await workFor(grid));
    expect((await workFor(grid)).jobs).toEqual([]);
  });
});

describe('what the term is read with', () => {
  it('tells who followed the socioprofessional workshops in an earlier term, whichever that is', async () => {
    const earlier = await opened('earlier');
    const later = await opened('later');
    const termOf = async (store: Store, code: string, start: string) => {
      const here = await termStore.get('term', termDocId(term));
      const group = (await termStore.ofType('group'))[0];
      if (!here || !group) throw new Error('no term');
      const { _rev, ...document } = here;
      const { _rev: _groupRev, ...own } = group;
      const called = code as TermCode;
      const enrolment = enrol(
        undefined,
        { group: group.group, participant: `of-${code}` as ParticipantId, from: start },
        at('07:00'),
      );
      await put(store, { ...document, _id: termDocId(called), term: called, start }, own, enrolment);
      return { term: called, store };
    };
    const socio: AnyDocument = {
      _id: workshopTypeDocId('socio' as WorkshopTypeCode),
      type: 'workshopType',
      v: 1,
      ...at('07:00'),
      workshopType: 'socio' as WorkshopTypeCode,
      kind: 'socioprofessional',
      label: 'Socioprofessionnel',
      isMandatory: true,
      weeklyMinutes: 180,
      countsForAssiduity: true,
      hasOpenRoster: false,
    };
    await put(stores.commons, socio);
    const terms = [
      await termOf(later, 's1-24', '2024-02-05'),
      ...stores.terms,
      await termOf(earlier, 's2', '2023-05-01'),
    ];
    const planTerm = await planTermOf({ ...stores, terms }, term);
    expect([...(planTerm?.followedBefore ?? [])]).toEqual(['of-s2']);
    await Promise.all([earlier, later].map((store) => store.destroy()));
  });
});

describe('undoing an import', () => {
  it('takes away everything it made', async () => {
    const account = await begin(await workFor([headers, ...people(60)]));
    const undone = await undoImport(stores, account, at('09:00'));
    expect(undone).toEqual({ ok: true, removed: 60, restored: 0, kept: [] });
    expect(await counts()).toEqual({ people: 0, cards: 0, enrolments: 0 });
    expect((await importHistory(stores))[0]).toMatchObject({ undoneAt: at('09:00').at, kept: [] });
  });

  it('puts completed files back as they were, and takes their new groups away', async () => {
    await put(stores.registry, known('p1'));
    const grid = [
      [...headers, 'Téléphone'],
      ['Karimi', 'Mariam', 'F', '1990', 'Groupe 1', '0612345678'],
    ];
    const account = await begin(await workFor(grid));
    expect(await stores.registry.get('participant', participantDocId('p1' as ParticipantId))).toMatchObject({
      phone: '06 12 34 56 78',
      birthYear: 1990,
    });
    expect(await undoImport(stores, account, at('09:00'))).toMatchObject({
      removed: 0,
      restored: 1,
      kept: [],
    });
    const person = await stores.registry.get('participant', participantDocId('p1' as ParticipantId));
    expect(person?.phone).toBeUndefined();
    expect(person?.birthYear).toBeUndefined();
    expect(person?.changes?.map(({ kind }) => kind)).toEqual(['created', 'imported', 'undone']);
    expect(await counts()).toEqual({ people: 1, cards: 0, enrolments: 0 });
  });

  it('leaves whoever was marked since, with their groups, and says who', async () => {
    const account = await begin(await workFor([headers, ...people(3)]));
    const [marked] = account.created;
    if (!marked) throw new Error('nobody');
    await put(termStore, mark(marked));
    expect(await undoImport(stores, account, at('09:00'))).toMatchObject({ removed: 2, kept: [marked] });
    expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 1 });
    expect(await termStore.get('rosterCard', rosterCardDocId(marked))).toBeDefined();
  });

  it.each([
    ['signed up for an outing', signUp],
    ['asked to sign', signature],
  ])('leaves whoever was %s since, with the card that the list calls', async (_, happened) => {
    const account = await begin(await workFor([headers, ...people(3)]));
    const [somebody] = account.created;
    if (!somebody) throw new Error('nobody');
    await put(termStore, happened(somebody));
    expect(await undoImport(stores, account, at('09:00'))).toMatchObject({ removed: 2, kept: [somebody] });
    expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 1 });
  });

  it('leaves the card of somebody known who signed up for an outing since', async () => {
    await put(stores.registry, known('p1'));
    const account = await begin(await workFor([headers, ['Karimi', 'Mariam', 'F', '1990', 'Groupe 1']]));
    await put(termStore, signUp('p1' as ParticipantId));
    await undoImport(stores, account, at('09:00'));
    expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 0 });
  });

  it('leaves who sent somebody that stays, and takes away who sent nobody else', async () => {
    const rows = people(3).map((row, index) => [...row, index === 2 ? 'Aurore' : 'FTDA']);
    const account = await begin(await workFor([[...headers, 'Prescripteur'], ...rows]));
    const [marked] = account.created;
    if (!marked) throw new Error('nobody');
    await put(termStore, mark(marked));
    await undoImport(stores, account, at('09:00'));
    const referrers = await stores.registry.ofType('referrer');
    expect(referrers.map(({ name }) => name)).toEqual(['FTDA']);
    const [file] = await stores.registry.ofType('participant');
    expect(file?.referrer).toBe(referrers[0]?.referrer);
  });

  it('leaves whoever was edited or enrolled elsewhere since', async () => {
    const account = await begin(await workFor([headers, ...people(3)]));
    const [edited, moved] = account.created;
    if (!edited || !moved) throw new Error('nobody');
    const file = await stores.registry.get('participant', participantDocId(edited));
    if (file) await put(stores.registry, editParticipant(file, { departement: '93' }, at('08:30')));
    const enrolled = await termStore.get('enrolment', enrolmentDocId('g1' as GroupId, moved));
    if (enrolled) {
      const { _rev, changes: _, ...rest } = enrolled;
      const group = 'g2' as GroupId;
      await put(termStore, { ...rest, _id: enrolmentDocId(group, moved), group, ...at('08:30') });
    }
    const undone = await undoImport(stores, account, at('09:00'));
    expect(undone).toMatchObject({ removed: 1 });
    expect(undone.ok && [...undone.kept].sort()).toEqual([edited, moved].sort());
  });

  it('keeps what somebody wrote over it since', async () => {
    await put(stores.registry, known('p1'));
    const grid = [
      [...headers, 'Téléphone'],
      ['Karimi', 'Mariam', 'F', '1990', '', '0612345678'],
    ];
    const account = await begin(await workFor(grid));
    const id = participantDocId('p1' as ParticipantId);
    const file = await stores.registry.get('participant', id);
    if (file) await put(stores.registry, editParticipant(file, { birthYear: 1991 }, at('08:30')));
    await undoImport(stores, account, at('09:00'));
    const person = await stores.registry.get('participant', id);
    expect(person).toMatchObject({ birthYear: 1991 });
    expect(person?.phone).toBeUndefined();
  });

  describe('somebody who had come before being on any list', () => {
    const fatou = 'fatou' as ParticipantId;
    const came = (author = at('07:40')) =>
      walkIn(
        {
          participant: fatou,
          occurrence: 'g1.2023-11-13T0930' as OccurrenceId,
          firstName: 'Fatou',
          familyName: 'D',
        },
        author,
      );
    const imported = async () =>
      begin(
        await workFor([headers, ['Diallo', 'Fatou', 'F', '1990', 'Groupe 1']], {
          identities: { 0: fatou },
        }),
      );

    it('is as before: a provisional card with the name it had, no file, what was marked', async () => {
      const { card, mark: marked } = came();
      const other = 'other' as ParticipantId;
      const distinction: AnyDocument = {
        _id: distinctionDocId(fatou, other),
        type: 'distinction',
        v: 1,
        ...at('07:45'),
        participants: [fatou, other],
      };
      await put(termStore, card, marked);
      await put(stores.registry, distinction);
      const account = await imported();
      expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 1 });
      expect(await termStore.get('rosterCard', card._id)).toMatchObject({
        firstName: 'Fatou',
        isProvisional: false,
      });
      const undone = await undoImport(stores, account, at('09:00'));
      expect(undone).toMatchObject({ removed: 1, kept: [] });
      expect(await counts()).toEqual({ people: 0, cards: 1, enrolments: 0 });
      const { at: _at, by: _by, device: _device, ...before } = card;
      expect(await termStore.get('rosterCard', card._id)).toMatchObject(before);
      expect(await termStore.ofType('mark')).toHaveLength(1);
      expect(await stores.registry.ofType('distinction')).toHaveLength(1);
    });

    it('stays with file and group where they were marked since', async () => {
      const { card, mark: marked } = came();
      await put(termStore, card, marked);
      const account = await imported();
      await put(termStore, mark(fatou));
      expect(await undoImport(stores, account, at('11:00'))).toMatchObject({ removed: 0, kept: [fatou] });
      expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 1 });
      expect(await termStore.get('rosterCard', card._id)).toMatchObject({ isProvisional: false });
    });

    it('keeps the badge that they were given since', async () => {
      const { card, mark: marked } = came();
      await put(termStore, card, marked);
      const account = await imported();
      const standing = await termStore.get('rosterCard', card._id);
      if (standing) await put(termStore, { ...standing, ...at('08:30'), badge: 'b7' });
      await undoImport(stores, account, at('09:00'));
      expect(await termStore.get('rosterCard', card._id)).toMatchObject({ isProvisional: true, badge: 'b7' });
    });
  });

  describe('while others go on writing', () => {
    /** Once the undoing has written in the lists so many times (the places, then the cards), before the files. */
    const meanwhile = (write: () => Promise<void>, times = 1) =>
      new Promise<void>((done, fail) => {
        let left = times;
        const forget = termStore.onWrite(() => {
          left -= 1;
          if (left > 0) return;
          forget();
          write().then(done, fail);
        });
      });
    const edit = async (participant: ParticipantId, facts: Partial<ParticipantFacts>) => {
      const done = await stores.registry.commit([
        {
          id: participantDocId(participant),
          change: (file) => (file?.type === 'participant' ? editParticipant(file, facts, at('08:59')) : file),
        },
      ]);
      if (!done.ok) throw new Error(done.why);
    };

    it('puts a completed file back without what was written in it meanwhile being lost', async () => {
      await put(stores.registry, known('p1'));
      const account = await begin(
        await workFor([
          [...headers, 'Téléphone'],
          ['Karimi', 'Mariam', 'F', '1990', 'Groupe 1', '0612345678'],
        ]),
      );
      const written = meanwhile(() => edit('p1' as ParticipantId, { departement: '93' }), 2);
      expect(await undoImport(stores, account, at('09:00'))).toMatchObject({ restored: 1 });
      await written;
      const file = await stores.registry.get('participant', participantDocId('p1' as ParticipantId));
      expect(file?.phone).toBeUndefined();
      expect(file?.departement).toBe('93');
      expect(file?.changes?.map(({ kind }) => kind)).toEqual(['created', 'imported', 'edited', 'undone']);
    });

    it.each([
      ['while places were taken away', 1],
      ['while cards were', 2],
    ])('leaves a new file that was changed %s, with who sent the person, and says so', async (_, times) => {
      const rows = people(3).map((row) => [...row, 'FTDA']);
      const account = await begin(await workFor([[...headers, 'Prescripteur'], ...rows]));
      const [edited] = account.created;
      if (!edited) throw new Error('nobody');
      const written = meanwhile(() => edit(edited, { departement: '93' }), times);
      expect(await undoImport(stores, account, at('09:00'))).toMatchObject({ removed: 2, kept: [edited] });
      await written;
      expect(await stores.registry.ofType('participant')).toMatchObject([{ departement: '93' }]);
      expect(await stores.registry.ofType('referrer')).toHaveLength(1);
    });

    it('leaves file and card of somebody who was marked meanwhile', async () => {
      const account = await begin(await workFor([headers, ...people(3)]));
      const [marked] = account.created;
      if (!marked) throw new Error('nobody');
      const written = meanwhile(() => put(termStore, mark(marked)));
      expect(await undoImport(stores, account, at('09:00'))).toMatchObject({ removed: 2, kept: [marked] });
      await written;
      expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 0 });
    });

    it('leaves a place that was changed meanwhile, and whose it is', async () => {
      const rows = people(150).map((row) => row.with(4, 'Groupe 1 / Groupe 2'));
      const account = await begin(await workFor([headers, ...rows]));
      // So many places are not taken away at once: this is one of the last.
      const place = (await termStore.ofType('enrolment')).at(-1);
      if (!place) throw new Error('nobody');
      const written = meanwhile(() => put(termStore, leave(place, '2023-11-18', at('08:59'))));
      const undone = await undoImport(stores, account, at('09:00'));
      await written;
      expect(undone).toMatchObject({ removed: 149, kept: [place.participant] });
      expect(await counts()).toEqual({ people: 1, cards: 1, enrolments: 1 });
      expect(await termStore.ofType('enrolment')).toMatchObject([{ to: '2023-11-18' }]);
    });
  });

  it('works on an import that was interrupted', async () => {
    const work = await workFor([headers, ...people(150)]);
    const stop = new AbortController();
    const batch = 'interrupted' as BatchId;
    await writeImport(stores, { batch, work, source, nameDisplay: 'full' }, at('08:00'), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    const [account] = await importHistory(stores);
    if (!account) throw new Error('no account');
    await undoImport(stores, account, at('09:00'));
    expect(await counts()).toEqual({ people: 0, cards: 0, enrolments: 0 });
    expect(await pendingImport(stores)).toBeUndefined();
  });

  it('lets the same file in again afterwards', async () => {
    const grid = [headers, ...people(10)];
    await undoImport(stores, await begin(await workFor(grid)), at('09:00'));
    const again = await workFor(grid);
    expect(again.jobs).toHaveLength(10);
    await begin(again, 'again' as BatchId, at('10:00'));
    expect(await counts()).toEqual({ people: 10, cards: 10, enrolments: 10 });
  });
});
