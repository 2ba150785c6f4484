/** The records of one kind in any state, as pages see them. */
import type { Table } from '../../preload/contract/table.ts';
import type { HubState } from './feature.ts';
import type { Registry } from './registry.ts';

export interface RecordsOfKind {
  readonly items: Table<unknown>;
  record(key: string): unknown;
}

/** Undefined for a kind that no feature shows. */
export function recordsOf(
  { features }: Registry,
  state: HubState,
  kind: string,
): RecordsOfKind | undefined {
  const feature = features.find(({ views }) => views !== undefined && Object.hasOwn(views, kind));
  const view = feature?.views?.[kind];
  if (feature === undefined || view === undefined) return undefined;
  const items = view.items(state[feature.contract.name]) as Table<unknown>;
  return {
    items,
    record(key) {
      const item = items.get(key);
      return item === undefined || view.record === undefined ? item : view.record(item);
    },
  };
}
