/** The work that follows a merge. Each can be done twice without harm. */
import { wireOf } from '../../../base/result.ts';
import type { EffectHandler, HubState } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import type { Review, TargetAgent } from '../ports.ts';
import type { AdvanceData, PushData } from './decide.ts';

export function outcomeEffects(review: Review): Readonly<Record<string, EffectHandler<never>>> {
  const push: EffectHandler<PushData> = {
    async run(data, { signal }) {
      await review.push({ ...data, signal });
      const { approval, remote } = data;
      return { type: 'approval.pushed', data: { approval, remote } };
    },
    failed: ({ approval, remote }, error) => ({
      type: 'approval.push_failed',
      data: { approval, remote, error: wireOf(error) },
    }),
  };
  const advance: EffectHandler<AdvanceData> = {
    async run(data, { hub, signal }) {
      const agents = agentsOf(hub, data.target);
      return { type: 'target.advance', data: await review.advance({ ...data, agents, signal }) };
    },
  };
  return { 'approval.push': push, 'target.advance': advance } as Record<
    string,
    EffectHandler<never>
  >;
}

/** Who works for that branch, and has not gone. */
function agentsOf(hub: HubState, target: string): TargetAgent[] {
  return selectAgents(hub)
    .byId.values()
    .filter(({ state, baseRef }) => baseRef === target && !/^destroy/.test(state))
    .map(({ id: agent, branch, worktreePath }) => ({ agent, branch, worktreePath }));
}
