/** What is to be done about a story that was handed to its agent. Pure. */
import { type Agent, statusOf } from '../agents/index.ts';
import type { Story } from '../stories/index.ts';
import { isUnresumed, waitAtWork } from './agent-waits.ts';
import { type Draft, isOwn, working } from './scene.ts';
import type { Work } from './slice.ts';
import { blockReason } from './slots.ts';

/** A CLI is at its prompt this long after its start: one whose hook was heard, and one that says nothing of itself, milliseconds. */
const readyMs = { hooked: 5_000, unheard: 20_000 };

export interface InHands {
  readonly story: Story;
  readonly agent: Agent;
  readonly work: Work;
}

export function planAtWork(draft: Draft, hands: InHands): void {
  const { story, agent, work } = hands;
  const { steps, scene } = draft;
  const of = { story: story.id, agent: agent.id };
  const session = work.handed?.session ?? 0;
  const isToStart = agent.session < session && agent.state === 'stopped';
  const wait = isToStart ? undefined : waitAtWork(agent, scene);
  draft.nextMs = Math.min(draft.nextMs, wait?.untilMs ?? Infinity);
  working(draft, { story, agent: agent.id, profile: agent.profile, work, wait });
  if (work.ended?.session === agent.session && agent.state === 'stopped') {
    const { ended } = work;
    if (ended.to === 'submit') steps.push({ do: 'submit', ...of, commit: ended.commit });
    else steps.push({ do: 'block', story: story.id, reason: ended.reason });
  } else if (isToStart) steps.push({ do: 'run', ...of, fresh: isUnresumed(agent) });
  else if (wait === undefined && agent.state === 'running') {
    planKick(draft, hands);
    planReminder(draft, hands);
  } else if (wait === undefined) steps.push({ do: 'look', ...of, session: agent.session });
}

/** A conversation that was taken up sits at its prompt; a new one of an agent that was made for it begins with the story. */
function planKick(draft: Draft, { story, agent, work }: InHands): void {
  const { session, conversation, hook, launchedMs = 0 } = agent;
  const hasStory = conversation?.how === 'new' && isOwn(draft, agent);
  if (work.handed?.starts !== true || work.handed.session !== session || hasStory) return;
  if (work.kickedIn === session || !draft.scene.profiles.get(agent.profile)?.wakeable) return;
  if (hook !== undefined && hook.event !== 'idle') return;
  const readyAtMs = launchedMs + (agent.isHooked === true ? readyMs.hooked : readyMs.unheard);
  if (readyAtMs > draft.scene.nowMs) draft.nextMs = Math.min(draft.nextMs, readyAtMs);
  else draft.steps.push({ do: 'kick', story: story.id, agent: agent.id });
}

/** So long at its prompt without a word of what becomes of its story, milliseconds: somebody may well be talking with it there. */
export const idleMs = 10 * 60_000;

/** Once in each rest. */
function planReminder(draft: Draft, { story, agent, work }: InHands): void {
  const { value, sinceMs } = statusOf(agent);
  const isAtRest = value === 'idle' || value === 'done';
  const restMs = Math.max(sinceMs, work.handed?.atMs ?? 0);
  if (!isAtRest || (work.remindedMs ?? 0) >= restMs) return;
  const dueMs = restMs + idleMs;
  if (dueMs > draft.scene.nowMs) {
    draft.nextMs = Math.min(draft.nextMs, dueMs);
    return;
  }
  const reason = blockReason(draft.scene, story);
  if (reason !== undefined) draft.steps.push({ do: 'block', story: story.id, reason });
  else draft.steps.push({ do: 'remind', story: story.id, agent: agent.id });
}
