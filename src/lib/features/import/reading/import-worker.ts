/** What the page asks of the worker, and hears from it. */
import type { Plan, PlannedRow } from '$lib/domain/import/plan.ts';
import type { Grid } from '$lib/domain/import/fields.ts';
import type { OnProgress, Opened, PlanRequest } from './import-engine.ts';
import type { ReadSource, Source } from './source.ts';

export type Asked = { id: number } & (
  | { what: 'read'; given: Source }
  | { what: 'open'; given: { grid: Grid; today: string } }
  | { what: 'plan'; given: PlanRequest }
);

export type Answer = { id: number } & (
  | { value: unknown }
  /** Some of a plan's rows, so that the page takes them in small bites. */
  | { rows: PlannedRow[] }
  | { failed: string }
  | { done: number; total: number }
);

interface Waiting {
  readonly tell: (value: unknown) => void;
  readonly fail: (error: Error) => void;
  readonly onProgress: OnProgress | undefined;
  readonly rows: PlannedRow[];
}

/** One at a time is asked; a stop ends what runs, and the next question starts a new worker. */
export class ImportWorker {
  #worker: Worker | undefined;
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();

  read(source: Source): Promise<ReadSource> {
    return this.#ask({ id: (this.#last += 1), what: 'read', given: source }) as Promise<ReadSource>;
  }

  open(given: { grid: Grid; today: string }): Promise<Opened> {
    return this.#ask({ id: (this.#last += 1), what: 'open', given }) as Promise<Opened>;
  }

  plan(given: PlanRequest, onProgress: OnProgress): Promise<Plan> {
    return this.#ask({ id: (this.#last += 1), what: 'plan', given }, onProgress) as Promise<Plan>;
  }

  /** Ends what runs; whoever waits for it waits for ever no longer. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { fail } of this.#waiting.values()) fail(new DOMException('stopped', 'AbortError'));
    this.#waiting.clear();
  }

  #ask(asked: Asked, onProgress?: OnProgress): Promise<unknown> {
    const worker = (this.#worker ??= this.#start());
    return new Promise((tell, fail) => {
      this.#waiting.set(asked.id, { tell, fail, onProgress, rows: [] });
      worker.postMessage(asked);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      if ('done' in data) return waiting?.onProgress?.(data.done, data.total);
      if ('rows' in data) return void waiting?.rows.push(...data.rows);
      this.#waiting.delete(data.id);
      if ('failed' in data) waiting?.fail(new Error(data.failed));
      else waiting?.tell(waiting.rows.length ? { ...(data.value as Plan), rows: waiting.rows } : data.value);
    });
    worker.addEventListener('error', (event) => {
      const error = new Error(event.message || 'the worker did not start');
      for (const { fail } of this.#waiting.values()) fail(error);
      this.#waiting.clear();
      this.#worker = undefined;
    });
    return worker;
  }
}
