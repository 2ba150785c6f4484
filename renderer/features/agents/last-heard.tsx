import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useLastHeard } from './use-last-heard.ts';

/** Output and calls to Musher count: when the program last did anything that can be seen. */
export function LastHeard({ agent }: { agent: AgentRecord }) {
  const lastHeardMs = useLastHeard(agent);
  if (agent.state !== 'running') return null;
  return (
    <span className={agent.liveness === 'stale' ? 'text-amber' : 'text-muted'}>
      {lastHeardMs === undefined ? (
        'Nothing was heard of it yet'
      ) : (
        <>
          Last heard <RelativeTime atMs={lastHeardMs} withAgo />
        </>
      )}
    </span>
  );
}
