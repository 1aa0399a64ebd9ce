/**
 * Reads a rescue file, of either making: the copy that Réglages saves, and the last way out of a phone whose databases
 * no longer open as they should (its tables as they lay there).
 */
import * as z from 'zod/mini';
import type { IncomingRevision } from '$lib/store/replicated.ts';
import { leavesOfTree, untrustedRevision } from '$lib/store/untrusted-revision.ts';

/** Bytes. A site's five years are a tenth of it. */
const largestRescueFile = 200_000_000;

export type RescueFailure = 'too-large' | 'unreadable' | 'damaged' | 'not-rescue' | 'newer';

/** A document of the file: all its versions that can be written, and those of them that its phone had not sent. */
interface RescuedDocument {
  readonly id: string;
  readonly revisions: readonly IncomingRevision[];
  readonly unsent: readonly string[];
}

interface RescuedDatabase {
  /** As the server calls it: `{site}-{term}`. */
  readonly remote: string;
  readonly documents: readonly RescuedDocument[];
  /** Documents that could not be made sense of. */
  readonly damaged: number;
}

export interface RescueFile {
  readonly madeAt: string | undefined;
  readonly device: string | undefined;
  readonly account: string | undefined;
  readonly databases: readonly RescuedDatabase[];
}

const body = z.record(z.string(), z.unknown());
const head = z.looseObject({ kind: z.literal('presence-rescue'), databases: z.array(z.unknown()) });
const savedDocument = z.object({
  id: z.string(),
  rev: z.string(),
  tree: z.unknown(),
  isDeleted: z.optional(z.boolean()),
  body,
  others: z.optional(z.array(z.object({ rev: z.string(), body }))),
  unsent: z.optional(z.array(z.string())),
});
const saved = z.object({ name: z.string(), documents: z.array(z.unknown()) });
const copied = z.object({
  database: z.string(),
  tables: z.object({ docs: z.array(z.unknown()), revs: z.optional(z.array(z.unknown())) }),
});
const copiedRow = z.object({
  id: z.string(),
  rev: z.string(),
  tree: z.optional(z.string()),
  dead: z.optional(z.unknown()),
  body,
  unsent: z.optional(z.array(z.string())),
});
const copiedRevision = z.object({ id: z.string(), rev: z.string(), body });

type SavedDocument = z.infer<typeof savedDocument>;

/** Never throws; nothing is written. */
export async function readRescueFile(
  file: Blob,
): Promise<{ ok: true; file: RescueFile } | { ok: false; why: RescueFailure }> {
  if (file.size > largestRescueFile) return { ok: false, why: 'too-large' };
  let text: string;
  try {
    text = await file.text();
  } catch {
    return { ok: false, why: 'unreadable' };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // What begins as one was cut short or changed on its way; anything else never was one.
    return { ok: false, why: text.slice(0, 60).includes('presence-rescue') ? 'damaged' : 'not-rescue' };
  }
  const parsed = z.safeParse(head, json);
  if (!parsed.success) {
    const isOne = (json as { kind?: unknown } | null)?.kind === 'presence-rescue';
    return { ok: false, why: isOne ? 'damaged' : 'not-rescue' };
  }
  const { version, madeAt, at, device, databases } = parsed.data;
  if (version !== undefined && version !== 1)
    return { ok: false, why: typeof version === 'number' ? 'newer' : 'damaged' };
  const read = databases.map(databaseOf);
  if (databases.length > 0 && read.every((one) => one === undefined)) return { ok: false, why: 'damaged' };
  return {
    ok: true,
    file: {
      madeAt: [madeAt, at].find(
        (one): one is string => typeof one === 'string' && !Number.isNaN(Date.parse(one)),
      ),
      device: typeof device === 'string' ? device : undefined,
      account: read.find((one) => one?.account)?.account,
      databases: read.flatMap((one) => (one ? [one.database] : [])),
    },
  };
}

function databaseOf(value: unknown): { account: string | undefined; database: RescuedDatabase } | undefined {
  const one = z.safeParse(saved, value);
  if (one.success)
    return { account: undefined, database: rescued(one.data.name, one.data.documents.map(savedOf)) };
  const other = z.safeParse(copied, value);
  if (!other.success) return undefined;
  // `presence~{account}~{remote}`, as the phone calls it.
  const [, account, remote] = other.data.database.split('~');
  if (!remote) return undefined;
  const { docs, revs } = other.data.tables;
  const kept = new Map<string, { rev: string; body: Record<string, unknown> }[]>();
  for (const row of revs ?? []) {
    const revision = z.safeParse(copiedRevision, row);
    if (!revision.success) continue;
    const { id, ...rest } = revision.data;
    const known = kept.get(id);
    if (known) known.push(rest);
    else kept.set(id, [rest]);
  }
  return {
    account,
    database: rescued(
      remote,
      docs.map((row) => copiedOf(row, kept)),
    ),
  };
}

function savedOf(value: unknown): SavedDocument | undefined {
  const parsed = z.safeParse(savedDocument, value);
  return parsed.success ? parsed.data : undefined;
}

function copiedOf(
  value: unknown,
  kept: ReadonlyMap<string, { rev: string; body: Record<string, unknown> }[]>,
): SavedDocument | undefined {
  const parsed = z.safeParse(copiedRow, value);
  if (!parsed.success) return undefined;
  const { tree, dead, ...row } = parsed.data;
  return { ...row, tree: treeOfText(tree, row.rev, dead === 1), others: kept.get(row.id) ?? [] };
}

/** A row of one revision keeps no tree. */
function treeOfText(text: string | undefined, rev: string, isDead: boolean): unknown {
  if (text === undefined) {
    const [generation, hash] = rev.split('-');
    return [{ pos: Number(generation), ids: [hash, { deleted: isDead }, []] }];
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function rescued(remote: string, found: readonly (SavedDocument | undefined)[]): RescuedDatabase {
  const documents = found.flatMap((document) => {
    const revisions = document ? revisionsOf(document) : [];
    return document && revisions.length
      ? [{ id: document.id, revisions, unsent: document.unsent ?? [] }]
      : [];
  });
  return { remote, documents, damaged: found.length - documents.length };
}

/** Every leaf of the tree whose body is in the file. */
function revisionsOf({ id, rev, tree, body: winner, others }: SavedDocument): IncomingRevision[] {
  const bodies = new Map([[rev, winner], ...(others ?? []).map((one) => [one.rev, one.body] as const)]);
  return (leavesOfTree(tree) ?? []).flatMap((leaf) => {
    const revision = bodies.has(leaf.rev) && untrustedRevision({ ...leaf, id, body: bodies.get(leaf.rev) });
    return revision ? [revision] : [];
  });
}
