/**
 * Runs the JavaScript of design documents, in QuickJS and in a thread of its own: it sees its arguments and nothing of
 * this machine, has little memory and little time, and what runs away is stopped, with its thread if need be. Asked and
 * answered without giving way to other requests, so that what a rule was asked about is what is then written.
 */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';

/** One call of one function, in milliseconds. CouchDB gives its processes five seconds: a phone does not wait so long. */
const callMs = 500;
/** QuickJS looks at the clock between its steps; a step that is itself endless ends with the thread. */
const hardStopMs = 1500;
const startMs = 20_000;
/** So many runaway calls in one question, and the rest of it is not asked. */
const patience = 3;

/** What a function said, or that it broke or ran too long. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: boolean; readonly emitted: number }
  | { readonly kind: 'forbidden' | 'unauthorized'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string };

/** To the thread: a function's source, and for each call its arguments as JSON text of an array. */
export interface Question {
  readonly source: string;
  readonly calls: readonly string[];
}

/** What the thread starts with. `progress` counts its answers. */
export interface ThreadStart {
  readonly port: MessagePort;
  readonly progress: Int32Array<SharedArrayBuffer>;
  readonly callMs: number;
}

const stopped: Outcome = {
  kind: 'broken',
  reason: 'The function ran out of time or memory and was stopped.',
};

class Thread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const start: ThreadStart = { port: port2, progress: this.#progress, callMs };
    this.#worker = new Worker(new URL('./sandbox-thread.ts', import.meta.url), {
      workerData: start,
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 },
    });
    // It holds up neither the end of the program nor, by dying, the program.
    this.#worker.unref();
    this.#worker.on('error', () => undefined);
    this.#port = port1;
    port1.unref();
    if (!this.next(startMs)) throw new Error('the thread for design documents does not start');
  }

  ask(question: Question): void {
    this.#port.postMessage(question);
  }

  /** The next answer; `undefined` when none came in time. */
  next(withinMs: number): Outcome | undefined {
    const end = Date.now() + withinMs;
    for (;;) {
      const seen = Atomics.load(this.#progress, 0);
      const received = receiveMessageOnPort(this.#port) as { message: Outcome } | undefined;
      if (received) return received.message;
      const left = end - Date.now();
      if (left <= 0) return undefined;
      Atomics.wait(this.#progress, 0, seen, left);
    }
  }

  end(): void {
    this.#port.close();
    void this.#worker.terminate();
  }
}

let thread: Thread | undefined;

/** Ends the thread; the next question starts another. */
function endThread(): void {
  thread?.end();
  thread = undefined;
}

/**
 * Calls a function once for each list of arguments.
 * @param source text of a JavaScript function expression
 * @param calls arguments that JSON can carry
 * @returns an outcome for each call, in their order
 */
export function callFunction(source: string, calls: readonly (readonly unknown[])[]): Outcome[] {
  const texts = calls.map((args) => JSON.stringify(args));
  const outcomes: Outcome[] = [];
  let broken = 0;
  while (outcomes.length < texts.length) {
    const asked = texts.slice(outcomes.length);
    thread ??= new Thread();
    thread.ask({ source, calls: asked });
    for (const _each of asked) {
      const outcome = thread.next(hardStopMs);
      outcomes.push(outcome ?? stopped);
      if (outcome?.kind === 'broken' || !outcome) broken += 1;
      if (outcome && broken < patience) continue;
      // Without a thread the rest is asked again, of the next one.
      endThread();
      break;
    }
    if (broken >= patience) while (outcomes.length < texts.length) outcomes.push(stopped);
  }
  return outcomes;
}

/** Why a source is no function; `undefined` when it is one. */
export function whyNoFunction(source: string): string | undefined {
  thread ??= new Thread();
  thread.ask({ source, calls: [] });
  const outcome = thread.next(hardStopMs) ?? stopped;
  if (outcome === stopped) endThread();
  return outcome.kind === 'broken' ? outcome.reason : undefined;
}
