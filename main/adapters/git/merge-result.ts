/** The commit that a merge leads to, made of objects alone: nothing points at it yet, nothing has to be undone. */
import type { Pin } from '../../../preload/contract/approvals.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { MusherError, musherError } from '../../base/result.ts';
import type { ResultCheck } from '../../features/approvals/ports.ts';
import { commitTree, readIdentity } from './commit-tree.ts';
import { mergeTrees } from './merge-trees.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface MergeAsk {
  readonly approval: string;
  readonly pin: Pin;
  /** Untrusted text. */
  readonly title: string;
  readonly agent: string;
  readonly updateCheckout: boolean;
  /** Told of the result before anything moves; what it throws ends the merge. */
  readonly check?: ResultCheck | undefined;
}

/** The pinned commit itself when the target can go forward to it, else a merge of both. Throws MERGE_CONFLICTED, COMMIT_UNRELATED. */
export async function makeResult(
  context: RepositoryContext,
  ask: MergeAsk,
  from: string,
): Promise<string> {
  const { git, repository } = context;
  const cwd = repository.root;
  const { commit, target } = ask.pin;
  const args = ['merge-base', from, commit];
  const bases = await git.run({ cwd, args, okCodes: [0, 1] });
  if (bases.exitCode === 1) throw musherError('COMMIT_UNRELATED', { commit, target });
  if (bases.stdout.toString('utf8').trim() === from) return commit;
  const { tree, conflicts } = await mergeTrees(git, cwd, { ours: from, theirs: commit });
  if (conflicts.length > 0) throw conflicted(ask.pin, conflicts);
  const by = await readIdentity(git, cwd);
  return commitTree(git, cwd, { tree, parents: [from, commit], message: messageFor(ask), by });
}

function conflicted({ commit, target }: Pin, files: readonly string[]): MusherError {
  const count = files.length;
  const wire = toWireError('MERGE_CONFLICTED', { commit, target, count, files: files.join(', ') });
  return new MusherError({ ...wire, details: { commit, target, count, files: [...files] } });
}

/** The title is one line, so that a stranger's text cannot pass for our trailers. */
function messageFor({ title, pin, approval, agent }: MergeAsk): string {
  const line = title.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const subject = line === '' ? `Merge ${pin.commit.slice(0, 10)}` : line;
  return `${subject}\n\nMusher-Approval: ${approval}\nMusher-Agent: ${agent}\n`;
}
