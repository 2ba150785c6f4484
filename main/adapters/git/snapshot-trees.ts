/** Trees of a worktree's files and of its index, made with passing copies of the index; nothing of the worktree is touched. */
import { askText, joinNul } from './ask.ts';
import { listIncluded } from './include.ts';
import { type Nested, outermost } from './nested.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { IndexEntry, PassingIndex } from './passing-index.ts';

/** Reading and packing gigabytes takes long; giving up would keep the worktree for ever. */
const longMs = 600_000;

export interface FilesAsk {
  readonly indexes: PassingIndex;
  /** Left out, as git would keep only the id of their commit, or stumble over what is wrong with them. */
  readonly nested: readonly Pick<Nested, 'name' | 'isTracked' | 'kept'>[];
  /** A look at all files just found none that git does not know. */
  readonly isAllKnown?: boolean;
}

/** Tree of all files as they are on the disk. Cheap when asked again and nothing changed. */
export async function writeFilesTree(
  context: RepositoryContext,
  { indexes, nested, isAllKnown = false }: FilesAsk,
): Promise<string> {
  const { git } = context;
  const { path: cwd, filesEnv: env } = indexes;
  const out = nested.filter((one) => !one.isTracked || one.kept === 'files');
  // git takes no path inside a submodule, also not one to leave out.
  const excludes = outermost(out).map((one) => `:(top,literal,exclude)${one.name}`);
  await git.run({
    cwd,
    args: ['add', isAllKnown ? '--update' : '--all', '--', ':(top)', ...excludes],
    env,
    timeoutMs: longMs,
  });
  const included = await listIncluded(context, { cwd, env });
  if (included.length > 0) {
    const args = [
      '--literal-pathspecs',
      'add',
      '--force',
      '--pathspec-from-file=-',
      '--pathspec-file-nul',
    ];
    await git.run({ cwd, args, env, input: joinNul(included), timeoutMs: longMs });
  }
  return askText(git, { cwd, args: ['write-tree'], env });
}

/** Tree of what is staged. A file in conflict is there as the side of HEAD has it. */
export async function writeIndexTree(
  { git }: RepositoryContext,
  { path: cwd, indexEnv: env, entries }: Pick<PassingIndex, 'path' | 'indexEnv' | 'entries'>,
): Promise<string | undefined> {
  if (env === undefined) return undefined;
  const lines = chooseStages(entries);
  if (lines.length > 0) {
    await git.run({
      cwd,
      args: ['update-index', '-z', '--index-info'],
      env,
      input: joinNul(lines),
    });
  }
  return askText(git, { cwd, args: ['write-tree'], env });
}

/** From each side of a file in conflict to one line for it: ours, else theirs, else the common one. */
function chooseStages(entries: readonly IndexEntry[]): Buffer[] {
  const chosen = new Map<string, { rank: number; line: Buffer }>();
  for (const { what, name } of entries) {
    if (what.endsWith(' 0')) continue;
    const [mode, id, stage] = what.split(' ');
    const key = name.toString('latin1');
    const rank = '231'.indexOf(stage ?? '');
    if ((chosen.get(key)?.rank ?? 9) <= rank) continue;
    chosen.set(key, { rank, line: Buffer.from(`${mode} ${id} 0\t${key}`, 'latin1') });
  }
  return [...chosen.values()].map(({ line }) => line);
}
