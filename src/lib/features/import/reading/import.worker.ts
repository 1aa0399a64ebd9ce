/** The worker that an import runs in, so that the page never waits. */
import type { Plan } from '$lib/domain/import/plan.ts';
import * as engine from './import-engine.ts';
import type { Answer, Asked } from './import-worker.ts';

const answer = (message: Answer) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void work(data).then(
    (value) => answer({ id: data.id, value }),
    (error: unknown) => answer({ id: data.id, failed: String(error) }),
  );
});

const bite = 100;

/** The rows go ahead in small messages; what is left of the plan is the answer. */
function inBites(id: number, plan: Plan): Plan {
  for (let from = 0; from < plan.rows.length; from += bite)
    answer({ id, rows: plan.rows.slice(from, from + bite) });
  return { ...plan, rows: [] };
}

async function work(asked: Asked) {
  switch (asked.what) {
    case 'read':
      return engine.read(asked.given);
    case 'open':
      return engine.open(asked.given);
    case 'plan':
      return inBites(
        asked.id,
        engine.plan(asked.given, (done, total) => answer({ id: asked.id, done, total })),
      );
    default:
      return asked satisfies never;
  }
}
