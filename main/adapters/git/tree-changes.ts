/** Every name that differs between two commits, and what it stands for on each side. */
import type { FileKind, TreeChange } from '../../features/approvals/ports.ts';
import { must } from '../../base/assert.ts';
import { splitNul } from './ask.ts';
import { withPlainGitDir } from './plain-git-dir.ts';
import type { RepositoryContext } from './repository-context.ts';

const kinds: Readonly<Record<string, FileKind>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
};
const none = '000000';

/** Full ids. Without renames: of one that was moved, both names count. */
export function listTreeChanges(
  context: RepositoryContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<TreeChange[]> {
  return withPlainGitDir(context, async ({ folder, env }) => {
    const flags = ['--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none', '-z'];
    const args = ['diff-tree', '-r', ...flags, from, to, '--'];
    return parse((await context.git.run({ cwd: folder, args, env })).stdout);
  });
}

/** `:<mode> <mode> <id> <id> <letter>`, then the name. */
function parse(bytes: Buffer): TreeChange[] {
  const fields = splitNul(bytes).map((field) => field.toString('utf8'));
  const changes: TreeChange[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const [before = '', after = ''] = must(fields[at], 'git says how it differs')
      .slice(1)
      .split(' ');
    const path = must(fields[at + 1], 'git says what differs');
    changes.push({
      path,
      ...(before !== none && { before: kinds[before] ?? 'other' }),
      ...(after !== none && { after: kinds[after] ?? 'other' }),
    });
  }
  return changes;
}
