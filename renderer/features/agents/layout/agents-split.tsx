import { Plus } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { PaneRow } from '../../../ui/pane-row.tsx';
import { useWidth } from '../../../ui/use-width.ts';
import { useWidthOf } from '../../terminals/index.ts';
import { AgentPane } from '../agent-pane.tsx';
import { useWaiting } from '../use-waiting.ts';
import { rowsOf, sharesOf, withShares } from './split-rows.ts';
import { useLayout } from './use-layout.ts';

interface AgentsSplitProps {
  /** Side by side. */
  agents: readonly AgentRecord[];
  /** Who could come beside them. */
  others: readonly AgentRecord[];
  selected: string | undefined;
}

/** What a terminal needs so that programs draw their screens as they are meant. */
const leastColumns = 60;

/** Two to four agents side by side, each as wide as it was dragged; in rows where the window has no room for that. */
export function AgentsSplit({ agents, others, selected }: AgentsSplitProps) {
  const [root, widthPx] = useWidth();
  const leastPx = useWidthOf(leastColumns);
  const [{ shares }, changeLayout] = useLayout();
  if (agents.length === 0)
    return (
      <EmptyState
        title="No agents are side by side"
        action={<AddBeside agents={agents} others={others} />}
      >
        Choose two to four to watch them together.
      </EmptyState>
    );
  const ids = agents.map(({ id }) => id);
  const rows = widthPx === undefined ? [] : rowsOf(ids, widthPx, leastPx);
  return (
    <div
      ref={root}
      data-scroller
      className="relative flex min-h-0 flex-1 flex-col overflow-x-hidden overflow-y-auto"
    >
      {rows.map((row, at) => (
        <div key={row.join(' ')} className="flex min-h-60 flex-1 [&_article]:border-r-0">
          <SplitRow
            id={`agents-split-${at}`}
            ids={row}
            minPx={Math.min(leastPx, widthPx ?? 0)}
            shares={sharesOf(rows, at, shares)}
            selected={selected}
            onResized={(changed) =>
              changeLayout({ shares: withShares(rows, at, { shares, changed }) })
            }
            onRemove={(id) => changeLayout({ split: ids.filter((one) => one !== id), shares: [] })}
          />
        </div>
      ))}
    </div>
  );
}

interface SplitRowProps {
  id: string;
  ids: readonly string[];
  minPx: number;
  shares: readonly number[];
  selected: string | undefined;
  onResized: (shares: readonly number[]) => void;
  onRemove: (id: string) => void;
}

function SplitRow({ id, ids, minPx, shares, selected, onResized, onRemove }: SplitRowProps) {
  const waiting = useWaiting();
  return (
    <PaneRow
      id={id}
      label="Resize the terminals"
      minPx={minPx}
      shares={shares}
      onResized={onResized}
      panes={ids.map((agent) => ({
        id: agent,
        content: (
          <AgentPane
            id={agent}
            waiting={waiting.get(agent) ?? 0}
            isSelected={agent === selected}
            onRemove={() => onRemove(agent)}
          />
        ),
      }))}
    />
  );
}

interface AddBesideProps {
  agents: readonly AgentRecord[];
  others: readonly AgentRecord[];
}

/** One more beside them, up to four. */
export function AddBeside({ agents, others }: AddBesideProps) {
  const [, changeLayout] = useLayout();
  if (agents.length >= 4 || others.length === 0) return null;
  const items = others.map(({ id }) => ({
    label: id,
    onSelect: () => changeLayout({ split: [...agents.map((one) => one.id), id], shares: [] }),
  }));
  return (
    <Menu groups={[items]}>
      <Button icon={Plus}>Add beside</Button>
    </Menu>
  );
}
