/** What happened between two looks at the records that is worth a notification. Pure. */
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { Place } from '../../../preload/contract/place.ts';
import type { Notice, NoticeKind } from '../../../preload/contract/notice-batch.ts';
import { isInSight, waitingNotices } from '../../../preload/contract/waiting-notices.ts';

export interface Seen {
  readonly waiting: readonly WaitingItem[];
  readonly agents: readonly AgentRecord[];
  readonly stories: readonly StoryRecord[];
}

export type NoticeKinds = Readonly<Record<NoticeKind, boolean>>;

/** What is new in the second look, of the kinds that are wanted. */
export function findNotices(before: Seen, after: Seen, kinds: NoticeKinds): readonly Notice[] {
  const waiting = waitingNotices(before.waiting, after.waiting, after.agents);
  const worked = new Set(before.agents.filter(isWorking).map(({ id }) => id));
  const idle = after.agents.filter((agent) => worked.has(agent.id) && hasCalmed(agent));
  const open = new Set(before.stories.filter((story) => !hasLanded(story)).map(({ id }) => id));
  const landed = after.stories.filter((story) => open.has(story.id) && hasLanded(story));
  const calm = [...landed.map(landedNotice), ...idle.map(idleNotice)];
  return [...waiting, ...calm].filter(({ kind }) => kinds[kind]);
}

function isWorking({ state, status }: AgentRecord): boolean {
  return state === 'running' && status.value === 'working';
}

function hasCalmed({ state, status }: AgentRecord): boolean {
  return state === 'running' && (status.value === 'idle' || status.value === 'done');
}

function hasLanded({ place }: StoryRecord): boolean {
  return place.stage === 'done' && place.merge !== undefined;
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
