/** The git side of what requests stand on: where agents' branches are, and whether they still have a commit. */
import type { BranchAsk, Branches, BranchFacts } from '../../features/approvals/ports.ts';
import type { Logger } from '../../base/logger.ts';
import { askText, askYes, findCommit } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';
import { callableOff, type Git } from './run.ts';
import { watchRefs } from './watch-refs.ts';

const heads = 'refs/heads/';

export function createBranches({ git, repository }: RepositoryContext, log: Logger): Branches {
  const cwd = repository.root;
  const { commonDir } = repository;
  return {
    watch: (branches, onMoved) =>
      watchRefs({ commonDir, branches, onMoved, clock: git.clock, log }),
    look: (asks, signal) => look(callableOff(git, signal), cwd, asks),
  };
}

async function look(git: Git, cwd: string, asks: readonly BranchAsk[]): Promise<BranchFacts[]> {
  const tips = await readTips(git, cwd, [...new Set(asks.map(({ branch }) => branch))]);
  const facts: BranchFacts[] = [];
  for (const { approval, branch, known, commit, target } of asks) {
    const tip = tips.get(branch);
    if (tip === known) continue;
    if (tip === undefined) facts.push({ approval, branch, holds: false, newer: 0 });
    else
      facts.push({ approval, branch, tip, ...(await relate(git, cwd, { commit, tip, target })) });
  }
  return facts;
}

/** A name is also the beginning of others: those below it are listed too, and left out. */
async function readTips(
  git: Git,
  cwd: string,
  branches: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const format = '--format=%(objectname) %(refname)';
  const args = ['for-each-ref', format, ...branches.map((name) => heads + name)];
  const wanted = new Set(branches);
  const tips = new Map<string, string>();
  for (const line of (await askText(git, { cwd, args })).split('\n')) {
    const at = line.indexOf(' ');
    const branch = line.slice(at + 1 + heads.length);
    if (at > 0 && wanted.has(branch)) tips.set(branch, line.slice(0, at));
  }
  return tips;
}

async function relate(
  git: Git,
  cwd: string,
  { commit, tip, target }: { commit: string; tip: string; target: string },
): Promise<{ holds: boolean; newer: number }> {
  if (tip === commit) return { holds: true, newer: 0 };
  // What was never pinned may be gone by now; no branch has it then.
  if ((await findCommit(git, cwd, commit)) === undefined) return { holds: false, newer: 0 };
  const args = ['merge-base', '--is-ancestor', commit, tip];
  if (!(await askYes(git, { cwd, args }))) return { holds: false, newer: 0 };
  // A merge of the target brings commits that nobody made here.
  const known = (await findCommit(git, cwd, heads + target)) === undefined ? [] : [heads + target];
  const range = [tip, '--not', commit, ...known];
  const count = await askText(git, { cwd, args: ['rev-list', '--count', ...range, '--'] });
  return { holds: true, newer: Number(count) };
}
