/**
 * A git folder of our own, in which the files of agents become trees and are merged, while nothing of the repository is
 * changed: it reads the repository's objects and writes its own beside them, has no refs, and goes as a whole. Of all
 * configuration it has only what says how files are read and merged, so neither a filter nor a merge driver is known
 * here: a path that asks for one by its attributes is taken and merged as git does without.
 */
import { copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { splitNul } from '../ask.ts';
import { settingLine } from '../plain-git-dir.ts';
import type { RepositoryContext } from '../repository-context.ts';

export interface Scratch {
  readonly folder: string;
  /** Of its own objects. */
  readonly objectsFolder: string;
  /** Environment for git at work on the files of a worktree. */
  envOf(worktreePath: string): Readonly<Record<string, string>>;
  /** The repository has what Git LFS is set up with: it keeps pointers in place of some files. */
  readonly hasLfs: boolean;
  /** It was made of this configuration. */
  readonly configStamp: number;
  remove(): Promise<void>;
}

const keptSettings =
  '^(core\\.(filemode|symlinks|ignorecase|precomposeunicode|longpaths|protecthfs|protectntfs|autocrlf|eol|attributesfile|bigfilethreshold|checkroundtripencoding)' +
  '|extensions\\.objectformat|merge\\.(default|renamelimit)|diff\\.(renamelimit|algorithm))$';
const lfsSettings = '^filter\\.lfs\\.(clean|process)$';

/** What a crash loses here is made again; it is read back at once, so packing it tight would only take time. */
const ownSettings =
  '[core]\n\trepositoryFormatVersion = 1\n\tbare = false\n\tfsync = none\n\tlooseCompression = 1\n[index]\n\tversion = 4\n\tskipHash = true\n';

export async function makeScratch(context: RepositoryContext, folder: string): Promise<Scratch> {
  const { commonDir } = context.repository;
  const gitDir = join(folder, 'git');
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  for (const name of ['info', 'refs', join('objects', 'info')])
    await mkdir(join(gitDir, name), { recursive: true, mode: 0o700 });
  const configStamp = await stampOf(commonDir);
  const { config, hasLfs } = await readSettings(context);
  await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
  await writeFile(join(gitDir, 'config'), ownSettings + config);
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), alternate(commonDir));
  for (const name of [join('info', 'attributes'), 'shallow'])
    await copyFile(join(commonDir, name), join(gitDir, name)).catch(() => {});
  return {
    folder,
    objectsFolder: join(gitDir, 'objects'),
    hasLfs,
    configStamp,
    envOf: (worktreePath) => ({
      GIT_DIR: gitDir,
      GIT_WORK_TREE: worktreePath,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
    }),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Another number when the repository's configuration, attributes or depth are others. */
export async function stampOf(commonDir: string): Promise<number> {
  const names = ['config', join('info', 'attributes'), 'shallow'];
  const times = await Promise.all(
    names.map((name) =>
      stat(join(commonDir, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return times.reduce((sum, ms) => sum + ms, 0);
}

/** Quoted as git reads it: a line end or a quote in the path would end it otherwise. */
function alternate(commonDir: string): string {
  const objects = join(commonDir, 'objects').replaceAll('\\', '/');
  return `"${objects.replace(/"/g, '\\"').replace(/\n/g, '\\n')}"\n`;
}

async function readSettings({ git, repository }: RepositoryContext) {
  const args = ['config', '--includes', '-z', '--get-regexp', `${keptSettings}|${lfsSettings}`];
  const answer = await git.run({ cwd: repository.root, args, okCodes: [0, 1] });
  const entries = splitNul(answer.stdout).map((entry) => entry.toString('utf8'));
  const isLfs = (entry: string) => entry.startsWith('filter.lfs.');
  const config = entries.filter((entry) => !isLfs(entry)).map(settingLine);
  return { config: config.join(''), hasLfs: entries.some(isLfs) };
}
