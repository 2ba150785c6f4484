/** Starts an agent's program: its worktree, its token, the files of its profile, its conversation, its terminal. */
import type { SetupWish } from '../../../preload/contract/agent-start.ts';
import type { EffectContext, SystemCommand } from '../../hub/feature.ts';
import { musherError, unwrap } from '../../base/result.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { placeOf } from './adopting.ts';
import { conversationFor } from './conversations.ts';
import type { AgentsPorts } from './effects.ts';
import type { ConversationAsk, LaunchAsk, Profile } from './ports.ts';
import { portsEnv, wantPorts } from './port-ranges.ts';
import { profileOf, requireConfirmed, requireProgram } from './profiles.ts';
import { rebaseAtStart } from './rebasing.ts';
import type { Agent } from './slice.ts';
import { isOnlySetup, wantSetup } from './setup/want-chores.ts';
import { requireAgent, selectAgents } from './slice.ts';

/** Size of a terminal that nobody looks at yet. */
const unseenSize = { cols: 120, rows: 32 };

export async function launchAgent(
  ports: AgentsPorts,
  data: { agent: string; session: number; setup?: SetupWish },
  ctx: EffectContext,
): Promise<SystemCommand> {
  const agent = unwrap(requireAgent(selectAgents(ctx.hub), data.agent));
  const terminalId = terminalIdOf(data.agent, data.session);
  const running = (await ports.terminals.list()).find((terminal) => terminal.id === terminalId);
  // It ran, and the hub died before it could say so. A session is started once.
  const isOnly = isOnlySetup(data.setup);
  if (running === undefined && agent.exit !== undefined && !isOnly)
    throw musherError('SPAWN_FAILED', {
      program: agent.profile,
      reason: 'it ended at once',
      path: agent.worktreePath ?? '',
    });
  const before = running ?? (await wantBefore(ports, { agent, wish: data.setup }, ctx));
  if ('wanted' in before) return before.wanted;
  const profile = profileOf(ports.profiles, agent.profile);
  const { conversation, isFirst } = conversationFor(profile, agent);
  const prompt = isFirst ? agent.prompt : undefined;
  const asked = { profile, agent, prompt, conversation: withId(ports, profile, conversation) };
  const terminal =
    'pid' in before ? before : await openTerminal(ports, { ...asked, ...before }, ctx);
  const typesPrompt = prompt !== undefined && profile.prompt === 'typed';
  return {
    type: 'agent.launched',
    data: {
      agent: data.agent,
      terminalId,
      pid: terminal.pid,
      // Of one that ran already, the log knows what it was named when it was started.
      conversation: running === undefined ? asked.conversation : conversation,
      ...(typesPrompt && { typesPrompt }),
    },
  };
}

/** What is to be done before its program can begin; the start goes on from there. */
async function wantBefore(
  ports: AgentsPorts,
  { agent, wish }: { agent: Agent; wish: SetupWish },
  ctx: EffectContext,
): Promise<{ wanted: SystemCommand } | { worktreePath: string }> {
  const equip = await wantPorts(ports, { agent, wish }, ctx);
  if (equip !== undefined) return { wanted: equip };
  requireConfirmed(profileOf(ports.profiles, agent.profile), ports.confirmed);
  const worktreePath = await requireWorktree(ports, agent, ctx);
  if (!isOnlySetup(wish)) await rebaseAtStart(ports, { agent, worktreePath }, ctx);
  const wanted = await wantSetup(ports, { agent, worktreePath, wish });
  return wanted === undefined ? { worktreePath } : { wanted };
}

interface Asked extends Pick<LaunchAsk, 'conversation' | 'prompt'> {
  readonly profile: Profile;
  readonly agent: Agent;
}

function withId(
  { programs }: AgentsPorts,
  profile: Profile,
  conversation: ConversationAsk,
): ConversationAsk {
  const isOpen = conversation.how === 'new' && conversation.id === undefined;
  if (!isOpen || profile.conversationId !== 'chosen') return conversation;
  return { how: 'new', id: programs.newConversationId() };
}

async function openTerminal(
  ports: AgentsPorts,
  asked: Asked & { readonly worktreePath: string },
  ctx: EffectContext,
) {
  const { profile, agent, prompt, conversation, worktreePath } = asked;
  const token = await ports.tokens.issue(agent.id);
  const own = ports.programs.agentEnv({ agent: agent.id, token });
  const launch = profile.launch({
    agent: agent.id,
    command: agent.command,
    prompt: profile.prompt === 'argument' ? prompt : undefined,
    conversation,
    folder: ports.folders.pathOf(agent.id),
    ...(ports.tellsCost?.(ctx.hub, agent) && { tellsCost: true }),
    ...(own.MUSHER_URL === undefined ? {} : { mcp: { url: `${own.MUSHER_URL}/mcp` } }),
  });
  const start = await requireProgram(ports.programs, {
    profile,
    program: launch.program,
    cwd: worktreePath,
  });
  if (launch.files !== undefined) await ports.folders.write(agent.id, launch.files);
  await nameConversation(conversation, agent, ctx);
  const env = { ...ports.programs.baseEnv, ...launch.env, ...portsEnv(agent), ...own };
  return ports.terminals.open({
    id: terminalIdOf(agent.id, agent.session),
    program: start.program,
    args: [...start.args, ...launch.args],
    cwd: worktreePath,
    env,
    ...unseenSize,
  });
}

/** Before it begins: a hub that dies now finds it again by this name. */
async function nameConversation(
  conversation: ConversationAsk,
  { id: agent, conversation: known }: Agent,
  ctx: EffectContext,
): Promise<void> {
  if (conversation.how !== 'new' || conversation.id === undefined) return;
  if (conversation.id === known?.id) return;
  const data = { agent, conversation: conversation.id };
  await ctx.dispatch({ type: 'agent.conversation_chosen', data });
}

/**
 * Makes again what vanished or was never finished, files of a snapshot included; what stands is left as it is. Throws
 * WORKTREE_MISSING the first time that it is not where it was.
 */
async function requireWorktree(
  { worktrees }: AgentsPorts,
  agent: Agent,
  ctx: EffectContext,
): Promise<string> {
  const { id, branch, baseRef, snapshotRef, worktreePath, failure } = agent;
  const { signal } = ctx;
  // Told once, before it is made anew: it may only have been moved.
  if (worktreePath !== undefined && failure?.code !== 'WORKTREE_MISSING')
    if (!(await worktrees.exists(worktreePath)))
      throw musherError('WORKTREE_MISSING', { agent: id, path: worktreePath, branch });
  const facts = await worktrees.provision({
    agent: id,
    branch,
    base: baseRef,
    snapshotRef,
    ...placeOf(agent),
    signal,
  });
  if (facts.worktreePath !== worktreePath)
    await ctx.dispatch({ type: 'agent.provisioned', data: { agent: id, ...facts } });
  return facts.worktreePath;
}
