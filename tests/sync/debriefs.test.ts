import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { noteWord, setEnergy, takeTheme, typeText, type NoteChange } from '../../src/lib/domain/debriefs.ts';
import type { AnyDocument } from '../../src/lib/domain/documents.ts';
import { debriefDocId, type AccountName, type DeviceId, type ThemeId } from '../../src/lib/domain/ids.ts';
import { occurrence, openPhone, type Phone } from './phone.ts';
import { openTestServer, termBase } from './test-server.ts';

const note = debriefDocId(occurrence, 'maia' as AccountName);

const write = ({ store, account, name }: Phone, ...changes: NoteChange[]) =>
  store.commit(
    changes.map((change) => ({
      id: note,
      change: (current: AnyDocument | undefined) =>
        change(current?.type === 'debrief' ? current : undefined, occurrence, {
          at: '2026-11-23T16:00:00.000Z',
          by: account,
          device: name as DeviceId,
        }),
    })),
  );

it('keeps what a host wrote on two devices, once a coordinator’s device has seen them', async () => {
  const server = await openTestServer();
  const open = (account: string) => openPhone({ server, log: [], account });
  const [phone, laptop, coco] = [await open('maia'), await open('maia'), await open('coco')];
  try {
    await write(phone, takeTheme('market' as ThemeId), typeText('worked', '', 'Le jeu du marché.'));
    await write(laptop, setEnergy(4), typeText('worked', '', 'Les images.'), noteWord('botte', true));
    for (const one of [phone, laptop, coco, phone, laptop]) await one.engine.syncNow();
    const merged = await phone.store.get('debrief', note);
    expect(merged).toMatchObject({ theme: 'market', energy: 4, words: ['botte'], by: 'maia' });
    expect(merged?.worked.split('\n').sort()).toEqual(['Le jeu du marché.', 'Les images.']);
    for (const one of [phone, laptop, coco]) {
      expect(await one.store.conflicts()).toEqual([]);
      expect(one.engine.status).toMatchObject({ isProven: true, unsent: 0, refused: 0 });
    }
    expect(await server.admin.get(`${termBase}/${note}`)).toMatchObject({ worked: merged?.worked });
  } finally {
    for (const one of [phone, laptop, coco]) await one.close();
    await server.dispose();
  }
});
