import { memo, useEffect } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { classNames } from '../../ui/class-names.ts';
import { AgentDot } from './agent-dot.tsx';
import { useBoardFacts } from './layout/board-context.ts';

interface AgentStripProps {
  agents: readonly AgentRecord[];
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

/** Of the list that holds the view's keyboard, in whichever form it is shown. */
export const agentsListId = 'agents-list';

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
      aria-activedescendant={selectedId && optionIdOf(selectedId)}
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
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      id={optionIdOf(agent.id)}
      role="option"
      aria-selected={isSelected}
      title={agent.id}
      onClick={() => onSelect(agent.id)}
      className={classNames(
        'flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2',
        isSelected
          ? 'bg-selected text-fg group-focus-visible/strip:inset-ring-2 group-focus-visible/strip:inset-ring-focus'
          : 'text-muted hover:bg-hover',
      )}
    >
      <AgentDot agent={agent} />
      <span className="max-w-32 truncate">{agent.id}</span>
      {number !== undefined && (
        <span aria-hidden className="text-xs text-faint">
          {number}
        </span>
      )}
    </div>
  );
});

export function optionIdOf(agent: string): string {
  return `agents-list-${agent}`;
}

export function findAgentsList(): HTMLElement | null {
  return document.getElementById(agentsListId);
}
