/** How a roll call stands, for the coordinator. */
import { instantOf } from '$lib/domain/local-time.ts';
import type { Meeting } from '$lib/store/meetings.ts';

export type RollCallState = 'cancelled' | 'closed' | 'overdue' | 'inProgress' | 'notStarted' | 'upcoming';

export const answeredOf = ({ people, counts }: Pick<Meeting, 'people' | 'counts'>) =>
  people - counts.unmarked;

/** `now` is an instant. A list past its end that nobody closed is overdue. */
export function rollCallState(meeting: Meeting, now: string, timeZone: string): RollCallState {
  const { occurrence, closing } = meeting;
  if (occurrence.state === 'cancelled') return 'cancelled';
  if (closing?.state === 'closed') return 'closed';
  if (now > instantOf(occurrence.date, occurrence.end, timeZone)) return 'overdue';
  if (answeredOf(meeting) > 0) return 'inProgress';
  return now >= instantOf(occurrence.date, occurrence.start, timeZone) ? 'notStarted' : 'upcoming';
}
