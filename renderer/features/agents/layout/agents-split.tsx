import { Plus } from 'lucide-react';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { PaneRow } from '../../../ui/pane-row.tsx';
import { AgentPane } from '../agent-pane.tsx';
import { useWaiting } from '../use-waiting.ts';
import { useLayout } from './use-layout.ts';

interface AgentsSplitProps {
  /** Side by side. */
  agents: readonly AgentRecord[];
  /** Who could come beside them. */
  others: readonly AgentRecord[];
  selected: string | undefined;
}

/** Two to four agents side by side, each as wide as it was dragged. */
export function AgentsSplit({ agents, others, selected }: AgentsSplitProps) {
  const [{ shares }, changeLayout] = useLayout();
  const waiting = useWaiting();
  const ids = agents.map(({ id }) => id);
  if (agents.length === 0)
    return (
      <EmptyState
        title="No agents are side by side"
        action={<AddBeside agents={agents} others={others} />}
      >
        Choose two to four to watch them together.
      </EmptyState>
    );
  const remove = (id: string) =>
    changeLayout({ split: ids.filter((one) => one !== id), shares: [] });
  return (
    <PaneRow
      key={ids.join(' ')}
      id="agents-split"
      label="Resize the terminals"
      minPx={180}
      shares={shares}
      onResized={(next) => changeLayout({ shares: next })}
      panes={agents.map(({ id }) => ({
        id,
        content: (
          <AgentPane
            id={id}
            waiting={waiting.get(id) ?? 0}
            isSelected={id === selected}
            onRemove={() => remove(id)}
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
