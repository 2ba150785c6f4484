// Whatever happens to branches, target and hub between a request and the end of its merge: what was shown is merged, once, or nothing is.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createBranches } from '../../main/adapters/git/branches.ts';
import { createReview } from '../../main/adapters/git/review.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Branches, Review } from '../../main/features/approvals/ports.ts';
import { selectApprovals } from '../../main/features/approvals/index.ts';
import type { MergeStrategy } from '../../preload/contract/merge-queue.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { openHub } from '../../main/hub/hub.ts';
import type { Actor } from '../../preload/contract/envelope.ts';
import { seededRandom, spoilt } from '../harness/hub.ts';
import { memoryStore, type MemoryTables, newTables } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { rounds } from '../harness/rounds.ts';
import { waitFor } from '../harness/wait.ts';

/** Where in its life an approval is when it happens. */
const steps = ['asked', 'shown', 'queued', 'merging', 'moved'] as const;
type Step = (typeof steps)[number];
const ways: readonly How[] = ['merge', 'squash', 'rebase', 'part'];

interface Life {
  state(): object;
  dispatch(type: string, data: object, actor?: Actor): Promise<{ result?: unknown }>;
  ask(type: string, data: object): Promise<unknown>;
  /** As `kill -9` would: nothing of this hub reaches the store any more. */
  crash(): void;
  stop(): Promise<unknown>;
}

interface Ports {
  readonly review: Review;
  readonly branches: Branches;
}

/** The real hub over what a former one left; real git takes real time, so its clock is the system's. */
async function begin(tables: MemoryTables, ports: Ports): Promise<Life> {
  const store = spoilt(memoryStore(() => systemClock.now(), tables));
  const { features } = world(ports);
  const random = seededRandom(tables.events.length + 1);
  const hub = await openHub({ features, store, clock: systemClock, random, log: silentLogger });
  await hub.start();
  const { signal } = new AbortController();
  return {
    state: () => hub.state(),
    dispatch: (type, data, actor = 'operator') => hub.dispatch({ type, data }, actor),
    ask: (type, data) => hub.query({ type, data, signal }, 'operator'),
    crash: () => store.crash(),
    stop: () => hub.stop(),
  };
}

interface Race {
  readonly repository: TestRepository;
  readonly commit: string;
  /** Of what the request begins after, if anything. */
  readonly from: { readonly from?: string };
  readonly approval: string;
  readonly strategy: MergeStrategy;
  box(): Life;
  crash(): Promise<void>;
}

const branch = 'refs/heads/agent/a';

const mishaps: Readonly<Record<string, (race: Race) => Promise<unknown>>> = {
  async amend({ repository }) {
    const folder = join(repository.worktreesFolder, 'amended');
    await repository.git(['worktree', 'add', '-q', '--force', folder, 'agent/a']);
    await repository.write({ 'work.txt': 'other\n' }, folder);
    await repository.git(['commit', '-qa', '--amend', '-m', 'amended'], folder);
    await repository.git(['worktree', 'remove', '--force', folder]);
  },
  'force-move': ({ repository }) => repository.git(['update-ref', branch, 'main']),
  async rebase({ repository }) {
    const folder = join(repository.worktreesFolder, 'rebased');
    await repository.git(['worktree', 'add', '-q', '--force', folder, 'agent/a']);
    await repository.git(['rebase', '-q', 'main'], folder);
    await repository.git(['worktree', 'remove', '--force', folder]);
  },
  'delete the branch': ({ repository }) => repository.git(['update-ref', '-d', branch]),
  'push to the target': ({ repository }) =>
    repository.commitOn('main', { 'pushed.txt': 'x\n' }, 'main'),
  'delete the branch and gc': async ({ repository }) => {
    await repository.git(['update-ref', '-d', branch]);
    await repository.git(['reflog', 'expire', '--expire=now', '--all']);
    await repository.git(['gc', '--quiet', '--prune=now']);
  },
  'a second approval': async ({ box, approval, commit, from, strategy }) => {
    const again = { approval, commit, strategy };
    await box()
      .dispatch('approval.approve', again)
      .catch(() => undefined);
    await box()
      .dispatch('approval.request', { commit, ...from }, 'agent:a')
      .catch(() => undefined);
  },
  'kill -9': ({ crash }) => crash(),
};

/** After these its branch has the commit no more: what nobody said yes to is withdrawn, and nothing is merged. */
const takesAway = [
  'amend',
  'force-move',
  'rebase',
  'delete the branch',
  'delete the branch and gc',
];

class Killed extends Error {}

/** How it is merged, and whether all of the branch or its middle alone is asked for. */
type How = MergeStrategy | 'part';

async function race(mishap: string, step: Step, how: How): Promise<void> {
  const strategy = how === 'part' ? 'rebase' : how;
  const repository = await makeRepository({ 'readme.md': 'hello\n' });
  const ended: Life[] = [];
  try {
    const happen = mishaps[mishap] ?? (() => Promise.resolve());
    await repository.git(['checkout', '-q', '-b', 'operator']);
    const from: { from?: string } = {};
    if (how === 'part')
      from.from = await repository.commitOn('agent/a', { 'before.txt': 'before\n' }, 'main');
    await repository.commitOn('agent/a', { 'work.txt': 'work\n' }, 'main');
    const commit = await repository.commitOn('agent/a', { 'more.txt': 'more\n' });
    if (how === 'part') await repository.commitOn('agent/a', { 'after.txt': 'after\n' });
    const start = await repository.commitOn('main', { 'main.txt': 'went on\n' }, 'main');
    const tables = newTables();
    const git = createGit({ clock: systemClock, env: repository.env });
    const context = { git, repository };
    let box: Life;
    let approval = '';
    let isDone = false;
    const at = async (now: Step): Promise<void> => {
      if (now !== step || isDone) return;
      isDone = true;
      const told: Race = {
        ...{ repository, commit, from, approval, strategy },
        ...{ box: () => box, crash },
      };
      await happen(told);
      if (mishap === 'kill -9' && (now === 'merging' || now === 'moved')) throw new Killed();
    };
    const branches = createBranches(context, silentLogger);
    const real = createReview({ ...context, gate: () => at('merging') });
    const review: Review = {
      ...real,
      async merge(ask) {
        const merged = await real.merge(ask);
        await at('moved');
        return merged;
      },
    };
    const crash = async () => {
      box.crash();
      ended.push(box);
      box = await begin(tables, { review, branches });
    };
    box = await begin(tables, { review, branches });
    await box.dispatch('agent.add', { name: 'a' });
    const asked = await box.dispatch('approval.request', { commit, ...from }, 'agent:a');
    approval = (asked.result as { approval: string }).approval;
    const record = () => selectApprovals(box.state() as never).byId.get(approval);
    await waitFor('the pin', () =>
      repository.gitPasses(['rev-parse', `refs/musher/approvals/${approval}`]),
    );
    await at('asked');
    const { pin, patch } = (await box.ask('approval.diff', { approval })) as {
      pin: { diffHash: string };
      patch: string;
    };
    expect(patch).toContain('+work');
    await at('shown');
    const isTaken = takesAway.includes(mishap) && (step === 'asked' || step === 'shown');
    if (isTaken)
      await waitFor('the hub to withdraw it', () => record()?.state === 'withdrawn' || 'it stands');
    if (step === 'queued') await box.dispatch('queue.hold', {});
    const yes = { approval, commit, diffHash: pin.diffHash, strategy };
    // Refused where it was approved meanwhile.
    await box.dispatch('approval.approve', yes).catch(() => undefined);
    await at('queued');
    if (step === 'queued') await box.dispatch('queue.release', {});
    await waitFor('an end', () => {
      const { state } = record() ?? { state: 'gone' };
      return ['approved', 'merging'].includes(state) ? state : { state };
    });
    if (isTaken) await checkTaken({ repository, start, state: record()?.state });
    else await check({ repository, start, commit, state: record()?.state, strategy, mishap });
    ended.push(box);
  } finally {
    await Promise.all(ended.map((one) => one.stop().catch(() => undefined)));
    await rm(repository.worktreesFolder, { recursive: true, force: true });
    await repository.dispose();
  }
}

interface End {
  readonly repository: TestRepository;
  readonly start: string;
  readonly commit: string;
  readonly state: string | undefined;
  readonly strategy: MergeStrategy;
  readonly mishap: string;
}

async function checkTaken({
  repository,
  start,
  state,
}: Pick<End, 'repository' | 'start' | 'state'>): Promise<void> {
  expect(state).toBe('withdrawn');
  expect(await repository.git(['rev-parse', 'main'])).toBe(start);
  expect(await repository.git(['status', '--porcelain'])).toBe('');
}

/** The others, and these once it is approved, leave the pinned commit mergeable, so that it is merged: exactly that, once. */
async function check({ repository, start, commit, state, strategy, mishap }: End): Promise<void> {
  expect(state).toBe('merged');
  const show = (file: string) => repository.git(['show', `main:${file}`]);
  expect([await show('work.txt'), await show('more.txt')]).toEqual(['work', 'more']);
  const names = (await repository.git(['ls-tree', '--name-only', 'main'])).split('\n');
  const pushed = mishap === 'push to the target' ? ['pushed.txt'] : [];
  expect(names).toEqual(['main.txt', 'more.txt', ...pushed, 'readme.md', 'work.txt']);
  const own = ['log', '--first-parent', '--format=%(trailers:key=Musher-Approval,valueonly)'];
  const said = (await repository.git([...own, `${start}..main`])).split('\n').filter(Boolean);
  expect(said).toHaveLength(strategy === 'rebase' ? 2 : 1);
  const isIn = await repository.gitPasses(['merge-base', '--is-ancestor', commit, 'main']);
  expect(isIn).toBe(strategy === 'merge');
  expect(await repository.git(['symbolic-ref', 'HEAD'])).toBe('refs/heads/operator');
  expect(await repository.git(['status', '--porcelain'])).toBe('');
  expect(await repository.gitPasses(['fsck', '--strict', '--no-dangling'])).toBe(true);
}

const all = Object.keys(mishaps).flatMap((mishap) => steps.map((step) => ({ mishap, step })));
/** In the suite each mishap once and each step at least once; at length, every one with every strategy. */
const briefly = Object.keys(mishaps).map((mishap, at) => ({
  mishap,
  step: mishap === 'kill -9' ? ('moved' as const) : (steps[at % steps.length] ?? 'asked'),
}));
const isLong = rounds(0, 1) === 1;
const cases = (isLong ? all : briefly).flatMap(({ mishap, step }, at) =>
  (isLong ? ways : [ways[(at + 1) % ways.length] ?? 'merge']).map(
    (how) => [mishap, step, how] as const,
  ),
);

it.each(cases)('%s, when it is %s, by %s', (mishap, step, how) => race(mishap, step, how), 120_000);
