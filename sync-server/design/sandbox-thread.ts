/**
 * The thread in which the JavaScript of design documents runs, in QuickJS. It sees its arguments and nothing of this
 * machine. Started by `sandbox.ts`, which ends it when it does not answer.
 */
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { workerData, type MessagePort } from 'node:worker_threads';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core';
import type { Outcome, Question, ThreadStart } from './sandbox.ts';

const { port, progress, callMs } = workerData as ThreadStart;
const quickjs = await newQuickJSWASMModuleFromVariant(variant);

const memoryBytes = 32 * 2 ** 20;
const stackBytes = 256 * 2 ** 10;
const keptFunctions = 200;

/** What CouchDB's own query server offers to every function. */
const prelude = `
  var isArray = Array.isArray, toJSON = JSON.stringify, log = function () {};
  var sum = function (values) { return values.reduce(function (a, b) { return a + b; }, 0); };
  var emit = function () { emit.count += 1; };
`;

/** How a function is called: arguments arrive as one JSON text, the outcome leaves as another. */
const caller = (source: string) => `(function () {
  var given = (${source.trim().replace(/;$/, '')});
  if (typeof given !== 'function') throw new TypeError('Expression does not eval to a function.');
  return function (text) {
    emit.count = 0;
    try {
      var answer = given.apply(null, JSON.parse(text));
      return JSON.stringify({ kind: 'answered', answer: !!answer, emitted: emit.count });
    } catch (thrown) {
      if (thrown && typeof thrown === 'object' && thrown.forbidden !== undefined)
        return JSON.stringify({ kind: 'forbidden', reason: String(thrown.forbidden) });
      if (thrown && typeof thrown === 'object' && thrown.unauthorized !== undefined)
        return JSON.stringify({ kind: 'unauthorized', reason: String(thrown.unauthorized) });
      throw thrown;
    }
  };
})()`;

let deadline = 0;

interface Compiled {
  readonly context: QuickJSContext;
  readonly call: QuickJSHandle;
  dispose(): void;
}

/** The kind of error alone: its message may quote a document. */
function reasonOf(context: QuickJSContext, error: QuickJSHandle): string {
  const name = context.getProp(error, 'name');
  const text = context.typeof(name) === 'string' ? context.getString(name) : 'Error';
  name.dispose();
  error.dispose();
  return text === 'InternalError' ? 'The function ran out of time or memory and was stopped.' : text;
}

function compile(source: string): Compiled | { readonly fault: string } {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(stackBytes);
  runtime.setInterruptHandler(() => Date.now() > deadline);
  const context = runtime.newContext();
  const dispose = () => {
    context.dispose();
    runtime.dispose();
  };
  deadline = Date.now() + callMs;
  const result = context.evalCode(`${prelude}${caller(source)}`);
  if (result.error) {
    const fault = reasonOf(context, result.error);
    dispose();
    return { fault };
  }
  const call = result.value;
  return {
    context,
    call,
    dispose() {
      call.dispose();
      dispose();
    },
  };
}

/** Kept warm between calls; the oldest make room. */
const kept = new Map<string, Compiled>();

function compiled(source: string): Compiled | { readonly fault: string } {
  const known = kept.get(source);
  if (known) return known;
  const made = compile(source);
  if ('fault' in made) return made;
  for (const [oldest, forgotten] of kept) {
    if (kept.size < keptFunctions) break;
    kept.delete(oldest);
    forgotten.dispose();
  }
  kept.set(source, made);
  return made;
}

function call(source: string, args: string): Outcome {
  const ready = compiled(source);
  if ('fault' in ready) return { kind: 'broken', reason: ready.fault };
  const { context } = ready;
  deadline = Date.now() + callMs;
  const text = context.newString(args);
  const result = context.callFunction(ready.call, context.undefined, text);
  text.dispose();
  if (result.error) {
    const reason = reasonOf(context, result.error);
    // What was stopped in the middle is not called again as it stands.
    kept.delete(source);
    ready.dispose();
    return { kind: 'broken', reason };
  }
  const said = JSON.parse(context.getString(result.value)) as Outcome;
  result.value.dispose();
  return said;
}

function say(about: MessagePort, outcome: Outcome): void {
  about.postMessage(outcome);
  Atomics.add(progress, 0, 1);
  Atomics.notify(progress, 0);
}

port.on('message', ({ source, calls }: Question) => {
  // Without a call it is only compiled.
  if (calls.length === 0) {
    const ready = compiled(source);
    say(
      port,
      'fault' in ready
        ? { kind: 'broken', reason: ready.fault }
        : { kind: 'answered', answer: true, emitted: 0 },
    );
  }
  for (const args of calls) say(port, call(source, args));
});
say(port, { kind: 'answered', answer: true, emitted: 0 });
