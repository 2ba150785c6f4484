/**
 * Asks for snapshots of what agents' worktrees hold: when a program has ended, however it did, and while one is at work every
 * ten minutes (a setting) if something was written since. Told by the trees themselves: nothing runs while nothing changes.
 */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { type Agent, isAlive, selectAgents } from '../agents/index.ts';
import {
  type AgentTreeListener,
  followTrees,
  type TreeState,
  type Trees,
} from '../worktrees/index.ts';
import type { SnapshotSettings } from './ports.ts';
import type { Kept, SnapshotsState } from './slice.ts';

/** After a failure, and twice as long after each more, milliseconds. */
const retryMs = 60_000;
const mostRetryMs = 600_000;

export interface KeepTreesPorts {
  readonly trees: Trees;
  readonly settings: () => Pick<SnapshotSettings, 'everyMs'>;
}

export function keepTrees(ports: KeepTreesPorts, life: Life<SnapshotsState>): void {
  const kept = new Map<string, KeptTree>();
  let known: unknown;
  let knownOwn: unknown;
  followTrees(ports.trees, life, ({ agent }): AgentTreeListener => {
    const tree = new KeptTree(agent, ports, life);
    kept.set(agent, tree);
    return {
      onState: (state) => tree.changed(state),
      onTrouble: () => tree.changed(undefined),
      onGone() {
        tree.dispose();
        if (kept.get(agent) === tree) kept.delete(agent);
      },
    };
  });
  life.onTopics(() => {
    const { byId } = selectAgents(life.hub());
    const { byAgent } = life.state();
    if (byId === known && byAgent === knownOwn) return;
    known = byId;
    knownOwn = byAgent;
    for (const tree of kept.values()) tree.look();
  });
  life.own(() => {
    for (const tree of kept.values()) tree.dispose();
  });
}

interface Seen {
  /** It holds what no branch has. */
  readonly isAtRisk: boolean;
  readonly head: string | undefined;
}

class KeptTree {
  private readonly agent: string;
  private readonly ports: KeepTreesPorts;
  private readonly life: Life<SnapshotsState>;
  /** Undefined until the tree was looked at. */
  private seen: Seen | undefined;
  private isChanged = false;
  private isAsking = false;
  /** From when on its time counts, Unix ms: what was written first after the last one. */
  private sinceMs = 0;
  private seenAgent: Agent | undefined;
  private seenKept: Kept | undefined;
  private cancel = (): void => undefined;

  constructor(agent: string, ports: KeepTreesPorts, life: Life<SnapshotsState>) {
    this.agent = agent;
    this.ports = ports;
    this.life = life;
  }

  dispose(): void {
    this.cancel();
    this.seen = undefined;
  }

  /** Of one that cannot be read nobody knows what it holds: it is kept all the same. */
  changed(state: TreeState | undefined): void {
    const isAtRisk = state === undefined || state.changes.size > 0 || state.branch === undefined;
    this.seen = { isAtRisk, head: state?.head };
    if (!this.isChanged) this.sinceMs = this.life.clock.now();
    this.isChanged = true;
    this.weigh();
  }

  /** Something of some agent is other. */
  look(): void {
    const agent = selectAgents(this.life.hub()).byId.get(this.agent);
    const kept = this.life.state().byAgent.get(this.agent);
    if (agent === this.seenAgent && kept === this.seenKept) return;
    const hasFailed = kept?.failure !== undefined && kept.failure !== this.seenKept?.failure;
    this.seenAgent = agent;
    this.seenKept = kept;
    if (hasFailed) this.isChanged = true;
    this.weigh();
  }

  /** Asks for one, or says when it will be time. */
  private weigh(): void {
    this.cancel();
    const { clock } = this.life;
    const agent = selectAgents(this.life.hub()).byId.get(this.agent);
    const kept = this.life.state().byAgent.get(this.agent);
    if (agent === undefined || this.seen === undefined || this.isAsking) return;
    // Of a folder that is gone there is nothing to keep; its agent says so.
    if (unsettled.has(agent.state) || this.life.live.of('lostWorktree').has(this.agent)) return;
    const due = this.dueOf(agent, kept, this.seen);
    if (due === undefined) return;
    const waitMs = Math.max(due.atMs, retryAtMs(kept)) - clock.now();
    if (waitMs > 0) this.cancel = clock.schedule(() => this.weigh(), waitMs);
    else this.ask(due.why);
  }

  private dueOf(
    agent: Agent,
    kept: Kept | undefined,
    { isAtRisk, head }: Seen,
  ): { why: 'exit' | 'timer'; atMs: number } | undefined {
    const isLeft = !isAlive(agent) && (agent.exit?.atMs ?? 0) > (kept?.exitMs ?? 0);
    if (isLeft && (isAtRisk || hasNewCommits(agent, kept, head))) return { why: 'exit', atMs: 0 };
    const { everyMs } = this.ports.settings();
    if (!isAtRisk || !this.isChanged || everyMs === undefined) return undefined;
    return { why: 'timer', atMs: this.sinceMs + everyMs };
  }

  private ask(why: 'exit' | 'timer'): void {
    const { signal, logger } = this.life;
    this.isChanged = false;
    this.isAsking = true;
    this.life
      .system({ type: 'snapshot.keep', data: { agent: this.agent, why } })
      .catch((error) => {
        if (!signal.aborted)
          logger.warn({ agent: this.agent, error: reasonOf(error) }, 'no snapshot was asked for');
      })
      .finally(() => {
        this.isAsking = false;
      });
  }
}

/** Their worktrees are being made or taken away, which keeps them by itself. */
const unsettled: ReadonlySet<Agent['state']> = new Set(['creating', 'destroying', 'destroyed']);

/** A branch that is moved back later leaves them to git's reflog alone. */
function hasNewCommits({ base }: Agent, kept: Kept | undefined, head: string | undefined): boolean {
  return head !== undefined && head !== kept?.head && head !== base?.commit;
}

function retryAtMs(kept: Kept | undefined): number {
  if (kept?.failure === undefined) return 0;
  const { atMs, times } = kept.failure;
  return atMs + Math.min(mostRetryMs, retryMs * 2 ** Math.min(times - 1, 10));
}
