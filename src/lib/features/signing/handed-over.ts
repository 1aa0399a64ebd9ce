/** Whose hands the phone is in, for as long as this tab lives: a reload in a participant's hands opens no list. */
import type { OccurrenceId, ParticipantId } from '$lib/domain/ids.ts';

const key = 'presence.handed-over';

export function handedOverTo(occurrence: OccurrenceId): ParticipantId | undefined {
  try {
    const [meeting, participant] = (sessionStorage.getItem(key) ?? '').split(' ');
    return meeting === occurrence && participant ? (participant as ParticipantId) : undefined;
  } catch {
    return undefined;
  }
}

export function noteHandedOver(occurrence: OccurrenceId, participant: ParticipantId | undefined): void {
  try {
    if (participant) sessionStorage.setItem(key, `${occurrence} ${participant}`);
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is refused: a reload opens the list.
  }
}
