import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestryOf,
  conflictsOf,
  grow,
  leavesBelow,
  leavesOf,
  newTree,
  readTree,
  treeText,
  winnerOf,
  type RevisionPath,
  type RevisionTree,
} from './tree.ts';

const path = (start: number, ...hashes: string[]): RevisionPath => ({ start, hashes });
const limit = 1000;
const runs = process.env.LONG_SEARCH ? 5000 : 200;

describe('a revision tree', () => {
  const edited = () => grow(newTree(path(1, 'a'), false), path(2, 'b', 'a'), false, limit).tree;
  const forked = () => grow(edited(), path(2, 'c', 'a'), false, limit).tree;

  it('has the newest edit as its winner', () => {
    expect(winnerOf(edited())).toEqual({ rev: '2-b', isDeleted: false });
    expect(conflictsOf(edited())).toEqual([]);
  });

  it('keeps both edits of one revision', () => {
    expect(winnerOf(forked()).rev).toBe('2-c');
    expect(conflictsOf(forked())).toEqual(['2-b']);
    expect(leavesOf(forked())).toHaveLength(2);
  });

  it('prefers an edit to a deletion, however long the deleted branch', () => {
    const { tree } = grow(forked(), path(3, 'd', 'c', 'a'), true, limit);
    expect(winnerOf(tree)).toEqual({ rev: '2-b', isDeleted: false });
  });

  it('is deleted when every leaf is', () => {
    const { tree } = grow(edited(), path(3, 'd', 'b', 'a'), true, limit);
    expect(winnerOf(tree)).toEqual({ rev: '3-d', isDeleted: true });
  });

  it('tells generations of the same hash apart', () => {
    const { tree } = grow(edited(), path(3, 'a', 'b', 'a'), true, limit);
    expect(winnerOf(tree)).toEqual({ rev: '3-a', isDeleted: true });
  });

  it('takes nothing twice', () => {
    expect(grow(forked(), path(2, 'b', 'a'), false, limit).isNew).toBe(false);
    expect(grow(forked(), path(1, 'a'), false, limit).isNew).toBe(false);
  });

  it('takes two beginnings of one document', () => {
    const { tree } = grow(newTree(path(1, 'a'), false), path(1, 'b'), false, limit);
    expect(winnerOf(tree).rev).toBe('1-b');
    expect(conflictsOf(tree)).toEqual(['1-a']);
  });

  // A CouchDB puts it on one of the branches; only a client that makes revisions up comes here.
  it('counts a leaf once that follows a revision of two branches', () => {
    let tree = newTree(path(4, 'b', 'a'), false);
    for (const next of [path(5, 'a', 'b', 'b'), path(5, 'b', 'b')])
      ({ tree } = grow(tree, next, false, limit));
    expect(
      leavesOf(tree)
        .map(({ rev }) => rev)
        .sort(),
    ).toEqual(['5-a', '5-b']);
    expect(conflictsOf(tree)).toEqual(['5-a']);
  });

  it('tells the ancestors of a revision, and what descends from it', () => {
    expect(ancestryOf(forked(), '2-b')).toEqual(path(2, 'b', 'a'));
    expect(ancestryOf(forked(), '3-x')).toBeUndefined();
    expect(leavesBelow(forked(), '1-a').sort()).toEqual(['2-b', '2-c']);
    expect(leavesBelow(forked(), '2-b')).toEqual(['2-b']);
  });

  it('forgets generations beyond the limit and says which', () => {
    let tree = newTree(path(1, 'h1'), false);
    const forgotten: string[] = [];
    for (let generation = 2; generation <= 6; generation += 1) {
      const hashes = [`h${generation}`, `h${generation - 1}`];
      const grown = grow(tree, { start: generation, hashes }, false, 3);
      ({ tree } = grown);
      forgotten.push(...grown.stemmed);
    }
    expect(ancestryOf(tree, '6-h6')).toEqual(path(6, 'h6', 'h5', 'h4'));
    expect(forgotten).toEqual(['1-h1', '2-h2', '3-h3']);
  });

  it('of one revision is an empty text, and reads the same', () => {
    for (const isDeleted of [true, false]) {
      const tree = newTree(path(7, 'x'), isDeleted);
      expect(treeText(tree)).toBe('');
      expect(readTree('', { rev: '7-x', isDeleted })).toEqual(tree);
    }
    expect(readTree(treeText(forked()), winnerOf(forked()))).toEqual(forked());
  });

  /** Edits of one document on several replicas: each goes on from a revision made before. */
  const histories = fc
    .array(fc.record({ on: fc.nat(), isDeleted: fc.boolean() }), { minLength: 1, maxLength: 12 })
    .map((edits) => {
      const made: { path: RevisionPath; isDeleted: boolean }[] = [];
      for (const [n, { on, isDeleted }] of edits.entries()) {
        const parent = made.length ? made[on % made.length] : undefined;
        const hashes = [`h${n}`, ...(parent?.path.hashes ?? [])];
        made.push({ path: { start: hashes.length, hashes }, isDeleted: parent ? isDeleted : false });
      }
      return made;
    });
  const built = (made: readonly { path: RevisionPath; isDeleted: boolean }[]) =>
    made.reduce<RevisionTree>((tree, each) => grow(tree, each.path, each.isDeleted, limit).tree, []);

  it('property: comes out the same however often its edits arrive again', () => {
    fc.assert(
      fc.property(histories, (made) => {
        const tree = built(made);
        expect(winnerOf(built([...made, ...made]))).toEqual(winnerOf(tree));
        expect(leavesOf(built([...made, ...made]))).toEqual(leavesOf(tree));
      }),
      { numRuns: runs },
    );
  });

  it('property: has the same leaves and the same winner in whatever order replicas sent them', () => {
    fc.assert(
      fc.property(
        histories.chain((made) =>
          fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length })),
        ),
        ([made, shuffled]) => {
          // A parent that arrives behind its child is known already and tells no longer whether it was deleted.
          const parents = new Set(made.flatMap(({ path: { hashes } }) => hashes.slice(1)));
          const leaves = (list: typeof made) =>
            list.filter(({ path: { hashes } }) => !parents.has(hashes[0] ?? ''));
          const [one, other] = [built(leaves(made)), built(leaves(shuffled))];
          const sorted = (tree: RevisionTree) => leavesOf(tree).sort((x, y) => (x.rev < y.rev ? -1 : 1));
          expect(sorted(other)).toEqual(sorted(one));
          expect(winnerOf(other)).toEqual(winnerOf(one));
          expect(sorted(built(shuffled)).map(({ rev }) => rev)).toEqual(sorted(one).map(({ rev }) => rev));
        },
      ),
      { numRuns: runs },
    );
  });
});
