/** Revisions out of a file: nothing about them is taken for granted before they get near the tables. */
import type { IncomingRevision } from './replicated.ts';

/** As in the server's rules: characters of JSON. */
const largestBody = 65_536;
const deepestBody = 32;
const longestHistory = 1000;
const mostNodes = 20_000;
const hash = /^[0-9a-f]{1,64}$/;
/** `{type}:{key}`: no design document, no local one. */
const documentId = /^[a-zA-Z]{1,40}:\S{1,400}$/;

/** A leaf of a tree, with the names of its ancestors, newest first. */
export interface LeafPath {
  readonly rev: string;
  readonly isDeleted: boolean;
  readonly start: number;
  readonly hashes: readonly string[];
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;

/** The leaves of a revision tree as PouchDB writes it; `undefined` when it is none. */
export function leavesOfTree(tree: unknown): LeafPath[] | undefined {
  if (!Array.isArray(tree)) return undefined;
  const leaves: LeafPath[] = [];
  let nodes = 0;
  for (const root of tree as unknown[]) {
    const { pos, ids } = (root ?? {}) as { pos?: unknown; ids?: unknown };
    if (!isCount(pos)) return undefined;
    const stack: { node: unknown; generation: number; trail: readonly string[] }[] = [
      { node: ids, generation: pos, trail: [] },
    ];
    for (let at = stack.pop(); at; at = stack.pop()) {
      if ((nodes += 1) > mostNodes || at.trail.length > longestHistory || !Array.isArray(at.node))
        return undefined;
      const [name, options, children] = at.node as unknown[];
      if (typeof name !== 'string' || !hash.test(name) || !Array.isArray(children)) return undefined;
      const hashes = [name, ...at.trail];
      if (children.length === 0) {
        const isDeleted = (options as { deleted?: unknown } | null)?.deleted === true;
        leaves.push({ rev: `${at.generation}-${name}`, isDeleted, start: at.generation, hashes });
      }
      for (const node of children as unknown[])
        stack.push({ node, generation: at.generation + 1, trail: hashes });
    }
  }
  return leaves;
}

/** How deep the objects and lists of a value lie in one another, as far as it matters here. */
function isShallow(value: unknown): boolean {
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (typeof at.value !== 'object' || at.value === null) continue;
    if (at.depth > deepestBody) return false;
    for (const inner of Object.values(at.value)) stack.push({ value: inner, depth: at.depth + 1 });
  }
  return true;
}

/**
 * One revision out of a file, or `undefined` where it could not be written at all: a body that is no object, is larger
 * than the server takes or lies too deep, an id of another type than the body's, ancestors that do not go with it.
 * Whether the body fits its schema is the store's to say.
 */
export function untrustedRevision(given: {
  readonly id: unknown;
  readonly rev: unknown;
  readonly isDeleted: unknown;
  readonly start: unknown;
  readonly hashes: unknown;
  readonly body: unknown;
}): IncomingRevision | undefined {
  const { id, rev, start, hashes, body } = given;
  if (typeof id !== 'string' || !documentId.test(id)) return undefined;
  if (!isCount(start) || !Array.isArray(hashes) || hashes.length === 0) return undefined;
  if (hashes.length > Math.min(start, longestHistory)) return undefined;
  if (!hashes.every((one): one is string => typeof one === 'string' && hash.test(one))) return undefined;
  if (rev !== `${start}-${hashes[0]}`) return undefined;
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !isShallow(body)) return undefined;
  if (JSON.stringify(body).length > largestBody) return undefined;
  const fields = Object.entries(body as Record<string, unknown>).filter(
    ([name]) => !name.startsWith('_') && name !== '__proto__',
  );
  const own = Object.fromEntries(fields);
  const isDeleted = given.isDeleted === true;
  if (!isDeleted && id.slice(0, id.indexOf(':')) !== own.type) return undefined;
  return { id, rev, isDeleted, start, hashes, body: own };
}
