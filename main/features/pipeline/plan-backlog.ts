/** What could begin, the first in order first, until there is no slot. Pure. */
import type { Agent } from '../agents/index.ts';
import { inOrderKey, isInWork, type Story } from '../stories/index.ts';
import { type Wait, waitToGive } from './agent-waits.ts';
import type { Draft, Plan, Scene } from './scene.ts';
import { blockReason } from './slots.ts';
import type { Entry, Ordered } from './story-index.ts';

/** Each profile and each agent has a list of its own: one that waits holds up no other. */
interface Source {
  readonly list: Ordered;
  readonly name: string;
  readonly isAgent: boolean;
  place: number;
  begun: number;
  wait?: Wait | undefined;
}

export function planBacklog(draft: Draft, claimed: ReadonlySet<string>): Plan['reasons'] {
  const { index, pipeline } = draft.scene;
  const sources = [
    ...[...index.byProfile].map(([name, list]) => sourceOf(name, list, false)),
    ...[...index.byAgent].map(([name, list]) => sourceOf(name, list, true)),
  ];
  for (let source = first(sources, claimed); source; source = first(sources, claimed)) {
    const entry = source.list.at(source.place) as Entry;
    if (source.isAgent) giveTo(draft, source, entry);
    else beginNext(draft, source, entry);
  }
  const keys = [...claimed].flatMap((id) => draft.scene.stories.open.get(id) ?? []).map(inOrderKey);
  const reasons = sources.flatMap((source) => {
    const isBegun = keys.filter((key) => source.list.has(key)).length + source.begun;
    const count = source.list.size - isBegun;
    if (count <= 0) return [];
    const paused: Wait = { why: 'paused', what: 'the pipeline is paused' };
    const wait = pipeline.isOn ? source.wait : paused;
    return wait === undefined ? [] : [{ wait, count }];
  });
  return together(reasons);
}

function sourceOf(name: string, list: Ordered, isAgent: boolean): Source {
  return { name, list, isAgent, place: 0, begun: 0 };
}

/** Of the lists that are not at their end, the one whose next story comes first. */
function first(sources: readonly Source[], claimed: ReadonlySet<string>): Source | undefined {
  let found: Source | undefined;
  let least = Infinity;
  for (const source of sources) {
    if (source.wait !== undefined) continue;
    while (claimed.has(source.list.at(source.place)?.id ?? '')) source.place += 1;
    const key = source.list.at(source.place)?.key ?? Infinity;
    if (key < least) [found, least] = [source, key];
  }
  return found;
}

function beginNext(draft: Draft, source: Source, { id }: Entry): void {
  const { scene, slots, steps } = draft;
  const story = scene.stories.open.get(id) as Story;
  const reason = blockReason(scene, story);
  if (reason !== undefined) {
    source.place += 1;
    source.begun += 1;
    steps.push({ do: 'block', story: id, reason });
    return;
  }
  const { name, wait } = slots.profileFor(source.name === '' ? undefined : source.name);
  if (wait !== undefined) {
    draft.nextMs = Math.min(draft.nextMs, wait.untilMs ?? Infinity);
    source.wait = wait;
    return;
  }
  source.place += 1;
  source.begun += 1;
  slots.takeNew(name);
  steps.push({ do: 'begin', story: id, profile: name });
}

/** To an agent that has it already; one story after the other. */
function giveTo(draft: Draft, source: Source, { id }: Entry): void {
  const { scene, slots, steps } = draft;
  const agent = scene.agents.byId.get(source.name);
  const wait = agent && (busy(scene, agent) ?? waitToGive(agent) ?? slots.wait(agent.profile));
  if (agent !== undefined && wait === undefined) {
    slots.take(agent.profile);
    source.begun += 1;
    steps.push({ do: 'start', story: id, agent: agent.id });
  }
  source.wait = wait ?? { why: 'agent-busy', what: `agent ${source.name} has another story first` };
}

/** Has another story in work, or is about to. */
export function busy({ stories, pipeline }: Scene, { id }: Agent, but?: string): Wait | undefined {
  const mine = (stories.byAgent.get(id) ?? []).flatMap((one) => stories.open.get(one) ?? []);
  const claims = pipeline.claims.entries().flatMap(([of, { agent }]) => (agent === id ? of : []));
  const other = [...mine.filter(isInWork).map((one) => one.id), ...claims].find((of) => of !== but);
  if (other === undefined) return undefined;
  return { why: 'agent-busy', what: `agent ${id} has story ${other} in work` };
}

function together(reasons: Plan['reasons']): Plan['reasons'] {
  const byWords = new Map<string, { wait: Wait; count: number }>();
  for (const { wait, count } of reasons) {
    const found = byWords.get(wait.what);
    byWords.set(wait.what, { wait, count: count + (found?.count ?? 0) });
  }
  return [...byWords.values()].sort((a, b) => b.count - a.count);
}
