// Whether what two worktrees hold merges: for every pair of kinds of edits what a real `git merge` of the same says.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collisionCases, together } from '../harness/collision-cases.ts';
import { type CollisionWorld, makeCollisionWorld } from '../harness/collision-world.ts';

/** What each of two worktrees did with its edits before it was looked at. */
const ways = {
  'dirty against dirty': ['leave', 'leave'],
  'committed against dirty': ['commit', 'leave'],
  'staged against dirty': ['stage', 'leave'],
} as const;

describe.each(Object.entries(ways))('%s', (_title, does) => {
  let world: CollisionWorld;
  let found: Map<string, string>;
  let merged: readonly string[];
  let withBranch: readonly string[] | undefined;

  beforeAll(async () => {
    world = await makeCollisionWorld(together('base'));
    const { repository } = world;
    const trees = await Promise.all(
      (['ours', 'theirs'] as const).map(async (side, n) => {
        const path = await world.worktree(side);
        await repository.write(together(side), path);
        if (does[n] === 'stage') await repository.git(['add', '-A'], path);
        if (does[n] === 'commit') await repository.commit('edits', {}, path);
        return path;
      }),
    );
    const [ours = '', theirs = ''] = trees;
    const verdict = await world.between(ours, theirs);
    if (!verdict.isKnown) throw new Error(verdict.reason);
    found = new Map(verdict.proved.map(({ path, reason }) => [path, reason]));
    if (does[0] === 'commit') {
      const same = await world.proof.between(theirs, { ref: 'refs/heads/ours' });
      withBranch = same.isKnown ? same.proved.map(({ path }) => path) : [same.reason];
    }
    merged = (await world.merged(ours, theirs)) ?? [];
  }, 60_000);
  afterAll(() => world.dispose());

  it.each(collisionCases)('$name', ({ base, ours, theirs, expect: expected }) => {
    const [folder] = Object.keys({ ...base, ...ours, ...theirs })[0]?.split('/') ?? [];
    const isHere = (path: string) => path.startsWith(`${folder}/`);
    const here = [...found].filter(([path]) => isHere(path));
    expect(Object.fromEntries(here)).toEqual(expected);
    expect(merged.filter(isHere)).toEqual(here.map(([path]) => path));
    // A branch that has one side in it already collides with the other as its agent would.
    if (withBranch) expect(withBranch.filter(isHere)).toEqual(here.map(([path]) => path));
  });
});
