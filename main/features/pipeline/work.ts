/** Handing a story to its agent, and what the end of its program leads to. Pure but for the look at git. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { pipeline as contract } from '../../../preload/contract/pipeline.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Decision, Nothing, PrepareContext } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { type Agent, selectAgents } from '../agents/index.ts';
import { selectStories, type Story } from '../stories/index.ts';
import { isUnresumed } from './agent-waits.ts';
import { type Ctx, nothing, type PlanOf, stepOf } from './decide.ts';
import type { PipelinePorts, PipelineSettings, WorkFacts } from './ports.ts';
import { newWork, selectPipeline, type Work } from './slice.ts';
import { reminder } from './prompt.ts';
import { sayAgain, sayExit } from './words.ts';

/** Undefined where git could not be asked. */
export type Looked = { readonly facts: WorkFacts | undefined };

/** A worktree that cannot be looked at is no reason to hand nothing over; what came of it is known then by its branch alone, or not. */
export async function lookAtWork(
  { storyWork }: Pick<PipelinePorts, 'storyWork'>,
  { story: id }: { story: string },
  { hub, signal }: PrepareContext,
): Promise<Result<Looked>> {
  const story = selectStories(hub).open.get(id);
  const agent = selectAgents(hub).byId.get(story?.agent ?? '');
  const worktreePath = agent?.worktreePath;
  if (agent === undefined || worktreePath === undefined) return ok({ facts: undefined });
  const { branch, base } = agent;
  const from = selectPipeline(hub).works.get(id)?.commit ?? base?.commit;
  try {
    const ask = { worktreePath, branch, from, base: base?.ref, signal };
    return ok({ facts: await storyWork.look(ask) });
  } catch (error) {
    if (signal.aborted) throw error;
    return ok({ facts: undefined });
  }
}

export function decideHand(planOf: PlanOf, { profiles }: Pick<PipelinePorts, 'profiles'>) {
  return (
    ctx: Ctx,
    { story: id, text }: CommandData<typeof contract, 'pipeline.hand'>,
    { facts }: Looked,
  ): Result<Decision<Nothing>> => {
    const step = stepOf(planOf(ctx), 'hand', id);
    const story = selectStories(ctx.hub).open.get(id);
    const agent = selectAgents(ctx.hub).byId.get(step?.agent ?? '');
    if (step === undefined || story === undefined || agent === undefined) return nothing;
    const starts = agent.state === 'stopped';
    const { commit, tree } = facts ?? {};
    return decided({}, [
      newEvent(contract, 'pipeline.handed', {
        ...{ story: id, title: story.title, agent: agent.id, starts, text },
        session: agent.session + (starts ? 1 : 0),
        inInbox: !isFirstPrompt(ctx, agent, profiles),
        ...(commit !== undefined && { commit }),
        ...(tree !== undefined && { tree }),
      }),
    ]);
  };
}

/** Its program begins with it. */
function isFirstPrompt(
  { state }: Pick<Ctx, 'state'>,
  { id, session, profile, state: where }: Agent,
  profiles: PipelinePorts['profiles'],
): boolean {
  const isMade = state.own.has(id) && session === 0 && where === 'stopped';
  return isMade && (profiles.get(profile)?.prompt ?? 'none') !== 'none';
}

export function decideEnd(planOf: PlanOf, settings: () => PipelineSettings) {
  return (
    ctx: Ctx,
    { story: id, session }: CommandData<typeof contract, 'pipeline.end'>,
    { facts }: Looked,
  ): Result<Decision<Nothing>> => {
    const step = stepOf(planOf(ctx), 'look', id);
    const story = selectStories(ctx.hub).open.get(id);
    const agent = selectAgents(ctx.hub).byId.get(step?.agent ?? '');
    if (step?.session !== session || story === undefined || agent === undefined) return nothing;
    const work = ctx.state.works.get(id) ?? newWork;
    const end = endOf({ story, agent, work, facts, settings: settings() });
    const of = { story: id, title: story.title, agent: agent.id, session };
    return decided({}, [newEvent(contract, 'pipeline.ended', { ...of, ...end })]);
  };
}

export function decideRemind(planOf: PlanOf) {
  return (ctx: Ctx, { story: id }: { story: string }): Result<Decision<Nothing>> => {
    const step = stepOf(planOf(ctx), 'remind', id);
    const story = selectStories(ctx.hub).open.get(id);
    const agent = selectAgents(ctx.hub).byId.get(step?.agent ?? '');
    if (step === undefined || story === undefined || agent === undefined) return nothing;
    const attempts = (ctx.state.works.get(id)?.attempts ?? 0) + 1;
    const of = { story: id, title: story.title, agent: agent.id, session: agent.session };
    const text = reminder(story);
    return decided({}, [newEvent(contract, 'pipeline.reminded', { ...of, text, attempts })]);
  };
}

interface Ending {
  readonly story: Story;
  readonly agent: Agent;
  readonly work: Work;
  readonly facts: WorkFacts | undefined;
  readonly settings: PipelineSettings;
}

/** New commits are submitted; without, it is started again as long as it may. */
export function endOf({ story, agent, work, facts, settings }: Ending) {
  const { code = null, signal = null } = agent.exit ?? {};
  const exit = { code, signal };
  const { commit, tree } = facts ?? {};
  const where = tree === undefined ? {} : { tree };
  const kept = { same: work.same, attempts: work.attempts };
  if (facts?.hasNew && commit !== undefined) {
    const what = `Its program ${sayExit(exit)}; the tip of its branch is submitted, ${commit.slice(0, 10)}.`;
    return { how: 'submit' as const, what, commit, ...where, ...kept };
  }
  if (isNotItsDoing(agent)) {
    const what = `Your program was ended, not by you. Look at where you were, and go on with story ${story.id}.`;
    return { how: 'resume' as const, what, ...where, ...kept };
  }
  const attempts = work.attempts + 1;
  const same = tree !== undefined && tree === work.tree ? work.same + 1 : 0;
  const counted = { ...where, same, attempts };
  const { maxNoProgress, maxAttempts } = settings;
  const how = `its agent’s program ended without a commit (the last time it ${sayExit(exit)})`;
  if (same >= maxNoProgress)
    return {
      how: 'block' as const,
      what: cap(`${times(same)} in a row ${how}, and nothing was changed.`),
      ...counted,
    };
  if (attempts >= maxAttempts)
    return {
      how: 'block' as const,
      what: cap(`${times(attempts)} in all it was given back; ${how}.`),
      ...counted,
    };
  const left = Math.min(maxAttempts - attempts, maxNoProgress - same);
  const again = isUnresumed(agent)
    ? `Your conversation was not taken up, so this is a new one. What you wrote is in your worktree.`
    : sayAgain(exit, { left, same });
  return { how: 'again' as const, what: again, ...counted };
}

/** A limit of its account, an end with the machine or with Musher. */
function isNotItsDoing({ exit, limit, failure }: Agent): boolean {
  if (isUnresumed({ failure })) return false;
  const isUnseen = exit?.code === null && exit.signal === null;
  return limit !== undefined || isUnseen || exit?.expected === true;
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

function cap(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
