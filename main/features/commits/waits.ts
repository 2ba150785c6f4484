/** A commit on a branch that is not the agent's own stands in the Inbox until the worktree is back. */
import type { commits as contract } from '../../../preload/contract/commits.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { Waits } from '../../hub/feature.ts';
import { sayStray } from './words.ts';

const kind = 'stray';

export const commitWaits: Waits = {
  'commit.strayed': ({ data }) => {
    const stray = data as EventData<typeof contract, 'commit.strayed'>;
    const { agent } = stray;
    const title = sayStray(stray);
    return [{ opens: { kind, subject: agent, to: 'operator', agent, title, isBlocking: false } }];
  },
  'commit.returned': ({ data }) => [{ settles: `${kind}/${(data as { agent: string }).agent}` }],
  'agent.destroyed': ({ data }) => [{ settles: `${kind}/${(data as { agent: string }).agent}` }],
};
