/** How events change what the pipeline remembers. Pure and total. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { pipeline as contract } from '../../../preload/contract/pipeline.ts';
import type { stories } from '../../../preload/contract/stories.ts';
import { isOver } from '../../../preload/contract/story-stages.ts';
import { Table } from '../../../preload/contract/table.ts';
import { newWork, type PipelineState, type Work } from './slice.ts';
import { sayBack } from './words.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Reduce = (state: PipelineState, event: EventEnvelope) => PipelineState;

function withWork(
  state: PipelineState,
  story: string,
  change: (work: Work) => Work,
): PipelineState {
  const work = change(state.works.get(story) ?? newWork);
  return { ...state, works: state.works.set(story, work) };
}

function withoutClaim(state: PipelineState, story: string): PipelineState {
  const claims = state.claims.delete(story);
  return claims === state.claims ? state : { ...state, claims };
}

/** What failed is tried at once. */
function started(state: PipelineState, { atMs, actor }: EventEnvelope): PipelineState {
  const { reason: _reason, ...rest } = state;
  const works = state.works
    .entries()
    .filter(([, { fails }]) => fails > 0)
    .reduce((left, [id, work]) => left.set(id, { ...work, fails: 0 }), state.works);
  const since = state.isOn ? {} : { sinceMs: atMs, by: actor };
  return { ...rest, ...since, isOn: true, works, stalls: Table.empty() };
}

function paused(state: PipelineState, { atMs, actor, data }: EventEnvelope): PipelineState {
  const { reason } = data as Data<'pipeline.paused'>;
  const { reason: _former, ...rest } = state;
  const why = reason === undefined ? {} : { reason };
  return { ...rest, ...why, isOn: false, sinceMs: atMs, by: actor };
}

function begun(state: PipelineState, { data }: EventEnvelope): PipelineState {
  const { story, agent, profile, isThere = false } = data as Data<'pipeline.begun'>;
  return { ...state, claims: state.claims.set(story, { agent, profile, isAdded: isThere }) };
}

function failed(state: PipelineState, { data }: EventEnvelope): PipelineState {
  const { story, profile, error, tries, untilMs } = data as Data<'pipeline.failed'>;
  const next = withWork(withoutClaim(state, story), story, (work) => ({
    ...work,
    fails: work.fails + 1,
  }));
  const stall = { story, what: `${error.message} ${error.mend}`, tries, untilMs };
  return { ...next, stalls: state.stalls.set(profile, stall) };
}

/** Another of that name, made by somebody else, is not its agent. */
function agentAdded(state: PipelineState, { data, actor }: EventEnvelope): PipelineState {
  const { agent } = data as { agent: string };
  const found = state.claims.entries().find(([, claim]) => claim.agent === agent);
  if (found === undefined) return state;
  const [story, claim] = found;
  if (actor !== 'system') return withoutClaim(state, story);
  return {
    ...withWork(state, story, (work) => ({ ...work, fails: 0 })),
    claims: state.claims.set(story, { ...claim, isAdded: true }),
    own: state.own.set(agent, { story, session: 0 }),
    stalls: state.stalls.delete(claim.profile),
  };
}

function agentGone(state: PipelineState, { data }: EventEnvelope): PipelineState {
  const { agent } = data as { agent: string };
  const found = state.claims.entries().find(([, claim]) => claim.agent === agent);
  const own = state.own.delete(agent);
  if (found === undefined && own === state.own) return state;
  return { ...(found === undefined ? state : withoutClaim(state, found[0])), own };
}

function assigned(state: PipelineState, { data }: EventEnvelope): PipelineState {
  const { story, agent } = data as EventData<typeof stories, 'story.assigned'>;
  const claim = state.claims.get(story);
  return claim === undefined || claim.agent === agent ? state : withoutClaim(state, story);
}

/** Machines that give it back over and over are counted; a person is not. */
function moved(state: PipelineState, event: EventEnvelope): PipelineState {
  const data = event.data as EventData<typeof stories, 'story.moved'>;
  const { story, place, transition } = data;
  const { stage } = place;
  if (stage === 'coding') return toCoding(state, event);
  const left = withoutClaim(state, story);
  if (stage === 'backlog' || stage === 'done' || isOver(stage))
    return left.works.has(story) ? { ...left, works: left.works.delete(story) } : left;
  if (!left.works.has(story)) return left;
  return withWork(left, story, (work) => {
    const { handed: _handed, ended: _ended, kickedIn: _kicked, ...rest } = work;
    const isFailure = transition === 'fail_merge';
    return isFailure ? { ...rest, back: sayBack(data) } : rest;
  });
}

function toCoding(state: PipelineState, { data, actor }: EventEnvelope): PipelineState {
  const move = data as EventData<typeof stories, 'story.moved'>;
  const { story, transition, from } = move;
  const { claims } = state;
  const isBegun = transition === 'start';
  const next = withWork(state, story, (work) => {
    const { handed: _handed, ended: _ended, kickedIn: _kicked, back: before, ...rest } = work;
    const isNew = isBegun || transition === 'unblock';
    const isGivenBack = actor === 'system' && !isBegun;
    // How a merge failed was said when it did.
    const failure = from === 'merge_failed' ? before : undefined;
    const back = isBegun ? undefined : [sayBack(move), failure].filter(Boolean).join('\n');
    return {
      ...rest,
      ...(isNew ? newWork : { attempts: work.attempts + (isGivenBack ? 1 : 0), same: 0 }),
      ...(back !== undefined && { back }),
    };
  });
  return isBegun ? { ...next, claims } : withoutClaim(next, story);
}

function handed(state: PipelineState, { data, atMs }: EventEnvelope): PipelineState {
  const { story, agent, session, starts, commit, tree } = data as Data<'pipeline.handed'>;
  const next = withWork(withoutClaim(state, story), story, (work) => {
    const { ended: _ended, back: _back, kickedIn: _kicked, ...rest } = work;
    return {
      ...rest,
      handed: { agent, session, starts, atMs },
      ...(commit !== undefined && { commit }),
      ...(tree !== undefined && { tree }),
    };
  });
  return { ...next, own: next.own.update(agent, (own) => ({ ...own, session })) };
}

function ended(state: PipelineState, { data }: EventEnvelope): PipelineState {
  const end = data as Data<'pipeline.ended'>;
  const { story, session, how, what, commit, tree, same, attempts } = end;
  return withWork(state, story, (work) => {
    const { handed: was, ended: _ended, ...rest } = work;
    const next: Work = { ...rest, same, attempts, ...(tree !== undefined && { tree }) };
    if (how === 'again' || how === 'resume') return { ...next, back: what };
    const kept = was === undefined ? next : { ...next, handed: was };
    if (how === 'block') return { ...kept, ended: { to: how, session, reason: what } };
    return commit === undefined ? kept : { ...kept, ended: { to: how, session, commit } };
  });
}

function reminded(state: PipelineState, { data, atMs }: EventEnvelope): PipelineState {
  const { story, attempts } = data as Data<'pipeline.reminded'>;
  return withWork(state, story, (work) => ({ ...work, attempts, remindedMs: atMs }));
}

function nudged(state: PipelineState, { data }: EventEnvelope): PipelineState {
  const { agent, by } = data as { agent: string; by: string };
  if (by !== 'kick') return state;
  const found = state.works.entries().find(([, work]) => work.handed?.agent === agent);
  if (found === undefined) return state;
  const [story, work] = found;
  const kickedIn = work.handed?.session ?? 0;
  return { ...state, works: state.works.set(story, { ...work, kickedIn }) };
}

export const reducePipeline: Readonly<Record<string, Reduce>> = {
  'pipeline.started': started,
  'pipeline.paused': paused,
  'pipeline.begun': begun,
  'pipeline.dropped': (state, { data }) =>
    withoutClaim(state, (data as Data<'pipeline.dropped'>).story),
  'pipeline.failed': failed,
  'pipeline.handed': handed,
  'pipeline.ended': ended,
  'pipeline.reminded': reminded,
  'agent.added': agentAdded,
  'agent.destroyed': agentGone,
  'agent.purged': agentGone,
  'agent.nudged': nudged,
  'story.assigned': assigned,
  'story.moved': moved,
};
