/** What a target got between two of its commits, and which agents changed the same files. */
import type { Advance } from '../../../preload/contract/approval-outcomes.ts';
import type { Review, TargetAgent } from '../../features/approvals/ports.ts';
import { askList, askText } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { isPresent } from './worktree-list.ts';
import { bounded } from './bounded.ts';

const most = { commits: 20, files: 50, touched: 20 };
const names = ['--no-renames', '--name-only', '-z', '--no-ext-diff', '--ignore-submodules=dirty'];

/** See `Review.advance`. */
export async function advance(
  context: RepositoryContext,
  { target, from, to, agents }: Parameters<Review['advance']>[0],
): Promise<Advance> {
  const { git, repository } = context;
  const cwd = repository.root;
  const range = `${from}..${to}`;
  const count = ['rev-list', '--count', '--first-parent', range, '--'];
  const format = ['--format=%H%x00%s', '-z', '--no-show-signature', '--no-color'];
  const log = ['log', '--first-parent', ...format, `--max-count=${most.commits}`, range, '--'];
  const [files, total, fields] = await Promise.all([
    askList(git, { cwd, args: ['diff', ...names, from, to, '--'] }),
    askText(git, { cwd, args: count }),
    askList(git, { cwd, args: log }),
  ]);
  const changed = new Set(files);
  const told: Advance['agents'] = [];
  for (const one of agents) {
    // One that cannot be looked at is told all the same.
    const own = await changedBy(context, one, to).catch(() => []);
    const touches = own.filter((file) => changed.has(file)).slice(0, most.touched);
    told.push({ agent: one.agent, touches });
  }
  const commits: Advance['commits'] = [];
  for (let at = 0; at + 1 < fields.length; at += 2)
    commits.push({ commit: fields[at] ?? '', subject: bounded(fields[at + 1] ?? '') });
  return {
    ...{ target, from, to, commits, commitCount: Number(total), agents: told },
    ...{ files: files.slice(0, most.files), fileCount: files.length },
  };
}

/** Since its branch left the target, with what is not committed yet where there is a worktree. */
async function changedBy(
  { git, repository }: RepositoryContext,
  { branch, worktreePath }: TargetAgent,
  to: string,
): Promise<string[]> {
  const ref = `refs/heads/${branch}`;
  const base = await askText(git, { cwd: repository.root, args: ['merge-base', to, ref] });
  if (worktreePath === undefined || !(await isPresent(worktreePath)))
    return askList(git, { cwd: repository.root, args: ['diff', ...names, base, ref, '--'] });
  return askList(git, { cwd: worktreePath, args: ['diff', ...names, base, '--'] });
}
