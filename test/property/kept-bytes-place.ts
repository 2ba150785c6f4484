// One agent's worktree on real git, and every byte that was in it when it was kept. Cheap: the repository is a copy of one that
// was made once, ids of files are reckoned here, and git is asked about all of them once, at the end.

import { createHash } from 'node:crypto';
import { cp, lstat, mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { OpenedRepository } from '../../main/adapters/git/open-repository.ts';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { createSnapshots } from '../../main/adapters/git/snapshots.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import { chooseForgotten } from '../../main/features/snapshots/retention.ts';
import { snapshotSettings } from '../../main/features/snapshots/settings.ts';
import { type Files, makeRepository, type TestRepository } from '../harness/repositories.ts';

export const agent = 'ada';
const ask = { agent, branch: 'agent/ada', base: 'main' };
const ignored = /^(build\/|.*\.log$)/;

/** Made once; each place is a copy of it. */
export async function makeTemplate(): Promise<TestRepository> {
  return makeRepository({
    ...{ 'readme.md': 'hello\n', 'src/a.txt': 'a\n', 'src/deep/b.txt': 'b\n' },
    ...{ 'tool.sh': { run: '#!/bin/sh\n' }, '.gitignore': 'build/\n*.log\n' },
  });
}

/** Bytes that must be found as long as this ref is there. */
interface Moment {
  readonly ref: string;
  readonly blobs: ReadonlyMap<string, string>;
}

export class Place {
  /** Wall time, moved by the test: what is kept grows old. */
  nowMs = Date.parse('2026-01-02T03:04:05Z');
  readonly path: string;
  private readonly home: string;
  private readonly opened: OpenedRepository;
  private readonly plain: Git;
  private readonly repository: TestRepository;
  /** Undefined while the agent has a worktree. */
  private heldRef: string | undefined;
  private isDestroyed = false;
  private moments: Moment[] = [];

  private constructor(home: string, repository: TestRepository) {
    this.home = home;
    this.repository = repository;
    const root = join(home, 'repo');
    const commonDir = join(root, '.git');
    this.opened = { root, commonDir, name: 'repo', worktreesFolder: `${root}.worktrees` };
    this.path = join(this.opened.worktreesFolder, agent);
    const clock = { ...systemClock, now: () => this.nowMs };
    this.plain = createGit({ clock, env: repository.env });
  }

  static async open(template: TestRepository): Promise<Place> {
    const home = await realpath(await mkdtemp(join(tmpdir(), 'musher-kept-')));
    await cp(template.root, join(home, 'repo'), { recursive: true });
    const place = new Place(home, template);
    await place.worktrees().provision(ask);
    return place;
  }

  dispose(): Promise<void> {
    return rm(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  /** As the agent; what it tries in vain is passed over. */
  async write(files: Files): Promise<void> {
    if (!this.isDestroyed) await this.repository.write(files, this.path).catch(() => undefined);
  }

  async git(commands: readonly (readonly string[])[]): Promise<void> {
    if (this.isDestroyed) return;
    for (const args of commands) await this.repository.git(args, this.path).catch(() => undefined);
  }

  /** At the end of its program, by time, or asked for. */
  async keep(why: 'exit' | 'timer' | 'asked'): Promise<void> {
    if (this.isDestroyed) return;
    const blobs = await this.look();
    const taken = await this.snapshots().take({ agent, worktreePath: this.path, why });
    this.moments.push({ ref: taken.snapshot.ref, blobs });
  }

  async destroy(): Promise<void> {
    if (this.isDestroyed) return;
    const blobs = await this.look();
    const ask = { agent, worktreePath: this.path };
    const { snapshotRef, isGone } = await this.worktrees().retire(ask);
    expect(isGone).toBe(false);
    this.moments.push({ ref: snapshotRef ?? '', blobs });
    this.heldRef = snapshotRef;
    this.isDestroyed = true;
  }

  /** With all its files, or as another agent of that name. */
  async begin(how: 'revive' | 'anew'): Promise<void> {
    if (!this.isDestroyed) await this.destroy();
    const snapshotRef = how === 'revive' ? this.heldRef : undefined;
    const blobs = this.moments.at(-1)?.blobs;
    await this.worktrees().provision({ ...ask, ...(snapshotRef && { snapshotRef }) });
    this.isDestroyed = false;
    this.heldRef = undefined;
    if (snapshotRef === undefined) return;
    const now = new Set((await this.look()).keys());
    for (const [id, name] of blobs ?? []) expect(now.has(id), `${name} after a revival`).toBe(true);
  }

  /** One that was kept, over what is there, which is kept first. */
  async restore(which: number, paths: readonly string[] | undefined): Promise<void> {
    if (this.isDestroyed) return;
    const all = await this.snapshots().list({});
    const chosen = all[which % Math.max(all.length, 1)];
    if (chosen === undefined) return;
    const blobs = await this.look();
    const { commit } = chosen.snapshot;
    const asked = { agent, path: this.path, commit, ...(paths && { paths }) };
    const done = await this.snapshots()
      .restore(asked)
      .catch((error: { wire?: { code: string } }) => {
        if (error.wire?.code !== 'SNAPSHOT_IN_WAY') throw error;
        return undefined;
      });
    if (done?.before) this.moments.push({ ref: done.before.ref, blobs });
  }

  /** The hub is killed after so many calls of git in the middle of one of these, and begins it again. */
  async killedIn(work: 'destroy' | 'restore' | 'keep', calls: number): Promise<void> {
    if (this.isDestroyed) return;
    const off = new AbortController();
    let left = calls;
    const git: Git = {
      ...this.plain,
      run: (one) => {
        left -= 1;
        if (left === 0) off.abort(new Error('killed'));
        return this.plain.run(one);
      },
    };
    const { signal } = off;
    const own = { agent, worktreePath: this.path, signal };
    const blobs = await this.look();
    if (work === 'destroy')
      await this.worktrees(git)
        .retire(own)
        .catch(() => undefined);
    else if (work === 'keep')
      await this.snapshots(git)
        .take({ ...own, why: 'exit' })
        .catch(() => undefined);
    else {
      const [newest] = await this.snapshots().list({});
      const asked = { agent, path: this.path, commit: newest?.snapshot.commit ?? '', signal };
      if (newest)
        await this.snapshots(git)
          .restore(asked)
          .catch(() => undefined);
    }
    const isThere = await lstat(this.path).then(
      () => true,
      () => false,
    );
    if (work !== 'destroy' || isThere) {
      // What a restore had not kept before it was killed, it had not touched either.
      const now = await this.look();
      const gone = new Map([...blobs].filter(([id]) => !now.has(id)));
      if (work === 'restore') await this.expectFound(gone);
      else expect([...gone.values()], 'changed by what only looks').toEqual([]);
      return;
    }
    const { snapshotRef } = await this.worktrees().retire({ agent, worktreePath: this.path });
    this.moments.push({ ref: snapshotRef ?? '', blobs });
    this.heldRef = snapshotRef;
    this.isDestroyed = true;
  }

  /** Somebody removes the folder, and the agent is started again. What was in no snapshot is lost by them. */
  async loseFolder(): Promise<void> {
    if (this.isDestroyed) return;
    const staged = await this.repository.git(['ls-files', '-s'], this.path).catch(() => '');
    const ids = [...staged.matchAll(/^1[02]\d{4} ([0-9a-f]+) 0\t(.*)$/gm)];
    await rm(this.path, { recursive: true, force: true });
    await this.worktrees().provision(ask);
    const [newest] = await this.snapshots().list({});
    if (newest?.snapshot.why === 'vanished')
      this.moments.push({
        ref: newest.snapshot.ref,
        blobs: new Map(ids.map(([, id = '', name = '']) => [id, name])),
      });
  }

  /** Months pass, and what is older than is kept is let go of. */
  async sweep(days: number): Promise<void> {
    this.nowMs += days * 24 * 3_600_000;
    const all = (await this.snapshots().list({})).map(({ snapshot }) => snapshot);
    const held = new Set(this.heldRef === undefined ? [] : [this.heldRef]);
    const settings = snapshotSettings([]);
    const over = chooseForgotten(all, {
      settings,
      nowMs: this.nowMs,
      held,
      agents: new Set([agent]),
    });
    await this.snapshots().forget({ refs: over, agents: [agent] });
    const gone = new Set(over.map(({ ref }) => ref));
    expect(gone.has(all[0]?.ref ?? '-')).toBe(false);
    for (const { ref, atMs } of all)
      if (this.nowMs - atMs < 7 * 24 * 3_600_000) expect(gone.has(ref)).toBe(false);
    this.moments = this.moments.filter(({ ref }) => !gone.has(ref));
  }

  /** git cleans up as in the course of months; then every byte of every moment is looked for. */
  async expectAll(): Promise<number> {
    const git = (...args: string[]) => this.repository.git(args, this.opened.root);
    await git('reflog', 'expire', '--expire=now', '--all');
    await git('prune', '--expire=now');
    const all = new Map(this.moments.flatMap(({ blobs }) => [...blobs]));
    await this.expectFound(all);
    const refs = new Set((await git('for-each-ref', '--format=%(refname)')).split('\n'));
    for (const { ref } of this.moments) expect(refs.has(ref), ref).toBe(true);
    return all.size;
  }

  private async expectFound(blobs: ReadonlyMap<string, string>): Promise<void> {
    if (blobs.size === 0) return;
    const args = ['cat-file', '--batch-check=%(objectname)'];
    const input = `${[...blobs.keys()].join('\n')}\n`;
    const { stdout } = await this.plain.run({ cwd: this.opened.root, args, input });
    const missing = stdout
      .toString('utf8')
      .split('\n')
      .filter((line) => line.endsWith(' missing'))
      .map((line) => blobs.get(line.split(' ')[0] ?? ''));
    expect(missing, 'bytes that cannot be reached any more').toEqual([]);
  }

  /** Ids that git gives to what is in the files, tracked or not; what is ignored and untracked is in no snapshot. */
  private async look(prefix = ''): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const entry of await readdir(join(this.path, prefix), { withFileTypes: true })) {
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.name === '.git' || ignored.test(entry.isDirectory() ? `${name}/` : name)) continue;
      const full = join(this.path, name);
      if (entry.isDirectory()) for (const one of await this.look(name)) found.set(...one);
      else {
        const bytes = entry.isSymbolicLink()
          ? Buffer.from(await readlink(full))
          : await readFile(full);
        const head = Buffer.from(`blob ${bytes.length}\0`);
        found.set(createHash('sha1').update(head).update(bytes).digest('hex'), name);
      }
    }
    return found;
  }

  private worktrees(git = this.plain) {
    return createWorktrees({ git, repository: this.opened });
  }

  private snapshots(git = this.plain) {
    return createSnapshots({ git, repository: this.opened });
  }
}
