/** What happened between two looks at the records that is worth a notification. Pure. */
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import { isBudgetSpent } from '../../../preload/contract/say-cost.ts';
import { limitReached } from '../../../preload/contract/limits.ts';
import type { Place } from '../../shell/route.ts';
import type { Notice, NoticeKind } from './notification-batch.ts';

export interface Seen {
  readonly waiting: readonly WaitingItem[];
  readonly agents: readonly AgentRecord[];
  readonly stories: readonly StoryRecord[];
}

export type NoticeKinds = Readonly<Record<NoticeKind, boolean>>;

/** What is new in the second look, of the kinds that are wanted. */
export function findNotices(before: Seen, after: Seen, kinds: NoticeKinds): readonly Notice[] {
  const known = new Set(before.waiting.filter(isInSight).map(({ id }) => id));
  const waiting = after.waiting.filter((item) => isInSight(item) && !known.has(item.id));
  const worked = new Set(before.agents.filter(isWorking).map(({ id }) => id));
  const idle = after.agents.filter((agent) => worked.has(agent.id) && hasCalmed(agent));
  const atLimit = new Set(after.agents.filter(isStoppedAtLimit).map(({ id }) => id));
  const found = waiting.flatMap((item) => noticeOf(item, atLimit));
  const open = new Set(before.stories.filter((story) => !hasLanded(story)).map(({ id }) => id));
  const landed = after.stories.filter((story) => open.has(story.id) && hasLanded(story));
  const calm = [...landed.map(landedNotice), ...idle.map(idleNotice)];
  return [...found, ...calm].filter(({ kind }) => kinds[kind]);
}

const isInSight = ({ snoozedUntilMs }: WaitingItem) => snoozedUntilMs === undefined;

function isWorking({ state, status }: AgentRecord): boolean {
  return state === 'running' && status.value === 'working';
}

function isStoppedAtLimit({ failure }: AgentRecord): boolean {
  return limitReached(failure) !== undefined || isBudgetSpent(failure);
}

function hasCalmed({ state, status }: AgentRecord): boolean {
  return state === 'running' && (status.value === 'idle' || status.value === 'done');
}

function hasLanded({ place }: StoryRecord): boolean {
  return place.stage === 'done' && place.merge !== undefined;
}

/** None of messages: they are to be read, and nobody waits. */
function noticeOf(item: WaitingItem, atLimit: ReadonlySet<string>): Notice[] {
  const { id, kind, subject, agent, title, isBlocking } = item;
  const base = { id, agent, text: title };
  // It did not crash: it had to come, and the Inbox says how it goes on.
  if (kind === 'watch' || (kind === 'agent' && atLimit.has(agent)))
    return [{ ...base, kind: 'watch', view: 'inbox', target: id }];
  if (kind === 'agent')
    return [{ ...base, kind: 'crashed', view: 'agents', target: `agent/${agent}` }];
  if (kind === 'approval' && isBlocking)
    return [{ ...base, kind: 'approval', view: 'review', target: `approval/${subject}` }];
  if (kind === 'conflict') return [{ ...base, kind, view: 'conflicts', target: id }];
  if (kind === 'budget')
    return [{ ...base, agent: subject, kind: 'watch', view: 'inbox', target: id }];
  if (kind === 'push') return [{ ...base, agent: subject, kind, view: 'inbox', target: id }];
  if (kind === 'target') return [{ ...base, agent: subject, kind, view: 'inbox', target: id }];
  if (kind === 'story')
    return [{ ...base, agent: agent || subject, kind, view: 'inbox', target: id }];
  if (kind === 'permission' || kind === 'stray' || kind === 'proposal')
    return [{ ...base, kind, view: 'inbox', target: id }];
  // Whatever else an agent cannot go on without is a question to the operator.
  return isBlocking ? [{ ...base, kind: 'question', view: 'inbox', target: id }] : [];
}

function idleNotice({ id, status }: AgentRecord): Notice {
  const text = status.note ?? 'It has nothing to do';
  return { id: `idle/${id}`, kind: 'idle', agent: id, text, view: 'agents', target: `agent/${id}` };
}

function landedNotice({ id, title }: StoryRecord): Notice {
  return { id: `landed/${id}`, kind: 'landed', agent: id, text: title, view: 'review' };
}

/** What the operator has before their eyes: the inbox shows all that waits, an agent alone all that it does. */
export function isLookedAt(notice: Notice, { view, target }: Place): boolean {
  if (target === `agent/${notice.agent}`) return view === 'agents';
  if (view === 'inbox') return notice.kind !== 'idle' && notice.kind !== 'landed';
  return view === notice.view && target !== undefined && target === notice.target;
}

/** Those that still are so: what was answered meanwhile is not told. */
export function stillTrue(
  notices: readonly Notice[],
  { waiting, agents, stories }: Seen,
): Notice[] {
  const open = new Set(waiting.filter(isInSight).map(({ id }) => id));
  const calm = new Set(agents.filter(hasCalmed).map(({ id }) => `idle/${id}`));
  const landed = new Set(stories.filter(hasLanded).map(({ id }) => `landed/${id}`));
  return notices.filter(({ id }) => open.has(id) || calm.has(id) || landed.has(id));
}
