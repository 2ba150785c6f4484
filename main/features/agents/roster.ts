/** The agents as `GET /status` tells them, in the words of git-paw's roster. */
import type { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { lastHeard } from './output.ts';
import { reachableAgents, selectAgents } from './slice.ts';

export interface RosterRow {
  readonly agent_id: string;
  readonly cli: string;
  readonly status: string;
  /** Null when nothing was heard of it yet. */
  readonly last_seen_seconds: number | null;
}

export function rosterOf(
  hub: HubState,
  { outputs, nowMs }: { readonly outputs: Table<unknown>; readonly nowMs: number },
): RosterRow[] {
  return reachableAgents(selectAgents(hub)).map((agent) => {
    const heardMs = lastHeard(agent, outputs);
    return {
      agent_id: agent.id,
      cli: agent.profile,
      status: agent.state === 'running' ? agent.reported.value : agent.state,
      last_seen_seconds: heardMs === undefined ? null : Math.floor((nowMs - heardMs) / 1000),
    };
  });
}
