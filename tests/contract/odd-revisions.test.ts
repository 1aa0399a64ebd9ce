import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asAdmin, markBy, openSite, term, type OpenSite } from './a-site.ts';

/** What no phone can read would stop every phone at that page of the feed. */
describe('a revision that no edit leads to', () => {
  let site: OpenSite;
  let maia: Record<string, string>;

  beforeEach(async () => {
    site = await openSite();
    maia = await site.join('maia');
  });
  afterEach(() => site.close());

  const odd = [
    ['a generation of sixteen digits', { start: Number.MAX_SAFE_INTEGER, ids: ['abc'] }],
    ['a generation of fifteen digits', { start: 999_999_999_999_999, ids: ['abc'] }],
    ['a generation beyond all editing', { start: 1_000_001, ids: ['abc'] }],
    ['no hash', { start: 2, ids: [''] }],
    ['an ancestor without a hash', { start: 2, ids: ['abc', ''] }],
  ] as const;

  it.each(odd)('is refused for that document alone: %s', async (_what, _revisions) => {
    for (const [who, headers] of [
      ['maia', maia],
      ['elise', site.elise],
      ['admin', asAdmin],
    ] as const) {
      const rev = `${_revisions.start}-${_revisions.ids[0]}`;
      for (const _deleted of [false, true]) {
        const docs = [
          { ...markBy(who, `odd-${who}`), _rev: rev, _revisions, _deleted },
          { ...markBy(who, `even-${who}`), _rev: '1-abc', _revisions: { start: 1, ids: ['abc'] } },
        ];
        const { status, body } = await site.ask('POST', `${term}/_bulk_docs`, headers, {
          new_edits: false,
          docs,
        });
        expect([status, body]).toMatchObject([201, [{ id: `mark:o:odd-${who}`, rev, error: 'forbidden' }]]);
      }
      expect((await site.ask('GET', `${term}/mark:o:even-${who}`, headers)).status).toBe(200);
    }
  });

  it('is refused where the revision alone tells of it', async () => {
    for (const _rev of ['2-', '1000001-abc', '999999999999999-abc']) {
      const docs = [{ ...markBy('maia'), _rev }];
      const { body } = await site.ask('POST', `${term}/_bulk_docs`, maia, { new_edits: false, docs });
      expect(body).toMatchObject([{ error: 'forbidden' }]);
      const put = await site.ask('PUT', `${term}/mark:o:p?new_edits=false`, maia, docs[0]);
      expect(put.status).toBe(403);
    }
  });

  it.each([
    { start: Number.MAX_SAFE_INTEGER, hashes: ['abc'] },
    { start: 999_999_999_999_999, hashes: ['abc'] },
    { start: 2, hashes: [''] },
  ])('is removed by an administrator where it stands already: $start-$hashes.0', async (revision) => {
    const database = site.server.engine.open('paris13-s3-2023');
    const put = (participant: string) => {
      const { _id: id, ...body } = markBy('maia', participant);
      database?.write([{ id, body, isDeleted: false, edit: { revision } }]);
      return id;
    };
    const rev = `${revision.start}-${revision.hashes[0]}`;
    const purged = put('purged');
    const { body } = await site.ask('POST', `${term}/_purge`, asAdmin, { [purged]: [rev] });
    expect(body).toMatchObject({ purged: { [purged]: [rev] } });
    const deleted = put('deleted');
    expect((await site.ask('DELETE', `${term}/${deleted}?rev=${rev}`, asAdmin)).status).toBe(200);
    const { body: feed } = await site.ask('GET', `${term}/_changes?style=all_docs`, maia);
    const { results } = feed as { results: { id: string; changes: { rev: string }[] }[] };
    const docs = results.flatMap(({ id, changes }) => changes.map((one) => ({ id, rev: one.rev })));
    expect(docs.map((doc) => doc.id)).not.toContain(purged);
    const got = await site.ask('POST', `${term}/_bulk_get?revs=true&latest=true`, maia, { docs });
    expect(JSON.stringify(got.body)).not.toContain('"error"');
  });
});
