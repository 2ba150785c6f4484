// What a log of stories, agents, timers and triggers may say, event by event: a small reference that shares nothing with the product but the names
// of its events. Whatever it does not allow is thrown.

import { expect } from 'vitest';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import { ModelClockwork } from './whole-clockwork.ts';

/** Who may: o the operator, h the hub, a the agent whose story it is. */
const ways: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  backlog: { coding: 'oh', done: 'o' },
  coding: { qa: 'oha', merge: 'oh', backlog: 'o', done: 'o' },
  qa: { merge: 'oh', coding: 'oh', backlog: 'o', done: 'oh' },
  merge: { done: 'oh', merge_failed: 'h', coding: 'oh', backlog: 'o' },
  merge_failed: { merge: 'oh', coding: 'oh', qa: 'oha', backlog: 'o', done: 'o' },
  done: { archived: 'oh', backlog: 'o' },
  abandoned: { backlog: 'o' },
  superseded: { backlog: 'o' },
};
const line = ['backlog', 'coding', 'qa', 'merge', 'merge_failed'];
const aside: Readonly<Record<string, string>> = { blocked: 'oha', held: 'oh', frozen: 'o' };
const back: Readonly<Record<string, string>> = { blocked: 'oh', held: 'o', frozen: 'o' };
const ends = ['done', 'archived', 'abandoned', 'superseded'];

export interface ModelStory {
  stage: string;
  over: string | undefined;
  agent: string | undefined;
  deps: readonly string[];
  by: string | undefined;
  sealed: boolean;
  /** What is checked or merged of it. */
  commit: string | undefined;
  /** Its commit came into the target at least once. */
  merged: readonly string[];
}

interface Edited {
  readonly fields: { readonly dependsOn?: readonly string[] };
}
interface ToldPlace {
  readonly stage: string;
  readonly commit?: string;
  readonly over?: { readonly stage: string; readonly commit?: string };
  readonly by?: string;
  readonly merge?: { readonly commit: string };
}

type Told = Record<string, string> & { place: Record<string, unknown>; dependsOn: string[] };

export class Model {
  readonly stories = new Map<string, ModelStory>();
  /** Whom each agent that is there was made by. */
  readonly agents = new Map<string, string>();
  readonly clockwork = new ModelClockwork();

  read(event: EventEnvelope): void {
    this.clockwork.read(event);
    const data = event.data as Told;
    const { agent = '', story = '' } = data;
    if (event.type === 'agent.added') this.agents.set(agent, event.actor);
    if (event.type === 'agent.destroyed') this.gone(agent);
    if (event.type === 'pipeline.begun') this.given(data, false);
    if (event.type === 'pipeline.handed') this.given(data, true);
    if (event.type === 'pipeline.failed') checkFailure(event);
    if (event.type.startsWith('story.')) this.readStory(event, data, story);
  }

  private readStory(event: EventEnvelope, data: Told, id: string): void {
    const { type } = event;
    if (type === 'story.added') {
      expect(this.stories.has(id), `${id} is given twice`).toBe(false);
      this.stories.set(id, newStory(data.dependsOn));
    }
    if (type === 'story.edited') {
      const one = this.of(id);
      one.deps = (data as unknown as Edited).fields.dependsOn ?? one.deps;
    }
    if (type === 'story.assigned') this.of(id).agent = data.agent;
    if (type === 'story.sealed') {
      expect(this.of(id).stage, `${id} is sealed`).toBe('merge');
      expect(data.commit, `what of ${id} is merged`).toBe(this.of(id).commit);
      this.of(id).sealed = true;
    }
    if (type === 'story.moved') this.moved(event, data);
    this.checkHands(event);
  }

  of(id = ''): ModelStory {
    const found = this.stories.get(id);
    if (found === undefined) throw new Error(`The log speaks of ${id}, which nobody wrote.`);
    return found;
  }

  isOver({ stage }: ModelStory): boolean {
    return ends.includes(stage);
  }

  isInWork({ stage, over }: ModelStory): boolean {
    return line.indexOf(over ?? stage) > 0;
  }

  /** Of whom the story is that it is in work on. */
  workOf(agent: string): string[] {
    return [...this.stories]
      .filter(([, one]) => one.agent === agent && this.isInWork(one))
      .map(([id]) => id);
  }

  /** True when that actor may move it there now; undefined where only the product can tell. */
  may(id: string, to: string, who: 'o' | 'a'): boolean | undefined {
    const one = this.stories.get(id);
    if (one === undefined) return false;
    if (one.sealed) return undefined;
    if (!isWay(one, to, who)) return false;
    if (one.stage !== 'backlog' || to !== 'coding') return true;
    const isMet = one.deps.every((dep) => this.isMet(dep));
    return isMet && (one.agent === undefined || this.workOf(one.agent).length === 0);
  }

  /** True when that agent may be given it. */
  mayGive(id: string, agent: string): boolean {
    const one = this.stories.get(id);
    if (one === undefined || this.isOver(one) || !this.agents.has(agent)) return false;
    if (one.agent === agent || !this.isInWork(one)) return true;
    return this.workOf(agent).length === 0;
  }

  isMet(id: string): boolean {
    const one = this.of(id);
    if (one.stage === 'superseded' && one.by !== undefined) return this.isMet(one.by);
    return one.stage === 'done' || one.stage === 'archived';
  }

  private moved({ actor, seq }: EventEnvelope, { story: id, from, place }: Told): void {
    const one = this.of(id);
    const { stage, over, by, merge, commit } = place as unknown as ToldPlace;
    const why = `#${seq}: ${id} from ${one.over ?? ''} ${one.stage} to ${stage} by ${actor}`;
    expect(from, why).toBe(one.stage);
    const who = actor === 'operator' ? 'o' : actor === 'system' ? 'h' : 'a';
    if (who === 'a') expect(actor, why).toBe(`agent:${one.agent}`);
    expect(isWay(one, stage, who), why).toBe(true);
    checkPlace(one, place as unknown as ToldPlace, why);
    if (one.stage === 'backlog' && stage === 'coding')
      for (const dep of one.deps) expect(this.isMet(dep), `${why} before ${dep}`).toBe(true);
    const isFreed = ['backlog', 'abandoned', 'superseded'].includes(stage) && !(one.stage in aside);
    const isGivenUp = stage === 'abandoned' || stage === 'superseded';
    Object.assign(one, {
      ...{ stage, over: over?.stage, sealed: false, by: by ?? one.by },
      commit: commit ?? over?.commit,
      ...((isFreed || isGivenUp) && { agent: undefined }),
      ...(merge !== undefined && { merged: [...one.merged, merge.commit] }),
    });
  }

  /** Only to the agent whose it is, and to no second while the first has it. */
  private given({ story: id = '', agent = '' }: Told, isHanded: boolean): void {
    const one = this.of(id);
    const others = this.workOf(agent).filter((other) => other !== id);
    expect(others, `${agent} is to have ${id} as well`).toEqual([]);
    if (!isHanded) return;
    expect(one.stage, `${id} is handed to ${agent}`).toBe('coding');
    expect(one.agent, `${id} is handed to ${agent}`).toBe(agent);
  }

  /** At each moment: an agent has one story in work, and a story one agent that is there. */
  private checkHands({ seq }: EventEnvelope): void {
    const busy = new Map<string, string>();
    for (const [id, one] of this.stories) {
      if (one.agent === undefined || this.isOver(one)) continue;
      expect(this.agents.has(one.agent), `#${seq}: ${one.agent} of ${id} is there`).toBe(true);
      if (!this.isInWork(one)) continue;
      const other = busy.get(one.agent);
      if (other !== undefined) expect.fail(`#${seq}: ${one.agent} has ${other} and ${id} in work`);
      busy.set(one.agent, id);
    }
  }

  private gone(agent: string): void {
    this.agents.delete(agent);
    for (const one of this.stories.values())
      if (one.agent === agent && !this.isOver(one)) one.agent = undefined;
  }
}

/** What the pipeline begins by itself fails where a test makes that fail, and is refused nowhere. */
function checkFailure({ seq, data }: EventEnvelope): void {
  const { error } = data as { error: { code: string; message: string } };
  // The second where the clock goes on for minutes within one turn.
  expect(['INTERNAL', 'FACTS_TIMEOUT'], `#${seq}: ${error.message}`).toContain(error.code);
}

/** What is merged is what was checked, and from its seal on nothing comes between. */
function checkPlace(one: ModelStory, { stage, over, merge }: ToldPlace, why: string): void {
  if (one.sealed) expect(['done', 'merge_failed'], `${why}, sealed`).toContain(stage);
  if (stage in aside) expect(over?.stage, why).toBe(one.stage);
  if (stage === 'archived') expect(one.stage, why).toBe('done');
  if (merge !== undefined && stage === 'done') expect(merge.commit, why).toBe(one.commit);
}

function newStory(deps: readonly string[]): ModelStory {
  const none = { over: undefined, agent: undefined, by: undefined, commit: undefined };
  return { stage: 'backlog', ...none, deps, sealed: false, merged: [] };
}

function isWay({ stage, over }: ModelStory, to: string, who: string): boolean {
  if (to === 'abandoned' || to === 'superseded') return !ends.includes(stage) && who === 'o';
  if (to in aside) return line.includes(stage) && (aside[to] ?? '').includes(who);
  if (!(stage in back)) return (ways[stage]?.[to] ?? '').includes(who);
  if (to === over) return (back[stage] ?? '').includes(who);
  if (stage !== 'held' || who !== 'o') return false;
  if (to === 'merge') return over === 'qa';
  return to === 'coding' && ['qa', 'merge', 'merge_failed'].includes(over ?? '');
}
