/** The worktree of each agent that has one, followed for as long as it has it. */
import type { Dispose } from '../../base/disposable.ts';
import type { Life } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import type { TreeListener, Trees } from './ports.ts';

export interface AgentTreeListener extends TreeListener {
  /** It has none any more, or another one, which is told to a listener of its own. */
  onGone(): void;
}

interface Followed {
  readonly worktreePath: string;
  readonly listener: AgentTreeListener;
  readonly end: Dispose;
}

/** Until the hub stops; `onGone` is not told then. One watch for each tree, however many features follow it. */
export function followTrees(
  trees: Trees,
  life: Life<unknown>,
  listenerOf: (tree: {
    readonly agent: string;
    readonly worktreePath: string;
  }) => AgentTreeListener,
): void {
  const followed = new Map<string, Followed>();
  let known: unknown;
  const leave = (agent: string, { end, listener }: Followed): void => {
    followed.delete(agent);
    void end();
    listener.onGone();
  };
  const look = (): void => {
    const { byId } = selectAgents(life.hub());
    if (byId === known || life.signal.aborted) return;
    known = byId;
    for (const [agent, one] of followed)
      if (byId.get(agent)?.worktreePath !== one.worktreePath) leave(agent, one);
    for (const { id: agent, worktreePath } of byId.values()) {
      if (worktreePath === undefined || followed.has(agent)) continue;
      const listener = listenerOf({ agent, worktreePath });
      const end = trees.follow(worktreePath, listener);
      followed.set(agent, { worktreePath, listener, end });
    }
  };
  life.onTopics(look);
  look();
  life.own(() => {
    for (const { end } of followed.values()) void end();
    followed.clear();
  });
}
