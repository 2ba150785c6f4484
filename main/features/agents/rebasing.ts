/** A branch that is behind when its agent starts is brought up to what it is merged into, where the config says so and nothing conflicts. */
import type { Rebase } from '../../../preload/contract/agent-start.ts';
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { reasonOf, type Result } from '../../base/result.ts';
import type { DecideContext, Decision, EffectContext, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { inboxTopic } from '../messages/index.ts';
import type { AgentsPorts } from './effects.ts';
import type { Rebased } from './ports.ts';
import type { Agent, AgentsState } from './slice.ts';
import { requireAgent } from './slice.ts';

/** A start goes on whatever comes of it. One whose commit waits for the operator's review keeps that commit. */
export async function rebaseAtStart(
  { worktrees, treeSettings }: AgentsPorts,
  { agent, worktreePath }: { agent: Agent; worktreePath: string },
  { signal, dispatch }: EffectContext,
): Promise<void> {
  if (!treeSettings().rebases) return;
  if (agent.waits.values().some(({ kind }) => kind === 'approval')) return;
  const { id, branch, baseRef: onto } = agent;
  const told = await worktrees
    .rebase({ agent: id, worktreePath, branch, onto, signal })
    .catch((error): Rebased => {
      if (signal.aborted) throw error;
      return { how: 'left', from: '', why: reasonOf(error), paths: [] };
    });
  if (told.how === 'none') return;
  await dispatch({ type: 'agent.tell_rebase', data: { agent: id, onto, ...told } });
}

export function decideTellRebase(
  { state }: DecideContext<AgentsState>,
  data: CommandData<typeof contract, 'agent.tell_rebase'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(state, data.agent);
  return found.ok ? decided({}, [newEvent(contract, 'agent.rebased', data)]) : found;
}

type Told = EventData<typeof contract, 'agent.rebased'>;

export function rebased(agent: Agent, data: Told, { atMs }: EventEnvelope): Agent {
  const { agent: _, ...outcome } = data;
  const rebase: Rebase = { ...outcome, atMs };
  return { ...agent, rebase };
}

/** The agent's own commits have other ids now, or stay behind: it should know. */
export function rebasedTopics({ type, data }: EventEnvelope): string[] {
  return type === 'agent.rebased' ? [inboxTopic((data as Told).agent)] : [];
}

export const describeRebase: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'agent.rebased': ({ data }) => {
    const { how, onto, from, to, why, paths = [] } = data as Told;
    const short = (commit = '') => commit.slice(0, 10);
    if (how === 'rebased')
      return `Your branch was behind ${onto} and was rebased onto it: ${short(from)} is ${short(to)} now. Your commits have new ids.`;
    const files = paths.length === 0 ? '' : ` Files that conflict: ${paths.join(', ')}.`;
    return `Your branch is behind ${onto} and was not rebased: ${why}.${files}`;
  },
};
