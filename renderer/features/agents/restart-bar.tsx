import { RotateCw } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Button } from '../../ui/button.tsx';
import { capitalized } from './present-agent.ts';
import { useAgentAction } from './use-agent-action.ts';
import { useRestartWords } from './use-restart-words.ts';

/** Below the last screen of an agent that is started again: when, which try it is, and the way to take it back. */
export function RestartBar({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  const words = useRestartWords(agent);
  if (words === undefined) return null;
  return (
    <div className="flex h-bar shrink-0 items-center gap-2 border-t border-line bg-raised px-3">
      <RotateCw size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 truncate" title={capitalized(words)}>
        {capitalized(words)}
      </span>
      {agent.restart?.nextMs !== undefined && (
        <Button className="ml-auto" onClick={() => act('agent.stop', agent)}>
          Cancel restart
        </Button>
      )}
    </div>
  );
}
