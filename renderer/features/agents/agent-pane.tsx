import { memo, useEffect } from 'react';
import { useRecord } from '../../hub/use-records.ts';
import { AgentHeader } from './agent-header.tsx';
import { AgentScreen } from './agent-screen.tsx';
import { selectAgent } from './agents-ui.ts';
import { useInView } from './use-in-view.ts';

interface AgentPaneProps {
  id: string;
  waiting: number;
  isSelected: boolean;
}

/** One agent in the grid. Its terminal exists only while it can be seen. */
export const AgentPane = memo(function AgentPane({ id, waiting, isSelected }: AgentPaneProps) {
  const agent = useRecord('agent', id);
  const { ref, isInView } = useInView();
  useEffect(() => {
    if (isSelected) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected, ref]);
  return (
    <article
      ref={ref}
      aria-label={id}
      // Whatever in it gets the keyboard: that is where the operator is.
      onFocus={() => selectAgent(id)}
      data-selected={isSelected}
      className="group/pane flex min-h-0 min-w-0 flex-col border-r border-b"
    >
      {agent && (
        <>
          <AgentHeader agent={agent} waiting={waiting} isFocused={false} />
          <AgentScreen agent={agent} isVisible={isInView} />
        </>
      )}
    </article>
  );
});
