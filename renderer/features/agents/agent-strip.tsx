import { memo, useEffect } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { AgentOption, activeOptionIn, agentsListId, optionIdOf } from './agent-option.tsx';
import { useBoardFacts } from './layout/board-context.ts';

interface AgentStripProps {
  agents: readonly AgentRecord[];
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

/** All agents in a line: one list that holds the keyboard, also while it is empty; the view moves in it by key. */
export function AgentStrip({ agents, selectedId, onSelect }: AgentStripProps) {
  useEffect(() => {
    if (selectedId === undefined) return;
    const option = document.getElementById(optionIdOf(selectedId));
    option?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selectedId]);
  return (
    <div
      id={agentsListId}
      role="listbox"
      tabIndex={0}
      aria-label="Agents"
      aria-orientation="horizontal"
      aria-activedescendant={activeOptionIn(agents, selectedId)}
      className="group/strip relative flex min-w-0 flex-1 gap-0.5 overflow-x-auto rounded-md outline-none [scrollbar-width:none]"
    >
      {agents.map((agent) => (
        <Option
          key={agent.id}
          agent={agent}
          isSelected={agent.id === selectedId}
          onSelect={onSelect}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  agent: AgentRecord;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

const Option = memo(function Option({ agent, isSelected, onSelect }: OptionProps) {
  const number = useBoardFacts().numbers.get(agent.id);
  return (
    <AgentOption
      agent={agent}
      isSelected={isSelected}
      onChoose={onSelect}
      className="shrink-0 gap-1.5"
    >
      <span className="max-w-32 truncate">{agent.id}</span>
      {number !== undefined && (
        <span aria-hidden className="text-xs text-faint">
          {number}
        </span>
      )}
    </AgentOption>
  );
});
