import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Author } from '$lib/domain/documents.ts';
import type { AccountName, DeviceId, StatementId } from '$lib/domain/ids.ts';
import { statementsOf, type StatementFacts } from '$lib/domain/indicators/statement-documents.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { takeBack } from '$lib/store/taken-back.ts';
import { saveStatement, withdrawStatement } from './commands.ts';

let minute = 0;
const author = (): Author => ({
  at: new Date(Date.UTC(2026, 1, 9, 8, (minute += 1))).toISOString(),
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const facts: StatementFacts = {
  ...{ period: '2023', sentence: '57 % de 76 inscrits', stated: 57, isPercent: true, of: 76 },
  where: 'text',
  relation: 'exactly',
};

let registry: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `statements-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  registry = opened.store;
});
afterEach(() => registry.destroy());
const said = async () => statementsOf(await registry.ofType('statement'), '2023');

it('keeps a sentence, its correction and who made it', async () => {
  expect((await saveStatement(registry, undefined, facts, author())).ok).toBe(true);
  const [first] = await said();
  await saveStatement(registry, first?.statement, { ...facts, stated: 75 }, author());
  expect(await said()).toMatchObject([{ stated: 75, by: 'elise', changes: [{}, { kind: 'edited' }] }]);
});

it('takes a sentence off the list, and back on it', async () => {
  await saveStatement(registry, undefined, facts, author());
  const [first] = await said();
  const done = await withdrawStatement(registry, first?.statement ?? ('' as StatementId), author());
  expect(await said()).toEqual([]);
  if (done.ok) expect(await takeBack(done.steps, author())).toBe(1);
  expect(await said()).toMatchObject([{ stated: 57 }]);
});
