// The pipeline under random hands, ends of programs and crashes: never two agents on one story, never more than the limits, never an agent with two
// stories; and once all is quiet, nothing waits that a small model says could begin.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { configSchema } from '../../preload/contract/config.ts';
import { Pace } from '../../main/base/pace.ts';
import { selectAgents } from '../../main/features/agents/index.ts';
import { selectPipeline } from '../../main/features/pipeline/index.ts';
import { StoryIndexer } from '../../main/features/pipeline/story-index.ts';
import { isReady, selectStories, type Story } from '../../main/features/stories/index.ts';
import { rebuild } from '../../main/hub/rebuild.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { TestClock } from '../harness/clock.ts';
import { type Box, openBox } from '../harness/hub.ts';
import { type MemoryStore, memoryStore } from '../harness/hub-memory-store.ts';
import { hex, type World, world } from '../harness/hub-ports.ts';
import type { PipelineStatus } from '../harness/pipeline-box.ts';
import { rounds } from '../harness/rounds.ts';

const limits = { all: 2, codex: 1 };

type Step =
  | { does: 'add'; priority: string; profile: string | undefined; on: number | undefined }
  | { does: 'move'; story: number; to: string }
  | { does: 'side'; story: number; verb: string }
  | { does: 'fail'; story: number }
  | { does: 'supersede'; story: number; by: number }
  | { does: 'assign'; story: number; agent: string }
  | { does: 'exit'; story: number; isNew: boolean; tree: string; code: number | null }
  | { does: 'agent'; story: number; verb: string }
  | { does: 'switch'; verb: 'start' | 'pause' }
  | { does: 'refuse'; is: boolean }
  | { does: 'wait' }
  | { does: 'crash'; at: string | undefined };

const story = fc.integer({ min: 1, max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('add' as const),
      priority: fc.constantFrom('high', 'normal'),
      profile: fc.constantFrom(undefined, undefined, 'codex', 'script'),
      on: fc.option(story, { nil: undefined, freq: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('move' as const),
      story,
      to: fc.constantFrom('coding', 'qa', 'backlog', 'done', 'done', 'done', 'abandoned'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('side' as const),
      story,
      verb: fc.constantFrom(
        ...(['hold', 'release', 'block', 'unblock', 'freeze', 'unfreeze', 'unassign'] as const),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('fail' as const), story }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('supersede' as const), story, by: story }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('assign' as const),
      story,
      agent: fc.constantFrom('mine', 'other'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('exit' as const),
      story,
      isNew: fc.boolean(),
      tree: fc.constantFrom('c', 'd'),
      code: fc.constantFrom(0, 1, null),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('agent' as const),
      story,
      verb: fc.constantFrom('stop', 'start', 'pause', 'resume', 'destroy'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('switch' as const),
      verb: fc.constantFrom('start' as const, 'start' as const, 'pause' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('refuse' as const), is: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('crash' as const),
      // In the midst of the next deed of this kind, or now.
      at: fc.constantFrom(undefined, 'check', 'provision', 'open', 'look'),
    }),
  },
);

/** The hub that is alive, over what outlives it. */
class Life {
  readonly played: World = world();
  readonly store: MemoryStore = memoryStore();
  private readonly indexer = new StoryIndexer();
  box!: Box;
  private isDead = false;

  async open(): Promise<void> {
    this.isDead = false;
    this.box = await openBox({ features: this.played.features, store: this.store });
    await this.box.settle();
  }

  /** A deed of which the hub dies. */
  dieAt(kind: string): void {
    const { outside } = this.played;
    const before = outside.before;
    outside.before = (deed) => {
      if (!deed.startsWith(kind) || this.isDead) return before(deed);
      this.isDead = true;
      outside.before = before;
      this.box.crash();
      throw new Error('the hub is dead');
    };
  }

  async revive(): Promise<void> {
    if (this.isDead) await this.open();
  }

  get state() {
    return this.box.hub.state();
  }

  async ask(type: string, data: object, actor: 'operator' | 'system' = 'operator'): Promise<void> {
    await this.box.dispatch(type, data, { actor }).catch(() => undefined);
    await this.box.settle();
    await this.revive();
  }

  storyOf(n: number): Story | undefined {
    return selectStories(this.state).open.get(`s-${n}`);
  }

  /** The index that is kept says what one that is made anew says. */
  indexes(): unknown[] {
    const stories = selectStories(this.state);
    return [this.indexer.of(stories), new StoryIndexer().of(stories)].map((index) => ({
      ...{ coding: index.coding.all(), ready: index.ready },
      profiles: [...index.byProfile].map(([name, list]) => [name, list.all()]).sort(),
      agents: [...index.byAgent].map(([name, list]) => [name, list.all()]).sort(),
    }));
  }
}

async function run(life: Life, step: Step): Promise<void> {
  const { outside } = life.played;
  switch (step.does) {
    case 'add': {
      const { priority, profile, on } = step;
      const dependsOn = on === undefined || life.storyOf(on) === undefined ? [] : [`s-${on}`];
      return life.ask('story.add', { title: 'x', priority, profile, dependsOn });
    }
    case 'move':
      return life.ask('story.move', { story: `s-${step.story}`, to: step.to, reason: 'why' });
    case 'side':
      return life.ask(`story.${step.verb}`, { story: `s-${step.story}`, reason: 'why' });
    case 'fail': {
      const cause = { kind: 'gate' };
      return life.ask(
        'story.advance',
        { story: `s-${step.story}`, transition: 'fail', cause },
        'system',
      );
    }
    case 'supersede':
      return life.ask('story.supersede', { story: `s-${step.story}`, by: `s-${step.by}` });
    case 'assign':
      return life.ask('story.assign', { story: `s-${step.story}`, agent: step.agent });
    case 'exit': {
      const { terminalId = '' } = agentOf(life, step.story) ?? {};
      outside.storyWork = { commit: hex('d'), tree: hex(step.tree), hasNew: step.isNew };
      if (outside.running.has(terminalId))
        outside.exit({ id: terminalId, exitCode: step.code, signal: null });
      await life.box.settle();
      return life.revive();
    }
    case 'agent':
      return life.ask(`agent.${step.verb}`, { agent: agentOf(life, step.story)?.id ?? 'mine' });
    case 'switch':
      return life.ask(`pipeline.${step.verb}`, {});
    case 'refuse':
      outside.before = (deed) => {
        if (step.is && deed.startsWith('check s-')) throw new Error('no room');
      };
      return;
    case 'wait':
      await life.box.advance(31 * 60_000);
      await life.box.settle();
      return life.revive();
    case 'crash':
      if (step.at !== undefined) return life.dieAt(step.at);
      life.box.crash();
      return life.open();
  }
}

function agentOf(life: Life, n: number) {
  return selectAgents(life.state).byId.get(life.storyOf(n)?.agent ?? '');
}

/** What takes a slot, by the agents’ profiles. */
function slotsOf(life: Life): string[] {
  const { claims, works } = selectPipeline(life.state);
  const agents = selectAgents(life.state).byId;
  const handed = selectStories(life.state)
    .open.values()
    .filter(({ id, agent, place }) => {
      const work = works.get(id);
      return place.stage === 'coding' && agent !== undefined && work?.handed?.agent === agent;
    })
    .map(({ agent = '' }) => agents.get(agent)?.profile ?? '');
  return [...claims.values().map(({ profile }) => profile), ...handed];
}

function checkLimits(life: Life): void {
  const slots = slotsOf(life);
  expect(slots.length, 'slots in all').toBeLessThanOrEqual(limits.all);
  const ofCodex = slots.filter((profile) => profile === 'codex');
  expect(ofCodex.length, 'slots of codex').toBeLessThanOrEqual(limits.codex);
}

function checkAgents(life: Life): void {
  const { own, isOn, claims } = selectPipeline(life.state);
  const agents = selectAgents(life.state).byId;
  const inCoding = selectStories(life.state)
    .open.values()
    .filter(({ place }) => place.stage === 'coding');
  for (const { id, agent } of inCoding) {
    const running = own
      .entries()
      .filter(([name, { story: of }]) => of === id && agents.get(name)?.state === 'running')
      .filter(([name, { session }]) => agents.get(name)?.session === session);
    if (isOn) expect(running.length, `programs at work on ${id}`).toBeLessThanOrEqual(1);
    if (claims.has(id)) expect(claims.get(id)?.agent).toBe(agent ?? claims.get(id)?.agent);
  }
  const names = inCoding.flatMap(({ agent }) => agent ?? []);
  expect(new Set(names).size, 'an agent has one story in coding').toBe(names.length);
}

/** Of the quiet pipeline: a slot is free only where nothing could take it. */
async function checkModel(life: Life): Promise<void> {
  const { isOn, stalls } = selectPipeline(life.state);
  if (!isOn) return;
  const stories = selectStories(life.state);
  const slots = slotsOf(life);
  const nowMs = life.box.clock.now();
  const couldBegin = stories.open.values().filter((one) => {
    const { profile = 'claude', agent, id } = one;
    if (!isReady(stories, one) || agent !== undefined || profile === 'script') return false;
    if (selectPipeline(life.state).claims.has(id)) return false;
    if ((stalls.get(profile)?.untilMs ?? 0) > nowMs) return false;
    return profile !== 'codex' || !slots.includes('codex');
  });
  const ids = couldBegin.map(({ id }) => id);
  if (slots.length < limits.all) expect(ids, 'could begin, and does not').toEqual([]);
  const status = (await life.box.ask('pipeline.status')) as PipelineStatus;
  expect(status.active).toBe(slots.length);
  expect(status.waiting.filter(({ why }) => why === 'starting')).toEqual([]);
}

async function play(steps: readonly Step[]): Promise<void> {
  const life = new Life();
  const { all, codex } = limits;
  const pipeline = {
    profile: 'claude',
    max_agents: all,
    profiles: { codex: { max_agents: codex } },
  };
  life.played.outside.configs = [configSchema.parse({ pipeline })];
  await life.open();
  for (const name of ['mine', 'other']) await life.ask('agent.add', { name, profile: 'claude' });
  for (const dependsOn of [[], [], [], ['s-1'], ['s-2'], ['s-4']])
    await life.ask('story.add', { title: 'x', dependsOn });
  await life.ask('pipeline.start', {});
  for (const one of steps) {
    await run(life, one);
    checkLimits(life);
    checkAgents(life);
    await checkModel(life);
    const [kept, fresh] = life.indexes();
    expect(kept).toEqual(fresh);
  }
  const registry = buildRegistry(life.played.features);
  const again = { ...life.store, slices: () => [] };
  const { state } = await rebuild({ registry, store: again, pace: new Pace(new TestClock()) });
  expect(JSON.stringify(selectPipeline(state))).toBe(JSON.stringify(selectPipeline(life.state)));
  await life.box.hub.stop();
}

it('no two agents on a story, no more than the limits, and nothing forgotten, whatever comes and whenever the hub dies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), play),
    {
      numRuns: rounds(6, 3_000),
    },
  );
});
