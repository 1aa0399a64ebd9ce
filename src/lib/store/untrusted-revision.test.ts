import * as fc from 'fast-check';
import { collectLeaves, merge, type RevisionTree } from 'pouchdb-merge';
import { describe, expect, it } from 'vitest';
import { branchOf } from './pouchdb-adapter/growth.ts';
import { leavesOfTree, untrustedRevision } from './untrusted-revision.ts';

const hash = fc.stringMatching(/^[0-9a-f]{4}$/);

describe('a revision tree out of a file', () => {
  it('has the leaves that PouchDB finds in it, with their ancestors', () => {
    const path = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(hash, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 5 }), (paths) => {
        let tree: RevisionTree = [];
        for (const [root, ids] of paths)
          tree = merge(tree, branchOf({ start: root + ids.length - 1, ids }, false), 1000).tree;
        const found = leavesOfTree(JSON.parse(JSON.stringify(tree)));
        expect(found?.map(({ rev }) => rev).sort()).toEqual(
          collectLeaves(tree)
            .map(({ rev }) => rev)
            .sort(),
        );
        for (const { rev, start, hashes } of found ?? []) {
          expect(rev).toBe(`${start}-${hashes[0]}`);
          expect(hashes.length).toBeLessThanOrEqual(start);
        }
      }),
    );
  });

  it('is none where it is anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const leaves = leavesOfTree(value);
        expect(leaves === undefined || leaves.length === 0).toBe(true);
      }),
    );
    expect(leavesOfTree([{ pos: 1, ids: ['../', {}, []] }])).toBeUndefined();
    expect(leavesOfTree([{ pos: -1, ids: ['ab', {}, []] }])).toBeUndefined();
  });
});

describe('a revision out of a file', () => {
  const sound = {
    id: 'mark:a:b',
    rev: '2-bb',
    isDeleted: false,
    start: 2,
    hashes: ['bb', 'aa'],
    body: { type: 'mark', v: 1 },
  };

  it('is taken as it is, without what is the store’s own', () => {
    expect(untrustedRevision({ ...sound, body: { ...sound.body, _rev: '9-x', _deleted: true } })).toEqual(
      sound,
    );
    expect(untrustedRevision({ ...sound, isDeleted: true, body: {} })).toMatchObject({ isDeleted: true });
  });

  it('is left where any of it is something else', () => {
    const fields = ['id', 'rev', 'start', 'hashes', 'body'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(sound[field]));
        expect(untrustedRevision({ ...sound, [field]: value })).toBeUndefined();
      }),
    );
  });
});
