import type { FiguresTimes } from './figures.worker.ts';

const bench = globalThis as unknown as { figures: () => Promise<FiguresTimes> };

bench.figures = () =>
  new Promise((tell, fail) => {
    const worker = new Worker(new URL('./figures.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FiguresTimes>) => tell(data));
    worker.addEventListener('error', ({ message }) => fail(new Error(message)));
    worker.postMessage('begin');
  });
