/** Attachments: each content once, under its digest; bodies name it in `_attachments` as CouchDB's stubs do. */
import { hash } from 'node:crypto';
import { MissingStub, type AttachmentStub, type Body, type Incoming } from '../engine.ts';
import type { Statements } from './statements.ts';

export class AttachmentStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  get(digest: string): Buffer | undefined {
    const found = this.#statements.of('SELECT data FROM attachments WHERE digest = ?').get(digest) as
      { data: Uint8Array } | undefined;
    return found && Buffer.from(found.data);
  }

  /**
   * The body as it is kept: new contents stored, stubs taken over from the revisions it comes from.
   * @param former `_attachments` of those revisions, the nearest first
   * @param generation of the new revision
   */
  settle(incoming: Incoming, former: readonly Stubs[], generation: number): Body {
    const { attachments, body, id } = incoming;
    if (!attachments?.size) return body;
    const stubs: [name: string, stub: AttachmentStub][] = [];
    for (const [name, given] of attachments) {
      if (given.data === undefined) {
        const known = former.find((one) => Object.hasOwn(one, name))?.[name];
        // Digests differ where a CouchDB packed the content: it is the same when the same revision brought it.
        const isKnown = known && (given.revpos === undefined || given.revpos === known.revpos);
        if (!isKnown) throw new MissingStub(id, name);
        stubs.push([name, known]);
        continue;
      }
      // Of the content as it came. A CouchDB packs texts first, and its zlib gives other bytes than Node's.
      const digest = `md5-${hash('md5', given.data, 'base64')}`;
      this.#statements
        .of('INSERT INTO attachments (digest, data) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING')
        .run(digest, given.data);
      const { contentType, revpos = generation, data } = given;
      stubs.push([name, { content_type: contentType, revpos, digest, length: data.length, stub: true }]);
    }
    // Names of any kind, `__proto__` as well.
    return { ...body, _attachments: Object.fromEntries(stubs) };
  }

  /** Drops contents that no body names any more. */
  sweep(): void {
    const named = new Set<string>();
    for (const table of ['docs', 'revs'] as const)
      for (const { body } of this.#statements
        .of(`SELECT body FROM ${table} WHERE body LIKE '%"_attachments"%'`)
        .iterate() as Iterable<{ body: string }>)
        for (const { digest } of Object.values(stubsOf(body))) named.add(digest);
    const kept = this.#statements.of('SELECT digest FROM attachments').all() as { digest: string }[];
    for (const { digest } of kept)
      if (!named.has(digest)) this.#statements.of('DELETE FROM attachments WHERE digest = ?').run(digest);
  }
}

type Stubs = Readonly<Record<string, AttachmentStub>>;

/** What a stored body names. */
export function stubsOf(body: string | undefined): Stubs {
  if (!body?.includes('"_attachments"')) return {};
  return (JSON.parse(body) as { _attachments?: Stubs })._attachments ?? {};
}
