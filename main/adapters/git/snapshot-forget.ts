/** How much room snapshots take, and letting go of those that nobody needs any more. git frees what they held, in its own time. */
import { askText } from './ask.ts';
import { worktreeLane } from './lanes.ts';
import { listRefs } from './refs.ts';
import type { RepositoryContext } from './repository-context.ts';
import { listSnapshots } from './snapshot-list.ts';

/** Walking all that a thousand snapshots hold. */
const longMs = 600_000;
const nestedPrefix = 'refs/musher/nested/';

/** What these commits hold beyond branches, tags and remotes, in bytes on the disk. */
export async function sizeOf(
  { git, repository }: RepositoryContext,
  commits: readonly string[],
): Promise<number> {
  if (commits.length === 0) return 0;
  const ends = ['--not', '--branches', '--tags', '--remotes'];
  const args = ['rev-list', '--objects', '--disk-usage', '--stdin', ...ends];
  const input = `${commits.join('\n')}\n`;
  return Number(await askText(git, { cwd: repository.root, args, input, timeoutMs: longMs }));
}

/** The same of the repositories inside that they name. */
export async function nestedCommits(
  context: RepositoryContext,
  keys: ReadonlySet<string>,
): Promise<string[]> {
  const { git, repository } = context;
  const args = ['for-each-ref', '--format=%(objectname) %(objecttype) %(refname)', nestedPrefix];
  const text = await askText(git, { cwd: repository.root, args });
  return text.split('\n').flatMap((line) => {
    const [id = '', type, ref = ''] = line.split(' ');
    return type === 'commit' && keys.has(keyOf(ref)) ? [id] : [];
  });
}

function keyOf(ref: string): string {
  return ref.slice(nestedPrefix.length).split('/')[0] ?? '';
}

export interface ForgetAsk {
  readonly refs: ReadonlyArray<{ readonly ref: string; readonly commit: string }>;
  /** All that may have a worktree: none of them is kept from while what is inside worktrees is let go of. */
  readonly agents: readonly string[];
}

/** Asked again, it does what is left of it. */
export async function forget(context: RepositoryContext, ask: ForgetAsk): Promise<void> {
  const { commonDir } = context.repository;
  const lanes = [...new Set(ask.agents)].sort().map((agent) => worktreeLane(commonDir, agent));
  // Held together, and always in the same order: who takes a snapshot holds one alone.
  const work = lanes.reduceRight<() => Promise<void>>(
    (inner, lane) => () => context.git.exclusive(lane, inner),
    () => forgetNow(context, ask),
  );
  await work();
}

async function forgetNow(context: RepositoryContext, { refs }: ForgetAsk): Promise<void> {
  const before = await listSnapshots(context);
  const gone = new Set(refs.map(({ ref, commit }) => `${ref} ${commit}`));
  const isGone = (one: { ref: string; commit: string }) => gone.has(`${one.ref} ${one.commit}`);
  const keysOf = (which: typeof before) =>
    new Set(which.flatMap(({ note }) => note.nested.map(({ key }) => key)));
  const over = before.filter(isGone);
  await dropAll(
    context,
    over.map(({ ref, commit }) => `delete ${ref} ${commit}\n`),
  );
  const needed = keysOf(before.filter((one) => !isGone(one)));
  const unneeded = [...keysOf(over)].filter((key) => !needed.has(key));
  for (const key of unneeded) {
    const inside = await listRefs(context.git, context.repository.root, `${nestedPrefix}${key}/`);
    await dropAll(
      context,
      inside.map((ref) => `delete ${ref}\n`),
    );
  }
}

async function dropAll(
  { git, repository }: RepositoryContext,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  const args = ['update-ref', '--no-deref', '--stdin'];
  await git.run({ cwd: repository.root, args, input: lines.join('') });
}
