/** The `validate_doc_update` functions of a database: every one is asked before a document is written. */
import type { Database, Incoming, Row } from '../engine/engine.ts';
import { leavesOf, readTree, revisionsOf, type RevisionPath } from '../revisions/tree.ts';
import { functionsOf, whyNoDesign } from './fields.ts';
import { callFunction, whyNoFunction, type Outcome } from './sandbox.ts';

/** Who writes, as CouchDB describes them to a function. */
export interface Writer {
  readonly name: string | null;
  readonly roles: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 401 | 403;
  readonly error: 'unauthorized' | 'forbidden' | 'compilation_error' | 'invalid_design_doc';
  readonly reason: string;
}

/** The sources that stand now; design documents are looked at for each write. */
const validators = (database: Database): readonly string[] =>
  database.designDocuments().flatMap(({ body }) => {
    const { validate_doc_update: source } = JSON.parse(body) as { validate_doc_update?: unknown };
    return typeof source === 'string' ? [source] : [];
  });

/**
 * Asks the rules about documents, in the order given; each is compared with what is stored before any of them is
 * written. Design documents are not asked about: administrators alone write them.
 * @returns a refusal at the place of each document that may not be written
 */
export function refusals(
  database: Database,
  documents: readonly Incoming[],
  writer: Writer,
): readonly (Refusal | undefined)[] {
  const refused: (Refusal | undefined)[] = documents.map(() => undefined);
  const sources = validators(database);
  if (sources.length === 0) return refused;
  const userCtx = { db: database.name, name: writer.name, roles: writer.roles };
  const security = database.rawSecurity();
  const rows = database.rows(documents.map(({ id }) => id));
  for (const source of sources) {
    // Asked in one go: what one function refused the next is not asked about.
    const places = [...documents.keys()].filter(
      (at) => refused[at] === undefined && documents[at]?.id.startsWith('_design/') === false,
    );
    const calls = places.map((at) => {
      const incoming = documents[at] as Incoming;
      return [asWritten(incoming), asStored(database, rows.get(incoming.id), incoming), userCtx, security];
    });
    for (const [n, outcome] of callFunction(source, calls).entries())
      refused[places[n] as number] = refusalOf(outcome);
  }
  return refused;
}

function refusalOf(outcome: Outcome): Refusal | undefined {
  switch (outcome.kind) {
    case 'answered':
      return undefined;
    case 'forbidden':
      return { status: 403, error: 'forbidden', reason: outcome.reason };
    case 'unauthorized':
      return { status: 401, error: 'unauthorized', reason: outcome.reason };
    case 'broken':
      // A rule that cannot be asked lets nothing through.
      return { status: 403, error: 'forbidden', reason: `A rule could not be applied: ${outcome.reason}` };
  }
}

const revOf = (path: RevisionPath) => `${path.start}-${path.hashes[0]}`;

/** Attachments as a rule sees them: that they are there, and of what type. */
const named = (attachments: NonNullable<Incoming['attachments']>) =>
  Object.fromEntries(
    [...attachments].map(([name, one]) => [name, { content_type: one.contentType, stub: true }]),
  );

function asWritten({ id, body, isDeleted, attachments, edit }: Incoming): Record<string, unknown> {
  const rev = 'revision' in edit ? revOf(edit.revision) : edit.parent;
  return {
    ...body,
    _id: id,
    ...(rev === undefined ? {} : { _rev: rev }),
    ...(isDeleted ? { _deleted: true } : {}),
    ...(attachments?.size ? { _attachments: named(attachments) } : {}),
    ...('revision' in edit ? { _revisions: { start: edit.revision.start, ids: edit.revision.hashes } } : {}),
  };
}

/**
 * What the document is compared with: the revision an edit is made on; for a revision made elsewhere, its nearest
 * ancestor that is kept here; `null` where there is none, for a branch that was made without knowing of ours as well.
 */
function asStored(
  database: Database,
  row: Row | undefined,
  { id, edit }: Incoming,
): Record<string, unknown> | null {
  if (!row) return null;
  const candidates =
    'revision' in edit
      ? edit.revision.hashes.slice(1).map((hash, back) => `${edit.revision.start - 1 - back}-${hash}`)
      : edit.parent === undefined
        ? []
        : [edit.parent];
  const known = revisionsOf(readTree(row.tree, row));
  for (const rev of candidates) {
    const body = known.has(rev) ? database.bodyOf(id, rev) : undefined;
    if (body === undefined) continue;
    const isDeleted = leavesOf(readTree(row.tree, row)).some((leaf) => leaf.rev === rev && leaf.isDeleted);
    return {
      ...(JSON.parse(body) as Record<string, unknown>),
      _id: id,
      _rev: rev,
      ...(isDeleted ? { _deleted: true } : {}),
    };
  }
  return null;
}

/** Why a design document cannot be taken: a field in it that is none, a function that does not compile. */
export function whyNotTaken(body: Readonly<Record<string, unknown>>): Refusal | undefined {
  const fault = whyNoDesign(body);
  if (fault !== undefined) return { status: 400, error: 'invalid_design_doc', reason: fault };
  for (const [name, source] of functionsOf(body)) {
    const noFunction = whyNoFunction(source);
    if (noFunction !== undefined)
      return {
        status: 400,
        error: 'compilation_error',
        reason: `Compilation of the ${name} failed: ${noFunction}`,
      };
  }
  return undefined;
}
