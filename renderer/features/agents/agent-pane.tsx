import { memo } from 'react';
import { useRecord } from '../../hub/use-records.ts';
import { AgentHeader } from './agent-header.tsx';
import { AgentScreen } from './agent-screen.tsx';
import { useInView } from './use-in-view.ts';

interface AgentPaneProps {
  id: string;
  waiting: number;
}

/** One agent in the grid. Its terminal exists only while it can be seen. */
export const AgentPane = memo(function AgentPane({ id, waiting }: AgentPaneProps) {
  const agent = useRecord('agent', id);
  const { ref, isInView } = useInView();
  return (
    <article ref={ref} aria-label={id} className="flex min-h-0 min-w-0 flex-col border-r border-b">
      {agent && (
        <>
          <AgentHeader agent={agent} waiting={waiting} isFocused={false} />
          <AgentScreen agent={agent} isVisible={isInView} isAlone={false} />
        </>
      )}
    </article>
  );
});
