/** What gates say of a request that nobody has merged yet. Pure. */
import { neededGates, runOfGate, verdictOf } from '../../../preload/contract/gate-verdict.ts';
import type { GateCheck, GateRun } from '../../../preload/contract/gates.ts';
import type { HubState } from '../../hub/feature.ts';
import { newestCheck, runIn, selectGates } from './slice.ts';

export interface RequestGates {
  /** `none`: they were not asked for. `lost`: they came to no result, by a cancel or a mishap, and none of them is red. */
  readonly state: 'none' | 'running' | 'green' | 'red' | 'lost';
  readonly check?: string;
  /** Required ones that are red. */
  readonly red: readonly GateRun[];
  /** How often all of them were asked for beyond the first time. */
  readonly again: number;
}

export function gatesOfRequest(hub: HubState, approval: string): RequestGates {
  const state = selectGates(hub);
  const isMeant = (check: GateCheck) =>
    check.approval === approval && check.purpose !== 'merge' && check.isPartial !== true;
  const check = newestCheck(state, isMeant);
  if (check === undefined) return { state: 'none', red: [], again: 0 };
  const runOf = runIn(state);
  const again = state.checks.values().filter((one) => isMeant(one) && one.purpose === 'run').length;
  const verdict = verdictOf(check, runOf);
  const runs = neededGates(check).flatMap((gate) => runOfGate(gate, runOf) ?? []);
  const red = runs.filter((run) => run.state === 'failed' || run.state === 'timed_out');
  const isLost = verdict === 'red' && red.length === 0;
  return { state: isLost ? 'lost' : verdict, check: check.id, red, again };
}
