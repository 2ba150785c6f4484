/** What waits for the operator, from proposals. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { proposals as contract } from '../../../preload/contract/proposals.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

const kind = 'proposal';
const idOf = (data: unknown) => `${kind}/${(data as { proposal: string }).proposal}`;

function settles({ data }: { readonly data: unknown }): WaitChange[] {
  return [{ settles: idOf(data) }];
}

export const proposalWaits: Waits = {
  'proposal.made': ({ data }) => {
    const { proposal, agent, why } = data as EventData<typeof contract, 'proposal.made'>;
    const opens = { kind, subject: proposal, to: 'operator', agent, title: why, isBlocking: true };
    return [{ opens }];
  },
  'proposal.approved': ({ data }) => [{ parks: idOf(data) }],
  'proposal.apply_failed': ({ data }) => [{ resumes: { id: idOf(data), isBlocking: true } }],
  'proposal.applied': settles,
  'proposal.rejected': settles,
  'proposal.superseded': settles,
  'proposal.withdrawn': settles,
  'proposal.stale': settles,
  'agent.destroyed': ({ data }) => [
    { settlesAll: { kind, agent: (data as { agent: string }).agent } },
  ],
};
