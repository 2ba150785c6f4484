import { ChevronRight } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Count } from '../../../ui/badge.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { AgentPane } from '../agent-pane.tsx';
import { AgentPeek } from '../agent-peek.tsx';
import { AgentRow } from '../agent-row.tsx';
import { setChosen, useChosen } from '../broadcast/use-chosen.ts';
import { useWaiting } from '../use-waiting.ts';
import type { Section } from './agent-sections.ts';
import type { Density } from './stored-layout.ts';
import { toggled } from './stored-layout.ts';
import type { Board } from './use-board.ts';
import { useLayout } from './use-layout.ts';

interface AgentsGridProps {
  board: Board;
  selected: string | undefined;
}

/** All agents, by section: what needs the operator first, what stopped last and small. */
export function AgentsGrid({ board, selected }: AgentsGridProps) {
  const [{ density, filter }, changeLayout] = useLayout();
  if (board.sections.length === 0)
    return (
      <EmptyState
        title={`No agent fits “${filter}”`}
        action={<Button onClick={() => changeLayout({ filter: '' })}>Clear the filter</Button>}
      >
        A filter looks at names, branches and status words.
      </EmptyState>
    );
  const most = Math.max(...board.sections.map((one) => (isSmall(one) ? 1 : one.agents.length)));
  return (
    <div
      data-scroller
      className="relative flex min-h-0 flex-1 flex-col overflow-x-hidden overflow-y-auto"
      style={{ '--most': most } as CSSProperties}
    >
      {board.sections.map((section) => (
        <SectionPart
          key={section.id}
          section={section}
          density={isSmall(section) ? 'list' : density}
          isFolded={board.folded.includes(section.id)}
          selected={selected}
        />
      ))}
    </div>
  );
}

/** Whoever stopped has nothing to show but how it ended. */
function isSmall({ id }: Section): boolean {
  return id === 'stopped';
}

const sizes = {
  comfortable: { Part: AgentPane, narrowest: '380px' },
  compact: { Part: AgentPeek, narrowest: '272px' },
  list: { Part: AgentRow, narrowest: '460px' },
} as const;

interface SectionPartProps {
  section: Section;
  density: Density;
  isFolded: boolean;
  selected: string | undefined;
}

function SectionPart({ section, density, isFolded, selected }: SectionPartProps) {
  const { id, agents } = section;
  const waiting = useWaiting();
  const { Part, narrowest } = sizes[density];
  const fills = density === 'comfortable' && !isFolded;
  return (
    <section
      aria-labelledby={`agents-${id}`}
      className="flex flex-col"
      style={{ flex: fills ? `${agents.length} 0 auto` : 'none' }}
    >
      {id === 'all' ? (
        <SectionName section={section} />
      ) : (
        <SectionHead section={section} isFolded={isFolded} />
      )}
      {!isFolded && (
        <div
          className={classNames(
            '-mr-px grid flex-1',
            fills ? 'auto-rows-[minmax(240px,1fr)]' : 'content-start',
          )}
          // As wide in each section, and no wider than the most that stand beside each other need.
          style={{
            gridTemplateColumns: `repeat(auto-fill, minmax(max(min(100%, ${narrowest}), calc((100% - 1px) / var(--most))), 1fr))`,
          }}
        >
          {agents.map((agent) => (
            <Part
              key={agent.id}
              id={agent.id}
              waiting={waiting.get(agent.id) ?? 0}
              isSelected={agent.id === selected}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function SectionName({ section: { id, title } }: { section: Section }) {
  return (
    <h2 id={`agents-${id}`} className="sr-only">
      {title}
    </h2>
  );
}

function SectionHead({
  section: { id, title, agents },
  isFolded,
}: {
  section: Section;
  isFolded: boolean;
}) {
  const [{ folded }, changeLayout] = useLayout();
  return (
    <header className="group/head sticky top-0 z-10 flex h-7 shrink-0 items-center gap-2 border-b bg-raised pr-3 pl-2">
      <h2 id={`agents-${id}`} className="flex">
        <button
          type="button"
          aria-expanded={!isFolded}
          onClick={() => changeLayout({ folded: toggled(folded, id) })}
          className="flex items-center gap-1.5 rounded-sm text-sm font-medium text-muted hover:text-fg"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={classNames('text-faint', !isFolded && 'rotate-90')}
          />
          <span className={id === 'needs' ? 'text-amber' : ''}>{title}</span>
          <Count value={agents.length} what={agents.length === 1 ? 'agent' : 'agents'} />
        </button>
      </h2>
      <ChooseAll ids={agents.map((agent) => agent.id)} title={title} />
    </header>
  );
}

function ChooseAll({ ids, title }: { ids: readonly string[]; title: string }) {
  const count = useChosen((chosen) => ids.filter((id) => chosen.ids.has(id)).length);
  const isChoosing = useChosen((chosen) => chosen.ids.size > 0);
  const isAll = count === ids.length;
  return (
    <button
      type="button"
      onClick={() => setChosen(ids, !isAll)}
      aria-label={`${isAll ? 'Choose none' : 'Choose all'} of ${title}`}
      className={classNames(
        'rounded-sm text-sm text-faint group-hover/head:opacity-100 hover:text-fg focus-visible:opacity-100',
        !isChoosing && 'opacity-0',
      )}
    >
      {isAll ? 'Choose none' : 'Choose all'}
    </button>
  );
}
