/** What is unfinished, as lines that lead to where it is finished. */
import { longDate } from '$lib/i18n/dates.ts';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Occurrence } from '$lib/domain/documents.ts';
import type { ParticipantId } from '$lib/domain/ids.ts';
import type { ClosingDesk } from './queries.ts';

export interface LeftItem {
  readonly text: string;
  readonly href?: string;
  readonly note?: string;
}

export const personLink = (participant: ParticipantId) => `/personnes/${encodeURIComponent(participant)}`;

export const meetingLink = (desk: ClosingDesk, { group, date, occurrence }: Occurrence): LeftItem => ({
  text: m.term_left_meeting({ group: desk.groupOf.get(group)?.label ?? '', date: longDate(date) }),
  href: `/appel/${encodeURIComponent(occurrence)}`,
});

/** Disagreements: those of answers by their meeting, each once with how many there are; the others counted. */
export function conflictedMarks(desk: ClosingDesk | undefined): { meetings: LeftItem[]; others: number } {
  const meetings = new Map<string, number>();
  let others = 0;
  for (const id of desk?.disagreements ?? []) {
    const [type, key = ''] = id.split(':');
    if (type === 'mark' && desk?.occurrenceOf.has(key)) meetings.set(key, (meetings.get(key) ?? 0) + 1);
    else others += 1;
  }
  const items = [...meetings].flatMap(([key, count]): LeftItem[] => {
    const occurrence = desk?.occurrenceOf.get(key);
    return desk && occurrence
      ? [{ ...meetingLink(desk, occurrence), note: m.term_left_people({ count }) }]
      : [];
  });
  return { meetings: items, others };
}
