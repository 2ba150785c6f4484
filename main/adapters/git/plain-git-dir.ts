/**
 * A passing git folder that shares the objects of a repository and nothing else: no attributes of its files, no
 * configuration but what decides how the file system is read. What runs in it sees bytes as they are: the same two
 * trees always give the same patch, and a file is stored and written back without line-end or filter conversion.
 */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { splitNul } from './ask.ts';
import type { OpenedRepository } from './open-repository.ts';
import type { Git } from './run.ts';

export interface PlainGitDir {
  /** Gone when the work is done; a place for passing files. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface PlainAsk {
  readonly git: Git;
  readonly repository: Pick<OpenedRepository, 'root' | 'commonDir'>;
  /** Files to work on. Left out: an empty folder, and no user configuration either. */
  readonly worktree?: string;
}

/** What says how names, modes and links of this disk are to be read, and which files are ignored. */
const keptSettings =
  '^(core\\.(filemode|symlinks|ignorecase|precomposeunicode|longpaths|excludesfile)|extensions\\.objectformat)$';

/** Larger files go through git as a stream, and never whole into its memory. */
const streamed = '[core]\n\tbigFileThreshold = 32m\n';

/** `!` and not `-` where git takes "unset" as a value that it must understand. */
const noConversion = '* -text -ident -filter !working-tree-encoding\n';

/** Makes the folder, does the work and takes the folder away. */
export async function withPlainGitDir<T>(
  ask: PlainAsk,
  work: (plain: PlainGitDir) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-git-'));
  try {
    return await work(await fill(ask, folder));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function fill(ask: PlainAsk, folder: string): Promise<PlainGitDir> {
  const gitDir = join(folder, 'git');
  const empty = join(folder, 'empty');
  for (const name of ['info', 'refs', 'objects']) {
    await mkdir(join(gitDir, name), { recursive: true });
  }
  await mkdir(empty);
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
  const bounds = ask.worktree === undefined ? '' : streamed;
  await writeFile(join(gitDir, 'config'), `${await readConfig(ask)}${bounds}`);
  await writeFile(join(gitDir, 'info', 'attributes'), noConversion);
  const { commonDir } = ask.repository;
  await copyFile(join(commonDir, 'info', 'exclude'), join(gitDir, 'info', 'exclude')).catch(
    () => {},
  );
  const env = {
    GIT_DIR: gitDir,
    GIT_OBJECT_DIRECTORY: join(commonDir, 'objects'),
    GIT_WORK_TREE: ask.worktree ?? empty,
    ...(ask.worktree === undefined ? { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' } : {}),
  };
  return { folder, env };
}

async function readConfig({ git, repository }: PlainAsk): Promise<string> {
  const args = ['config', '--includes', '-z', '--get-regexp', keptSettings];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  const lines = splitNul(answer.stdout).map((entry) => settingLine(entry.toString('utf8')));
  return `[core]\n\trepositoryFormatVersion = 1\n\tbare = false\n${lines.join('')}`;
}

/** From one setting of `git config -z`, `section.key` and value parted by a line end, to the form of a file. */
export function settingLine(entry: string): string {
  const at = entry.indexOf('\n');
  const [name, value] = at === -1 ? [entry, 'true'] : [entry.slice(0, at), entry.slice(at + 1)];
  const [section, key] = name.split('.');
  const quoted = value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
  return `[${section}]\n\t${key} = "${quoted}"\n`;
}
