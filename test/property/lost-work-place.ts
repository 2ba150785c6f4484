// One agent's worktree, and a memory of all that was ever written there, to look for it again.

import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Worktrees } from '../../main/features/agents/ports.ts';
import { historyOf, nestedRepositories } from '../harness/nested-repositories.ts';
import { photograph } from '../harness/photograph.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { places, type Step } from './lost-work-steps.ts';

const agent = 'ada';
const ask = { agent, branch: 'agent/ada', base: 'main' };

/** What the worktree held when it went. */
interface Seen {
  readonly files: Readonly<Record<string, string>>;
  /** Of each repository inside, by its place. */
  readonly commits: ReadonlyMap<string, readonly string[]>;
}

interface Kept extends Seen {
  readonly ref: string;
}

export class Workplace {
  /** Objects that the repository must have: commits that were made, blobs that were staged. */
  #objects = new Set<string>();
  readonly #kept: Kept[] = [];

  readonly #repository: TestRepository;
  readonly #source: TestRepository;
  readonly #git: Git;
  readonly #path: string;

  private constructor(repository: TestRepository, source: TestRepository) {
    this.#repository = repository;
    this.#source = source;
    this.#git = createGit({ clock: systemClock, env: repository.env });
    this.#path = join(repository.worktreesFolder, agent);
  }

  static async open(): Promise<Workplace> {
    const repository = await makeRepository({ 'readme.md': 'hello\n', 'src/a.txt': 'a\n' });
    const source = await makeRepository({ 'lib.txt': 'one\n' });
    await source.commit('two', { 'lib.txt': 'two\n' });
    const place = new Workplace(repository, source);
    const made = await (await place.#worktrees()).provision(ask);
    place.#objects.add(made.base.commit);
    return place;
  }

  async dispose(): Promise<void> {
    await this.#repository.dispose();
    await this.#source.dispose();
  }

  /** Throws when something is lost, or the worktree cannot be taken away. What an agent tries in vain is passed over. */
  async take(step: Step): Promise<void> {
    if (step.does === 'write') {
      const name = `${step.folder}${step.file}`;
      await this.#repository.write({ [name]: step.spec }, this.#path).catch(() => undefined);
    } else if (step.does === 'git') await this.#runGit(step.in, step.commands);
    else if (step.does === 'nest') await this.#nest(step.place, step.sort);
    else if (step.does === 'lose the git folder') await this.#loseGitFolder();
    else if (step.does === 'move by hand') await this.#moveByHand();
    else if (step.does === 'begin anew') {
      this.#kept.push(await this.#destroy());
      await (await this.#worktrees()).provision(ask);
    } else await this.#revive(await this.#destroy('calls' in step ? step.calls : undefined));
  }

  /** What was kept under way comes back too. */
  async finish(): Promise<void> {
    await this.#revive(await this.#destroy());
    for (const kept of this.#kept) {
      await this.#destroy();
      await this.#revive(kept);
    }
  }

  async #runGit(folder: string, commands: readonly (readonly string[])[]): Promise<void> {
    const cwd = join(this.#path, folder);
    for (const args of commands) await this.#repository.git(args, cwd).catch(() => undefined);
    const head = await this.#repository
      .git(['rev-parse', 'HEAD'], this.#path)
      .catch(() => undefined);
    if (head !== undefined) this.#objects.add(head);
  }

  async #nest(place: string, sort: string): Promise<void> {
    const inside = join(this.#path, place);
    await mkdir(join(inside, '..'), { recursive: true }).catch(() => undefined);
    const { git } = this.#repository;
    const plan = { inside, worktree: this.#path, source: this.#source.root, git };
    await nestedRepositories[sort]?.(plan).catch(() => undefined);
  }

  async #destroy(calls?: number): Promise<Kept> {
    const seen = await this.#look();
    if (calls !== undefined) await this.#destroyHalfway(calls, seen);
    const retired = await (await this.#worktrees()).retire({ agent, worktreePath: this.#path });
    expect(retired).toEqual({ snapshotRef: expect.any(String), isGone: false });
    await this.#cleanUp();
    await this.#expectObjects();
    return { ...seen, ref: retired.snapshotRef ?? '' };
  }

  /** As a stop of the hub does. Whole before or gone after, never between. */
  async #destroyHalfway(calls: number, seen: Seen): Promise<void> {
    const off = new AbortController();
    let left = calls;
    const counted: Git = {
      ...this.#git,
      run: (one) => {
        left -= 1;
        if (left === 0) off.abort(new Error('called off'));
        return this.#git.run(one);
      },
    };
    const worktrees = await this.#worktrees(counted);
    const asked = { agent, worktreePath: this.#path, signal: off.signal };
    await worktrees.retire(asked).catch(() => undefined);
    const files = await photograph(this.#path).catch(() => undefined);
    if (files !== undefined)
      expect(withoutGitFolders(files)).toEqual(withoutGitFolders(seen.files));
  }

  async #revive({ ref, files, commits }: Kept): Promise<void> {
    await (await this.#worktrees()).provision({ ...ask, snapshotRef: ref });
    expect(withoutGitFolders(await photograph(this.#path))).toEqual(withoutGitFolders(files));
    for (const [place, ids] of commits) {
      for (const id of ids) {
        const has = (cwd: string) => this.#repository.gitPasses(['cat-file', '-e', id], cwd);
        const isThere = (await has(join(this.#path, place))) || (await has(this.#repository.root));
        expect(isThere, `commit ${id} of ${place}`).toBe(true);
      }
    }
  }

  async #look(): Promise<Seen> {
    const staged = await this.#repository.git(['ls-files', '-s'], this.#path).catch(() => '');
    for (const [, id] of staged.matchAll(/^1[02]\d{4} ([0-9a-f]+) /gm)) this.#objects.add(id ?? '');
    const commits = new Map<string, string[]>();
    for (const place of places) {
      const history = await historyOf(this.#repository.git, join(this.#path, place));
      const ids = history.split('\n').map((line) => line.split(' ')[0] ?? '');
      commits.set(
        place,
        ids.filter((id) => /^[0-9a-f]{40}$/.test(id)),
      );
    }
    return { files: await photograph(this.#path), commits };
  }

  /** What git does by itself in the course of months. */
  async #cleanUp(): Promise<void> {
    const { git, root } = this.#repository;
    await git(['reflog', 'expire', '--expire=now', '--all'], root);
    await git(['prune', '--expire=now'], root);
  }

  async #expectObjects(): Promise<void> {
    const args = ['cat-file', '--batch-check=%(objecttype) %(objectname)'];
    const input = [...this.#objects].join('\n');
    const { stdout } = await this.#git.run({
      cwd: this.#repository.root,
      args,
      input: `${input}\n`,
    });
    expect(
      stdout
        .toString('utf8')
        .split('\n')
        .filter((line) => line.endsWith(' missing')),
    ).toEqual([]);
  }

  /** What only that folder knew is lost by it, and not by us. */
  async #loseGitFolder(): Promise<void> {
    await rm(join(this.#repository.commonDir, 'worktrees', agent), {
      recursive: true,
      force: true,
    });
    await this.#cleanUp();
    const args = ['cat-file', '--batch-check=%(objectname)'];
    const input = [...this.#objects, ''].join('\n');
    const { stdout } = await this.#git.run({ cwd: this.#repository.root, args, input });
    this.#objects = new Set(
      stdout
        .toString('utf8')
        .split('\n')
        .filter((line) => /^\w+$/.test(line)),
    );
  }

  async #moveByHand(): Promise<void> {
    if (!(await this.#isWhole())) return;
    const before = await this.#look();
    const moved = `${this.#path}-moved`;
    await rename(this.#path, moved);
    const retired = await (await this.#worktrees()).retire({ agent, worktreePath: this.#path });
    expect(retired.isGone).toBe(true);
    await rename(moved, this.#path);
    await this.#repository.git(['worktree', 'repair', this.#path]);
    const after = await this.#look();
    expect(withoutGitFolders(after.files)).toEqual(withoutGitFolders(before.files));
  }

  /** Whether git knows the worktree. */
  #isWhole(): Promise<boolean> {
    return this.#repository.gitPasses(['rev-parse', '--git-dir'], this.#path);
  }

  async #worktrees(git = this.#git): Promise<Worktrees> {
    return createWorktrees({
      git,
      repository: this.#repository,
    });
  }
}

/** A git folder under another name is files too, but git writes to it while we look; its commits are looked for. */
function withoutGitFolders(files: Seen['files']): Seen['files'] {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.includes('-git/')));
}
