/**
 * Which conversation of its CLI an agent is in, and which one its next start takes up. A conversation that was asked for
 * and did not come is said (RESUME_FAILED); it never becomes a new one in silence. Pure.
 */
import type { Conversation } from '../../../preload/contract/agent-hooks.ts';
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Result } from '../../base/result.ts';
import type { DecideContext, Decision, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { ranMs } from './pausing.ts';
import type { ConversationAsk, Profile } from './ports.ts';
import { afterTelling, limited } from './nudges/nudges.ts';
import type { Agent, AgentsState, HookEvidence } from './slice.ts';
import { requireActingAgent, requireAgent } from './slice.ts';
import { isNewlyHeard } from './view.ts';

type Ctx = DecideContext<AgentsState>;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** A CLI that takes nothing up ends at once; one that runs longer than this has begun, milliseconds. */
export const resumeProofMs = 20_000;

export interface Start {
  readonly conversation: ConversationAsk;
  /** Nothing was said in it yet: the agent's first prompt belongs to it. */
  readonly isFirst: boolean;
}

/** What the next start asks the CLI for. An id that is still to be chosen is left to the caller. */
export function conversationFor(profile: Profile, agent: Agent): Start {
  const id = profile.conversationId === 'none' ? undefined : agent.conversation?.id;
  const chosen = profile.conversationId === 'chosen' && id !== undefined ? { id } : {};
  const isFirst = agent.session <= 1 || agent.wantsNew === true || agent.use === 'unused';
  // Also the one that was named by a try to start before: the CLI keeps none that nobody spoke in.
  if (isFirst) return { conversation: { how: 'new', ...chosen }, isFirst };
  if (id !== undefined) return { conversation: { how: 'resumed', id }, isFirst };
  return { conversation: { how: profile.continuesLast ? 'continued' : 'new' }, isFirst };
}

/** What hooks and the screen told is of the session in which they told it. */
export const noHooks = { hook: undefined, isHooked: undefined, screen: undefined } as const;

export function withConversation(
  agent: Agent,
  { conversation: asked, terminalId, typesPrompt }: Data<'agent.launched'>,
  event: EventEnvelope,
): Partial<Agent> {
  const id = agent.isHooked ? agent.conversation?.id : asked?.id;
  const conversation: Conversation | undefined = asked && {
    how: asked.how,
    ...(id !== undefined && { id }),
  };
  if (conversation === undefined) return { conversation };
  const isNameless = conversation.how === 'new' && id === undefined;
  return {
    conversation,
    use: isNameless ? undefined : agent.use,
    wantsNew: undefined,
    launchedMs: event.atMs,
    typesPromptIn: typesPrompt ? terminalId : undefined,
  };
}

export function conversationNamed(agent: Agent, data: Data<'agent.conversation_named'>): Agent {
  const { conversation: id, isTold } = data;
  const isSame = agent.conversation?.id === id;
  const before = isSame ? agent.use : undefined;
  return {
    ...agent,
    conversation: { how: agent.conversation?.how ?? 'new', id },
    isHooked: isTold ? true : agent.isHooked,
    use: before === 'used' ? 'used' : isTold ? 'unused' : 'unheard',
  };
}

export function conversationLeft(agent: Agent): Agent {
  return { ...agent, conversation: undefined, use: undefined, wantsNew: true };
}

export function hooked(agent: Agent, data: Data<'agent.hooked'>, { atMs }: EventEnvelope): Agent {
  const { event, detail, failed } = data;
  const { hook: before } = agent;
  const isNewTurn = before === undefined || (before.event === 'idle' && event !== 'idle');
  const hook: HookEvidence = {
    event,
    ...(detail !== undefined && { detail: detail.slice(0, noteChars) }),
    atMs,
    turnMs: isNewTurn ? atMs : before.turnMs,
    ...(!isNewTurn && before.hasUsedTool && { hasUsedTool: true }),
    ...(failed === true && { hasFailed: true }),
  };
  const use = event === 'busy' && agent.conversation?.id !== undefined ? 'used' : agent.use;
  return { ...agent, ...afterTelling(agent, event, atMs), hook, use, isHooked: true };
}

/** What a status may say beside its value. */
const noteChars = 500;

/** Before its program begins, so that a hub that dies meanwhile finds it again. */
export function decideChosen(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.conversation_chosen'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  return decided({}, [newEvent(contract, 'agent.conversation_named', { ...data, isTold: false })]);
}

/** From a hook of the agent's own CLI. They come with every tool that it uses; only what is news is written. */
export function decideHook(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.hook'>,
): Result<Decision<Nothing>> {
  const found = requireActingAgent(ctx.state, ctx.actor);
  if (!found.ok) return found;
  const agent = found.value;
  if (agent.state !== 'running' && agent.state !== 'starting') return decided({}, []);
  const naming = named(agent, data);
  const news = newlyHooked(agent, data, naming.length > 0);
  // The reminder that it is at its prompt says nothing new of one that waits for its limit to end, or for somebody to sign in.
  const isHeld = agent.limit?.untilMs !== undefined || agent.hook?.hasFailed === true;
  const isReminder = data.event === 'idle' && isHeld;
  const more = data.event === 'limit' ? limited(agent, data.detail, ctx.nowMs) : [];
  const events = [...naming, ...(isReminder ? [] : news), ...toolUsed(agent, data), ...more];
  if (events.length > 0 || !isNewlyHeard(agent, ctx.nowMs)) return decided({}, events);
  return decided({}, [newEvent(contract, 'agent.heard', { agent: agent.id, heardMs: ctx.nowMs })]);
}

type Told = CommandData<typeof contract, 'agent.hook'>;

function named(agent: Agent, { event, sessionId, detail }: Told): NewEvent[] {
  if (sessionId === undefined) return [];
  const { id, conversation } = agent;
  const isOther = sessionId !== conversation?.id;
  if (!isOther && agent.isHooked) return [];
  const told = newEvent(contract, 'agent.conversation_named', {
    agent: id,
    conversation: sessionId,
    isTold: true,
  });
  // Some CLIs take up a conversation under a new id, and say so.
  const isUnasked = isOther && !agent.isHooked && !(event === 'session' && detail === 'resume');
  if (!isUnasked || conversation?.how !== 'resumed') return [told];
  const reason = `its CLI went on with ${sessionId} instead.`;
  return [resumeFailed(agent, reason), told];
}

/** `isNamed`: by this very word, the conversation is another one than was known. */
function newlyHooked(agent: Agent, { event, detail, failed }: Told, isNamed: boolean): NewEvent[] {
  if (event === 'session') return [];
  const { id, hook, use } = agent;
  const isOther = detail !== undefined && detail.slice(0, noteChars) !== hook?.detail;
  const saysMore = isOther && (event === 'waiting' || event === 'limit');
  // The first turn of a conversation, whatever was known of the one before it.
  const isFirst = event === 'busy' && (isNamed || use === 'unused' || use === 'unheard');
  if (hook?.event === event && !saysMore && !isFirst) return [];
  const isRefused = event === 'waiting' && failed === true;
  const data = { agent: id, event, detail, ...(isRefused && { failed }) };
  return [newEvent(contract, 'agent.hooked', data)];
}

/** The first tool of a turn; the others say no more. */
function toolUsed({ id, hook }: Agent, { event, tool }: Told): NewEvent[] {
  const isKnown = hook !== undefined && hook.event !== 'idle' && hook.hasUsedTool === true;
  if (event !== 'busy' || tool !== true || isKnown) return [];
  return [newEvent(contract, 'agent.tool_used', { agent: id })];
}

export function usedTool(agent: Agent): Agent {
  return agent.hook === undefined
    ? agent
    : { ...agent, hook: { ...agent.hook, hasUsedTool: true } };
}

function resumeFailed({ id, state, conversation }: Agent, reason: string): NewEvent {
  const which = conversation?.id ?? '(the last in its folder)';
  const error = toWireError('RESUME_FAILED', { agent: id, conversation: which, reason });
  return newEvent(contract, 'agent.failed', { agent: id, during: 'starting', to: state, error });
}

/** It was to take up a conversation, and ended by itself before anything proved that it had. */
export function endedResumingMs(agent: Agent): number | undefined {
  const { state, exit, conversation, failure, isHooked } = agent;
  if (state !== 'stopped' || exit === undefined || exit.expected || exit.by !== undefined) return;
  if (conversation === undefined || conversation.how === 'new') return undefined;
  const isProved = isHooked === true || ranMs(agent) > resumeProofMs || exit.code === 0;
  return isProved || failure !== undefined ? undefined : exit.atMs;
}

/** It has happened, whatever the clock was set to since. */
export const endedResuming = dueRows<Agent>((agent) =>
  endedResumingMs(agent) === undefined ? undefined : 0,
);

/** `words`: its last screen. */
export function decideResumeFailed(
  ctx: Ctx,
  data: CommandData<typeof contract, 'agent.resume_failed'>,
  words: string,
): Result<Decision<Nothing>> {
  const found = requireAgent(ctx.state, data.agent);
  if (!found.ok) return found;
  const { session, state, failure } = found.value;
  if (session !== data.session || state !== 'stopped' || failure !== undefined)
    return decided({}, []);
  const said = lastWords(words);
  const reason = said === '' ? 'it ended and said nothing.' : `it said: ${said}`;
  return decided({}, [resumeFailed(found.value, reason)]);
}

const wordsChars = 400;

/** The end of what it printed, on one line. */
export function lastWords(screen: string): string {
  const text = screen.replaceAll(/\s+/g, ' ').trim();
  return text.length > wordsChars ? `…${text.slice(1 - wordsChars)}` : text;
}
