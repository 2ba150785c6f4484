/**
 * What is to be done next, from what is: one pure function over stories, agents, settings and the switch. Asked twice it says the same, and
 * once it was done, nothing; so it is asked after each change, at the start, and by each decision again.
 */
import { inOrderKey, type Story } from '../stories/index.ts';
import { type Wait, waitToGive } from './agent-waits.ts';
import { planAtWork } from './at-work.ts';
import { busy, planBacklog } from './plan-backlog.ts';
import { type Draft, type Plan, type Row, type Scene, working } from './scene.ts';
import { newWork } from './slice.ts';
import { blockReason, Slots } from './slots.ts';
import type { StoryIndex } from './story-index.ts';

export function plan(scene: Scene): Plan {
  const slots = new Slots(scene);
  const draft: Draft = { scene, slots, steps: [], working: [], nextMs: Infinity };
  for (const { profile } of scene.pipeline.claims.values()) slots.take(profile);
  const coding = scene.index.coding.all().flatMap(({ id }) => scene.stories.open.get(id) ?? []);
  const open: Story[] = [];
  for (const story of coding) if (!planHanded(draft, story)) open.push(story);
  const taken = slots.active;
  const claimed = new Set(scene.pipeline.claims.keys());
  for (const story of open) if (!claimed.has(story.id)) planComeBack(draft, story);
  for (const id of claimed) planClaim(draft, id);
  const reasons = planBacklog(draft, claimed);
  planStops(draft);
  const { steps, working: rows, nextMs } = draft;
  if (scene.pipeline.isOn) return { steps, working: rows, reasons, active: taken, nextMs };
  return { steps: [], working: paused(draft), reasons, active: taken, nextMs: Infinity };
}

/** What there is to be done waits as well. */
function paused({ steps, working: rows }: Draft): Row[] {
  const open = new Set(steps.flatMap((step) => ('story' in step ? step.story : [])));
  const wait: Wait = { why: 'paused', what: 'it goes on once the pipeline runs' };
  return rows.map((row) =>
    row.wait === undefined && open.has(row.story.id) ? { ...row, wait } : row,
  );
}

/** In its agent’s hands. */
function planHanded(draft: Draft, story: Story): boolean {
  const { agents, pipeline } = draft.scene;
  const work = pipeline.works.get(story.id) ?? newWork;
  const agent = agents.byId.get(story.agent ?? '');
  if (agent === undefined || work.handed?.agent !== agent.id) return false;
  draft.slots.take(agent.profile);
  planAtWork(draft, { story, agent, work });
  return true;
}

/** In coding, and nobody was told: it came back, or somebody moved it there. It goes before what has not begun. */
function planComeBack(draft: Draft, story: Story): void {
  const { scene, slots, steps } = draft;
  const reason = blockReason(scene, story);
  if (reason !== undefined) {
    steps.push({ do: 'block', story: story.id, reason });
    return;
  }
  const agent = scene.agents.byId.get(story.agent ?? '');
  if (agent === undefined) {
    const { name, wait } = slots.profileFor(story.profile);
    if (wait !== undefined) {
      working(draft, { story, agent: '', profile: name, wait });
      return;
    }
    slots.takeNew(name);
    steps.push({ do: 'begin', story: story.id, profile: name });
    return;
  }
  const { id, profile } = agent;
  const wait = waitToGive(agent) ?? slots.wait(profile);
  working(draft, { story, agent: id, profile, wait });
  if (wait !== undefined) return;
  slots.take(profile);
  steps.push({ do: 'hand', story: story.id, agent: id });
}

/** From the slot that it has to the agent that has it, one step after the other, whatever was cut off in between. */
function planClaim(draft: Draft, id: string): void {
  const { scene, steps } = draft;
  const { stories, agents, pipeline, index } = scene;
  const story = stories.open.get(id);
  const claim = pipeline.claims.get(id);
  if (claim === undefined) return;
  const { agent, profile, isAdded } = claim;
  const stage = story?.place.stage;
  const isReady =
    (stage === 'coding' && story?.node === undefined) ||
    (story !== undefined && isInLists(index, story));
  const made = agents.byId.get(agent);
  const isBusy = made !== undefined && busy(draft.scene, made, id) !== undefined;
  if (story === undefined || !isReady || isBusy) {
    steps.push({ do: 'drop', story: id });
    return;
  }
  const wait = story.agent === agent && made !== undefined ? waitToGive(made) : undefined;
  working(draft, { story, agent, profile, wait: wait ?? starting(agent) });
  if (!isAdded || made === undefined) steps.push({ do: 'add', story: id, agent, profile });
  else if (story.agent !== agent) steps.push({ do: 'assign', story: id, agent });
  else if (stage !== 'coding') steps.push({ do: 'start', story: id, agent });
  else if (wait === undefined) steps.push({ do: 'hand', story: id, agent });
}

function starting(agent: string): Wait {
  return { why: 'starting', what: `agent ${agent} is being made` };
}

function isInLists({ byProfile, byAgent }: StoryIndex, story: Story): boolean {
  const list =
    story.agent === undefined ? byProfile.get(story.profile ?? '') : byAgent.get(story.agent);
  return list?.has(inOrderKey(story)) ?? false;
}

/** Programs of agents that were made for a story which is nobody’s any more. */
function planStops({ scene, steps }: Draft): void {
  const { pipeline, agents, stories } = scene;
  pipeline.own.forEach(({ session }, id) => {
    const agent = agents.byId.get(id);
    const isIdle = (stories.byAgent.get(id) ?? []).length === 0;
    if (agent?.state !== 'running' || agent.session !== session || !isIdle) return;
    if (pipeline.claims.values().some((claim) => claim.agent === id)) return;
    steps.push({ do: 'stop', agent: id });
  });
}
