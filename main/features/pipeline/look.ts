/**
 * Looks after each change, at the start, and when a time has come: asks the plan what is to be done, and asks for that as commands. It keeps no
 * truth. What is cut off anywhere is found again at the next look; what is asked for twice is refused, or changes nothing.
 */
import { levelOf, reasonOf, wireOf } from '../../base/result.ts';
import type { Life, SystemCommand } from '../../hub/feature.ts';
import { bodyOf, selectStories, storyOf } from '../stories/index.ts';
import type { Planned } from './decide.ts';
import type { PipelinePorts } from './ports.ts';
import { backPrompt, kickText, storyPrompt } from './prompt.ts';
import type { Step } from './scene.ts';
import type { PipelineState } from './slice.ts';
import { nowOf } from './status.ts';

interface Looking {
  readonly ports: PipelinePorts;
  readonly life: Life<PipelineState>;
  readonly planNow: () => Planned;
  readonly onWay: Set<string>;
}

export function watchStories(
  ports: PipelinePorts,
  life: Life<PipelineState>,
  planNow: () => Planned,
): void {
  const looking: Looking = { ports, life, planNow, onWay: new Set() };
  let isAsked = false;
  let cancelSoon = (): void => undefined;
  let cancelLater = (): void => undefined;
  const soon = (): void => {
    if (isAsked || life.signal.aborted) return;
    isAsked = true;
    cancelSoon = life.clock.soon(() => {
      isAsked = false;
      if (!life.signal.aborted) look();
    });
  };
  const look = (): void => {
    const planned = planNow();
    const { plan, scene } = planned;
    show(looking, planned);
    for (const step of plan.steps) void take(looking, step).then((isDone) => isDone && soon());
    cancelLater();
    const inMs = plan.nextMs - scene.nowMs;
    if (Number.isFinite(inMs))
      cancelLater = life.clock.schedule(soon, Math.min(Math.max(inMs, 0) + 1, mostMs));
  };
  let known = life.hub();
  life.onTopics(() => {
    const before = known;
    known = life.hub();
    const isOther = concerned.some((name) => before[name] !== known[name]);
    if (isOther) soon();
  });
  life.own(ports.onSettings(soon));
  life.own(() => {
    cancelSoon();
    cancelLater();
  });
  soon();
}

/** A machine that slept, or a clock that was set, is noticed before long. */
const mostMs = 60_000;

/** Slices that a plan is made from. */
const concerned = ['stories', 'agents', 'pipeline'] as const;

function show({ life }: Looking, planned: Planned): void {
  const now = nowOf(planned);
  const shown = life.live.of('pipeline').get('now');
  if (JSON.stringify(shown) !== JSON.stringify(now)) life.live.put('pipeline', 'now', now);
}

/** True when it was done; of what is on its way, and what was refused, nothing more is asked before something changes. */
async function take(looking: Looking, step: Step): Promise<boolean> {
  const { life, onWay } = looking;
  const key = JSON.stringify(step);
  if (onWay.has(key)) return false;
  onWay.add(key);
  try {
    await life.system(commandOf(looking, step));
    return true;
  } catch (error) {
    if (life.signal.aborted) return false;
    // It is so no more, as a rule: somebody else was quicker.
    const level = levelOf(error) === 'error' ? 'warn' : 'info';
    life.logger[level]({ step, error: reasonOf(error) }, 'a step of the pipeline was refused');
    if (isOfBeginning(step)) await fail(life, step.story, error);
    return false;
  } finally {
    onWay.delete(key);
  }
}

type Beginning = Extract<Step, { do: 'add' | 'assign' }>;

function isOfBeginning(step: Step): step is Beginning {
  return step.do === 'add' || step.do === 'assign';
}

async function fail(life: Life<PipelineState>, story: string, error: unknown): Promise<void> {
  try {
    await life.system({ type: 'pipeline.fail', data: { story, error: wireOf(error) } });
  } catch (thrown) {
    if (!life.signal.aborted)
      life.logger.warn({ story, error: reasonOf(thrown) }, 'a failed beginning was not noted');
  }
}

function commandOf(looking: Looking, step: Step): SystemCommand {
  switch (step.do) {
    case 'begin':
    case 'drop':
    case 'remind':
      return { type: `pipeline.${step.do}`, data: { story: step.story } };
    case 'add':
      return addOf(looking, step);
    case 'assign':
      return { type: 'story.assign', data: { story: step.story, agent: step.agent } };
    case 'start':
      return advance(step.story, 'start', { ref: step.agent });
    case 'hand':
      return { type: 'pipeline.hand', data: { story: step.story, text: textFor(looking, step) } };
    case 'run':
      return { type: 'agent.start', data: { agent: step.agent, fresh: step.fresh } };
    case 'kick':
      return { type: 'agent.kick', data: { agent: step.agent, text: kickText(step.story) } };
    case 'look':
      return { type: 'pipeline.end', data: { story: step.story, session: step.session } };
    case 'submit':
      return advance(step.story, 'submit', { kind: 'exit', ref: step.agent, commit: step.commit });
    case 'block':
      return advance(step.story, 'block', { reason: step.reason.slice(0, 2_000) });
    case 'stop':
      return { type: 'agent.stop', data: { agent: step.agent } };
  }
}

interface Advance {
  readonly kind?: string;
  readonly ref?: string;
  readonly commit?: string;
  readonly reason?: string;
}

function advance(story: string, transition: string, more: Advance): SystemCommand {
  const { kind = 'pipeline', ref, ...rest } = more;
  const cause = { kind, ...(ref !== undefined && { ref }) };
  return { type: 'story.advance', data: { story, transition, cause, ...rest } };
}

/** Made, and started only once the story is its own: what it does first may well be to submit it. */
function addOf(looking: Looking, step: Extract<Step, { do: 'add' }>): SystemCommand {
  const { agent: name, profile, story } = step;
  const prompt = promptOf(looking, story);
  // Another Musher's story begins where its target is there.
  const at = storyOf(selectStories(looking.life.hub()), story)?.source?.home?.at;
  const where = at === undefined ? {} : { at };
  return { type: 'agent.add', data: { name, profile, prompt, start: false, ...where } };
}

/** To one that has worked on it, why it has it again; else all of it. */
function textFor(looking: Looking, { story: id }: { readonly story: string }): string {
  const { life } = looking;
  const work = life.state().works.get(id);
  const story = storyOf(selectStories(life.hub()), id);
  const knows = work?.back !== undefined && work.commit !== undefined;
  return knows && story !== undefined
    ? backPrompt({ story, back: work.back })
    : promptOf(looking, id);
}

function promptOf({ life }: Looking, id: string): string {
  const story = storyOf(selectStories(life.hub()), id);
  if (story === undefined) return '';
  const back = life.state().works.get(id)?.back;
  return storyPrompt({ story, body: bodyOf(life.log, story), back });
}
