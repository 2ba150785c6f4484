import { memo, useEffect } from 'react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { Count } from '../../../ui/badge.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { AgentOption, activeOptionIn, agentsListId, optionIdOf } from '../agent-option.tsx';
import { sinceOf } from '../present-agent.ts';
import { useWaiting } from '../use-waiting.ts';
import { useBoardFacts } from './board-context.ts';
import type { Board } from './use-board.ts';
import { useJumpLabel } from './use-jump.ts';

interface AgentsListProps {
  board: Board;
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

/** All agents in a column beside the one that is large: it holds the keyboard, the view moves in it by key. */
export function AgentsList({ board, selectedId, onSelect }: AgentsListProps) {
  const waiting = useWaiting();
  useEffect(() => {
    if (selectedId === undefined) return;
    document.getElementById(optionIdOf(selectedId))?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  return (
    <div
      id={agentsListId}
      role="listbox"
      tabIndex={0}
      aria-label="Agents"
      aria-activedescendant={activeOptionIn(
        board.sections.flatMap(({ agents }) => agents),
        selectedId,
      )}
      data-scroller
      className="group/strip relative min-h-0 flex-1 overflow-y-auto py-1 outline-none"
    >
      {board.sections.map(({ id, title, agents }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div key={id} role="group" aria-label={title} className="pb-2">
          <div
            aria-hidden
            className={classNames(
              'flex h-7 items-center gap-1.5 px-3 text-sm font-medium',
              id === 'needs' ? 'text-amber' : 'text-faint',
            )}
          >
            {title} <Count value={agents.length} what="agents" />
          </div>
          {agents.map((agent) => (
            <Option
              key={agent.id}
              agent={agent}
              waiting={waiting.get(agent.id) ?? 0}
              isSelected={agent.id === selectedId}
              onSelect={onSelect}
            />
          ))}
        </div>
      ))}
      {board.sections.length === 0 && <p className="px-3 py-1 text-faint">No agent fits</p>}
    </div>
  );
}

interface OptionProps {
  agent: AgentRecord;
  waiting: number;
  isSelected: boolean;
  onSelect: (id: string) => void;
}

const Option = memo(function Option({ agent, waiting, isSelected, onSelect }: OptionProps) {
  const label = useJumpLabel(agent.id);
  const number = useBoardFacts().numbers.get(agent.id);
  return (
    <AgentOption
      agent={agent}
      isSelected={isSelected}
      onChoose={onSelect}
      data-agent={agent.id}
      className="mx-1.5 scroll-my-7 gap-2"
    >
      <span className="min-w-0 flex-1 truncate">{agent.id}</span>
      <Count value={waiting} what="waiting for you" loud />
      {label === undefined ? (
        <RelativeTime
          atMs={sinceOf(agent)}
          prefix="for"
          className="w-7 text-right text-xs text-faint"
        />
      ) : (
        <kbd className="rounded-sm bg-accent px-1 font-sans text-xs text-accent-fg uppercase">
          {label}
        </kbd>
      )}
      <span aria-hidden className="w-2 text-right text-xs text-faint">
        {number}
      </span>
    </AgentOption>
  );
});
