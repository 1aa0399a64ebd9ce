import type { Made, Step } from './figures.worker.ts';

const worker = new Worker(new URL('./figures.worker.ts', import.meta.url), { type: 'module' });

/** Asks the worker for a step; what it made, or how many milliseconds it took. */
const figures = (step: Step) =>
  new Promise<Made | number>((tell, fail) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Made | number>) => tell(data), { once: true });
    worker.addEventListener('error', ({ message }) => fail(new Error(message)), { once: true });
    worker.postMessage(step);
  });

Object.assign(globalThis, { figures });
