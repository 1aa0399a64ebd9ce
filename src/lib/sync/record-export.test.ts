import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Author } from '../domain/documents.ts';
import type { TermCode } from '../domain/ids.ts';
import { openStore } from '../store/store.ts';
import { recordExport } from './record-export.ts';

const author = (): Author => ({ at: '2023-11-20T15:00:00.000Z', by: 'elise', device: 'desk' }) as Author;
const facts: Parameters<typeof recordExport>[1] = {
  ...{ what: 'data', format: 'xlsx', isPseudonymised: false, rows: 186 },
  scope: { kind: 'terms', terms: ['s3-2023' as TermCode] },
};
const file = new TextEncoder().encode('Nom;Prénom\r\n');

async function registryNamed(name: string) {
  const opened = await openStore({ name });
  if (!opened.ok) throw new Error(opened.why);
  return opened.store;
}

it('notes what left, with the fingerprint of the file, to be sent like everything else', async () => {
  const registry = await registryNamed('elise~paris13-registry');
  expect(await recordExport({ registry, author }, facts, file)).toBe(true);
  const [note, ...others] = await registry.ofType('exported');
  expect(others).toEqual([]);
  expect(note).toMatchObject({
    ...{ what: 'data', format: 'xlsx', terms: ['s3-2023'], isPseudonymised: false, rows: 186, by: 'elise' },
    sha256: createHash('sha256').update(file).digest('hex'),
  });
  expect(await registry.outbox.pendingIds()).toEqual([note?._id]);
  registry.close();
});

it('says no where the device cannot keep the note, or holds no registry: nothing may be handed over', async () => {
  const registry = await registryNamed('elise~lyon3-registry');
  registry.close();
  expect(await recordExport({ registry, author }, facts, file)).toBe(false);
  expect(await recordExport({ registry: undefined, author }, facts, file)).toBe(false);
});
