/** The demo year as a device holds it, for the tests of exports. */
import type { AnyDocument } from '$lib/domain/documents.ts';
import { generateDemoYear } from '$lib/domain/demo-year/generate.ts';
import type { AccountName } from '$lib/domain/ids.ts';
import type { ExportChoice } from './choice.ts';
import type { ExportAsked, HeldSite } from './make-export.ts';

const terms = ['s1-2023', 's2-2023', 's3-2023'];

export function heldYear(change: (document: AnyDocument) => AnyDocument = (document) => document): HeldSite {
  const { databases } = generateDemoYear({ seed: 'polaris', today: '2024-01-15', moved: false });
  const of = (name: string) => (databases.get(`paris13-${name}`) ?? []).map(change);
  return {
    documents: { commons: of('commons'), registry: of('registry'), terms: terms.map(of) },
    names: {
      commons: 'paris13-commons',
      registry: 'paris13-registry',
      terms: terms.map((term) => `paris13-${term}`),
    },
    unread: new Map(),
  };
}

export const askedFor = (choice: Partial<ExportChoice>, drawn = 7): ExportAsked => ({
  choice: { what: 'data', format: 'xlsx', scope: undefined, isPseudonymised: false, ...choice },
  at: '2024-01-15T09:30:00.000Z',
  by: 'elise' as AccountName,
  key: new Uint8Array(32).fill(drawn),
});
