import {
  Columns2,
  FolderGit2,
  Grid2x2,
  LayoutGrid,
  Plus,
  Rows3,
  Square,
  StretchHorizontal,
} from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { NotificationsButton } from '../../notifications/index.ts';
import { TerminalLookButton } from '../../terminals/index.ts';
import { showWorktrees } from '../../worktrees/index.ts';
import { openAgentsDialog } from '../agents-ui.ts';
import type { Density, Layout } from './stored-layout.ts';
import { useLayout } from './use-layout.ts';

const layouts = [
  { value: 'grid', label: 'All', icon: LayoutGrid },
  { value: 'split', label: 'Side by side', icon: Columns2 },
  { value: 'single', label: 'One', icon: Square },
] as const;

const densities = [
  { value: 'comfortable', label: 'Terminals', icon: Grid2x2 },
  { value: 'compact', label: 'Last lines', icon: StretchHorizontal },
  { value: 'list', label: 'List', icon: Rows3 },
] as const satisfies ReadonlyArray<{ value: Density; label: string; icon: unknown }>;

interface AgentsActionsProps {
  /** What is shown now. */
  layout: Layout;
  hasAgents: boolean;
  onLayout: (layout: Layout) => void;
}

/** How agents are laid out, notifications, and a new one. */
export function AgentsActions({ layout, hasAgents, onLayout }: AgentsActionsProps) {
  const [{ density }, changeLayout] = useLayout();
  return (
    <>
      {hasAgents && layout === 'grid' && (
        <Segmented
          areIcons
          label="Density"
          value={density}
          segments={densities}
          onChange={(next) => changeLayout({ density: next })}
        />
      )}
      {hasAgents && (
        <Segmented areIcons label="Layout" value={layout} segments={layouts} onChange={onLayout} />
      )}
      {hasAgents && <TerminalLookButton />}
      <IconButton icon={FolderGit2} label="Worktrees" onClick={() => showWorktrees()} />
      <NotificationsButton />
      <Button icon={Plus} onClick={() => openAgentsDialog({ kind: 'new' })}>
        New agent
      </Button>
    </>
  );
}
