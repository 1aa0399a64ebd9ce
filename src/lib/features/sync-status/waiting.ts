/** What waits to be sent, in words: by meeting, with what was done there. */
import type { Group, Occurrence } from '$lib/domain/documents.ts';
import { closingDocId, groupDocId, occurrenceDocId, type OccurrenceId } from '$lib/domain/ids.ts';
import type { RefusedDocument } from '$lib/store/outbox.ts';
import type { Store } from '$lib/store/store.ts';

interface WaitingMeeting {
  readonly occurrence: Occurrence;
  readonly group: Group | undefined;
  readonly marks: number;
  /** Instant of the closing that waits too. */
  readonly closedAt: string | undefined;
}

export interface Waiting {
  readonly meetings: readonly WaitingMeeting[];
  /** Cards of people added here. */
  readonly people: number;
  readonly others: number;
  readonly refused: readonly RefusedDocument[];
}

/** Reads the outboxes of all stores. */
export async function waitingIn(stores: readonly Store[]): Promise<Waiting> {
  const meetings: WaitingMeeting[] = [];
  const refused: RefusedDocument[] = [];
  let people = 0;
  let others = 0;
  for (const store of stores) {
    refused.push(...(await store.outbox.refused()));
    const marks = new Map<OccurrenceId, number>();
    for (const id of await store.outbox.pendingIds()) {
      const [type, key] = id.split(':');
      if (type === 'mark' || type === 'closing')
        marks.set(key as OccurrenceId, (marks.get(key as OccurrenceId) ?? 0) + (type === 'mark' ? 1 : 0));
      else if (type === 'rosterCard') people += 1;
      else others += 1;
    }
    for (const [id, count] of marks) {
      const meeting = await meetingOf(store, id, count);
      if (meeting) meetings.push(meeting);
      else others += count;
    }
  }
  meetings.sort((one, other) => (one.occurrence.date < other.occurrence.date ? 1 : -1));
  return { meetings, people, others, refused };
}

async function meetingOf(store: Store, id: OccurrenceId, marks: number): Promise<WaitingMeeting | undefined> {
  const occurrence = await store.get('occurrence', occurrenceDocId(id));
  if (!occurrence) return undefined;
  const [group, closing] = await Promise.all([
    store.get('group', groupDocId(occurrence.group)),
    store.get('closing', closingDocId(id)),
  ]);
  return {
    occurrence,
    group,
    marks,
    closedAt: closing?.state === 'closed' ? closing.closedAt : undefined,
  };
}
