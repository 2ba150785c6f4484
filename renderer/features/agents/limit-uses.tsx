import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useLive, useRecord } from '../../hub/use-records.ts';
import { useReload } from './evidence/use-reload.ts';
import { wordsOfUse } from './watch-words.ts';

/** What an agent has used in this run, each with its limit. */
export function LimitUses({ agent }: { agent: AgentRecord }) {
  const isLive = useConnection().state === 'live';
  const { result, reload } = useQuery('agent.watch', isLive ? { agent: agent.id } : undefined);
  const watch = useRecord('watch', agent.id);
  const output = useLive('output', agent.id);
  useReload(reload, [agent.stateSinceMs, output?.atMs, JSON.stringify(watch)]);
  if (result === undefined) return null;
  return (
    <span className="flex flex-col text-sm">
      {result.uses.map((use) => (
        <span key={use.kind}>{wordsOfUse(use)}</span>
      ))}
    </span>
  );
}
