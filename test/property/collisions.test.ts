// Random edits of two worktrees, told as a watch tells them: after all of them the proof is what a real `git merge` says,
// whether the other side is a worktree or a branch, and at each step it is what a proof says that sees the trees for the first time.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CollisionWorld, makeCollisionWorld } from '../harness/collision-world.ts';
import { rounds } from '../harness/rounds.ts';
import { allEdits, base, editArbitrary, type Edit } from './collision-edits.ts';

const many = fc.array(fc.tuple(fc.nat(1), editArbitrary), { minLength: 2, maxLength: 12 });

it('random edits collide where a real merge of them does', async () => {
  const world = await makeCollisionWorld(base);
  const trees = [await world.worktree('a'), await world.worktree('b')] as const;
  let collided = 0;
  try {
    await fc.assert(
      fc.asyncProperty(many, async (edits) => {
        for (const tree of trees) {
          await world.repository.git(['reset', '-q', '--hard', 'refs/heads/main'], tree);
          await world.repository.git(['clean', '-qfdx'], tree);
          await world.look(tree);
        }
        for (const [side, edit] of edits) await takeOne(world, trees[side] as string, edit);
        const found = await world.proof.between(...trees);
        expect(found).toEqual(await world.freshly(...trees));
        if (!found.isKnown) throw new Error(found.reason);
        // What the second did is in a branch now, and collides as it did.
        const branch = await world.toBranch(trees[1]);
        expect(await world.proof.between(trees[0], branch)).toEqual(found);
        const paths = found.proved.map(({ path }) => path);
        const merged = await world.merged(...trees);
        if (merged === undefined) expect(paths).not.toEqual([]);
        else expect(paths).toEqual(merged);
        collided += Math.min(paths.length, 1);
      }),
      { numRuns: rounds(4, 1_500), endOnFailure: true },
    );
  } finally {
    await world.dispose();
  }
  // Six rounds may well all merge.
  expect(collided).toBeGreaterThanOrEqual(rounds(0, 1));
});

async function takeOne(world: CollisionWorld, tree: string, edit: Edit): Promise<void> {
  const touched = await allEdits[edit.does](world.repository, tree, edit);
  await world.look(tree, touched);
  // Each state on the way leaves its trace in what is kept of the trees.
  if (edit.isAsked) await world.proof.between(tree, tree);
}
