import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { themeDocId, type ThemeId } from '../../src/lib/domain/ids.ts';
import { newTheme } from '../../src/lib/domain/themes.ts';
import { isSound } from './faulty-line.ts';
import { disposeOf, openSignedIn, type SignedInDevice } from './signed-in-device.ts';
import { commons, openTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let devices: SignedInDevice[];

beforeEach(async () => {
  server = await openTestServer();
  devices = [];
});
afterEach(async () => {
  for (const one of devices) await disposeOf(one);
  await server.dispose();
});

/** Without a network from the beginning. */
async function opened(name: string): Promise<SignedInDevice> {
  const one = await openSignedIn(server, name);
  devices.push(one);
  return one;
}

async function online({ device, line }: SignedInDevice): Promise<void> {
  line.faultOf = isSound;
  await device.engine.syncNow();
}

const proposal = (id: string, device: SignedInDevice['device'], isApproved = false) => {
  const prompts = [{ text: 'Quel livre aimez-vous ?' }];
  const facts = { title: 'À la bibliothèque', level: 'A2' as const, prompts, vocabulary: [] };
  const theme = newTheme(id as ThemeId, facts, isApproved, device.author());
  return device.commons.commit([{ id: theme._id, change: () => theme }]);
};

it('a theme that a host proposes reaches the server from a volunteer’s phone, and the other phones', async () => {
  const maia = await opened('maia');
  await proposal('books', maia.device);
  await online(maia);
  expect(maia.device.engine.status).toMatchObject({ isProven: true, unsent: 0 });
  expect(await server.admin.get(`${commons}/theme:books`)).toMatchObject({ state: 'proposed', by: 'maia' });
  const sami = await opened('sami');
  expect(await sami.device.commons.get('theme', themeDocId('books' as ThemeId))).toMatchObject({
    title: 'À la bibliothèque',
  });
});

it('a theme that a volunteer would approve is refused, and says so', async () => {
  const maia = await opened('maia');
  await proposal('books', maia.device, true);
  await online(maia);
  expect(maia.device.engine.status).toMatchObject({ refused: 1 });
});
