import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Author } from '$lib/domain/documents.ts';
import { volunteerDocId, type AccountName, type DeviceId, type VolunteerId } from '$lib/domain/ids.ts';
import { editVolunteer, newVolunteer } from '$lib/domain/team.ts';
import { openStore, type Store } from '$lib/store/store.ts';
import { linkAccepted, noteInvitation } from './commands.ts';

const author = (): Author => ({
  at: '2026-11-02T09:00:00.000Z',
  by: 'elise' as AccountName,
  device: 'desk' as DeviceId,
});
const maia = newVolunteer('m' as VolunteerId, { name: 'Maïa Costa', kind: 'volunteer' }, author());

let store: Store;
let count = 0;
beforeEach(async () => {
  const opened = await openStore({ name: `access-${(count += 1)}` });
  if (!opened.ok) throw new Error(opened.why);
  store = opened.store;
});
afterEach(() => store.destroy());

const desk = () => ({ terms: [{ store }], author });
const kept = () => store.get('volunteer', volunteerDocId(maia.volunteer));
const withAccount = async (account?: string) => {
  const given = account ? editVolunteer(maia, { account: account as AccountName }, author()) : maia;
  await store.commit([{ id: maia._id, change: () => given }]);
};

describe('an invitation of somebody of the team', () => {
  it('is linked once the server knows the account', async () => {
    await withAccount();
    await noteInvitation(desk(), maia.volunteer, 'maia', new Set());
    expect(await kept()).toMatchObject({ invitedAs: 'maia' });
    await linkAccepted(desk(), new Set(['maia']));
    expect(await kept()).toMatchObject({ account: 'maia' });
    expect(await kept()).not.toHaveProperty('invitedAs');
  });

  it('takes the place of an account that the server does not know, and of no other', async () => {
    await withAccount('mia');
    await noteInvitation(desk(), maia.volunteer, 'maia', new Set(['mia']));
    expect(await kept()).toMatchObject({ account: 'mia' });
    await noteInvitation(desk(), maia.volunteer, 'maia', new Set());
    expect(await kept()).toMatchObject({ invitedAs: 'maia' });
    expect(await kept()).not.toHaveProperty('account');
  });
});
