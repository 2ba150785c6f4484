/**
 * Which changed files the base's own `.gitattributes` call generated (`linguist-generated`). The agent's commit has no say: it could
 * fold away what it changed.
 */
import { join } from 'node:path';
import { joinNul, splitNul } from './ask.ts';
import { listPaths } from './diff.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';

const attribute = 'linguist-generated';

export async function listGenerated(
  context: RepositoryContext,
  { base, commit }: { readonly base: string; readonly commit: string },
): Promise<string[]> {
  const attributes = await findAttributeFiles(context, base);
  if (attributes.length === 0) return [];
  const paths = await listPaths(context, { base, commit });
  if (paths.length === 0) return [];
  return withPlainGitDir(context, async ({ folder, env }) => {
    // An index of nothing but those files: git reads attributes from there with --cached.
    const ask = { cwd: folder, env: { ...env, GIT_INDEX_FILE: join(folder, 'attributes-index') } };
    const args = ['update-index', '-z', '--index-info'];
    await context.git.run({ ...ask, args, input: joinNul(attributes) });
    const names = joinNul(paths.map((path) => Buffer.from(path)));
    const check = ['check-attr', '--cached', '-z', '--stdin', attribute];
    const { stdout } = await context.git.run({ ...ask, args: check, input: names });
    const fields = splitNul(stdout).map((field) => field.toString('utf8'));
    return paths.filter((_, index) => ['set', 'true'].includes(fields[index * 3 + 2] ?? ''));
  });
}

/** As `git ls-tree` lists them, which is what an index takes. */
async function findAttributeFiles(
  { git, repository }: RepositoryContext,
  base: string,
): Promise<Buffer[]> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', base];
  const entries = splitNul((await git.run({ cwd: repository.root, args })).stdout);
  return entries.filter((entry) => /[\t/]\.gitattributes$/.test(entry.toString('utf8')));
}
