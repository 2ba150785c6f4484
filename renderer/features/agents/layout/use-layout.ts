import { useCallback } from 'react';
import { create } from 'zustand';
import { readStored, writeStored } from '../../../hub/storage.ts';
import { useProjects } from '../../../hub/use-projects.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { type AgentsLayout, layoutOf, type StoredLayouts, withLayout } from './stored-layout.ts';

const useLayouts = create<{ readonly stored: StoredLayouts }>(() => ({
  stored: readStored('agentsLayouts', []),
}));

export type ChangeLayout = (change: Partial<AgentsLayout>) => void;

/** How the agents of the shown repository are arranged, and the way to change it: it is so again after a reload. */
export function useLayout(): readonly [AgentsLayout, ChangeLayout] {
  const project = useProjects().shown?.id ?? '';
  const layout = useLayouts(({ stored }) => layoutOf(stored, project));
  const change = useCallback<ChangeLayout>(
    (changed) => {
      const stored = withLayout(useLayouts.getState().stored, project, changed);
      useLayouts.setState({ stored });
      writeStored('agentsLayouts', stored);
    },
    [project],
  );
  return [layout, change];
}

/** Back from one alone: to those side by side where they are the layout, else to the grid. */
export function useShowAll(): () => void {
  const [{ layout }, change] = useLayout();
  return useCallback(() => {
    if (layout === 'single') change({ layout: 'grid' });
    navigate('agents');
  }, [layout, change]);
}
