/** A CouchDB that replicates with this server by itself: what it asks before, and, with `COUCH_URL`, the whole of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from './exchange.ts';
import { listeningTargets } from './targets.ts';

const couchUrl = process.env.COUCH_URL;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const documents = [
  { _id: 'a', n: 1 },
  { _id: 'é/ü ?#%', n: 2 },
  { _id: '_design/d', filters: { one: 'function (doc) { return doc.n === 1; }' } },
  {
    _id: 'attached',
    _attachments: {
      'x.txt': { content_type: 'text/plain', data: base64('a text that is packed'.repeat(200)) },
      'é b.png': { content_type: 'image/png', data: base64('picture') },
      none: { content_type: 'text/plain', data: '' },
    },
  },
];
const conflict = [
  { _id: 'conflict', _rev: '2-bb', _revisions: { start: 2, ids: ['bb', 'aa'] }, v: 1 },
  { _id: 'conflict', _rev: '2-cc', _revisions: { start: 2, ids: ['cc', 'aa'] }, v: 2 },
  { _id: 'conflict', _rev: '3-dd', _revisions: { start: 3, ids: ['dd', 'ee', 'aa'] }, _deleted: true },
];

/** A database at an address. */
function databaseAt(root: string, credentials: string, name: string) {
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${root}/${name}${path}`, {
      method,
      headers: {
        authorization: basic(credentials),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.text();
  };
  return {
    ask,
    url: `${root.replace('//', `//${credentials}@`)}/${name}`,
    /** Every revision of every document, with contents; digests are of packed texts in a CouchDB. */
    async content(): Promise<unknown> {
      const { rows } = JSON.parse(await ask('GET', '/_all_docs')) as { rows: { id: string }[] };
      const leaves = rows.map(async ({ id }) => {
        const path = `/${encodeURIComponent(id)}?open_revs=all&revs=true&attachments=true`;
        return (await ask('GET', path)).replaceAll(/"digest":"[^"]*",?/g, '');
      });
      return (await Promise.all(leaves)).map((text) => JSON.parse(text) as unknown);
    },
  };
}

for (const { title, open } of listeningTargets)
  describe(`a CouchDB's replicator, ${title}`, () => {
    let target: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target.close());

    it('finds no address for a session where there are no databases, and goes on with name and password', async () => {
      const { origin } = new URL(target.root);
      const body = new URLSearchParams({ name: 'admin', password: 'admin-password' });
      const { status } = await fetch(`${origin}/_session`, { method: 'POST', body });
      expect(status).toBe(404);
    });

    if (couchUrl !== undefined)
      it('brings everything there and back, edits of it as well', async () => {
        const { origin, username, password } = new URL(couchUrl);
        const name = `contract-replicator-${Date.now().toString(36)}`;
        const couch = databaseAt(origin, `${username}:${password}`, `${name}-there`);
        const first = databaseAt(target.root, target.admin, name);
        const second = databaseAt(target.root, target.admin, `${name}-back`);
        const replicate = async (source: string, to: string) => {
          const response = await fetch(`${origin}/_replicate`, {
            method: 'POST',
            headers: {
              authorization: basic(`${username}:${password}`),
              'content-type': 'application/json',
            },
            body: JSON.stringify({ source, target: to, create_target: true }),
          });
          return response.json() as Promise<unknown>;
        };
        try {
          await first.ask('PUT', '');
          await first.ask('POST', '/_bulk_docs', { docs: documents });
          await first.ask('POST', '/_bulk_docs', { new_edits: false, docs: conflict });
          expect(await replicate(first.url, couch.url)).toMatchObject({ ok: true });
          expect(await couch.content()).toEqual(await first.content());
          // An edit there, whose attachments are stubs that name other digests than ours.
          const attached = JSON.parse(await couch.ask('GET', '/attached')) as object;
          await couch.ask('PUT', '/attached', { ...attached, edited: true });
          expect(await replicate(couch.url, first.url)).toMatchObject({ ok: true });
          expect(await replicate(couch.url, second.url)).toMatchObject({ ok: true });
          const content = await couch.content();
          expect(JSON.stringify(content)).toContain('"edited":true');
          expect(await first.content()).toEqual(content);
          expect(await second.content()).toEqual(content);
        } finally {
          for (const database of [couch, first, second]) await database.ask('DELETE', '');
        }
      }, 120_000);
  });
