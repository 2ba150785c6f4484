// Random commands against a small model of the stage machine: the same is legal, and the same becomes true; also over crashes, and when the log is
// folded again.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Actor } from '../../preload/contract/envelope.ts';
import type { Place } from '../../preload/contract/story-facts.ts';
import { isInWork, selectStories, unmetOf } from '../../main/features/stories/index.ts';
import { Pace } from '../../main/base/pace.ts';
import { rebuild } from '../../main/hub/rebuild.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { byHand } from '../harness/by-hand.ts';
import { TestClock } from '../harness/clock.ts';
import { type Box, openBox } from '../harness/hub.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { hex, world } from '../harness/hub-ports.ts';
import { rounds } from '../harness/rounds.ts';

/** The machine said anew, stage by stage, without the table: what the operator and the hub may, by where it leads. */
const byOperator: Readonly<Record<string, readonly string[]>> = {
  backlog: ['coding', 'done'],
  coding: ['qa', 'merge', 'backlog', 'done'],
  qa: ['coding', 'merge', 'backlog', 'done'],
  merge: ['coding', 'backlog', 'done'],
  merge_failed: ['merge', 'coding', 'qa', 'backlog', 'done'],
  done: ['backlog', 'archived'],
  abandoned: ['backlog'],
  superseded: ['backlog'],
  archived: [],
};
const line = ['backlog', 'coding', 'qa', 'merge', 'merge_failed'];
const sides = ['blocked', 'held', 'frozen'];

interface Model {
  stage: string;
  over: string | undefined;
  agent: string | undefined;
  deps: string[];
  by: string | undefined;
}

const stories = ['s-1', 's-2', 's-3', 's-4'];
const story = fc.constantFrom(...stories);
const agent = fc.constantFrom('a', 'b');
type Step =
  | { does: 'move'; story: string; to: string }
  | { does: 'submit' | 'block'; story: string; actor: Actor }
  | { does: 'assign'; story: string; agent: string }
  | { does: 'depend' | 'supersede'; story: string; on: string }
  | { does: 'fail_merge' | 'merged'; story: string }
  | { does: 'destroy'; agent: string }
  | { does: 'crash' };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      does: fc.constant('move' as const),
      story,
      to: fc.constantFrom(...line, ...sides, 'done', 'archived', 'abandoned'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('submit' as const, 'block' as const),
      story,
      actor: fc.constantFrom<Actor>('operator', 'agent:a', 'agent:b'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('assign' as const), story, agent }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('depend' as const, 'supersede' as const),
      story,
      on: story,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('fail_merge' as const, 'merged' as const),
      story,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('destroy' as const), agent }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('crash' as const) }) },
);

class Reference {
  readonly all = new Map<string, Model>(
    stories.map((id) => [
      id,
      { stage: 'backlog', over: undefined, agent: undefined, deps: [], by: undefined },
    ]),
  );
  readonly agents = new Set(['a', 'b']);

  of(id: string): Model {
    return this.all.get(id) as Model;
  }

  /** True when it is to be taken; then it has become so. */
  take(step: Exclude<Step, { does: 'crash' }>): boolean {
    switch (step.does) {
      case 'move':
        return this.move(step.story, step.to);
      case 'submit':
        return (
          this.isAllowed(step) &&
          this.of(step.story).stage === 'coding' &&
          this.enter(step.story, 'qa')
        );
      case 'block':
        return (
          this.isAllowed(step) &&
          line.includes(this.of(step.story).stage) &&
          this.aside(step.story, 'blocked')
        );
      case 'assign':
        return this.assign(step.story, step.agent);
      case 'depend':
        return this.depend(step.story, step.on);
      case 'supersede':
        return this.supersede(step.story, step.on);
      case 'fail_merge':
        return this.of(step.story).stage === 'merge' && this.enter(step.story, 'merge_failed');
      case 'merged':
        return this.of(step.story).stage === 'merge' && this.enter(step.story, 'done');
      case 'destroy':
        return this.destroy(step.agent);
    }
  }

  private isAllowed({ story: id, actor }: { story: string; actor: Actor }): boolean {
    const one = this.of(id);
    return actor === 'operator' || (actor === `agent:${one.agent}` && !this.isOver(one));
  }

  private isOver({ stage }: Model): boolean {
    return ['done', 'archived', 'abandoned', 'superseded'].includes(stage);
  }

  private move(id: string, to: string): boolean {
    const one = this.of(id);
    if (to === 'abandoned') return !this.isOver(one) && this.enter(id, to);
    if (sides.includes(to)) return line.includes(one.stage) && this.aside(id, to);
    if (sides.includes(one.stage)) {
      if (to === one.over) return this.back(id);
      if (one.stage !== 'held') return false;
      if (to === 'merge') return one.over === 'qa' && this.enter(id, to);
      return (
        to === 'coding' &&
        ['qa', 'merge', 'merge_failed'].includes(one.over ?? '') &&
        this.enter(id, to)
      );
    }
    if (!(byOperator[one.stage] ?? []).includes(to)) return false;
    if (one.stage === 'backlog' && to === 'coding' && !this.mayStart(one, id)) return false;
    return this.enter(id, to);
  }

  private mayStart(one: Model, id: string): boolean {
    const isMet = one.deps.every((dep) => ['done', 'archived'].includes(this.standsFor(dep).stage));
    return isMet && (one.agent === undefined || !this.isBusy(one.agent, id));
  }

  private standsFor(id: string): Model {
    const one = this.of(id);
    return one.stage === 'superseded' && one.by !== undefined ? this.standsFor(one.by) : one;
  }

  private isBusy(name: string, but: string): boolean {
    return [...this.all].some(([id, one]) => {
      const stage = one.over ?? one.stage;
      return id !== but && one.agent === name && line.indexOf(stage) > 0;
    });
  }

  private enter(id: string, stage: string): true {
    const one = this.of(id);
    const isFreed = ['abandoned', 'superseded'].includes(stage) || stage === 'backlog';
    Object.assign(one, { stage, over: undefined, ...(isFreed && { agent: undefined }) });
    return true;
  }

  private aside(id: string, stage: string): true {
    const one = this.of(id);
    Object.assign(one, { stage, over: one.stage });
    return true;
  }

  private back(id: string): true {
    const one = this.of(id);
    Object.assign(one, { stage: one.over, over: undefined });
    return true;
  }

  private assign(id: string, name: string): boolean {
    const one = this.of(id);
    const stage = one.over ?? one.stage;
    if (this.isOver(one) || !this.agents.has(name)) return false;
    if (one.agent !== name && line.indexOf(stage) > 0 && this.isBusy(name, id)) return false;
    one.agent = name;
    return true;
  }

  private reaches(from: string, to: string): boolean {
    const one = this.of(from);
    if (from === to) return true;
    if (one.stage === 'archived') return false;
    const next = [
      ...one.deps,
      ...(one.stage === 'superseded' && one.by !== undefined ? [one.by] : []),
    ];
    return next.some((other) => this.reaches(other, to));
  }

  private depend(id: string, on: string): boolean {
    if (this.reaches(on, id)) return false;
    this.of(id).deps = [on];
    return true;
  }

  private supersede(id: string, by: string): boolean {
    const one = this.of(id);
    if (this.isOver(one) || this.reaches(by, id)) return false;
    one.by = by;
    return this.enter(id, 'superseded');
  }

  private destroy(name: string): boolean {
    if (!this.agents.delete(name)) return false;
    for (const one of this.all.values())
      if (one.agent === name && !this.isOver(one)) one.agent = undefined;
    return true;
  }
}

function run(box: Box, step: Exclude<Step, { does: 'crash' }>) {
  const cause = { kind: 'merge' };
  switch (step.does) {
    case 'move': {
      const facts = { reason: 'why', commit: hex('1') };
      return box.dispatch('story.move', { story: step.story, to: step.to, ...facts });
    }
    case 'submit':
      return box.dispatch(
        'story.submit',
        { story: step.story, commit: hex('1') },
        { actor: step.actor },
      );
    case 'block':
      return box.dispatch(
        'story.block',
        { story: step.story, reason: 'why' },
        { actor: step.actor },
      );
    case 'assign':
      return box.dispatch('story.assign', { story: step.story, agent: step.agent });
    case 'depend':
      return box.dispatch('story.edit', { story: step.story, dependsOn: [step.on] });
    case 'supersede':
      return box.dispatch('story.supersede', { story: step.story, by: step.on });
    case 'fail_merge':
    case 'merged': {
      const facts = {
        failure: { kind: 'conflict' },
        merge: { mergeCommit: hex('2'), mergedMs: 1 },
      };
      const data = { story: step.story, transition: step.does, cause, ...facts };
      return box.dispatch('story.advance', data, { actor: 'system' });
    }
    case 'destroy':
      return box.dispatch('agent.destroy', { agent: step.agent });
  }
}

function check(box: Box, reference: Reference): void {
  const state = selectStories(box.hub.state());
  const all = [...state.open.values(), ...state.over.values()];
  const seen = all.map((one): [string, Model] => {
    const { stage } = one.place;
    const over = 'over' in one.place ? one.place.over.stage : undefined;
    const by = one.place.stage === 'superseded' ? one.place.by : reference.of(one.id).by;
    return [one.id, { stage, over, agent: one.agent, deps: [...one.dependsOn], by }];
  });
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(reference.all));
  for (const one of all) {
    expect(hasItsFacts(one.place), JSON.stringify(one.place)).toBe(true);
    unmetOf(state, one);
  }
  const busy = all
    .filter((one) => one.agent !== undefined && isInWork(one))
    .map(({ agent: name }) => name);
  expect(new Set(busy).size, 'an agent has one story in work').toBe(busy.length);
}

function hasItsFacts(place: Place): boolean {
  if ('over' in place) return hasItsFacts(place.over);
  if (place.stage === 'merge' || place.stage === 'merge_failed') return place.commit.length === 40;
  if (place.stage !== 'done' && place.stage !== 'archived') return true;
  return place.merge !== undefined || place.reason !== undefined;
}

it('whatever is asked in whatever order: only what is legal becomes true, and nothing else is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const features = byHand(world().features);
      const store = memoryStore();
      let box = await openBox({ features, store });
      for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
      for (const title of stories) await box.dispatch('story.add', { title });
      const reference = new Reference();
      for (const one of steps) {
        if (one.does === 'crash') {
          box.crash();
          box = await openBox({ features, store });
        } else {
          const isTaken = await run(box, one).then(
            () => true,
            () => false,
          );
          expect(isTaken, JSON.stringify(one)).toBe(reference.take(one));
        }
        check(box, reference);
      }
      const registry = buildRegistry(features);
      const fresh = { ...store, slices: () => [] };
      const { state } = await rebuild({ registry, store: fresh, pace: new Pace(new TestClock()) });
      expect(JSON.stringify(selectStories(state))).toBe(
        JSON.stringify(selectStories(box.hub.state())),
      );
      await box.hub.stop();
    }),
    { numRuns: rounds(15, 3_000) },
  );
});
