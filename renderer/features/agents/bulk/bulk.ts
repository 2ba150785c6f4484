/** Doing one thing with several agents: with whom it can be done, with whom not and why, and what is said first. Pure. */
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { actionsOf, type AgentCommand } from '../agent-actions.ts';
import { nameAll } from '../broadcast/broadcast.ts';
import { presentAgent } from '../present-agent.ts';

/** A word for several is a broadcast. */
export type BulkAction = Exclude<AgentCommand, 'agent.revive' | 'agent.nudge' | 'agent.kick'>;

export const bulkVerbs: Readonly<Record<BulkAction, string>> = {
  'agent.start': 'Start',
  'agent.stop': 'Stop',
  'agent.restart': 'Restart',
  'agent.pause': 'Pause',
  'agent.resume': 'Resume',
  'agent.destroy': 'Destroy',
  'agent.purge': 'Purge',
};

/** What is offered for agents that are there. */
export const bulkActions: readonly BulkAction[] = [
  ...(['agent.start', 'agent.stop', 'agent.restart'] as const),
  ...(['agent.pause', 'agent.resume', 'agent.destroy'] as const),
];

export interface Able {
  readonly able: readonly string[];
  readonly left: readonly { readonly agent: string; readonly why: string }[];
}

export function ableOf(agents: readonly AgentRecord[], action: BulkAction): Able {
  const isAble = (agent: AgentRecord) => actionsOf(agent).some(({ id }) => id === action);
  return {
    able: agents.filter(isAble).map(({ id }) => id),
    left: agents
      .filter((agent) => !isAble(agent))
      .map((agent) => ({ agent: agent.id, why: `not asked: ${presentAgent(agent).word}` })),
  };
}

/** Undefined where nothing need be asked first. */
export function bulkWarning(action: BulkAction, agents: readonly string[]) {
  const [verb, who] = [bulkVerbs[action], `${agents.length} agents`];
  if (action === 'agent.destroy') {
    return {
      title: `${verb} ${who}?`,
      text: `The terminals of ${nameAll(agents)} are ended and their worktrees removed. Before that, every file of each is kept in a snapshot, changes and untracked files too; Revive brings all of it back.`,
      confirm: `${verb} ${agents.length}`,
    };
  }
  if (action === 'agent.purge') {
    return {
      title: `${verb} ${who}?`,
      text: `Musher forgets ${nameAll(agents)}: they can no longer be revived, nor their conversations taken up. Git keeps their branches and the snapshots of their files.`,
      confirm: `${verb} ${agents.length}`,
    };
  }
  return undefined;
}
