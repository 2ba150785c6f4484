// From the yes to the merge, without gates, in a repository of 20,000 files: through the hub, beside the same git commands by
// hand in the same run. Once with the target checked out nowhere, once with its clean checkout brought along. How many git
// processes that takes is the same on every machine.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit, type Git } from '../../main/adapters/git/run.ts';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Review } from '../../main/features/approvals/ports.ts';
import { openHub } from '../../main/hub/hub.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { fileAt, files } from './conflicts-fixture.ts';
import { at } from './load.ts';

const rounds = 30;
const limitMs = 300;
const exec = promisify(execFile);

export const bench: Bench = {
  name: 'merge',
  async run() {
    console.log(`load ${loadavg()[0]?.toFixed(1)}`);
    const numbers = [...(await measure('bare', false)), ...(await measure('checkout', true))];
    console.log(`load ${loadavg()[0]?.toFixed(1)}`);
    return numbers;
  },
};

async function measure(name: string, updateCheckout: boolean): Promise<BenchNumber[]> {
  const place = await makeLarge(updateCheckout);
  try {
    const hub = await openMerging(place);
    const ours: number[] = [];
    const byHand: number[] = [];
    let git = 0;
    for (let n = 0; n < rounds; n += 1) {
      const yes = await hub.request(n);
      const before = hub.runs.count;
      const beganMs = performance.now();
      await hub.approve(yes, updateCheckout);
      ours.push(performance.now() - beganMs);
      // The first goes forward; all others are merged.
      git = Math.max(git, hub.runs.count - before);
      byHand.push(await mergeByHand(place, rounds + n, updateCheckout));
    }
    await hub.stop();
    ours.sort((a, b) => a - b);
    byHand.sort((a, b) => a - b);
    const row = (what: string, value: number, limit: number) => ({
      ...{ name: `merge.${name}.${what}`, value, unit: 'ms', limit, ratio: value / limit },
    });
    const p95 = at(ours, 0.95);
    const hand = updateCheckout ? 7 : 5;
    return [
      { ...row('git', git, hand), unit: 'processes' },
      row('p50', at(ours, 0.5), at(byHand, 0.5)),
      row('p95.hand', p95, at(byHand, 0.95)),
      row('p95', p95, limitMs),
    ];
  } finally {
    await rm(place.home, { recursive: true, force: true });
  }
}

interface Place {
  readonly home: string;
  readonly root: string;
  readonly env: Record<string, string>;
}

/** Each branch changes a file of its own, from the same commit: all but the first need a merge. */
async function makeLarge(isCheckedOut: boolean): Promise<Place> {
  const disk = process.platform === 'linux' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const home = await mkdtemp(join(disk, 'musher-merge-'));
  const root = join(home, 'repo');
  const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'A' };
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_SYSTEM: devNull },
    ...{ ...who, GIT_COMMITTER_EMAIL: 'a@b' },
  };
  execFileSync('git', ['init', '-q', '-b', 'main', root], { env });
  const author = 'committer A <a@b> 1700000000 +0000\n';
  const start = ['commit refs/heads/main\nmark :1\n', author, 'data 5\nstart\n'];
  for (let n = 0; n < files; n += 1) start.push(`M 100644 inline ${fileAt(n)}\ndata 6\nline1\n\n`);
  for (let n = 0; n < rounds * 2; n += 1) {
    start.push(`commit refs/heads/agent/a${n}\n`, author, 'data 4\nwork\nfrom :1\n');
    start.push(`M 100644 inline ${fileAt(n * 97)}\ndata 6\nline2\n\n`);
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, env, input: start.join('') });
  execFileSync('git', ['config', 'user.name', 'A'], { cwd: root, env });
  execFileSync('git', ['config', 'user.email', 'a@b'], { cwd: root, env });
  const branch = isCheckedOut ? ['main'] : ['-b', 'elsewhere', 'main'];
  execFileSync('git', ['checkout', '-q', '-f', ...branch], { cwd: root, env });
  return { home, root, env };
}

async function openMerging({ root, env, home }: Place) {
  const runs = { count: 0 };
  const git = createGit({ clock: systemClock, env });
  const counted: Git = {
    ...git,
    run(ask) {
      runs.count += 1;
      return git.run(ask);
    },
  };
  const repository = await openRepository(git, root);
  const aside = createReview({ git, repository });
  let onKept = (): void => undefined;
  const review: Review = {
    ...createReview({ git: counted, repository }),
    // What is done long before the yes, and after the merge.
    ...{ forgetResult: aside.forgetResult, advance: aside.advance },
    async pin(...ask) {
      await aside.pin(...ask);
      onKept();
    },
  };
  const store = await openLogStore(join(home, 'log.sqlite'), { now: () => systemClock.now() });
  const { features } = world({ review });
  const parts = { clock: systemClock, random: Math.random, log: silentLogger };
  const hub = await openHub({ features, store, ...parts });
  await hub.start();
  const go = (type: string, data: object, actor: Actor = 'operator') =>
    hub.dispatch({ type, data }, actor);
  const { signal } = new AbortController();
  return {
    runs,
    async request(n: number) {
      // Of another branch: nobody is told of the merge, which would be beside the next one.
      await go('agent.add', { name: `a${n}`, base: 'elsewhere' });
      const { stdout } = await exec('git', ['rev-parse', `agent/a${n}`], { cwd: root, env });
      const commit = stdout.trim();
      const kept = new Promise<void>((resolve) => {
        onKept = resolve;
      });
      const { result } = await go('approval.request', { commit, target: 'main' }, `agent:a${n}`);
      const { approval } = result as { approval: string };
      await kept;
      return { approval, commit };
    },
    async approve(yes: { approval: string; commit: string }, updateCheckout: boolean) {
      await go('approval.approve', { ...yes, updateCheckout });
      const data = { approval: yes.approval, waitMs: 20_000 };
      const record = await hub.query({ type: 'approval.get', data, signal }, 'operator');
      const { state, failure } = record as { state: string; failure?: { message: string } };
      if (state !== 'merged') throw new Error(`${yes.approval} is ${state}: ${failure?.message}`);
    },
    stop: () => hub.stop(),
  };
}

/** What somebody types who wants the same: is it clean, merge without a checkout, move the branch and the files. */
async function mergeByHand(
  { root, env }: Place,
  n: number,
  isCheckedOut: boolean,
): Promise<number> {
  const git = async (...args: string[]) =>
    (await exec('git', args, { cwd: root, env, maxBuffer: 1 << 26 })).stdout.trim();
  const beganMs = performance.now();
  const [ours, theirs] = [await git('rev-parse', 'main'), await git('rev-parse', `agent/a${n}`)];
  if (isCheckedOut) await git('status', '--porcelain', '--untracked-files=no');
  const tree = await git('merge-tree', '--write-tree', ours, theirs);
  const commit = await git('commit-tree', tree, '-p', ours, '-p', theirs, '-m', 'merge');
  if (isCheckedOut) await git('read-tree', '-m', '-u', ours, commit);
  await git('update-ref', 'refs/heads/main', commit, ours);
  return performance.now() - beganMs;
}
