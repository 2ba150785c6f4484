/** How a branch came to where it is, by its reflog. Whoever can write there can say what they like. */
import type { TargetMove } from '../../../preload/contract/targets.ts';
import { splitNul } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';

const shown = 5;
const fields = 4;

/** Newest last; only what came after it was at `from`. None where no reflog is kept. */
export async function readMoves(
  { git, repository }: RepositoryContext,
  { target, from }: { readonly target: string; readonly from: string },
): Promise<TargetMove[]> {
  const format = '--format=%H%x00%gn <%ge>%x00%gs%x00%gd';
  const flags = ['--walk-reflogs', '-z', '--no-show-signature', '--no-color', '--date=unix'];
  const args = ['log', ...flags, format, `--max-count=${shown + 1}`, `refs/heads/${target}`, '--'];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 128] });
  const parts = splitNul(answer.stdout).map((part) => part.toString('utf8'));
  const entries = Array.from({ length: Math.floor(parts.length / fields) }, (_, n) =>
    parts.slice(n * fields, (n + 1) * fields),
  );
  const moves: TargetMove[] = [];
  for (const [n, [to = '', who = '', what = '', name = '']] of entries.entries()) {
    if (to === from || n === shown) break;
    const seconds = Number(/@\{(\d+)\}$/.exec(name)?.[1] ?? 0);
    moves.push({ from: entries[n + 1]?.[0] ?? '', to, who, what, atMs: seconds * 1000 });
  }
  return moves.reverse();
}
