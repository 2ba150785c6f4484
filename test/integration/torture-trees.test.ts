// Whatever an agent does to its worktree, in whatever order and at once: what is told is what git says a moment later, by events alone.

import { cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FollowedWorktree, followWorktree } from '../harness/followed-tree.ts';
import { rounds } from '../harness/rounds.ts';
import { waitFor } from '../harness/wait.ts';

const name = fc.constantFrom('a', 'b', 'out', 'a.log', 'ä b');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

/** Most of them fail now and then, as a file is where a folder would be: that is as good as any. */
const deed = fc.oneof(
  fc.record({ write: path, text: fc.constantFrom('', '1', '2') }),
  fc.record({ remove: path }),
  fc.record({ move: path, to: path }),
  fc.record({ copy: path, to: path }),
  fc.record({ folder: path }),
  fc.record({ link: path, to: path }),
  fc.record({ rules: path, text: fc.constantFrom('out/\n', '*.log\n', 'a\n', '!a\n', '') }),
  fc.record({
    git: fc.constantFrom(
      ...['add -A', 'add -f out', 'commit -qm x', 'reset -q', 'reset -q --hard', 'stash -q -u'],
      ...['stash pop -q', 'checkout -q --detach', 'checkout -q agent/a', 'checkout -q -B other'],
      ...['clean -fdq', 'rm -rq --cached --ignore-unmatch out', 'pack-refs --all', 'gc -q'],
    ),
  }),
);
type Deed = Partial<
  Record<
    'write' | 'text' | 'remove' | 'move' | 'to' | 'copy' | 'folder' | 'link' | 'rules' | 'git',
    string
  >
>;

async function act({ root, git }: FollowedWorktree, deed: Deed): Promise<unknown> {
  const at = (place = '') => join(root, place);
  const { write, text = '', remove, move, copy, to, folder, link, rules } = deed;
  if (write) {
    await mkdir(dirname(at(write)), { recursive: true });
    return writeFile(at(write), text);
  }
  if (remove) return rm(at(remove), { recursive: true });
  if (move) return rename(at(move), at(to));
  if (copy) return cp(at(copy), at(to), { recursive: true });
  if (folder) return mkdir(at(folder), { recursive: true });
  if (link) return symlink(to ?? '', at(link));
  if (rules) return writeFile(join(dirname(at(rules)), '.gitignore'), text);
  return git(...(deed.git ?? '').split(' '));
}

it('what is told is what git says, and what is watched is what git does not ignore', async () => {
  const check = async (steps: readonly (readonly Deed[])[]) => {
    const tree = await followWorktree({ files: { 'a/a': '', 'a/b': '1', b: '', 'out/a': '' } });
    try {
      for (const deeds of steps) {
        for (const one of deeds) await act(tree, one).catch(() => undefined);
        await tree.untilTrue();
      }
      await waitFor('the folders', async () => {
        const [now, wanted] = [tree.watched(), await wantedFolders(tree)];
        return now.join() === wanted.join() || `${now} but ${wanted}`;
      });
      expect(tree.troubles).toEqual([]);
      expect(tree.state().seenBy).toBe('events');
    } finally {
      await tree.dispose();
    }
  };
  const steps = fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
  await fc.assert(fc.asyncProperty(steps, check), { numRuns: rounds(3, 300), endOnFailure: true });
});

/** All that are there, but those that git ignores and has no files in. */
async function wantedFolders({ root, git }: FollowedWorktree): Promise<string[]> {
  const find = ['.', '-name', '.git', '-prune', '-o', '-type', 'd', '-print0'];
  const all = execFileSync('find', find, { cwd: root, encoding: 'utf8' }).split('\0');
  const folders = all.filter((one) => one !== '').map((one) => one.slice(2));
  const ignored = new Set<string>();
  for (const folder of folders.filter((one) => one !== ''))
    if (
      await git('check-ignore', '-q', '--', folder).then(
        () => true,
        () => false,
      )
    )
      ignored.add(folder);
  const isIn = (folder: string) =>
    [...ignored].some((one) => folder === one || folder.startsWith(`${one}/`));
  return folders.filter((folder) => !isIn(folder)).sort();
}
