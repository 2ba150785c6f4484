// One whole play: steps, healing, and what must hold after each.

import { expect } from 'vitest';
import { Pace } from '../../main/base/pace.ts';
import { selectAgents } from '../../main/features/agents/index.ts';
import { selectPipeline } from '../../main/features/pipeline/index.ts';
import { selectStories } from '../../main/features/stories/index.ts';
import { rebuild } from '../../main/hub/rebuild.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { TestClock } from '../harness/clock.ts';
import { heal } from './whole-heal.ts';
import type { Life } from './whole-life.ts';
import type { Step } from './whole-steps.ts';
import { onTitle, take, tellPost } from './whole-take.ts';

/** The hub knows what the log says, and outside no two work on the same. */
function check(life: Life): void {
  life.follow();
  const { model } = life;
  const state = life.box.hub.state();
  const { open, over } = selectStories(state);
  for (const { id, place, agent } of [...open.values(), ...over.values()]) {
    const one = model.of(id);
    const overStage = 'over' in place ? place.over.stage : undefined;
    const known = { stage: place.stage, over: overStage, agent };
    expect(known, id).toEqual({ stage: one.stage, over: one.over, agent: one.agent });
    if (one.sealed) expect.fail(`${id} is sealed, and nothing is under way`);
    for (const commit of one.merged) expect(life.inTarget, id).toContain(commit);
  }
  const merged = new Set([...model.stories.values()].flatMap((one) => one.merged));
  for (const commit of life.inTarget) expect(merged, 'in the target').toContain(commit);
  checkPrograms(life);
}

/** Of the agents that the pipeline made, those alone run that have a story; and each of them has one program. */
function checkPrograms(life: Life): void {
  const running = life.running();
  expect(new Set(running).size, `programs: ${running}`).toBe(running.length);
  const state = life.box.hub.state();
  const { own, isOn } = selectPipeline(state);
  if (!isOn) return;
  const onStory = new Map<string, string>();
  own.forEach(({ story, session }, agent) => {
    const made = selectAgents(state).byId.get(agent);
    const isAtWork = made?.state === 'running' && made.session === session;
    const { stage, agent: owner } = life.model.of(story);
    if (!isAtWork || stage !== 'coding' || (owner === agent && onStory.has(story))) return;
    expect(onStory.get(story), `${agent} works on ${story} as well`).toBeUndefined();
    onStory.set(story, agent);
  });
}

export async function play(life: Life, all: readonly Step[]): Promise<void> {
  await life.begin();
  for (const name of ['mine', 'other']) await life.ask('agent.add', { name, profile: 'claude' });
  await life.ask('agent.add', { name: 'post', start: false });
  for (const dependsOn of [[], [], ['s-1']]) await life.ask('story.add', { title: 'x', dependsOn });
  await life.ask('timer.add', { everyMs: 60 * 60_000, ...tellPost('x') });
  await life.ask('trigger.add', { ...onTitle('x'), ...tellPost('x') });
  await life.ask('pipeline.start', {});
  for (const step of all) {
    life.follow();
    await take(life, step);
    check(life);
  }
  await heal(life);
  check(life);
  life.model.clockwork.check();
  const registry = buildRegistry(life.played.features);
  const fresh = { ...life.store, slices: () => [] };
  const { state } = await rebuild({ registry, store: fresh, pace: new Pace(new TestClock()) });
  expect(JSON.stringify(state)).toBe(JSON.stringify(life.box.hub.state()));
  life.box.crash();
}
