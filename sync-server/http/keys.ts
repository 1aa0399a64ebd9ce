/**
 * Keys of JSON objects that `JSON.parse` does not read as a CouchDB does.
 *
 * One that comes twice: a CouchDB keeps the last value, in the last place; JavaScript keeps the last value in the first
 * place, and the order of fields is part of what a revision is made of.
 *
 * One with an escape in it: V8 13.6 (Node 24) reads `{"a":1,"\n":2}` as `{"a":1,"\\":2}` once it has read an object whose
 * second key was a backslash. Such keys are read one by one.
 */

const quote = 34;
const backslash = 92;
const colon = 58;

/** Where a text of the JSON ends: at its closing quote. @param start at its opening quote */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;

/** How many keys there are in valid JSON; `undefined` when one has an escape in it. */
function countPlainKeys(json: string): number | undefined {
  let count = 0;
  const hasEscapes = json.includes('\\');
  for (let start = json.indexOf('"'); start >= 0;) {
    const end = endOfText(json, start);
    let next = end + 1;
    while (isSpace(json.charCodeAt(next))) next += 1;
    if (json.charCodeAt(next) === colon) {
      count += 1;
      if (hasEscapes && json.slice(start, end).includes('\\')) return undefined;
    }
    start = json.indexOf('"', next);
  }
  return count;
}

function countKeysRead(value: unknown): number {
  let count = 0;
  const left = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) for (const inside of one) left.push(inside);
    else
      for (const key of Object.keys(one)) {
        count += 1;
        left.push((one as Record<string, unknown>)[key]);
      }
  }
  return count;
}

interface Open {
  readonly fields?: Map<string, unknown>;
  readonly items?: unknown[];
  key?: string | undefined;
}

/** The value again, key by key, each where it came last. */
function readByKeys(json: string): unknown {
  const open: Open[] = [{ items: [] }];
  const put = (value: unknown) => {
    const { fields, items, key } = open.at(-1) as Open;
    if (items) items.push(value);
    else if (fields && key !== undefined) {
      fields.delete(key);
      fields.set(key, value);
    }
  };
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at] as string;
    if (char === '{') open.push({ fields: new Map() });
    else if (char === '[') open.push({ items: [] });
    else if (char === '}' || char === ']') {
      const { fields, items } = open.pop() as Open;
      put(fields ? Object.fromEntries(fields) : items);
    } else if (json.charCodeAt(at) === quote) {
      const end = endOfText(json, at);
      const text = JSON.parse(json.slice(at, end + 1)) as string;
      at = end;
      const inside = open.at(-1) as Open;
      if (inside.fields && inside.key === undefined) inside.key = text;
      else put(text);
    } else if (char === ',') (open.at(-1) as Open).key = undefined;
    else if (char !== ':' && !isSpace(json.charCodeAt(at))) {
      let end = at + 1;
      while (end < json.length && !',]}'.includes(json[end] as string) && !isSpace(json.charCodeAt(end)))
        end += 1;
      put(JSON.parse(json.slice(at, end)));
      at = end - 1;
    }
  }
  return open[0]?.items?.[0];
}

/**
 * @param json valid JSON
 * @param value as `JSON.parse` reads it
 * @returns the value as a CouchDB reads it
 */
export const withRightKeys = (json: string, value: unknown): unknown =>
  countPlainKeys(json) === countKeysRead(value) ? value : readByKeys(json);
