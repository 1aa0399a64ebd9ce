/** A document as it is asked for: a revision of it, or several. */
import type { Row } from '../engine/engine.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { isKnown } from '../http/etag.ts';
import { badRequest, notFound } from '../http/http-error.ts';
import { compareRevisions } from '../revisions/revision.ts';
import { ancestryOf, conflictsOf, leavesBelow, leavesOf } from '../revisions/tree.ts';
import { checkRevision } from './incoming.ts';
import { contentsAsked, mixedAnswer, relatedAnswer, takes } from './multipart.ts';
import { revisionText, treeOf, type Extras } from './outgoing.ts';

/** `GET /{db}/{id}`. */
export function readDocument(call: Call, id: string): Answer {
  const { database, query } = call;
  const open = openAsked(call);
  const asked = query.text('rev');
  const given = asked === undefined ? undefined : checkRevision(asked);
  const row = database.row(id);
  if (open !== undefined) return openRevisions(call, row, open);
  if (!row) throw notFound('missing');
  if (given === undefined && row.isDeleted) throw notFound('deleted');
  const rev = given === undefined ? row.rev : resolve(row, given, query.isOn('latest'));
  const isMeta = query.isOn('meta');
  const extras: Extras = {
    revs: query.isOn('revs'),
    revsInfo: query.isOn('revs_info') || isMeta,
    conflicts: query.isOn('conflicts') || isMeta,
    deletedConflicts: query.isOn('deleted_conflicts') || isMeta,
    localSeq: query.isOn('local_seq'),
    contents: contentsAsked(call),
  };
  const tag = hasMore(row, extras) ? {} : { etag: `"${rev}"` };
  if (tag.etag !== undefined && isKnown(call.headers, tag.etag)) return { status: 304, headers: tag };
  const raw = revisionText(database, row, rev, extras);
  if (raw === undefined) throw notFound('missing');
  const isRelated = extras.contents && call.method === 'GET' && takes(call, 'multipart/related');
  const answer = isRelated ? relatedAnswer(raw) : { raw };
  return { ...answer, headers: tag };
}

/** Whether the answer tells something that may change while the revision stays. */
function hasMore(row: Row, { revsInfo, localSeq, conflicts, deletedConflicts }: Extras): boolean {
  if (revsInfo || localSeq) return true;
  if (!conflicts && !deletedConflicts) return false;
  const tree = treeOf(row);
  if (conflicts && conflictsOf(tree).length > 0) return true;
  return Boolean(deletedConflicts) && leavesOf(tree).some((leaf) => leaf.isDeleted && leaf.rev !== row.rev);
}

/** With `latest`, the leaf that descends from the revision asked for. */
function resolve(row: Row, rev: string, wantsLatest: boolean): string {
  return wantsLatest ? (leavesBelow(treeOf(row), rev)[0] ?? rev) : rev;
}

/** The revisions that `open_revs` names; none at all is no question. Throws a 400. */
function openAsked({ query }: Call): 'all' | readonly string[] | undefined {
  const text = query.text('open_revs');
  if (text === undefined || text === 'all') return text;
  const asked = query.json('open_revs');
  if (!Array.isArray(asked)) throw badRequest('Invalid list of revisions');
  return asked.length ? asked.map(checkRevision) : undefined;
}

function openRevisions(call: Call, row: Row | undefined, asked: 'all' | readonly string[]): Answer {
  const { database, query } = call;
  if (!row && asked === 'all') throw notFound('missing');
  const isMixed = takes(call, 'multipart/mixed');
  // Beside documents stand their contents, asked for or not.
  const contents = contentsAsked(call) ?? (isMixed ? { since: [] } : undefined);
  const wanted = row ? wantedOf(row, asked, query.isOn('latest')) : (asked as readonly string[]);
  const rows = [...new Set(wanted)].map((rev) => {
    const text =
      row &&
      ancestryOf(treeOf(row), rev) &&
      revisionText(database, row, rev, { revs: query.isOn('revs'), contents });
    return text === undefined ? { missing: rev } : { text };
  });
  if (isMixed)
    return mixedAnswer(
      rows.map(({ text, missing }) =>
        text === undefined ? { error: JSON.stringify({ missing }) } : { document: text },
      ),
    );
  const texts = rows.map(({ text, missing }) =>
    text === undefined ? `{"missing":${JSON.stringify(missing)}}` : `{"ok":${text}}`,
  );
  return { raw: `[${texts.join(',')}]` };
}

/** The oldest generation first. */
function wantedOf(row: Row, asked: 'all' | readonly string[], wantsLatest: boolean): readonly string[] {
  const tree = treeOf(row);
  if (asked === 'all')
    return leavesOf(tree)
      .map((leaf) => leaf.rev)
      .sort(compareRevisions);
  return asked.flatMap((rev) => {
    const leaves = wantsLatest ? leavesBelow(tree, rev).sort(compareRevisions) : [];
    return leaves.length ? leaves : [rev];
  });
}
