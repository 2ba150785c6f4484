/** How this project stands, in numbers: what a gateway is told, and no more. Pure. */
import type { ProjectStatus } from '../../../preload/contract/gateway-facts.ts';
import type { HubState } from '../../hub/feature.ts';
import { isAlive, selectAgents, statusOf } from '../agents/index.ts';
import { selectWaiting } from '../inbox/index.ts';
import { selectStories } from '../stories/index.ts';

export function projectStatus(hub: HubState, version: string): ProjectStatus {
  const agents = selectAgents(hub).byId.values();
  const { open, over } = selectStories(hub);
  const stages = [...open.values(), ...over.values()].map(({ place }) => place.stage);
  const kept = agents.filter(({ state }) => state !== 'destroyed');
  return {
    version,
    agents: counted(kept.map((agent) => (isAlive(agent) ? statusOf(agent).value : 'stopped'))),
    stories: counted(stages.filter((stage) => !isGone.has(stage))),
    waiting: waitingIn(hub),
  };
}

/** Thousands of these say nothing of how a project stands. */
const isGone: ReadonlySet<string> = new Set(['archived', 'abandoned', 'superseded']);

function waitingIn(hub: HubState): ProjectStatus['waiting'] {
  // What was put off still stops its agent.
  const items = selectWaiting(hub)
    .values()
    .filter(({ isBlocking, snoozedUntilMs }) => isBlocking || snoozedUntilMs === undefined);
  const oldestMs = items.reduce((oldest, { sinceMs }) => Math.min(oldest, sinceMs), Infinity);
  return {
    total: items.length,
    blocking: items.filter(({ isBlocking }) => isBlocking).length,
    ...(items.length > 0 && { oldestMs }),
    kinds: counted(items.map(({ kind }) => kind)),
  };
}

function counted<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  const counts = {} as Record<Key, number>;
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
