import type { ComponentProps, ReactNode } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { classNames } from '../../ui/class-names.ts';
import { AgentDot } from './agent-dot.tsx';

/** Of the list that holds the view's keyboard, in whichever form it is shown. */
export const agentsListId = 'agents-list';

export function optionIdOf(agent: string): string {
  return `${agentsListId}-${agent}`;
}

/** What the list says is chosen in it; undefined where it has no such row. */
export function activeOptionIn(
  agents: readonly AgentRecord[],
  selected: string | undefined,
): string | undefined {
  return agents.some(({ id }) => id === selected) ? optionIdOf(selected ?? '') : undefined;
}

export function findAgentsList(): HTMLElement | null {
  return document.getElementById(agentsListId);
}

interface AgentOptionProps extends ComponentProps<'div'> {
  agent: AgentRecord;
  isSelected: boolean;
  onChoose: (id: string) => void;
  /** After its dot. */
  children: ReactNode;
}

/** One agent in that list: the list has the focus and the keys, and names this one where it is selected. */
export function AgentOption(props: AgentOptionProps) {
  const { agent, isSelected, onChoose, className, children, ...rest } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      {...rest}
      id={optionIdOf(agent.id)}
      role="option"
      aria-selected={isSelected}
      title={agent.id}
      onClick={() => onChoose(agent.id)}
      className={classNames(
        'flex h-7 items-center rounded-md px-2',
        className,
        isSelected
          ? 'bg-selected text-fg group-focus-visible/strip:inset-ring-2 group-focus-visible/strip:inset-ring-focus'
          : 'text-muted hover:bg-hover',
      )}
    >
      <AgentDot agent={agent} />
      {children}
    </div>
  );
}
