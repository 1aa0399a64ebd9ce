/** One revision: `{generation}-{hash}`. */
import { hash } from 'node:crypto';
import { TermWriter } from './erlang-terms.ts';

const terms = new TermWriter();

export interface Revision {
  readonly generation: number;
  readonly hash: string;
}

/** Reads `3-abc…`; `undefined` when it is not of that form. */
export function parseRevision(text: unknown): Revision | undefined {
  if (!isRevisionText(text)) return undefined;
  const dash = text.indexOf('-');
  const generation = Number(text.slice(0, dash));
  return generation > 0 ? { generation, hash: text.slice(dash + 1) } : undefined;
}

/**
 * Whether it looks like a revision; of a generation 0 there are none, and who asks for one is told so. Generations are
 * read as far as a number tells them apart, so that whatever stands in a database can be named and removed.
 */
export const isRevisionText = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{1,16}-[0-9a-zA-Z_.~-]{0,128}$/.test(text);

/** The order of revisions: by generation, then by hash. */
export function compareRevisions(first: string, second: string): number {
  const generations = Number.parseInt(first, 10) - Number.parseInt(second, 10);
  return generations || (first < second ? -1 : Number(first > second));
}

interface HashedStub {
  readonly content_type: string;
  readonly digest: string;
}

/**
 * The hash of a new revision, as CouchDB makes it: MD5 over deletion, parent, body and attachments. The same edit on the same parent
 * is the same revision on every server, so that two of them meet instead of conflicting.
 */
export function revisionHash(parent: Revision | undefined, isDeleted: boolean, body: object): string {
  terms.begin();
  terms.beginList(5);
  terms.json(isDeleted);
  terms.json(parent?.generation ?? 0);
  if (parent) terms.binary(Buffer.from(parent.hash, /^[0-9a-f]{32}$/.test(parent.hash) ? 'hex' : 'utf8'));
  else terms.json(0);
  const { _attachments: attachments, ...fields } = body as {
    _attachments?: Readonly<Record<string, HashedStub>>;
  };
  terms.json(attachments ? fields : body);
  // A CouchDB counts them from the last one on.
  const names = Object.keys(attachments ?? {}).reverse();
  if (names.length) terms.beginList(names.length);
  for (const name of names) {
    const stub = attachments?.[name];
    terms.beginTuple(3);
    terms.text(name);
    terms.text(stub?.content_type ?? '');
    terms.binary(Buffer.from((stub?.digest ?? '').slice('md5-'.length), 'base64'));
  }
  terms.endList();
  terms.endList();
  return hash('md5', terms.written());
}
