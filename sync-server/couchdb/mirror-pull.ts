/** One page of a CouchDB's feed with its documents, and how they are written into a copy. */
import * as z from 'zod/mini';
import type { Database, Incoming } from '../engine/engine.ts';
import { asReplicated } from '../protocol/incoming.ts';
import type { CouchClient } from './client.ts';

/** How often a revision that the feed names and no node shows is asked for again. */
const readAttempts = 6;

const feed = z.object({
  results: z.array(z.object({ id: z.string(), changes: z.array(z.object({ rev: z.string() })) })),
  last_seq: z.union([z.string(), z.number()]),
});
const document = z.looseObject({ _id: z.string(), _rev: z.string() });
const got = z.object({
  results: z.array(z.object({ docs: z.array(z.object({ ok: z.optional(document) })) })),
});

type CouchDocument = z.infer<typeof document>;

export interface Page {
  readonly documents: readonly CouchDocument[];
  readonly lastSeq: string;
  readonly isLast: boolean;
}

/**
 * Throws `CouchFailed`, or what zod throws for an answer that is none.
 * @param timeoutMs how long to wait for a change when there is none
 */
export async function pullPage(
  couch: CouchClient,
  name: string,
  { since, limit, timeoutMs }: { since: string; limit: number; timeoutMs: number },
): Promise<Page> {
  const query = new URLSearchParams({ style: 'all_docs', since, limit: String(limit) });
  if (timeoutMs > 0) {
    query.set('feed', 'longpoll');
    query.set('timeout', String(timeoutMs));
  }
  const { json } = await couch.ask('GET', `/${name}/_changes?${query}`);
  const { results, last_seq: lastSeq } = z.parse(feed, json);
  const wanted = results
    .filter(({ id }) => !id.startsWith('_design/'))
    .flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
  const documents = wanted.length ? await readAll(couch, name, wanted) : [];
  return { documents, lastSeq: String(lastSeq), isLast: results.length < limit };
}

interface Revision {
  readonly id: string;
  readonly rev: string;
}

/** A node may tell of a revision before the others know it: it is waited for, and given up when it never comes. */
async function readAll(
  couch: CouchClient,
  name: string,
  wanted: readonly Revision[],
): Promise<CouchDocument[]> {
  const documents: CouchDocument[] = [];
  let left = wanted;
  for (let attempt = 1; left.length > 0 && attempt <= readAttempts; attempt += 1) {
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    const answer = await couch.ask('POST', `/${name}/_bulk_get?revs=true`, { docs: left });
    const found = z.parse(got, answer.json).results.flatMap(({ docs }) => docs.flatMap(({ ok }) => ok ?? []));
    documents.push(...found);
    const has = new Set(found.map(({ _id, _rev }) => `${_rev} ${_id}`));
    left = left.filter(({ id, rev }) => !has.has(`${rev} ${id}`));
  }
  return documents;
}

/** Writes what came from there into the copy. */
export function writeOver(copy: Database, documents: readonly CouchDocument[]): void {
  if (documents.length) copy.write(documents.map(asCopied));
}

/** Without attachments: nothing here reads them. One that cannot be taken as it is lets nobody in, and stops no other. */
function asCopied({ _attachments: _left, ...value }: CouchDocument): Incoming {
  try {
    return asReplicated(value, value._id);
  } catch {
    const { _id, _rev, _revisions } = value;
    return asReplicated({ _id, _rev, _revisions }, _id);
  }
}
