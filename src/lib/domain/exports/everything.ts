/** All documents of a scope by database, as one JSON text that this program, or another one, opens again. */
import { parseDocument, type AnyDocument } from '../documents.ts';

/** Of the text itself; each document carries the version of its own schema (`v`). */
const formatVersion = 1;

interface AboutExport {
  readonly at: string;
  readonly by: string;
  readonly site: string;
  /** What was chosen: terms, or local dates; nothing of everything. */
  readonly scope: Readonly<Record<string, unknown>>;
  /** Version of the counting rules. */
  readonly rules: string;
}

/**
 * @param databases each by its name, `paris13-s3-2023`; documents with `_id` and `_rev`
 * @yields pieces of the text: of a site of many years it is long
 */
export function* everythingText(
  about: AboutExport,
  databases: Iterable<readonly [name: string, documents: Iterable<Readonly<Record<string, unknown>>>]>,
): Generator<string> {
  const { at, by, site, scope, rules } = about;
  const head = { format: 'presence-export', version: formatVersion, at, by, site, scope, rules };
  yield `${JSON.stringify(head).slice(0, -1)},"databases":{`;
  let isFirst = true;
  for (const [name, documents] of databases) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(name)}:[`;
    isFirst = false;
    let separator = '\n';
    for (const document of documents) {
      yield separator + JSON.stringify(document);
      separator = ',\n';
    }
    yield '\n]';
  }
  yield '\n}}\n';
}

export type OpenedExport =
  | {
      readonly ok: true;
      readonly databases: ReadonlyMap<string, readonly AnyDocument[]>;
      /** Ids of what this version does not read. */
      readonly unread: readonly string[];
    }
  | { readonly ok: false; readonly why: 'no export' | 'newer version' };

/** Opens such a text again. Never throws. */
export function openExport(text: string): OpenedExport {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return { ok: false, why: 'no export' };
  }
  const { format, version, databases } = (said ?? {}) as Record<string, unknown>;
  if (format !== 'presence-export' || typeof version !== 'number' || typeof databases !== 'object')
    return { ok: false, why: 'no export' };
  if (version > formatVersion) return { ok: false, why: 'newer version' };
  const opened = new Map<string, AnyDocument[]>();
  const unread: string[] = [];
  for (const [name, all] of Object.entries(databases ?? {})) {
    const documents: AnyDocument[] = [];
    for (const one of Array.isArray(all) ? (all as unknown[]) : []) {
      const parsed = parseDocument(one);
      if (parsed.ok) documents.push(parsed.document);
      else unread.push(String((one as { _id?: unknown } | null)?._id));
    }
    opened.set(name, documents);
  }
  return { ok: true, databases: opened, unread };
}
