import { TriangleAlert } from 'lucide-react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecord } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { iconOf } from './agent-actions.ts';
import { useAgentAction } from './use-agent-action.ts';
import { firstStuck } from './watch-words.ts';

const titles: Readonly<Record<string, string>> = {
  'agent.nudge': 'Nudge',
  'agent.restart': 'Restart',
};

/** Below the screen of an agent that is stuck: where, since when, and what to do. */
export function StuckBar({ agent }: { agent: AgentRecord }) {
  const act = useAgentAction();
  const watch = useRecord('watch', agent.id);
  const line = watch && firstStuck(watch);
  if (line === undefined || agent.state !== 'running') return null;
  return (
    <div
      role="status"
      className="flex h-bar shrink-0 items-center gap-2 border-t border-line bg-raised px-3"
    >
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-amber" />
      <span className="shrink-0">{line.says}</span>
      <RelativeTime atMs={line.sinceMs} prefix="for" className="shrink-0 text-faint" />
      <span className="min-w-0 truncate text-muted" title={`${line.text}: ${line.mend}`}>
        {line.mend}
        {line.what && ` (${line.what})`}
      </span>
      <span className="ml-auto flex shrink-0 gap-2">
        {line.actions.map((id) => (
          <Button key={id} icon={iconOf(id)} onClick={() => act(id, agent)}>
            {titles[id]}
          </Button>
        ))}
      </span>
    </div>
  );
}
