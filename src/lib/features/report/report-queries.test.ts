import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnyDocument, Author } from '$lib/domain/documents.ts';
import { newGroup } from '$lib/domain/groups.ts';
import {
  enrolmentDocId,
  siteDocId,
  termDocId,
  type AccountName,
  type DeviceId,
  type GroupId,
  type ParticipantId,
  type SiteCode,
  type StatementId,
  type TermCode,
  type VenueCode,
  type WorkshopTypeCode,
} from '$lib/domain/ids.ts';
import { statementDocument } from '$lib/domain/indicators/statement-documents.ts';
import { standardWorkshopTypes } from '$lib/domain/standard-programme.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { readFrozen, readReport } from './report-queries.ts';

const author: Author = {
  at: '2024-01-15T10:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
};
const base = { v: 1, ...author } as const;
const [site, term, group] = ['one' as SiteCode, 's3-2023' as TermCode, 'g1' as GroupId];
const calendar = { label: 'S3.23', start: '2023-10-02', end: '2023-12-10' };
const participant = 'ada' as ParticipantId;
const facts = {
  ...{ workshopType: 'socioprofessional' as WorkshopTypeCode, label: 'Lundi', team: [] },
  venue: 'amarres-adj' as VenueCode,
};
const sentence = '12 inscrits en socioprofessionnel';

let count = 0;
let stores: { commons: Store; registry: Store; terms: Store[] };
async function storeWith(documents: readonly AnyDocument[]): Promise<Store> {
  const opened = await openStore({ name: `report-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  const written = await opened.store.commit(
    documents.map((document) => ({ id: document._id, change: () => document })),
  );
  if (!written.ok) throw new Error('not written');
  return opened.store;
}
beforeEach(async () => {
  stores = {
    commons: await storeWith([
      {
        ...{ ...base, _id: siteDocId(site), type: 'site', site, name: 'Paris 13', timezone: 'Europe/Paris' },
        terms: [{ term, ...calendar }],
      } as unknown as AnyDocument,
      ...standardWorkshopTypes(author),
    ]),
    registry: await storeWith([
      statementDocument(
        's1' as StatementId,
        {
          ...{ period: '2023', sentence, stated: 12, isPercent: false, where: 'text', relation: 'exactly' },
          about: 'inscrits-socioprofessional',
        },
        undefined,
        author,
      ),
    ]),
    terms: [
      await storeWith([
        {
          ...{ ...base, _id: termDocId(term), type: 'term', term, ...calendar, weeks: 10, daysOff: [] },
          state: 'closed',
        },
        newGroup(group, { ...facts, slots: [{ weekday: 1, start: '10:00', end: '13:00' }] }, author),
        {
          ...{ ...base, _id: enrolmentDocId(group, participant), type: 'enrolment', group, participant },
          from: calendar.start,
        },
      ]),
    ],
  };
});
afterEach(async () => {
  for (const store of [stores.commons, stores.registry, ...stores.terms]) await store.destroy();
});

it('tells what contradicts a sentence that was typed about the year, by its words', async () => {
  const { content } = await readReport(stores, 2023);
  expect(content.findings.filter((finding) => finding.includes(sentence))).toHaveLength(1);
});

it('signs what contradicts a sentence that was typed about the year', async () => {
  const frozen = await readFrozen(stores, 2023, author);
  expect(frozen?.findings).toMatchObject({ statedDiffers: 1 });
});
