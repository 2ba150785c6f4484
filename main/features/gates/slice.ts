/** What the hub remembers of gates, and how others look at it: what is under way, and the newest results. */
import { hasEnded, verdictOf } from '../../../preload/contract/gate-verdict.ts';
import {
  type GateCheck,
  type GateRun,
  gates as contract,
} from '../../../preload/contract/gates.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

export interface Run extends GateRun {
  /** Its checkout, from when it has one until it is over. */
  readonly slot?: number | undefined;
}

export interface GatesState {
  /** Runs of which those that are over are bounded. */
  readonly runs: Kept<Run>;
  /** The newest, oldest first. */
  readonly checks: Table<GateCheck>;
  /** Runs that nobody waits for any more, to be ended. */
  readonly moot: readonly string[];
}

export const initialGates: GatesState = {
  runs: { byId: Table.empty(), settled: [] },
  checks: Table.empty(),
  moot: [],
};

export const selectGates: (hub: HubState) => GatesState = selectorOf<GatesState>(contract);

export function isActive(run: Run | undefined): boolean {
  return run !== undefined && !hasEnded(run);
}

export function toRunRecord({ slot: _slot, ...run }: Run): GateRun {
  return run;
}

export function runIn(state: GatesState): (id: string) => Run | undefined {
  return (id) => state.runs.byId.get(id);
}

export function activeRuns({ runs }: GatesState): Run[] {
  return runs.byId.values().filter((run) => !hasEnded(run));
}

/** The newest of this gate, as it is defined, on these files. */
export function newestRun(
  { runs }: GatesState,
  { gate, hash, tree }: { gate: string; hash: string; tree: string },
): Run | undefined {
  return runs.byId.values().findLast((r) => r.tree === tree && r.hash === hash && r.gate === gate);
}

export function newestCheck(
  { checks }: GatesState,
  isMeant: (check: GateCheck) => boolean,
): GateCheck | undefined {
  return checks.values().findLast(isMeant);
}

/** A yes was said, and its gates still run: nothing of Musher's moves the target meanwhile. */
export function isHeldByGates(hub: HubState, approval: string): boolean {
  const state = selectGates(hub);
  const check = newestCheck(state, (one) => one.approval === approval && one.purpose === 'merge');
  return check !== undefined && verdictOf(check, runIn(state)) === 'running';
}
