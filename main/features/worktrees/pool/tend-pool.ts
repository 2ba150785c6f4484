/**
 * Keeps as many worktrees ready as the config says, one deed after another, each decided by what stands on the disk: what
 * a crash left is found by the next look, and nothing of it needs the log.
 */
import type { PoolMemberRecord } from '../../../../preload/contract/worktree-pool.ts';
import { reasonOf, wireOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { type AgentsPorts, selectAgents } from '../../agents/index.ts';
import type { Dispose } from '../../../base/disposable.ts';
import type { Pool } from '../ports.ts';
import { nextDeed, type PoolWish } from './next-deed.ts';
import { setUpMember, type SetUpPorts, wishedSetup } from './set-up-member.ts';

export interface PoolPorts extends SetUpPorts {
  readonly pool: Pool;
  readonly terminals: Pick<AgentsPorts['terminals'], 'list' | 'end'>;
  /** How many are wanted now. */
  readonly poolSize: () => number;
  readonly config: { onChange(listener: () => void): Dispose };
  readonly targets: {
    watch(branches: () => readonly string[], onMoved: (branch: string) => void): Dispose;
  };
}

/** What comes together is looked at once; a new agent goes before the pool, milliseconds. */
const soonMs = 2_000;
/** After a failure, doubled up to the last. */
const againMs = { first: 60_000, last: 30 * 60_000 };

export function tendPool(ports: PoolPorts, life: Life<unknown>): void {
  let cancel: (() => void) | undefined;
  let watch: Dispose | undefined;
  let base: string | undefined;
  let failures = 0;
  let isBusy = false;
  let isAsked = false;
  let isFirst = true;
  const later = (ms: number): void => {
    cancel?.();
    cancel = life.signal.aborted ? undefined : life.clock.schedule(() => void tend(), ms);
  };
  const look = (): void => {
    failures = 0;
    isAsked = isBusy;
    if (!isBusy) later(soonMs);
  };
  /** While some are wanted: a base that moves is looked at, and what a hub before this one began is ended. */
  const begin = async (): Promise<void> => {
    base = ports.treeSettings().base ?? (await ports.worktrees.defaultBase());
    watch ??= ports.targets.watch(() => (base === undefined ? [] : [base]), look);
    if (isFirst) await endLeftOver(ports);
    isFirst = false;
  };
  const tend = async (): Promise<void> => {
    cancel = undefined;
    isBusy = true;
    let nextMs: number | undefined;
    try {
      const isIdle = ports.poolSize() === 0 && (await ports.pool.list(life.signal)).length === 0;
      if (!isIdle) await begin();
      if (!isIdle && (await tendOnce(ports, life, base ?? ''))) nextMs = 0;
      failures = 0;
    } catch (error) {
      nextMs = Math.min(againMs.first * 2 ** failures, againMs.last);
      failures += 1;
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'a worktree could not be made ready');
    }
    isBusy = false;
    if (isAsked) nextMs = soonMs;
    isAsked = false;
    if (nextMs !== undefined) later(nextMs);
  };
  let known = '';
  life.onTopics(() => {
    if (ports.poolSize() === 0) return;
    // The commands may have been confirmed just now.
    const now = `${wishedSetup(ports)?.as}\n${placesOf(life)}`;
    if (now !== known) look();
    known = now;
  });
  life.own(
    ports.config.onChange(() => {
      look();
      if (ports.poolSize() === 0) void cutSetups(ports, life);
    }),
  );
  life.own(() => {
    cancel?.();
    void watch?.();
    // Nobody waits for it any more, and the next hub makes it anew.
    return cutSetups(ports, life);
  });
  later(soonMs);
}

/** What a hub that was killed was about to set up is of no use, and is made anew. */
async function endLeftOver({ terminals }: PoolPorts): Promise<void> {
  const left = (await terminals.list()).filter(({ id }) => id.startsWith('pool_'));
  await Promise.all(left.map(({ id }) => terminals.end(id, 0)));
}

/** Ends the setup that runs, if any. Never rejects. */
async function cutSetups({ runs }: PoolPorts, { live }: Life<unknown>): Promise<void> {
  const ids = live
    .of('poolMember')
    .values()
    .map((one) => one as PoolMemberRecord)
    .flatMap(({ state, terminalId = '' }) => (state === 'setting up' ? [terminalId] : []));
  await Promise.allSettled(ids.map((id) => runs.cut(id)));
}

/** Changes when an agent comes or goes. */
function placesOf(life: Life<unknown>): string {
  const { byId } = selectAgents(life.hub());
  return byId
    .values()
    .map(({ worktreePath = '' }) => worktreePath)
    .join('\n');
}

/** One deed at the most; true where there may be more. */
async function tendOnce(ports: PoolPorts, life: Life<unknown>, base: string): Promise<boolean> {
  const { pool } = ports;
  const { signal } = life;
  const size = ports.poolSize();
  const members = await pool.list(signal);
  showMembers(
    life,
    members.map(({ path }) => path),
  );
  if (size === 0 && members.length === 0) return false;
  const wish: PoolWish = {
    size,
    commit: await pool.commitOf(base, signal),
    setUpAs: wishedSetup(ports)?.as,
  };
  for (const { path, commit, isReady } of members)
    if (isReady) show(life, path, { state: 'ready', commit });
  const deed = nextDeed(members, wish);
  if (deed === undefined) return false;
  if (deed.kind === 'remove') {
    await pool.remove(deed.path, signal);
    return true;
  }
  const { commit } = wish;
  const path = deed.kind === 'make' ? await pool.make(commit, signal) : deed.path;
  try {
    show(life, path, { state: deed.kind === 'make' ? 'making' : 'refreshing', commit });
    if (deed.kind === 'refresh') await pool.bringTo(path, commit, signal);
    await setUpMember(
      ports,
      { path, onStep: (step) => show(life, path, { commit, ...step }) },
      life,
    );
    show(life, path, { state: 'ready', commit });
  } catch (error) {
    if (!signal.aborted) show(life, path, { state: 'failed', commit, problem: wireOf(error) });
    throw error;
  }
  return true;
}

function show(
  { live, clock }: Life<unknown>,
  path: string,
  told: Omit<PoolMemberRecord, 'path' | 'sinceMs'>,
): void {
  const before = live.of('poolMember').get(path) as PoolMemberRecord | undefined;
  const isSame = before?.state === told.state && before.commit === told.commit;
  live.put('poolMember', path, {
    ...{ path, ...told },
    sinceMs: isSame ? before.sinceMs : clock.now(),
  } satisfies PoolMemberRecord);
}

function showMembers({ live }: Life<unknown>, paths: readonly string[]): void {
  for (const path of live.of('poolMember').keys())
    if (!paths.includes(path)) live.remove('poolMember', path);
}
