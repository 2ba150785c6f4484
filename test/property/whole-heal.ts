// Nothing fails any more, and time passes: whoever has work does it, whoever is asked says yes. What does not end then has to say why.

import { expect } from 'vitest';
import { selectAgents } from '../../main/features/agents/index.ts';
import { selectApprovals } from '../../main/features/approvals/index.ts';
import type { PipelineStatus } from '../harness/pipeline-box.ts';
import type { Life } from './whole-life.ts';
import type { ModelStory } from './whole-model.ts';
import { exit, gatesOf, review, submit } from './whole-take.ts';

const minuteMs = 60_000;

/** Each round somebody does what there is to do, at once or after a while; at the end nothing is left. */
async function work(life: Life): Promise<void> {
  for (let idle = 0, round = 0; idle < 3; round += 1) {
    expect(round, 'rounds of work, and no end').toBeLessThan(200);
    if (idle > 0) await life.sleep(31 * minuteMs);
    const before = life.store.tables.events.length;
    for (const terminal of gatesOf(life))
      if (life.played.outside.running.has(terminal))
        await exit(life, terminal, { code: 0, isAway: false });
    for (const agent of life.running()) await workAs(life, agent);
    await sayYes(life);
    life.follow();
    idle = life.store.tables.events.length === before ? idle + 1 : 0;
  }
}

/** To each request that waits; one of a story that is held waits on. */
async function sayYes(life: Life): Promise<void> {
  for (const { id: approval, pin, state } of selectApprovals(life.box.hub.state()).byId.values())
    if (state === 'pending') await life.ask('approval.approve', { approval, commit: pin.commit });
}

async function workAs(life: Life, agent: string): Promise<void> {
  if (!life.running().includes(agent)) return;
  if (agent.startsWith('review-')) return review(life, agent, 'pass');
  life.follow();
  const [story] = life.model.workOf(agent);
  const { stage = '' } = life.model.stories.get(story ?? '') ?? {};
  const state = selectAgents(life.box.hub.state()).byId.get(agent);
  if (!['coding', 'merge_failed'].includes(stage) || state?.paused !== undefined) return;
  life.tips.set(agent, life.newCommit());
  // One way or the other.
  const terminal = state?.terminalId ?? '';
  if (agent.length % 2 === 0 && stage === 'coding')
    await exit(life, terminal, { code: 0, isAway: false });
  else await submit(life, agent, `${agent} at the end`);
}

export async function heal(life: Life): Promise<void> {
  Object.assign(life, { merges: 'fine', isRefused: false, meanwhile: undefined });
  await life.again();
  const clockwork = life.model.clockwork;
  await passTime(life);
  for (const timer of clockwork.timers.keys()) await life.ask('timer.remove', { timer });
  await life.ask('pipeline.start', {});
  await work(life);
  await expectReasons(life);
  await help(life);
  // Whatever was done is archived by then, also where the clock was set back since.
  for (let days = 0; days < 6; days += 1) await life.sleep(24 * 60 * minuteMs);
  life.follow();
}

/** A time in which no clock is set: every moment that is due then fires, once. */
async function passTime(life: Life): Promise<void> {
  for (let seconds = 0; seconds < 3; seconds += 1) await life.advance(1_000);
  life.follow();
  const { clockwork } = life.model;
  const fromMs = life.clock.now() + 1;
  const first = life.store.tables.events.length;
  const toMs = fromMs + 61 * minuteMs;
  const due = clockwork.dueIn(fromMs, toMs - 2_000);
  while (life.clock.now() < toMs) await life.advance(minuteMs);
  const fired = life.store
    .page({ after: first, limit: 10_000, type: 'timer.fired' })
    .map(({ data }) => data as { timer: string; dueMs?: number });
  for (const [timer, times] of due)
    for (const atMs of times) {
      const found = fired.filter((one) => one.timer === timer && one.dueMs === atMs);
      expect(found.length, `${timer} was due at ${atMs}`).toBe(1);
    }
  life.follow();
}

/** Of each that has not ended: the reference knows why, and the product says so. */
async function expectReasons(life: Life): Promise<void> {
  const { model } = life;
  const status = (await life.box.ask('pipeline.status', { limit: 500 })) as PipelineStatus;
  for (const [id, one] of model.stories) {
    if (model.isOver(one) || one.over !== undefined) continue;
    const waiting = status.waiting.find(({ story }) => story === id);
    const working = status.working.find(({ story }) => story === id);
    const why = waiting?.why ?? working?.waits?.why ?? 'nothing';
    expect(whyIn(life, id), `${id} in ${one.stage} of ${one.agent} waits for ${why}`).toContain(
      why,
    );
  }
}

/** What may stand in the way of a story, by the reference. */
function whyIn({ model, box }: Life, id: string): string[] {
  const one = model.of(id);
  const agent = selectAgents(box.hub.state()).byId.get(one.agent ?? '');
  if (one.stage === 'backlog') {
    if (one.deps.some((dep) => !model.isMet(dep))) return ['dependency'];
    const isBusy = one.agent !== undefined && model.workOf(one.agent).length > 0;
    const isOff = agent !== undefined && (agent.state !== 'running' || agent.paused !== undefined);
    const handed = [...model.stories.values()].filter(({ stage }) => stage === 'coding');
    return [
      ...(isBusy ? ['agent-busy'] : []),
      ...(isOff ? ['agent-stopped', 'agent-paused', 'agent-failed'] : []),
      ...(handed.length > 0 ? ['profile-slot'] : []),
      ...(handed.length >= 2 ? ['no-slot'] : []),
    ];
  }
  // In its checks or with a failed merge nothing stands in the way any more, but for nobody who has it.
  if (one.stage !== 'coding') return one.agent === undefined ? ['nothing'] : [];
  const ofAgent = ['agent-stopped', 'agent-paused', 'agent-failed', 'agent-limit'];
  return [...ofAgent, 'no-slot', 'profile-slot'];
}

/** Whatever stood in the way is taken away: then each story ends. */
async function help(life: Life): Promise<void> {
  await life.ask('agent.add', { name: 'helper', profile: 'claude' });
  const open = () => [...life.model.stories].filter(([, one]) => !life.model.isOver(one));
  for (let round = 0; round < 8 && open().length > 0; round += 1) {
    await helpAgents(life);
    for (const [story, one] of open()) await helpStory(life, story, { one, round });
    await work(life);
  }
  expect(open(), 'stories that never end').toEqual([]);
}

async function helpAgents(life: Life): Promise<void> {
  for (const { id, state, paused } of selectAgents(life.box.hub.state()).byId.values()) {
    if (paused !== undefined) await life.ask('agent.resume', { agent: id });
    const isNeeded = state === 'stopped' && life.model.workOf(id).length > 0;
    if (isNeeded) await life.ask('agent.start', { agent: id });
  }
}

const ways: Readonly<Record<string, string>> = {
  ...{ blocked: 'unblock', held: 'release', frozen: 'unfreeze' },
};

async function helpStory(
  life: Life,
  story: string,
  { one, round }: { one: ModelStory; round: number },
): Promise<void> {
  const isMet = one.deps.every((dep) => life.model.isMet(dep));
  if (!isMet && round > 0) await life.ask('story.edit', { story, clear: ['dependsOn'] });
  const verb = ways[one.stage];
  // Nobody has it: whoever is to have it says so.
  const isNobodys = one.agent === undefined && life.model.isInWork(one) && one.stage !== 'coding';
  if (isNobodys && verb !== undefined) await life.ask('story.assign', { story, agent: 'helper' });
  if (verb !== undefined) await life.ask(`story.${verb}`, { story });
  else if (isNobodys) await life.ask('story.move', { story, to: 'backlog' });
}
