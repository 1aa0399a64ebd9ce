/**
 * Everything that ever happened, read from what documents carry: the answers of marks, the closings of lists, the changes
 * of other documents, what was decided and given up, and what was deleted. Derived, never written: nobody can alter it.
 */
import { canonicalJson } from './canonical-json.ts';
import type { Author } from './documents.ts';

/** What somebody did to a document. */
export const journalKinds = [
  'answered',
  'cleared',
  'closed',
  'reopened',
  'aside',
  'counted',
  'signedUp',
  'withdrawn',
  'created',
  'edited',
  'imported',
  'merged',
  'settled',
  'undone',
  'discarded',
  'frozen',
  'exported',
  'deleted',
  'written',
] as const;
export type JournalKind = (typeof journalKinds)[number];

export interface JournalEntry extends Author {
  /** Unique. */
  readonly key: string;
  readonly database: string;
  /** Of the document. */
  readonly id: string;
  readonly kind: JournalKind;
  readonly fields: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[];
  /** In somebody's own words: why. */
  readonly note?: string;
}

/** A version of a document, whatever its type, as a replica holds it. */
export interface HeldVersion {
  readonly database: string;
  readonly id: string;
  readonly isDeleted: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

type Told = Omit<JournalEntry, 'key' | 'database' | 'id'> & {
  /** What makes it the same entry in another version. */
  readonly said: unknown;
};

/**
 * @param versions every version that stands of every document, tombstones included, in any order
 * @returns the latest first; what two versions of a document tell is told once
 */
export function journalOf(versions: Iterable<HeldVersion>): JournalEntry[] {
  const entries = new Map<string, JournalEntry>();
  for (const { database, id, isDeleted, body } of versions) {
    const ranks = new Map<string, number>();
    for (const { said, ...told } of toldBy(body, isDeleted)) {
      const content = canonicalJson([told.kind, said]);
      // The same thing done twice in one millisecond is two entries.
      const rank = (ranks.get(content) ?? 0) + 1;
      ranks.set(content, rank);
      const key = `${database} ${id} ${content}#${rank}`;
      const entry = { ...told, key, database, id };
      const known = entries.get(key);
      // What stood before may be told otherwise in another version: the same one wins whichever comes first.
      if (!known || canonicalJson(entry) < canonicalJson(known)) entries.set(key, entry);
    }
  }
  return [...entries.values()].sort((a, b) => {
    if (a.at !== b.at) return a.at > b.at ? -1 : 1;
    return a.key < b.key ? 1 : a.key > b.key ? -1 : 0;
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const recordsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Who and when; what some other program left out is empty rather than lost. */
function authorOf(said: Readonly<Record<string, unknown>>): Author {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { at: text(said.at), by: text(said.by), device: text(said.device) } as Author;
}

function toldBy(body: HeldVersion['body'], isDeleted: boolean): Told[] {
  // The figures of a frozen year are told with the year itself.
  if (body.type === 'frozenFigures') return [];
  // A tombstone that only ended a disagreement deletes nothing.
  if (body.isSettled === true) return [];
  const told = [...historyOf(body), ...changesOf(body, isDeleted), ...undoings(body)];
  return isDeleted
    ? [...told, { ...authorOf(body), kind: 'deleted', fields: [], said: authorOf(body) }]
    : told;
}

/** The facts of an answer, each a field. */
const answerFields = ['status', 'reason', 'arrivedAt', 'leftAt', 'minutes'] as const;

function historyOf({ type, history }: HeldVersion['body']): Told[] {
  const entries = recordsOf(history);
  if (type === 'mark')
    return entries.map((entry, place) => {
      const before = entries[place - 1];
      const fields = answerFields.flatMap((field) => difference(field, before?.[field], entry[field]));
      const kind =
        typeof entry.decision === 'string' ? 'settled' : entry.status === null ? 'cleared' : 'answered';
      return { ...authorOf(entry), kind, fields, said: entry };
    });
  if (type === 'signUp')
    return entries.map((entry, place): Told => {
      const before = entries[place - 1];
      const isSame = before !== undefined && before.state === entry.state;
      const kind = isSame ? 'edited' : entry.state === 'withdrawn' ? 'withdrawn' : 'signedUp';
      const fields = isSame ? difference('told', before.told, entry.told) : [];
      return { ...authorOf(entry), kind, fields, said: entry };
    });
  if (type !== 'closing') return [];
  const known = new Map<string, unknown>();
  let counts: unknown;
  return entries.map((entry): Told => {
    const people = ['headcount', 'returnCount'].filter((what) => entry[what] !== undefined);
    const counted = people.flatMap((what) => difference(what, known.get(what), entry[what]));
    for (const what of people) known.set(what, entry[what]);
    if (people.length > 0 && entry.counts === undefined)
      return { ...authorOf(entry), kind: 'counted', fields: counted, said: entry };
    const fields = [...difference('counts', counts, entry.counts ?? counts), ...counted];
    counts = entry.counts ?? counts;
    const kind = entry.state === 'reopened' ? 'reopened' : entry.aside ? 'aside' : 'closed';
    return { ...authorOf(entry), kind, fields, said: entry };
  });
}

function difference(field: string, before: unknown, after: unknown): JournalEntry['fields'] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  return [{ field, ...(before == null ? {} : { before }), ...(after == null ? {} : { after }) }];
}

const changeKinds: ReadonlySet<unknown> = new Set(journalKinds);

function changesOf(body: HeldVersion['body'], isDeleted: boolean): Told[] {
  const changes = recordsOf(body.changes);
  if (changes.length)
    return changes.map((change) => ({
      ...authorOf(change),
      kind: changeKinds.has(change.kind) ? (change.kind as JournalKind) : 'edited',
      fields: recordsOf(change.fields).map(({ field, before, after }) => ({
        field: String(field),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      })),
      said: change,
    }));
  // A tombstone without changes tells no more than that it is gone; a history has told it all.
  if (isDeleted || Array.isArray(body.history)) return [];
  if (body.type === 'exported')
    return [{ ...authorOf(body), kind: 'exported', fields: exportedFields(body), said: authorOf(body) }];
  const { kind, note } = standing(body);
  return [{ ...authorOf(body), kind, fields: [], ...(note ? { note } : {}), said: authorOf(body) }];
}

/** What was handed over as a file, of which part of the site. */
const exportedFacts = ['what', 'format', 'terms', 'from', 'to', 'isPseudonymised', 'rows', 'sha256'] as const;
const exportedFields = (body: HeldVersion['body']) =>
  exportedFacts.flatMap((field) => difference(field, undefined, body[field]));

/** What a document without changes says by being there. */
function standing({ type, reason, note }: HeldVersion['body']): { kind: JournalKind; note?: string } {
  const words = [reason, note].find((one) => typeof one === 'string') as string | undefined;
  if (type === 'discard') return { kind: 'discarded', ...(words ? { note: words } : {}) };
  if (type === 'frozenYear') return { kind: 'frozen' };
  if (type === 'decision') return { kind: 'settled', ...(typeof note === 'string' ? { note } : {}) };
  return { kind: 'written' };
}

/** What was taken back: noted in the document itself. */
function undoings(body: HeldVersion['body']): Told[] {
  const undone = recordsOf(body.undone).map((entry): Told => ({
    ...authorOf(entry),
    kind: 'undone',
    fields: [],
    said: entry,
  }));
  if (typeof body.undoneAt !== 'string') return undone;
  const author = { ...authorOf(body), at: body.undoneAt };
  return [...undone, { ...author, kind: 'undone', fields: [], said: author }];
}
