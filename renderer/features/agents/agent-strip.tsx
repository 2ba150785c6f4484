import { useEffect } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { classNames } from '../../ui/class-names.ts';
import { AgentDot } from './agent-dot.tsx';

interface AgentStripProps {
  agents: readonly AgentRecord[];
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

const stripId = 'agents-list';

/** All agents in a line: one list that holds the keyboard, also while it is empty; the view moves in it by key. */
export function AgentStrip({ agents, selectedId, onSelect }: AgentStripProps) {
  useEffect(() => {
    if (selectedId === undefined) return;
    const option = document.getElementById(optionId(selectedId));
    option?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selectedId]);
  return (
    <div
      id={stripId}
      role="listbox"
      tabIndex={0}
      aria-label="Agents"
      aria-orientation="horizontal"
      aria-activedescendant={selectedId && optionId(selectedId)}
      className="group/strip flex min-w-0 gap-0.5 overflow-x-auto rounded-md outline-none [scrollbar-width:none]"
    >
      {agents.map((agent) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
        <div
          key={agent.id}
          id={optionId(agent.id)}
          role="option"
          aria-selected={agent.id === selectedId}
          title={agent.id}
          onClick={() => onSelect(agent.id)}
          className={classNames(
            'flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2',
            agent.id === selectedId
              ? 'bg-selected text-fg group-focus-visible/strip:inset-ring-2 group-focus-visible/strip:inset-ring-focus'
              : 'text-muted hover:bg-hover',
          )}
        >
          <AgentDot agent={agent} />
          <span className="max-w-32 truncate">{agent.id}</span>
        </div>
      ))}
    </div>
  );
}

function optionId(agent: string): string {
  return `agents-list-${agent}`;
}

export function findAgentStrip(): HTMLElement | null {
  return document.getElementById(stripId);
}
