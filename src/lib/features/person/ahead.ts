/** The list of people of the term in progress is ready before a coordinator opens it: its code and its documents. */
import { readAhead } from '$lib/store/lasting.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { peopleAnswer } from './people-queries.ts';

export async function readPeopleAhead({ commons, registry, terms }: PresenceDevice): Promise<void> {
  const [current] = terms;
  if (current) readAhead(peopleAnswer({ commons, registry, terms }, current.term));
  await import('./PeopleDesk.svelte');
}
