/** What the day's page reads. */
import { addDays } from '$lib/domain/local-time.ts';
import type { Volunteer } from '$lib/domain/documents.ts';
import { meetingsBetween, type Meeting, type MeetingStores } from '$lib/store/meetings.ts';

export interface Day {
  /** The last days and today, in the order of their hours. */
  readonly meetings: readonly Meeting[];
  /** The first one after today, for an empty day. */
  readonly coming: readonly Meeting[];
  readonly me: Volunteer | undefined;
  /** Occurrences of which something waits to be sent. */
  readonly waiting: ReadonlySet<string>;
}

/** How far back a roll call is still worth finishing, and how far ahead an empty day looks. */
const daysBack = 14;
const daysAhead = 14;

export async function dayOf(stores: MeetingStores, account: string, today: string): Promise<Day> {
  const [meetings, coming, team, ids] = await Promise.all([
    meetingsBetween(stores, addDays(today, -daysBack), today),
    meetingsBetween(stores, addDays(today, 1), addDays(today, daysAhead)),
    Promise.all(stores.terms.map(({ store }) => store.ofType('volunteer'))),
    Promise.all(stores.terms.map(({ store }) => store.outbox.pendingIds())),
  ]);
  return {
    meetings,
    coming: coming.filter(({ occurrence }) => occurrence.state !== 'cancelled'),
    me: team.flat().find((volunteer) => volunteer.account === account),
    waiting: new Set(ids.flat().map((id) => id.split(':')[1] ?? '')),
  };
}

export const isMine = (meeting: Meeting, account: string) =>
  meeting.facilitators.some((volunteer) => volunteer.account === account);
