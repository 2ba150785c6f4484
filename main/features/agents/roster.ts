/** The agents as `GET /status` tells them, in the words of git-paw's roster: by name, and the operator once it spoke. */
import type { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { lastHeard } from './output.ts';
import type { Agent } from './slice.ts';
import { reachableAgents, selectAgents } from './slice.ts';

export interface RosterRow {
  readonly agent_id: string;
  readonly cli: string;
  readonly status: string;
  /** Since the last sign of life; before the first one, since it was added. */
  readonly last_seen_seconds: number;
  readonly phase?: string | undefined;
}

interface Now {
  readonly outputs: Table<unknown>;
  readonly nowMs: number;
}

export function rosterOf(hub: HubState, now: Now): RosterRow[] {
  const { operator } = selectAgents(hub);
  const rows = reachableAgents(selectAgents(hub)).map((agent) => rowOf(agent, now));
  if (operator !== undefined) {
    const { word: status, phase, atMs } = operator;
    const last_seen_seconds = secondsSince(atMs, now);
    rows.push({ agent_id: 'supervisor', cli: '', status, last_seen_seconds, phase });
  }
  return rows.sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1));
}

function rowOf(agent: Agent, now: Now): RosterRow {
  const { id, profile, state, label, reported, createdMs, paused } = agent;
  const isRunning = state === 'running';
  return {
    agent_id: id,
    cli: profile,
    status: paused ? 'paused' : isRunning ? (label?.word ?? reported.value) : state,
    last_seen_seconds: secondsSince(lastHeard(agent, now.outputs) ?? createdMs, now),
    ...(isRunning && label?.phase !== undefined && { phase: label.phase }),
  };
}

function secondsSince(atMs: number, { nowMs }: Now): number {
  return Math.max(0, Math.floor((nowMs - atMs) / 1_000));
}
