import { memo, type ReactNode, useEffect } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { useRecord } from '../../hub/use-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { AgentHeader } from './agent-header.tsx';
import { AgentScreen } from './agent-screen.tsx';
import { selectAgent } from './agents-ui.ts';
import { useInView } from './use-in-view.ts';

export interface AgentPaneProps {
  id: string;
  waiting: number;
  isSelected: boolean;
  /** Takes it from those that are side by side. */
  onRemove?: () => void;
}

/** One agent among others. Its terminal exists only while it can be seen. */
export const AgentPane = memo(function AgentPane(props: AgentPaneProps) {
  const { id, waiting, isSelected, onRemove } = props;
  return (
    <PaneFrame id={id} isSelected={isSelected} className="flex-1 flex-col contain-size">
      {(agent, isInView) => (
        <>
          <AgentHeader agent={agent} waiting={waiting} isFocused={false} onRemove={onRemove} />
          <AgentScreen agent={agent} isVisible={isInView} />
        </>
      )}
    </PaneFrame>
  );
});

interface PaneFrameProps {
  id: string;
  isSelected: boolean;
  className: string;
  children: (agent: AgentRecord, isInView: boolean) => ReactNode;
}

/** The place of an agent, in whatever size: it comes into sight when it is selected, and is selected by the keyboard. */
export function PaneFrame({ id, isSelected, className, children }: PaneFrameProps) {
  const agent = useRecord('agent', id);
  const { ref, isInView } = useInView();
  useEffect(() => {
    if (isSelected) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected, ref]);
  return (
    <article
      ref={ref}
      aria-label={id}
      data-agent={id}
      // Whatever in it gets the keyboard: that is where the operator is.
      onFocus={() => selectAgent(id)}
      data-selected={isSelected}
      className={classNames(
        'group/pane flex min-h-0 min-w-0 scroll-mt-7 border-r border-b',
        className,
      )}
    >
      {agent && children(agent, isInView)}
    </article>
  );
}
