// A real worktree that is followed by the real watch, beside what git itself says of it, what is watched and what git was run for.

import { inspect } from 'node:util';
import { relative } from 'node:path';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { type WatchFolder, watchFolder } from '../../main/adapters/trees/tree-watch.ts';
import { createTrees } from '../../main/adapters/trees/trees.ts';
import { type Clock, systemClock } from '../../main/base/clock.ts';
import type { TreeState, Trees } from '../../main/features/worktrees/ports.ts';
import { type Files, makeRepository, type TestRepository } from './repositories.ts';
import { waitFor } from './wait.ts';

export interface FollowedWorktree {
  readonly repository: TestRepository;
  readonly root: string;
  readonly trees: Trees;
  /** What was told last. */
  state(): TreeState;
  /** How often it was told. */
  readonly told: Array<'all' | readonly string[]>;
  readonly troubles: unknown[];
  /** Subcommands that git was run with by the watch. */
  readonly runs: string[];
  /** Folders of the worktree that are watched now, in order. */
  watched(): string[];
  git(...args: string[]): Promise<string>;
  write(files: Files): Promise<void>;
  /** Until what is told is what git says, and nothing is on its way any more. */
  untilTrue(): Promise<TreeState>;
  /** Until git was not run for a while. */
  untilRest(): Promise<unknown>;
  dispose(): Promise<void>;
}

/** Far more than the watch waits before it looks: each is about 5 ms. */
const restLooks = 50;

interface Options {
  /** In the first commit. */
  readonly files?: Files;
  readonly watch?: WatchFolder;
  readonly clock?: Clock;
  readonly diskKind?: (folder: string) => Promise<number>;
  /** Before it is followed. */
  readonly before?: (repository: TestRepository, root: string) => Promise<unknown>;
}

export async function followWorktree(options: Options = {}): Promise<FollowedWorktree> {
  const { watch: inner = watchFolder, clock = systemClock, diskKind } = options;
  const repository = await makeRepository(
    options.files ?? { 'a.txt': 'one\n', 'src/b.txt': 'b\n' },
  );
  const root = `${repository.worktreesFolder}/a`;
  await repository.git(['worktree', 'add', '-q', '-b', 'agent/a', root]);
  await options.before?.(repository, root);
  const watched = new Map<object, string>();
  const watch: WatchFolder = (folder, onEvent) => {
    const watcher = inner(folder, onEvent);
    watched.set(watcher, folder);
    const close = watcher.close.bind(watcher);
    watcher.close = () => {
      watched.delete(watcher);
      close();
    };
    return watcher;
  };
  const runs: string[] = [];
  // How long git may take is by the system's clock, whatever the watch goes by.
  const own = createGit({ clock: systemClock, env: repository.env });
  const git = countedGit({ ...own, clock }, runs);
  const trees = createTrees(git, { watch, ...(diskKind && { diskKind }) });
  const told: FollowedWorktree['told'] = [];
  const troubles: unknown[] = [];
  let state: TreeState | undefined;
  const end = trees.follow(root, {
    onState(next, touched) {
      state = next;
      told.push(touched);
    },
    onTrouble: (error) => troubles.push(error),
  });
  const one: FollowedWorktree = {
    ...{ repository, root, trees, told, troubles, runs },
    state() {
      if (state === undefined) throw new Error('nothing was told yet');
      return state;
    },
    watched: () =>
      [...watched.values()]
        .filter((folder) => folder === root || folder.startsWith(`${root}/`))
        .map((folder) => relative(root, folder))
        .sort(),
    git: (...args) => repository.git(args, root),
    write: (files) => repository.write(files, root),
    async untilTrue() {
      await waitFor('what is told to be what git says', async () => {
        const wanted = await saysGit(repository, root);
        const found = state && saysState(state);
        return JSON.stringify(found) === JSON.stringify(wanted) || inspect({ found, wanted });
      });
      return one.state();
    },
    untilRest() {
      let seen = -1;
      let times = 0;
      return waitFor('git to rest', () => {
        times = runs.length === seen ? times + 1 : 0;
        seen = runs.length;
        return times === restLooks || runs.join(' ');
      });
    },
    async dispose() {
      await end();
      await repository.dispose();
    },
  };
  await waitFor('the first look', () => state !== undefined);
  await one.untilTrue();
  return one;
}

function countedGit(git: Git, runs: string[]): Git {
  return {
    ...git,
    run(ask) {
      runs.push(ask.args.find((arg) => !arg.startsWith('-')) ?? '');
      return git.run(ask);
    },
  };
}

function saysState({ head, branch, changes }: TreeState) {
  return { head, branch: branch ?? 'HEAD', paths: [...changes.keys()].sort() };
}

async function saysGit(repository: TestRepository, root: string) {
  const ask = (...args: string[]) => repository.git(['--no-optional-locks', ...args], root);
  const status = await ask('status', '--porcelain', '-z', '--untracked-files=all', '--no-renames');
  const paths = `${status}\0`
    .split('\0')
    .filter((line) => line.length > 2)
    // Trimmed output has lost the blank that the first line may begin with.
    .map((line) => line.replace(/^[ A-Z?!]{1,2} /, ''));
  const head = await ask('rev-parse', 'HEAD');
  const branch = await ask('rev-parse', '--abbrev-ref', 'HEAD');
  return { head, branch, paths: [...new Set(paths)].sort() };
}
