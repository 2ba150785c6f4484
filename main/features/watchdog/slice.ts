/** What the watchdog remembers of each agent: its limits, what it has used, and where it is stuck. */
import { Table } from '../../../preload/contract/table.ts';
import type { Shape, WatchRecord } from '../../../preload/contract/watchdog.ts';
import { watchdog as contract } from '../../../preload/contract/watchdog.ts';
import { selectorOf } from '../../hub/feature.ts';
import type { Run } from './run.ts';
import { newRun } from './run.ts';

export interface Watch extends WatchRecord {
  readonly run: Run;
  /** When each shape was told last, Unix ms. */
  readonly toldMs: Readonly<Partial<Record<Shape, number>>>;
}

export type WatchdogState = Table<Watch>;

export const initialWatchdog: WatchdogState = Table.empty();
export const selectWatchdog = selectorOf<WatchdogState>(contract);

export function newWatch(id: string): Watch {
  return { id, limits: {}, near: {}, stuck: [], told: {}, toldMs: {}, run: newRun };
}

export function toWatchRecord({ id, limits, near, stuck, told }: Watch): WatchRecord {
  return { id, limits, near, stuck, told };
}
