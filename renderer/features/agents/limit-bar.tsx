import { Hourglass, StepForward } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { limitWords } from './present-nudge.ts';
import { useAgentAction } from './use-agent-action.ts';

const secondMs = 1_000;
/** Where nothing is to come, nothing counts down. */
const restMs = 60_000;

/** Below the screen of an agent whose account takes no more for now: when it is told to go on, and how to try before. */
export function LimitBar({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  const nowMs = useNow(agent.limit?.untilMs === undefined ? restMs : secondMs);
  const words = limitWords(agent.limit, nowMs);
  if (words === undefined || agent.state !== 'running') return null;
  return (
    <div
      role="status"
      className="flex h-bar shrink-0 items-center gap-2 border-t border-line bg-raised px-3"
    >
      <Hourglass size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 truncate" title={words}>
        {words}
      </span>
      <Button icon={StepForward} className="ml-auto" onClick={() => act('agent.nudge', agent)}>
        Try now
      </Button>
    </div>
  );
}
