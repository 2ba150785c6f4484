/** How the operator has arranged the agents of each repository; kept by this browser. Pure. */
import type { StoredValue } from '../../../hub/storage.ts';

export type StoredLayouts = StoredValue<'agentsLayouts'>;
export type AgentsLayout = Readonly<Omit<StoredLayouts[number], 'project'>>;
export type Layout = AgentsLayout['layout'];
export type Density = AgentsLayout['density'];

export const defaultLayout: AgentsLayout = {
  layout: 'grid',
  density: 'comfortable',
  filter: '',
  pins: [],
  folded: [],
  split: [],
  shares: [],
};

const most = { projects: 12, pins: 100, filter: 100, split: 4 };

export function layoutOf(stored: StoredLayouts, project: string): AgentsLayout {
  return stored.find((one) => one.project === project) ?? defaultLayout;
}

/** With this one changed and first. What is beyond the bounds is cut: the oldest pins, the repositories not seen for longest. */
export function withLayout(
  stored: StoredLayouts,
  project: string,
  change: Partial<AgentsLayout>,
): StoredLayouts {
  const next = { ...layoutOf(stored, project), ...change, project };
  const bounded = {
    ...next,
    filter: next.filter.slice(0, most.filter),
    pins: next.pins.slice(-most.pins),
    split: next.split.slice(0, most.split),
  };
  const others = stored.filter((one) => one.project !== project);
  return [bounded, ...others].slice(0, most.projects);
}

/** With this one beside the others; where there are four already, the first gives way. */
export function besideOf(split: readonly string[], agent: string): readonly string[] {
  return [...split.filter((one) => one !== agent).slice(1 - most.split), agent];
}

/** In the list when it was not, out of it when it was. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}
