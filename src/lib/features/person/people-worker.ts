/** What the list asks of its worker, and hears from it. */
import type { Now, PeopleAttendance } from './people-attendance.ts';

export interface PeopleAsked {
  /** The name of the term's replica on this device. */
  readonly term: string;
  readonly now: Now;
}

export type PeopleAnswer = { attendance: PeopleAttendance } | { failed: string };

/**
 * Starts a worker that tells what the marks of a term say, and tells it again after every change.
 * @param onfailed the worker could not be started, or could not read
 * @returns ends it
 */
export function followAttendance(
  asked: PeopleAsked,
  onanswer: (attendance: PeopleAttendance) => void,
  onfailed: () => void,
): () => void {
  const worker = new Worker(new URL('./people.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<PeopleAnswer>) => {
    if ('failed' in data) onfailed();
    else onanswer(data.attendance);
  });
  worker.addEventListener('error', onfailed);
  worker.postMessage(asked);
  return () => worker.terminate();
}
