/** Which lines differ between two commits, file by file, for carrying places from one to the other. */
import type { FileHunks, Hunk } from '../../features/reviews/ports.ts';
import { splitNul } from './ask.ts';
import { type PlainGitDir, withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';

interface HunksAsk {
  readonly from: string;
  readonly to: string;
  /** As they are called in `from`. */
  readonly paths: readonly string[];
}

interface Change {
  readonly newPath: string | undefined;
  readonly before: string;
  readonly after: string;
  /** Both are files with lines. */
  readonly isText: boolean;
}

export function readHunksBetween(
  context: RepositoryContext,
  { from, to, paths }: HunksAsk,
): Promise<ReadonlyMap<string, FileHunks>> {
  return withPlainGitDir(context, async (plain) => {
    const changes = await listChanges(context, { plain, from, to });
    const files = new Map<string, FileHunks>();
    // One after another: there are seldom more than a few, and git takes milliseconds for each.
    for (const path of paths) {
      const change = changes.get(path);
      if (change !== undefined) files.set(path, await hunksOf(context, plain, change));
    }
    return files;
  });
}

/** By old path. Renames are found over all files, as they are for the diff that is shown. */
async function listChanges(
  { git }: RepositoryContext,
  { plain, from, to }: { plain: PlainGitDir; from: string; to: string },
): Promise<Map<string, Change>> {
  const flags = ['-r', '--raw', '--no-abbrev', '-z', '--find-renames=50%', '-l1000'];
  const args = ['diff-tree', ...flags, from, to, '--'];
  const { stdout } = await git.run({ cwd: plain.folder, args, env: plain.env });
  const fields = splitNul(stdout).map((field) => field.toString('utf8'));
  const changes = new Map<string, Change>();
  for (let at = 0; at < fields.length; ) {
    const [oldMode = '', newMode = '', before = '', after = '', status = ''] = (
      fields[at++] ?? ''
    ).split(' ');
    const path = fields[at++] ?? '';
    const isRenamed = status.startsWith('R');
    const newPath = isRenamed ? fields[at++] : path;
    if (status === 'A') continue;
    const isText = [oldMode, newMode].every(isFile);
    changes.set(path, { newPath: status === 'D' ? undefined : newPath, before, after, isText });
  }
  return changes;
}

/** And no link or submodule; raw modes begin with a colon. */
function isFile(mode: string): boolean {
  return /^:?100(644|755)$/.test(mode);
}

async function hunksOf(
  { git }: RepositoryContext,
  plain: PlainGitDir,
  { newPath, before, after, isText }: Change,
): Promise<FileHunks> {
  if (newPath === undefined) return { newPath, hunks: [] };
  if (before === after) return { newPath, hunks: [] };
  if (!isText) return { newPath, hunks: [], isOpaque: true };
  const flags = ['--no-ext-diff', '--no-textconv', '--no-color', '--unified=0'];
  const args = ['diff', ...flags, '--diff-algorithm=histogram', '--indent-heuristic'];
  const ask = { cwd: plain.folder, env: plain.env };
  const answer = await git.run({ ...ask, args: [...args, before, after] });
  const hunks = readHunks(answer.stdout.toString('utf8'));
  return hunks.length === 0 ? { newPath, hunks, isOpaque: true } : { newPath, hunks };
}

/** Of `git diff --unified=0`, of one file. */
function readHunks(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  for (const [, oldStart = '', oldCount = '1', newStart = '', newCount = '1'] of patch.matchAll(
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
  ))
    hunks.push({
      ...{ oldStart: Number(oldStart), oldCount: Number(oldCount) },
      ...{ newStart: Number(newStart), newCount: Number(newCount) },
    });
  return hunks;
}
