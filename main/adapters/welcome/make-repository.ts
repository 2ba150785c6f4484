/** A folder becomes a git repository that worktrees can be made of: with one commit, and nothing in it. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { musherError } from '../../base/result.ts';
import { askText } from '../git/ask.ts';
import { isGitFailure } from '../git/git-failure.ts';
import { callableOff, type Git } from '../git/run.ts';

interface MakeAsk {
  readonly git: Git;
  /** It is one that has no commit. */
  readonly isRepository: boolean;
  readonly signal: AbortSignal;
}

/** What lies in the folder is left as it is, for its owner to commit. Throws GIT_IDENTITY_MISSING, GIT_*. */
export async function makeRepository(folder: string, ask: MakeAsk): Promise<void> {
  const git = callableOff(ask.git, ask.signal);
  const at = (...args: string[]) => ({ cwd: folder, args });
  if (!ask.isRepository) await git.run(at('init', '--quiet'));
  // By an index of its own: what is staged already is its owner's to commit, and no part of this one.
  const own = path.resolve(folder, await askText(git, at('rev-parse', '--git-path', 'no-index')));
  try {
    const tree = await askText(git, { ...at('write-tree'), env: { GIT_INDEX_FILE: own } });
    const commit = await askText(git, at('commit-tree', tree, '-m', 'Start'));
    await git.run(at('update-ref', '-m', 'commit (initial): Start', 'HEAD', commit, ''));
  } catch (error) {
    if (isGitFailure(error, /tell me who you are|empty ident name|auto-detect email/i))
      throw musherError('GIT_IDENTITY_MISSING', {}, error);
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}
