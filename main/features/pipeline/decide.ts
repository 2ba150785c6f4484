/** What the pipeline's commands lead to. Pure. Whatever the hub asks of itself is done only where the plan of the newest state has it. */
import { toAgentId } from '../../../preload/contract/agent-id.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import { pipeline as contract } from '../../../preload/contract/pipeline.ts';
import type { Result } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { type AgentsState, selectAgents } from '../agents/index.ts';
import { selectStories, type Story } from '../stories/index.ts';
import { busy } from './plan-backlog.ts';
import type { Plan, Scene, Step } from './scene.ts';
import type { PipelineState } from './slice.ts';

export type Ctx = DecideContext<PipelineState>;
type Switched = Result<Decision<{ isOn: boolean }>>;

/** The plan of the newest state, by what was found outside. */
export interface Planned {
  readonly scene: Scene;
  readonly plan: Plan;
}
export type PlanOf = (ctx: Pick<Ctx, 'hub' | 'state' | 'nowMs'>) => Planned;

export const nothing: Result<Decision<Nothing>> = decided({}, []);

/** On already: what failed is tried again at once, where anything did. */
export function decideStart({ state }: Ctx): Switched {
  const hasFailed = state.stalls.size > 0 || state.works.values().some(({ fails }) => fails > 0);
  const isNews = !state.isOn || hasFailed;
  return decided({ isOn: true }, isNews ? [newEvent(contract, 'pipeline.started', {})] : []);
}

export function decidePause(
  { state }: Ctx,
  { reason }: CommandData<typeof contract, 'pipeline.pause'>,
): Switched {
  if (!state.isOn && (reason === undefined || reason === state.reason))
    return decided({ isOn: false }, []);
  const why = reason === undefined ? {} : { reason };
  return decided({ isOn: false }, [newEvent(contract, 'pipeline.paused', why)]);
}

export function stepOf<K extends Step['do']>(
  { plan }: Planned,
  what: K,
  story: string,
): Extract<Step, { do: K }> | undefined {
  return plan.steps.find(
    (step): step is Extract<Step, { do: K }> =>
      step.do === what && 'story' in step && step.story === story,
  );
}

export function decideBegin(planOf: PlanOf) {
  return (ctx: Ctx, { story: id }: { story: string }): Result<Decision<Nothing>> => {
    const planned = planOf(ctx);
    const step = stepOf(planned, 'begin', id);
    const story = selectStories(ctx.hub).open.get(id);
    if (step === undefined || story === undefined) return nothing;
    // In coding it was taken from that agent.
    const isBack = story.place.stage === 'backlog';
    const there = isBack ? formerAgent(planned.scene, step) : undefined;
    const agent = there ?? newName(selectAgents(ctx.hub), story);
    const { profile } = step;
    return decided({}, [
      newEvent(contract, 'pipeline.begun', {
        ...{ story: id, title: story.title, agent, profile },
        ...(there !== undefined && { isThere: true }),
      }),
    ]);
  };
}

/** The agent that was made for it before, with what it has written, where it is free. */
function formerAgent(
  scene: Scene,
  { story, profile }: { readonly story: string; readonly profile: string },
): string | undefined {
  const { pipeline, agents } = scene;
  const found = pipeline.own.entries().findLast(([id, own]) => {
    const agent = agents.byId.get(id);
    if (agent === undefined || own.story !== story || agent.profile !== profile) return false;
    return busy(scene, agent) === undefined && ['running', 'stopped'].includes(agent.state);
  });
  return found?.[0];
}

const nameChars = 40;

/** `s-12-log-in-with-a-key`; with a number after it where that is taken. */
function newName({ byId }: AgentsState, { id, title }: Story): string {
  const name = toAgentId(`${id} ${title}`);
  for (let n = 1; ; n++) {
    const end = n === 1 ? '' : `-${n}`;
    const tried = `${name.slice(0, nameChars - end.length).replace(/-+$/, '')}${end}`;
    if (!byId.has(tried)) return tried;
  }
}

export function decideDrop(planOf: PlanOf) {
  return (ctx: Ctx, { story }: { story: string }): Result<Decision<Nothing>> =>
    stepOf(planOf(ctx), 'drop', story) === undefined
      ? nothing
      : decided({}, [newEvent(contract, 'pipeline.dropped', { story })]);
}

/** Sooner first, then later and later, milliseconds. */
const retryMs = { first: 30_000, last: 30 * 60_000 };

export function decideFail(
  { state, hub, nowMs }: Ctx,
  { story: id, error }: CommandData<typeof contract, 'pipeline.fail'>,
): Result<Decision<Nothing>> {
  const claim = state.claims.get(id);
  const story = selectStories(hub).open.get(id);
  if (claim === undefined || story === undefined) return nothing;
  const { agent, profile } = claim;
  const tries = (state.stalls.get(profile)?.tries ?? 0) + 1;
  const untilMs = nowMs + Math.min(retryMs.first * 2 ** (tries - 1), retryMs.last);
  const of = { story: id, title: story.title, agent, profile };
  return decided({}, [newEvent(contract, 'pipeline.failed', { ...of, error, tries, untilMs })]);
}
