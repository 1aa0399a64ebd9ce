/** The planning of the term in progress is read before a coordinator opens it. */
import { readAhead } from '$lib/store/lasting.ts';
import type { PresenceDevice } from '$lib/sync/device.svelte.ts';
import { planningAnswer } from './answer.ts';

export function readPlanningAhead({ commons, terms: [current] }: PresenceDevice): void {
  if (current) readAhead(planningAnswer(commons, current));
}
