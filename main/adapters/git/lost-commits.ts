/** Commits that a branch leaves behind when it is amended, rebased or reset: a ref keeps them, as no reflog does for long. */
import type { LostCommits } from '../../../preload/contract/commit-facts.ts';
import type { BranchMove, CommitList } from '../../features/commits/ports.ts';
import { askList } from './ask.ts';
import { countCommits } from './commit-lines.ts';
import { refTime } from './ref-time.ts';
import { listRefsAt, moveRef } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { bounded } from './bounded.ts';

const prefix = 'refs/musher/lost/';
/** Of one agent; the oldest beyond them go. */
const kept = 200;
/** As long as git itself keeps what was in a reflog. */
const forgottenAfterMs = 90 * 24 * 3_600_000;
const shown = 20;

/** Undefined where something else still leads to all of it. Idempotent. */
export async function keepLost(
  context: RepositoryContext,
  { agent, from, to }: BranchMove,
): Promise<LostCommits | undefined> {
  const { git, repository } = context;
  const cwd = repository.root;
  const elsewhere = ['--branches', '--tags', '--remotes'];
  const count = await countCommits(context, [from, '--not', to, ...elsewhere]);
  if (count === 0) return undefined;
  const own = `${prefix}${agent}/`;
  const [known] = await listRefsAt(git, cwd, { prefix: own, commit: from });
  if (known !== undefined) return { count, keptRef: known };
  const keptRef = `${own}${refTime(git.clock.now())}-${from.slice(0, 12)}`;
  const reason = 'musher: keep what a branch left behind';
  await moveRef(git, cwd, { ref: keptRef, to: from, from: undefined, reason });
  await forgetOldest(context, agent);
  return { count, keptRef };
}

/** By when they were left, which their names begin with: a commit may be of years ago. */
async function forgetOldest(context: RepositoryContext, agent: string): Promise<void> {
  const { git, repository } = context;
  const oldest = `${prefix}${agent}/${refTime(git.clock.now() - forgottenAfterMs)}`;
  const all = await listAll(context, agent);
  const over = all.filter(({ ref }, at) => at >= kept || ref < oldest);
  if (over.length === 0) return;
  const input = over.map(({ ref, commit }) => `delete ${ref} ${commit}\n`).join('');
  await git.run({ cwd: repository.root, args: ['update-ref', '--no-deref', '--stdin'], input });
}

/** Those left last first. */
export async function listLost(
  context: RepositoryContext,
  agent: string,
): Promise<CommitList['lost']> {
  return (await listAll(context, agent)).slice(0, shown);
}

async function listAll(
  { git, repository }: RepositoryContext,
  agent: string,
): Promise<CommitList['lost']> {
  const format = '--format=%(refname)%00%(objectname)%00%(subject)%00%(committerdate:unix)%00';
  const args = ['for-each-ref', '--sort=-refname', format, `${prefix}${agent}/`];
  const parts = await askList(git, { cwd: repository.root, args });
  const lost: CommitList['lost'] = [];
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [ref = '', commit = '', subject = '', seconds] = parts.slice(at);
    lost.push({
      ref: ref.trim(),
      commit,
      subject: bounded(subject),
      committedMs: Number(seconds) * 1000,
    });
  }
  return lost;
}
