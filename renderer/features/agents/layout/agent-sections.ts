/** Which agents stand together: those that need the operator first. Pure. */
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { byAge, isTransient, presentAgent } from '../present-agent.ts';

/** `all`: of so few that they are seen at one look. */
export type SectionId = 'pinned' | 'all' | 'needs' | 'working' | 'idle' | 'stopped';

const sectionTitles: Readonly<Record<SectionId, string>> = {
  pinned: 'Pinned',
  all: 'Running',
  needs: 'Needs you',
  working: 'Working',
  idle: 'Idle',
  stopped: 'Stopped',
};

const sectionOrder = Object.keys(sectionTitles) as readonly SectionId[];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  /** In the order they were added. Never empty. */
  readonly agents: readonly AgentRecord[];
}

type OwnSection = Exclude<SectionId, 'pinned' | 'all'>;

/** Where an agent belongs by what it does. `waiting`: how many things it waits for the operator with. */
export function sectionOf(agent: AgentRecord, waiting: number): OwnSection {
  const { state, status, liveness, paused } = agent;
  if (state === 'stopped' || state === 'destroying' || state === 'destroyed') return 'stopped';
  if (waiting > 0 || needsByItsWord(agent)) return 'needs';
  // At rest, whatever it did when it was held.
  if (paused) return 'stopped';
  if (isTransient(state) || status.value === 'working') return 'working';
  // It has not said what it does, and its terminal moves; where heartbeats alone come, it does not.
  const isMoving = liveness === 'active' && status.source !== 'silence';
  return status.value === 'unknown' && isMoving ? 'working' : 'idle';
}

/** Up to here, the agents that run are all in sight: sections would only part them. */
export const few = 6;

interface Placing {
  /** In the order they were added. */
  readonly agents: readonly AgentRecord[];
  readonly waiting: ReadonlyMap<string, number>;
  readonly pins: readonly string[];
}

/** Where each belongs now. */
export function placesOf({ agents, waiting, pins }: Placing): Map<string, SectionId> {
  const own = new Map<string, SectionId>(
    agents.map((agent) => [agent.id, sectionOf(agent, waiting.get(agent.id) ?? 0)]),
  );
  const running = [...own.values()].filter((section) => section !== 'stopped').length;
  for (const [id, section] of own) {
    if (pins.includes(id)) own.set(id, 'pinned');
    else if (running <= few && section !== 'stopped') own.set(id, 'all');
  }
  return own;
}

/** It says that it cannot go on, and nothing says that it waits for somebody else. */
function needsByItsWord({ state, status, paused }: AgentRecord): boolean {
  if (state !== 'running' || paused) return false;
  return status.value === 'blocked' || (status.value === 'waiting' && status.source === 'report');
}

/** Each in its place; sections without agents are left out. */
export function toSections(
  agents: readonly AgentRecord[],
  places: ReadonlyMap<string, SectionId>,
): readonly Section[] {
  const sorted = [...agents].sort(byAge);
  return sectionOrder
    .map((id) => ({ id, agents: sorted.filter((agent) => places.get(agent.id) === id) }))
    .filter(({ agents: own }) => own.length > 0)
    .map((section) => ({ ...section, title: titleOf(section) }));
}

/** One that is paused has not ended, and stands among those that have. */
function titleOf({ id, agents }: Omit<Section, 'title'>): string {
  const isOfBoth = id === 'stopped' && agents.some(({ paused }) => paused !== undefined);
  return isOfBoth ? 'Stopped or paused' : sectionTitles[id];
}

/** Every word that was typed stands in the name, the branch, the status word or the section's title. */
export function fitsFilter(agent: AgentRecord, waiting: number, filter: string): boolean {
  const { word } = presentAgent(agent);
  const section = sectionTitles[sectionOf(agent, waiting)];
  const text = [agent.id, agent.branch, word, section].join('\n').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((part) => text.includes(part));
}

/** Whom keys reach, in the order they are seen: not those in a folded section. */
export function orderOf(
  sections: readonly Section[],
  folded: readonly string[],
): readonly AgentRecord[] {
  return sections.filter(({ id }) => !folded.includes(id)).flatMap(({ agents }) => agents);
}

/** The next one around the ends that needs the operator. */
export function nextInNeed(
  order: readonly AgentRecord[],
  from: string | undefined,
  needs: (agent: AgentRecord) => boolean,
): AgentRecord | undefined {
  const at = order.findIndex(({ id }) => id === from);
  return [...order.slice(at + 1), ...order.slice(0, at + 1)].find(needs);
}
