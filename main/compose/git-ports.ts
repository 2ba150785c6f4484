/** What the features of a project need from its repository, all over one git. */
import path from 'node:path';
import { createBranches } from '../adapters/git/branches.ts';
import { createCarrier } from '../adapters/git/carrier.ts';
import { createLines } from '../adapters/git/blame.ts';
import { createCollisionProof } from '../adapters/git/collisions/collisions.ts';
import { createCommits } from '../adapters/git/commits.ts';
import { createGateTrees } from '../adapters/git/gate-trees.ts';
import { lastChanges } from '../adapters/git/last-changes.ts';
import type { OpenedRepository } from '../adapters/git/open-repository.ts';
import { createMergePreviews } from '../adapters/git/merge-preview.ts';
import { createReviewDiffs } from '../adapters/git/review-diffs.ts';
import { createPool } from '../adapters/git/pool.ts';
import { createReview } from '../adapters/git/review.ts';
import type { Git } from '../adapters/git/run.ts';
import { createStoryWork } from '../adapters/git/story-work.ts';
import { createSnapshots } from '../adapters/git/snapshots.ts';
import { createTargets } from '../adapters/git/targets.ts';
import { createTrackedFiles } from '../adapters/git/tracked-files.ts';
import { createUpkeep } from '../adapters/git/upkeep.ts';
import { createWorktrees } from '../adapters/git/worktrees.ts';
import { createConfigStore } from '../adapters/proposals/config-store.ts';
import { createTrees } from '../adapters/trees/trees.ts';
import type { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';

export interface GitPartsAsk {
  readonly git: Git;
  readonly repository: OpenedRepository;
  /** Musher's own, in the repository's git folder. */
  readonly dataFolder: string;
  readonly log: Logger;
  /** What ends with the project. */
  readonly parts: Disposables;
}

export function gitPorts({ git, repository, dataFolder, log, parts }: GitPartsAsk) {
  const context = { git, repository };
  const proof = createCollisionProof(context, path.join(dataFolder, 'collisions'));
  parts.add(() => proof.dispose());
  return {
    worktrees: createWorktrees(context),
    review: createReview(context),
    branches: createBranches(context, log),
    mergePreviews: createMergePreviews(context),
    gateTrees: createGateTrees(context),
    reviewDiffs: createReviewDiffs(context),
    lines: createLines(context),
    changes: lastChanges(git),
    trees: createTrees(git),
    trackedFiles: createTrackedFiles(context),
    upkeep: createUpkeep(context),
    pool: createPool(context),
    commits: createCommits(context),
    targets: createTargets(context, log),
    snapshots: createSnapshots(context),
    storyWork: createStoryWork(context),
    carrier: createCarrier(context),
    proof,
    configStore: createConfigStore(context),
  };
}
