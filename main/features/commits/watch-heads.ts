/** Tells what comes of a worktree's moves: new commits, rewritten ones, and those that were made on another branch. */
import { reasonOf } from '../../base/result.ts';
import type { HubState, Life } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { selectAgents } from '../agents/index.ts';
import type { Trees, TreeState } from '../worktrees/index.ts';
import { followTrees } from '../worktrees/index.ts';
import type { Commits } from './ports.ts';
import type { CommitsState } from './slice.ts';

export interface CommitPorts {
  readonly trees: Trees;
  readonly commits: Commits;
}

type Place = Pick<TreeState, 'head' | 'branch'>;

export function watchHeads(ports: CommitPorts, life: Life<CommitsState>): void {
  followTrees(ports.trees, life, ({ agent, worktreePath }) => {
    const one = new HeadWatch(ports.commits, life, { agent, worktreePath });
    return {
      onState: (state) => one.moved(state),
      onTrouble: () => undefined,
      onGone: () => one.end(),
    };
  });
}

class HeadWatch {
  private readonly commits: Commits;
  private readonly life: Life<CommitsState>;
  private readonly tree: { readonly agent: string; readonly worktreePath: string };
  private readonly ended = new AbortController();
  private readonly signal: AbortSignal;
  /** What it is now, and what was told of. */
  private place: Place = {};
  private told: Place | undefined;
  private isLooking = false;

  constructor(
    commits: Commits,
    life: Life<CommitsState>,
    tree: { readonly agent: string; readonly worktreePath: string },
  ) {
    this.commits = commits;
    this.life = life;
    this.tree = tree;
    this.signal = AbortSignal.any([life.signal, this.ended.signal]);
  }

  end(): void {
    this.ended.abort();
  }

  moved({ head, branch }: TreeState): void {
    this.place = { ...(head && { head }), ...(branch && { branch }) };
    if (!this.isLooking) void this.follow();
  }

  /** One look at a time; what moves meanwhile is looked at once more. What cannot be looked at is looked at with the next move. */
  private async follow(): Promise<void> {
    this.isLooking = true;
    while (!this.signal.aborted && !isSame(this.place, this.told)) {
      const { place } = this;
      this.told = place;
      await this.look(place).catch((error) => {
        if (!this.signal.aborted)
          this.life.logger.warn(
            { agent: this.tree.agent, error: reasonOf(error) },
            'commits of a branch could not be told',
          );
      });
    }
    this.isLooking = false;
  }

  private async look({ head, branch: current }: Place): Promise<void> {
    const { agent: id, worktreePath } = this.tree;
    const agent = selectAgents(this.life.hub()).byId.get(id);
    if (agent === undefined) return;
    const { branch } = agent;
    await this.lookForStrays({ agent: id, worktreePath, branch, current });
    const known = this.life.state().get(id);
    const from = known?.head ?? agent.base?.commit;
    if (current !== branch || head === undefined || from === undefined) return;
    if (from !== head) {
      const others = othersOf(this.life.hub(), agent);
      const move = { agent: id, branch, from, to: head, others };
      const facts = await this.commits.moved({ ...move, signal: this.signal });
      if (facts.commits.length > 0 || facts.lost !== undefined)
        await this.tell('commit.tell', { agent: id, branch, from, to: head, ...facts });
    }
    if (known?.stray !== undefined) await this.tell('commit.tell_return', { agent: id });
  }

  private async lookForStrays(ask: {
    agent: string;
    worktreePath: string;
    branch: string;
    current: string | undefined;
  }): Promise<void> {
    const { marks } = this.life;
    const name = `reflog/${ask.agent}`;
    const before = marks.get(name);
    const { commits, mark } = await this.commits.strays({ ...ask, mark: before });
    const { agent, branch: expected } = ask;
    if (commits.length > 0) await this.tell('commit.tell_stray', { agent, expected, commits });
    // What was not told any more is looked at once more at the next start.
    if (mark !== before && !this.signal.aborted) await marks.set(name, mark);
  }

  private async tell(type: string, data: object): Promise<void> {
    if (!this.signal.aborted) await this.life.system({ type, data });
  }
}

function othersOf(hub: HubState, { id, base }: Agent): string[] {
  const agents = selectAgents(hub).byId.values();
  const branches = agents.filter((other) => other.id !== id).map((other) => other.branch);
  return [...new Set([...(base === undefined ? [] : [base.ref]), ...branches])];
}

function isSame(one: Place, other: Place | undefined): boolean {
  return other !== undefined && one.head === other.head && one.branch === other.branch;
}
