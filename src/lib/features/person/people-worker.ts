/** What the list asks of its worker, and hears from it. */
import type { TermCode } from '$lib/domain/ids.ts';
import type { Now, PeopleAttendance } from './people-attendance.ts';

/** Replicas by the names of their databases on this device. */
export type PeopleAsked =
  /** Answered again after every change, until the worker is stopped. */
  | { what: 'attendance'; term: string; now: Now }
  | { what: 'pairs'; registry: string; terms: { term: TermCode; name: string }[] };

export type PeopleAnswer = { attendance: PeopleAttendance } | { pairs: number } | { failed: string };

/**
 * Starts a worker for one question.
 * @param onfailed the worker could not be started, or could not read
 * @returns ends it
 */
export function askBeside(
  asked: PeopleAsked,
  onanswer: (answer: Exclude<PeopleAnswer, { failed: string }>) => void,
  onfailed: () => void,
): () => void {
  const worker = new Worker(new URL('./people.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<PeopleAnswer>) => {
    if ('failed' in data) onfailed();
    else onanswer(data);
  });
  worker.addEventListener('error', onfailed);
  worker.postMessage(asked);
  return () => worker.terminate();
}
