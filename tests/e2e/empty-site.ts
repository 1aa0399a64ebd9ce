/** A site as it begins: no term, no workshop type, no room; and its first coordinator. */
import type { PresenceServer } from './presence.ts';

/** Makes the site `lyon`, and the account `nour` that coordinates it, on a server with the demo year. */
export async function openEmptySite(server: PresenceServer): Promise<void> {
  await server.send('POST', '/api/sites', { site: 'lyon', name: 'Lyon' });
  const name = 'nour';
  const roles = ['coordinator:lyon'];
  const account = { name, roles, type: 'user', password: 'bienvenue' };
  await server.send('PUT', `/couch/_users/org.couchdb.user:${name}`, account);
}
