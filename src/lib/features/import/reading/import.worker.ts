/** The worker that an import runs in, so that the page never waits. */
import * as engine from './import-engine.ts';
import type { Answer, Asked } from './import-worker.ts';

const answer = (message: Answer) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void work(data).then(
    (value) => answer({ id: data.id, value }),
    (error: unknown) => answer({ id: data.id, failed: String(error) }),
  );
});

async function work(asked: Asked) {
  switch (asked.what) {
    case 'read':
      return engine.read(asked.given);
    case 'open':
      return engine.open(asked.given);
    case 'plan':
      return engine.plan(asked.given, (done, total) => answer({ id: asked.id, done, total }));
    default:
      return asked satisfies never;
  }
}
