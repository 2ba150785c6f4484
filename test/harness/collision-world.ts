// Worktrees of one repository, what the proof says of two of them, and what a real `git merge` of what they hold does.

import { join } from 'node:path';
import { createCollisionProof } from '../../main/adapters/git/collisions/collisions.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { scan } from '../../main/adapters/trees/scan.ts';
import { systemClock } from '../../main/base/clock.ts';
import { Pace } from '../../main/base/pace.ts';
import type { CollisionProof, Verdict } from '../../main/features/conflicts/ports.ts';
import { type Files, makeRepository, type TestRepository } from './repositories.ts';

export interface CollisionWorld {
  readonly repository: TestRepository;
  readonly proof: CollisionProof;
  /** Path of a new worktree on a branch of that name. */
  worktree(name: string, from?: string): Promise<string>;
  /** Looks at a worktree as the watch does, and tells the proof. */
  look(worktreePath: string, touched?: 'all' | readonly string[]): Promise<void>;
  /** Looks at both, and asks. */
  between(ours: string, theirs: string): Promise<Verdict>;
  /** Names that do not merge, or why nothing is known. */
  colliding(ours: string, theirs: string): Promise<readonly string[] | string>;
  /**
   * Commits all that is in both, merges the second into the first elsewhere; names that are left unmerged. Undefined where
   * git itself fails at it: it does so at a file that is in the way of a renamed folder.
   */
  merged(ours: string, theirs: string): Promise<readonly string[] | undefined>;
  /** Commits all that is in it, and gives the branch. */
  toBranch(worktreePath: string): Promise<{ readonly ref: string }>;
  /** With a proof that knows nothing of before, told of both. */
  freshly(ours: string, theirs: string): Promise<Verdict>;
  dispose(): Promise<void>;
}

export async function makeCollisionWorld(base: Files | null): Promise<CollisionWorld> {
  const repository = await makeRepository(base);
  const git = createGit({ clock: systemClock, env: repository.env });
  const open = (name: string, many?: number) =>
    createCollisionProof(
      { git, repository: { ...repository, name: 'repo' } },
      join(repository.commonDir, 'musher', name),
      many,
    );
  const stateOf = async (worktreePath: string) => {
    const found = await scan({ git, pace: new Pace(systemClock), worktreePath });
    return { ...found, atMs: 0, seenBy: 'events' } as const;
  };
  // Leaves out what has no say from the first file on; one that is fresh takes all of so few.
  const proof = open('collisions', 0);
  let count = 0;
  let adding: Promise<unknown> = Promise.resolve();
  const world: CollisionWorld = {
    repository,
    proof,
    async worktree(name, from = 'refs/heads/main') {
      const path = join(repository.worktreesFolder, name);
      // Two at once read each other's half-made folders.
      adding = adding.then(() =>
        repository.git(['worktree', 'add', '-q', '--force', '-B', name, path, from]),
      );
      await adding;
      return path;
    },
    async look(worktreePath, touched = 'all') {
      proof.tell(worktreePath, await stateOf(worktreePath), touched);
    },
    async between(ours, theirs) {
      await Promise.all([world.look(ours), world.look(theirs)]);
      return proof.between(ours, theirs);
    },
    async colliding(ours, theirs) {
      const verdict = await world.between(ours, theirs);
      if (!verdict.isKnown) return verdict.reason;
      return verdict.proved.map(({ path }) => path);
    },
    async merged(ours, theirs) {
      const [one, other] = [await commitAll(repository, ours), await commitAll(repository, theirs)];
      const place = join(repository.worktreesFolder, `merge-${count++}`);
      await repository.git(['worktree', 'add', '-q', '--detach', place, one]);
      const isClean = await repository.gitPasses(['merge', '-q', '-m', 'merge', other], place);
      const listed = await repository.git(['ls-files', '-u', '-z'], place);
      await repository.git(['worktree', 'remove', '--force', place]).catch(() => undefined);
      const names = listed.split('\0').filter((entry) => entry !== '');
      const paths = new Set(names.map((entry) => asWritten(entry.slice(entry.indexOf('\t') + 1))));
      if (!isClean && paths.size === 0) return undefined;
      if (isClean && paths.size > 0) throw new Error(`git merge was content with ${listed}`);
      return [...paths].sort();
    },
    async toBranch(worktreePath) {
      await commitAll(repository, worktreePath);
      return { ref: await repository.git(['symbolic-ref', 'HEAD'], worktreePath) };
    },
    async freshly(ours, theirs) {
      const fresh = open(`fresh-${count++}`);
      for (const worktreePath of [ours, theirs])
        fresh.tell(worktreePath, await stateOf(worktreePath), 'all');
      return fresh.between(ours, theirs).finally(() => fresh.dispose());
    },
    async dispose() {
      await proof.dispose();
      await repository.dispose();
    },
  };
  return world;
}

async function commitAll(repository: TestRepository, cwd: string): Promise<string> {
  return repository.commit('all', {}, cwd);
}

/** What git puts aside of two that are in each other's way. */
function asWritten(name: string): string {
  return name.replace(/~(?:HEAD|[0-9a-f]{40})(?:_\d+)?$/, '');
}
