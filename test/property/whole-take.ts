// One step of the whole pipeline: what is asked is taken exactly where the reference says that it may be.

import { expect } from 'vitest';
import { selectAgents } from '../../main/features/agents/index.ts';
import { selectApprovals } from '../../main/features/approvals/index.ts';
import { hex } from '../harness/hub-ports.ts';
import { crons } from './whole-clockwork.ts';
import type { Life } from './whole-life.ts';
import { type Step, stages } from './whole-steps.ts';

type Of<K extends Step['does']> = Extract<Step, { does: K }>;
type Takes = { readonly [K in Step['does']]: (life: Life, step: Of<K>) => Promise<unknown> };

const id = (n: number) => `s-${n}`;
/** Where a verb leads. */
const sides: Readonly<Record<string, string>> = {
  ...{ hold: 'held', block: 'blocked', freeze: 'frozen', abandon: 'abandoned' },
  ...{ release: 'held', unblock: 'blocked', unfreeze: 'frozen' },
};
const ups = ['release', 'unblock', 'unfreeze'];

/** What is told to whom does nothing here; `w` is a word that no trigger asks for. */
function doingOf(what: string, text: string): object {
  if (what === 'begin') return { prompt: 'w' };
  if (what === 'tell') return { prompt: text, to: 'post' };
  return tellPost(text);
}

export function tellPost(text: string): object {
  return { command: 'message.send', data: { to: 'post', body: text } };
}

export function onTitle(title: string): object {
  return { on: ['story.added'], where: `data.title == "${title}"` };
}

const spanOf = (kind: string, ms: number) => (kind === 'once' ? { inMs: ms } : { everyMs: ms });

/** Of that or the one above it in the list. */
function cronFor(everyMs: number) {
  const { cron, zone } = everyMs < 60 * 60_000 ? crons.often : crons.daily;
  return { cron, zone };
}

/** One of those there are, whatever the number. */
function pickOf<T>(all: readonly T[], pick: number): T | undefined {
  return all[pick % all.length];
}

/** Of one that the hub died of nothing is said; nor of one where only the product can tell. */
function expectTaken(said: boolean | undefined, may: boolean | undefined, step: unknown): void {
  if (said !== undefined && may !== undefined) expect(said, JSON.stringify(step)).toBe(may);
}

const takes: Takes = {
  add: (life, { word: title, review, profile, on = 0 }) => {
    const dependsOn = life.model.stories.has(id(on)) && on % 2 === 1 ? [id(on)] : [];
    return life.ask('story.add', { title, review, profile, dependsOn });
  },
  edit: (life, { story, on, title }) =>
    life.ask('story.edit', { story: id(story), title, dependsOn: on < story ? [id(on)] : [] }),
  async move(life, step) {
    const may = life.model.may(id(step.story), step.to, 'o');
    const data = { story: id(step.story), to: step.to, reason: 'so', commit: life.newCommit() };
    expectTaken(await life.ask('story.move', data), may, step);
  },
  async go(life, { story: n, way }) {
    const { model } = life;
    const story = id(1 + ((n - 1) % model.stories.size));
    const to = pickOf(
      stages.filter((stage) => model.may(story, stage, 'o') === true),
      way,
    );
    if (to !== undefined)
      await takes.move(life, { does: 'move', story: Number(story.slice(2)), to });
  },
  async side(life, step) {
    const { verb } = step;
    const story = id(step.story);
    const one = life.model.stories.get(story);
    const to = sides[verb];
    const isUp = ups.includes(verb);
    const up = one?.stage === to ? (one?.over ?? '') : 'nowhere';
    const may = to === undefined ? undefined : life.model.may(story, isUp ? up : to, 'o');
    expectTaken(await life.ask(`story.${verb}`, { story, reason: 'so' }), may, step);
  },
  async assign(life, step) {
    const may = life.model.mayGive(id(step.story), step.agent);
    const isSealed = life.model.stories.get(id(step.story))?.sealed;
    const said = await life.ask('story.assign', { story: id(step.story), agent: step.agent });
    expectTaken(said, isSealed ? undefined : may, step);
  },
  supersede: (life, { story, by }) => life.ask('story.supersede', { story: id(story), by: id(by) }),
  switch: (life, { verb }) => life.ask(`pipeline.${verb}`, {}),
  async commit(life, { pick }) {
    const agent = pickOf(life.running(), pick);
    if (agent !== undefined) life.tips.set(agent, life.newCommit());
  },
  async submit(life, step) {
    const agent = pickOf(life.running(), step.pick);
    if (agent === undefined) return;
    if (step.isNew) life.tips.set(agent, life.newCommit());
    await submit(life, agent, step);
  },
  async land(life, { pick }) {
    await takes.submit(life, { does: 'submit', pick, isNew: true });
    await takes.gates(life, { does: 'gates', code: 0 });
  },
  async exit(life, { pick, code, isNew, isAway }) {
    const { running } = life.played.outside;
    const agent = pickOf(life.running(), pick);
    const terminal = [...running.keys()].find((one) => one.startsWith(`${agent}.`));
    if (agent === undefined || terminal === undefined) return;
    if (isNew) life.tips.set(agent, life.newCommit());
    await exit(life, terminal, { code, isAway });
  },
  agent: (life, { pick, verb }) => {
    const all = [...selectAgents(life.box.hub.state()).byId.keys()].filter((one) => one !== 'post');
    return life.ask(`agent.${verb}`, { agent: pickOf(all, pick) });
  },
  async review(life, { pick, verdict }) {
    const reviewers = life.running().filter((one) => one.startsWith('review-'));
    const reviewer = pickOf(reviewers, pick);
    if (reviewer !== undefined) await review(life, reviewer, verdict);
  },
  async gates(life, { code }) {
    for (const terminal of gatesOf(life))
      if (life.played.outside.running.has(terminal))
        await exit(life, terminal, { code, isAway: false });
  },
  async merges(life, { how }) {
    life.merges = how;
  },
  decide: decide,
  async refuse(life, { is }) {
    life.isRefused = is;
  },
  async timer(life, { verb, timer: n, everyMs, when: wish, what }) {
    const timer = pickOf([...life.model.clockwork.timers.keys()], n) ?? 't-1';
    if (verb === 'rest') await life.ask('timer.pause', { timer });
    const begins = verb === 'add' ? what === 'begin' : life.model.clockwork.begins.has(timer);
    // Again and again they would be more agents than anything is done about.
    const kind = begins ? 'once' : wish;
    const when = kind === 'cron' ? cronFor(everyMs) : spanOf(kind, everyMs);
    const story = { command: 'story.add', data: { title: 'x' } };
    const doing = kind === 'once' && what === 'command' ? story : doingOf(what, 'time');
    if (verb === 'add') return life.ask('timer.add', { ...when, ...doing });
    const type = verb === 'rest' ? 'timer.resume' : `timer.${verb}`;
    return life.ask(type, { timer, ...(verb === 'edit' && when) });
  },
  trigger: (life, { verb, trigger, on, once, what }) => {
    if (verb !== 'add') return life.ask(`trigger.${verb}`, { trigger: `tr-${trigger}` });
    const matcher = on.length === 1 ? onTitle(on) : { on: ['story.moved'], stage: on };
    const isOnce = once || what === 'begin';
    const doing = doingOf(what, '{{event.seq}}');
    return life.ask('trigger.add', { ...matcher, once: isOnce, ...doing, perMinute: 600 });
  },
  wait: (life, { byMs }) => life.advance(byMs),
  sleep: (life, { byMs }) => life.sleep(byMs),
  async jump(life, { byMs }) {
    life.clock.setWall(life.clock.now() + byMs);
    await life.advance(1_000);
  },
  crash: (life) => life.again(),
  async meanwhile(life, { at, left, verb }) {
    life.meanwhile = { at, left, verb };
  },
  async due(life, { pick, left, isDone }) {
    const next = pickOf(life.model.clockwork.nextDue(life.clock.now()), pick);
    if (next === undefined) return;
    if (left !== undefined) life.dieAt({ at: 'commit', left, isDone });
    life.clock.setWall(next);
    await life.advance(1_000);
  },
  async match(life, { pick, left, isDone }) {
    const title = pickOf(life.model.clockwork.titlesAwaited(), pick);
    if (title === undefined) return;
    if (left !== undefined) life.dieAt({ at: 'commit', left, isDone });
    await life.ask('story.add', { title });
  },
  async die(life, step) {
    life.dieAt(step);
  },
};

export async function take(life: Life, step: Step): Promise<void> {
  await (takes[step.does] as (life: Life, step: Step) => Promise<unknown>)(life, step);
  if (life.isDead) await life.again();
}

/** What it last committed, as the agent itself; only its own is taken, and only where it works on it. */
export async function submit(life: Life, agent: string, why: unknown): Promise<void> {
  const { model } = life;
  const commit = life.tips.get(agent) ?? hex('b');
  const [story = 's-1'] = model.workOf(agent);
  const one = model.stories.get(story);
  const isOwn = one?.agent === agent && ['coding', 'merge_failed'].includes(one.stage);
  const may = isOwn ? model.may(story, 'qa', 'a') : false;
  expectTaken(await life.ask('story.submit', { story, commit }, `agent:${agent}`), may, why);
}

export async function review(life: Life, agent: string, verdict: string): Promise<void> {
  const story = /^review-(s-\d+)/.exec(agent)?.[1] ?? '';
  await life.ask('story.review', { story, verdict, why: 'so' }, `agent:${agent}`);
}

/** `isAway`: while no hub is there. */
export async function exit(
  life: Life,
  terminal: string,
  { code, isAway }: { code: number | null; isAway: boolean },
): Promise<void> {
  const { outside } = life.played;
  const end = { id: terminal, exitCode: code, signal: null };
  if (isAway) {
    life.die();
    outside.running.delete(terminal);
    outside.ended.push(end);
    return life.again();
  }
  await life.happen(() => outside.exit(end));
}

export function gatesOf({ played }: Life): string[] {
  return [...played.outside.running.keys()].filter((one) => one.startsWith('gate--'));
}

export async function decide(life: Life, { isNo }: { isNo: boolean }): Promise<void> {
  const approvals = selectApprovals(life.box.hub.state()).byId.values();
  const open = approvals.find(({ state }) => state === 'pending');
  if (open === undefined) return;
  const { id: approval, pin } = open;
  if (isNo) await life.ask('approval.deny', { approval, note: 'no' });
  else await life.ask('approval.approve', { approval, commit: pin.commit });
}
