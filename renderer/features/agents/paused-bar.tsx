import { FastForward, Pause } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useAgentAction } from './use-agent-action.ts';

/** Below the screen of an agent that is held: why nothing moves, and the way on. */
export function PausedBar({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  const { paused } = agent;
  if (paused === undefined) return null;
  return (
    <div
      role="status"
      className="flex h-bar shrink-0 items-center gap-2 border-t border-line bg-raised px-3"
    >
      <Pause size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      <span className="shrink-0">
        {paused.by === 'operator' ? 'Paused by you' : 'Found paused'}
      </span>
      <RelativeTime atMs={paused.sinceMs} prefix="for" className="text-faint" />
      <span className="min-w-0 truncate text-muted">What you type is not sent</span>
      <Button icon={FastForward} className="ml-auto" onClick={() => act('agent.resume', agent)}>
        Resume
      </Button>
    </div>
  );
}
