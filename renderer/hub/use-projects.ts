import { useStore } from 'zustand';
import type { OpenProject } from '../../preload/contract/bridge.ts';
import { useHub } from './hub-context.tsx';

/** The repositories that the host has open beside the one shown, and that one. */
export interface Projects {
  readonly shown: OpenProject | undefined;
  readonly others: readonly OpenProject[];
}

/** A page shows the one that its address names; without a name, the first. */
export function useProjects(): Projects {
  const all = useStore(useHub().projects);
  const named = new URLSearchParams(location.search).get('project');
  const shown = named === null ? all[0] : all.find(({ id }) => id === named);
  return { shown, others: all.filter((one) => one !== shown) };
}

/** The page begins anew with the other one; where it was in this one stays behind. */
export function showProject({ id }: OpenProject): void {
  location.assign(`${location.pathname}?project=${encodeURIComponent(id)}`);
}
