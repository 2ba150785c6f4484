// A repository of 20,000 files with fifty worktrees, quickly: one import, and a disk in memory where there is one.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

export const folders = 1_000;
export const filesInFolder = 20;

export interface TreesFixture {
  /** The main checkout, without files. */
  readonly repository: string;
  readonly roots: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

export const fileAt = (folder: number, file: number) =>
  `src/pkg${folder % 40}/mod${folder}/file${file}.ts`;

/** `filled`: so many of them have their files; the others are worktrees without any. Default: all. */
export async function makeTrees(count: number, filled = count): Promise<TreesFixture> {
  const disk = process.platform === 'linux' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const home = await mkdtemp(join(disk, 'musher-trees-'));
  const repository = join(home, 'repo');
  const env = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_SYSTEM: devNull };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: repository, env, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('git', ['init', '-q', '-b', 'main', repository], { env });
  await importFiles(repository, env);
  const roots = Array.from({ length: count }, (_, index) => join(home, 'trees', `a${index}`));
  for (const [index, root] of roots.entries())
    git(
      ...['worktree', 'add', '-q', ...(index < filled ? [] : ['--no-checkout'])],
      ...['-b', `agent/a${index}`, root, 'main'],
    );
  // What was written in the second of the index is read again at each look: as no repository is for long.
  for (const root of roots.slice(0, filled))
    execFileSync('git', ['status'], { cwd: root, env, stdio: 'ignore' });
  return { repository, roots, env, dispose: () => rm(home, { recursive: true, force: true }) };
}

async function importFiles(cwd: string, env: Record<string, string>): Promise<void> {
  const child = spawn('git', ['fast-import', '--quiet'], {
    cwd,
    env,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  child.stdin.write('commit refs/heads/main\ncommitter a <a@b> 1700000000 +0000\ndata 3\nall\n');
  for (let folder = 0; folder < folders; folder++)
    for (let file = 0; file < filesInFolder; file++) {
      const text = `export const x${folder}_${file} = ${file};\n`.repeat(10);
      child.stdin.write(`M 100644 inline ${fileAt(folder, file)}\ndata ${text.length}\n${text}\n`);
    }
  child.stdin.end();
  await once(child, 'close');
}
