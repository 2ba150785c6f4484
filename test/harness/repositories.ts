// Real repositories in a temporary folder, with a user's configuration of their own, gone when disposed.

import { execFile } from 'node:child_process';
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fixedDate, importOf } from './import-commit.ts';
import { hasRef, readTip } from './read-tip.ts';
import { copyOfTemplate } from './repository-templates.ts';

const execFileAsync = promisify(execFile);

/** Text or bytes, or null to delete it. An object makes a link or a file that can be run. */
export type FileSpec =
  | string
  | Buffer
  | null
  | { readonly link: string }
  | { readonly run: string };
export type Files = Readonly<Record<string, FileSpec>>;

/** Names, root and folders are what `openRepository` would say for it. */
export interface TestRepository {
  readonly root: string;
  readonly name: string;
  readonly commonDir: string;
  readonly worktreesFolder: string;
  /** Environment for git: no configuration but `userConfig`. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Trimmed stdout; rejects when git fails. Runs in the root unless told otherwise. What `rev-parse` would say of HEAD and
   * of a branch is read where git has it, without a process.
   */
  git(args: readonly string[], cwd?: string): Promise<string>;
  /** True when git ends with 0. */
  gitPasses(args: readonly string[], cwd?: string): Promise<boolean>;
  write(files: Files, cwd?: string): Promise<void>;
  /** Writes, adds all and commits; gives the commit id. Author and dates are fixed. */
  commit(message: string, files: Files, cwd?: string): Promise<string>;
  /** A commit on a branch of its own that starts at `from`; no worktree is touched. */
  commitOn(branch: string, files: Files, from?: string): Promise<string>;
  /** Sets the user's (global) configuration, for example `color.ui` to `always`. */
  userConfig(settings: Readonly<Record<string, string>>): Promise<void>;
  dispose(): Promise<void>;
}

/** A repository on branch `main` with one commit of `files`; with null no commit at all. */
export async function makeRepository(
  files: Files | null = { 'readme.md': 'hello\n' },
  options: { name?: string; args?: readonly string[] } = {},
): Promise<TestRepository> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'musher-test-')));
  const root = join(home, options.name ?? 'repo');
  const env = isolatedEnv(home);
  await writeFile(env.GIT_CONFIG_GLOBAL, userConfig);
  const init = (at: string) =>
    execFileAsync('git', ['init', '-q', '-b', 'main', ...(options.args ?? []), at], { env });
  const make = async (at: string) => {
    await init(at);
    if (files !== null) await buildOn(home, at, env).commit('start', files);
  };
  // What is not plain (bare, other ids) is made each time.
  if (files === null || options.args !== undefined) await make(root);
  else await copyOfTemplate(root, files, make);
  return buildOn(home, root, env);
}

/** Without the process that git starts after each commit to see whether there is anything to clean up. */
const userConfig = `[user]
\tname = Ann
\temail = ann@example.com
[core]
\tfsync = none
[gc]
\tauto = 0
[maintenance]
\tauto = false
`;

function isolatedEnv(home: string): Record<string, string> & { GIT_CONFIG_GLOBAL: string } {
  const { PATH = '', Path, SystemRoot } = process.env;
  return {
    PATH: Path ?? PATH,
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
    GIT_CONFIG_SYSTEM: devNull,
    GIT_AUTHOR_DATE: fixedDate,
    GIT_COMMITTER_DATE: fixedDate,
  };
}

function buildOn(
  home: string,
  root: string,
  env: Record<string, string> & { GIT_CONFIG_GLOBAL: string },
): TestRepository {
  const git: TestRepository['git'] = async (args, cwd = root) => {
    const tip = await readTip(args, cwd);
    if (tip !== undefined) return tip;
    const { stdout } = await execFileAsync('git', [...args], { cwd, env, maxBuffer: 1 << 28 });
    return stdout.trim();
  };
  const write: TestRepository['write'] = async (files, cwd = root) => {
    for (const [path, spec] of Object.entries(files)) await put(join(cwd, path), spec);
  };
  const commit: TestRepository['commit'] = async (message, files, cwd = root) => {
    await write(files, cwd);
    await git(['add', '-A'], cwd);
    await git(
      ['commit', '-q', '--no-verify', '--no-gpg-sign', '--allow-empty', '-m', message],
      cwd,
    );
    return git(['rev-parse', 'HEAD'], cwd);
  };
  return {
    root,
    name: basename(root),
    commonDir: join(root, '.git'),
    worktreesFolder: `${root}.worktrees`,
    env,
    git,
    gitPasses: (args, cwd) =>
      git(args, cwd).then(
        () => true,
        () => false,
      ),
    write,
    commit,
    async commitOn(branch, files, from = 'HEAD') {
      const ref = `refs/heads/${branch}`;
      const start = (await hasRef(join(root, '.git'), ref)) ? await git(['rev-parse', ref]) : from;
      const running = execFileAsync('git', ['fast-import', '--quiet'], { cwd: root, env });
      running.child.stdin?.end(importOf({ ref, start, message: `work on ${branch}`, files }));
      return (await running).stdout.trim();
    },
    async userConfig(settings) {
      const lines = Object.entries(settings).map(([name, value]) => settingLine(name, value));
      await appendFile(env.GIT_CONFIG_GLOBAL, lines.join(''));
    },
    dispose: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** What git writes for it, but as a section of its own. What comes later counts. */
function settingLine(name: string, value: string): string {
  const [section = '', ...parts] = name.split('.');
  const [key = '', ...more] = parts.toReversed();
  const within = more.length > 0 ? ` ${JSON.stringify(more.toReversed().join('.'))}` : '';
  return `[${section}${within}]\n\t${key} = ${JSON.stringify(value)}\n`;
}

async function put(path: string, spec: FileSpec): Promise<void> {
  if (spec === null) return rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  const found = await lstat(path).catch(() => undefined);
  const isLink = typeof spec === 'object' && 'link' in spec;
  if (found !== undefined && (isLink || !found.isFile())) await rm(path, { recursive: true });
  if (typeof spec === 'string' || Buffer.isBuffer(spec)) return writeFile(path, spec);
  if ('link' in spec) return symlink(spec.link, path);
  await writeFile(path, spec.run);
  await chmod(path, 0o755);
}
