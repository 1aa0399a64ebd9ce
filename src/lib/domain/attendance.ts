/** What counts as having attended (programme, counting rules). */
import type { Mark } from './documents.ts';
import { durationMinutes, spanOf, type Slot } from './schedule.ts';

/** Present in some way: present, late, or gone before the end. */
export const wasThere = (mark: Pick<Mark, 'status'> | undefined) =>
  mark?.status === 'present' || mark?.status === 'late' || mark?.status === 'leftEarly';

/**
 * Minutes attended, as noted or from arrival and departure; `undefined` when neither says anything: a moment outside
 * the occurrence's hours (a wrong clock) does not.
 */
export function attendedMinutes(mark: Mark, slot: Slot, timeZone: string): number | undefined {
  if (mark.minutes !== undefined) return mark.minutes;
  if (mark.arrivedAt === undefined && mark.leftAt === undefined) return undefined;
  const { startMs: start, endMs: end } = spanOf(slot, timeZone);
  const within = (instant: string | undefined, otherwise: number) => {
    const moment = Date.parse(instant ?? '');
    return moment >= start && moment <= end ? moment : otherwise;
  };
  const [from, to] = [within(mark.arrivedAt, start), within(mark.leftAt, end)];
  return from === start && to === end ? undefined : Math.max(0, to - from) / 60_000;
}

/**
 * Attended: present, or late or gone early with at least half of the occurrence attended. Where the minutes are not
 * known, having been there is enough.
 */
export function hasAttended(mark: Mark | undefined, slot: Slot, timeZone: string): boolean {
  if (mark === undefined || !wasThere(mark)) return false;
  if (mark.status === 'present') return true;
  const minutes = attendedMinutes(mark, slot, timeZone);
  return minutes === undefined || minutes * 2 >= durationMinutes(slot, timeZone);
}
