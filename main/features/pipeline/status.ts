/** How the pipeline stands: for pages in few words, and to whoever asks with each story that waits and why. Pure. */
import type { QueryResult } from '../../../preload/contract/define.ts';
import type {
  PipelineNow,
  PipelineWaiting,
  PipelineWork,
  pipeline as contract,
} from '../../../preload/contract/pipeline.ts';
import type { StoryNodeNow } from '../../../preload/contract/story-facts.ts';
import { inOrder, isReady, type Story, unmetOf } from '../stories/index.ts';
import { type Wait, waitToGive } from './agent-waits.ts';
import type { Planned } from './decide.ts';
import { busy } from './plan-backlog.ts';
import type { Row, Scene } from './scene.ts';
import { Slots } from './slots.ts';

const shownRows = 50;

export function nowOf({ plan, scene }: Planned): PipelineNow {
  const { pipeline, settings } = scene;
  return {
    ...switchOf(pipeline),
    maxAgents: settings.maxAgents,
    active: plan.active,
    ready: plan.reasons.reduce((sum, { count }) => sum + count, 0),
    working: rowsOf(plan.working).slice(0, shownRows),
    reasons: plan.reasons.slice(0, 10).map(({ wait, count }) => ({ ...wait, count })),
  };
}

function switchOf({ isOn, sinceMs, by, reason }: Scene['pipeline']) {
  return {
    isOn,
    ...(sinceMs !== undefined && { sinceMs }),
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
  };
}

/** Those that wait first. */
function rowsOf(working: readonly Row[]): PipelineWork[] {
  const rows = working.map(({ story, agent, profile, work, wait }) => ({
    ...{ story: story.id, title: story.title, agent, profile, attempts: work.attempts },
    ...(wait !== undefined && { waits: wait }),
  }));
  return [...rows.filter(({ waits }) => waits), ...rows.filter(({ waits }) => !waits)];
}

export function statusOf(
  { plan, scene }: Planned,
  { limit }: { readonly limit: number },
  nodeNow: (story: Story) => StoryNodeNow | undefined,
): QueryResult<typeof contract, 'pipeline.status'> {
  const { settings, nowMs, pipeline } = scene;
  const { maxAgents, maxNoProgress, maxAttempts, profile, maxOf } = settings;
  const profiles = Object.entries(maxOf).map(([name, most]) => ({
    profile: name,
    maxAgents: most,
  }));
  const waiting = waitingIn(scene);
  return {
    ...switchOf(pipeline),
    limits: {
      ...{ maxAgents, maxNoProgress, maxAttempts, profiles },
      ...(profile !== undefined && { profile }),
    },
    active: plan.active,
    working: rowsOf(plan.working),
    onNodes: onNodesIn(scene, nodeNow),
    waiting: waiting.slice(0, limit).map((story) => ({
      ...{ story: story.id, title: story.title },
      ...whyNot(scene, plan, story),
    })),
    waitingTotal: waiting.length,
    nowMs,
  };
}

function onNodesIn(
  { stories }: Scene,
  nodeNow: (story: Story) => StoryNodeNow | undefined,
): QueryResult<typeof contract, 'pipeline.status'>['onNodes'] {
  const found: Story[] = [];
  stories.open.forEach((story) => {
    if (story.node !== undefined && story.place.stage === 'coding') found.push(story);
  });
  return inOrder(found).flatMap((story) => {
    const { id, title, node } = story;
    const now = nodeNow(story);
    return node === undefined || now === undefined
      ? []
      : [{ story: id, title, node, nodeNow: now }];
  });
}

/** All that is not begun, or was put aside. */
function waitingIn({ stories, pipeline }: Scene): Story[] {
  const found: Story[] = [];
  stories.open.forEach((story) => {
    const { place } = story;
    const isAside =
      'over' in place && (place.over.stage === 'backlog' || place.over.stage === 'coding');
    if (isAside || (place.stage === 'backlog' && !pipeline.claims.has(story.id))) found.push(story);
  });
  return inOrder(found);
}

function whyNot(
  scene: Scene,
  plan: Planned['plan'],
  story: Story,
): Omit<PipelineWaiting, 'story' | 'title'> {
  const { stories, pipeline, agents } = scene;
  const { place } = story;
  if (place.stage === 'blocked' || place.stage === 'held' || place.stage === 'frozen')
    return { why: place.stage, what: place.reason ?? `it is ${place.stage}` };
  if (!isReady(stories, story)) {
    const unmet = unmetOf(stories, story).map((one) => `${one.story} (${one.stage})`);
    return { why: 'dependency', what: `it waits for ${unmet.join(', ')}` };
  }
  if (!pipeline.isOn) return paused;
  const slots = new Slots(scene);
  for (const { profile } of plan.working) slots.take(profile);
  const agent = agents.byId.get(story.agent ?? '');
  const found: Wait | undefined =
    agent === undefined
      ? slots.profileFor(story.profile).wait
      : (busy(scene, agent) ?? waitToGive(agent) ?? slots.wait(agent.profile));
  return found ?? { why: 'starting', what: 'it begins now' };
}

const paused: Wait = { why: 'paused', what: 'the pipeline is paused' };
