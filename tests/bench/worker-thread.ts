/** How long the workers of a browser have worked, whatever else the machine does meanwhile. Linux alone can tell. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ticksMs = 10;

/** Of a line of `stat`, what comes after the name in brackets. */
const fieldsOf = (path: string) => {
  const text = readFileSync(path, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
    try {
      parents.set(Number(name), Number(fieldsOf(`/proc/${name}/stat`)[1]));
    } catch {
      // It ended meanwhile.
    }
  const isOurs = (one: number): boolean => one === pid || (parents.has(one) && isOurs(parents.get(one) ?? 0));
  return [...parents.keys()].filter(isOurs);
}

/** Milliseconds of the processor, of all dedicated workers under a process; `undefined` where nothing tells. */
export function workerThreadMs(pid: number | undefined): number | undefined {
  if (pid === undefined || !existsSync('/proc/self/task')) return undefined;
  let ms = 0;
  for (const process of descendantsOf(pid))
    try {
      for (const task of readdirSync(`/proc/${process}/task`)) {
        const at = `/proc/${process}/task/${task}`;
        if (!readFileSync(`${at}/comm`, 'utf8').startsWith('DedicatedWorker')) continue;
        const fields = fieldsOf(`${at}/stat`);
        ms += ticksMs * (Number(fields[11]) + Number(fields[12]));
      }
    } catch {
      // It ended meanwhile.
    }
  return ms;
}
