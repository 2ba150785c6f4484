import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Gauge } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { useUses } from './limits/use-uses.ts';
import { useAgentAction } from './use-agent-action.ts';
import { wordsOfUse } from './watch-words.ts';

/** What an agent has used in this run, each with its limit. */
export function LimitUses({ agent }: { agent: AgentRecord }) {
  const { uses } = useUses(agent.id);
  const act = useAgentAction();
  if (uses === undefined) return null;
  return (
    <span className="flex flex-col text-sm">
      {uses.map((use) => (
        <span key={use.kind}>{wordsOfUse(use)}</span>
      ))}
      <Button icon={Gauge} className="mt-1 self-start" onClick={() => act('set-limits', agent)}>
        Limits…
      </Button>
    </span>
  );
}
