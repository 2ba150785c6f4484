/** The work behind agents' transient states: worktrees and processes. Idempotent; each ends with one report. */
import type { AgentState } from '../../../preload/contract/agents.ts';
import { musherError, unwrap, wireOf } from '../../base/result.ts';
import type { EffectContext, EffectHandler, SystemCommand } from '../../hub/feature.ts';
import type { Terminals } from '../terminals/index.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { failureReport } from './decide.ts';
import type { Programs, Tokens, Worktrees } from './ports.ts';
import { profileOf, requireProgram } from './profiles.ts';
import type { Profiles } from './profiles.ts';
import type { Agent } from './slice.ts';
import { requireAgent, selectAgents } from './slice.ts';

export interface AgentsPorts {
  readonly worktrees: Worktrees;
  readonly terminals: Pick<
    Terminals,
    'open' | 'end' | 'list' | 'ended' | 'lastOutputs' | 'paste' | 'text'
  >;
  readonly programs: Programs;
  readonly tokens: Tokens;
  readonly profiles: Profiles;
}

/** How long a CLI may take to end by itself before it is killed, milliseconds. */
const endGraceMs = 5_000;
/** Size of a terminal that nobody looks at yet. */
const unseenSize = { cols: 120, rows: 32 };

interface ProvisionData {
  readonly agent: string;
  readonly branch: string;
  readonly base: string;
  readonly snapshotRef?: string;
}
interface TerminalData {
  readonly agent: string;
  readonly terminalId: string;
}

export function agentEffects(ports: AgentsPorts): Readonly<Record<string, EffectHandler<never>>> {
  const provision: EffectHandler<ProvisionData> = {
    async run(data, { signal }) {
      const facts = await ports.worktrees.provision({ ...data, signal });
      return { type: 'agent.provisioned', data: { agent: data.agent, ...facts } };
    },
    failed: failedDuring('creating'),
  };
  const launch: EffectHandler<{ agent: string; session: number }> = {
    run: (data, ctx) => launchAgent(ports, data, ctx),
    failed: failedDuring('starting'),
  };
  const halt: EffectHandler<TerminalData & { during: AgentState }> = {
    async run(data) {
      await ports.terminals.end(data.terminalId, endGraceMs);
      return { type: 'agent.halted', data: { agent: data.agent } };
    },
    failed: (data, error) => failureReport(data.agent, data.during, wireOf(error)),
  };
  const retire: EffectHandler<TerminalData & { worktreePath?: string }> = {
    run: (data, ctx) => retireAgent(ports, data, ctx),
    failed: failedDuring('destroying'),
  };
  return {
    'agent.provision': provision,
    'agent.launch': launch,
    'agent.halt': halt,
    'agent.retire': retire,
  } as Record<string, EffectHandler<never>>;
}

function failedDuring(during: AgentState) {
  return (data: { agent: string }, error: unknown): SystemCommand =>
    failureReport(data.agent, during, wireOf(error));
}

async function launchAgent(
  ports: AgentsPorts,
  data: { agent: string; session: number },
  ctx: EffectContext,
): Promise<SystemCommand> {
  const agent = unwrap(requireAgent(selectAgents(ctx.hub), data.agent));
  const terminalId = terminalIdOf(data.agent, data.session);
  const running = (await ports.terminals.list()).find((terminal) => terminal.id === terminalId);
  // It ran, and the hub died before it could say so. A session is started once.
  if (running === undefined && agent.exit !== undefined)
    throw musherError('SPAWN_FAILED', {
      program: agent.profile,
      reason: 'it ended at once',
      path: agent.worktreePath ?? '',
    });
  const terminal = running ?? (await openTerminal(ports, agent, ctx));
  return { type: 'agent.launched', data: { agent: data.agent, terminalId, pid: terminal.pid } };
}

async function openTerminal(ports: AgentsPorts, agent: Agent, ctx: EffectContext) {
  const profile = profileOf(ports.profiles, agent.profile);
  const worktreePath = await requireWorktree(ports.worktrees, agent, ctx);
  const token = await ports.tokens.issue(agent.id);
  const own = ports.programs.agentEnv({ agent: agent.id, token });
  const launch = profile.launch({
    agent: agent.id,
    command: agent.command,
    prompt: agent.session > 1 ? undefined : agent.prompt,
    resume: agent.session > 1,
    ...(own.MUSHER_URL === undefined ? {} : { mcp: { url: `${own.MUSHER_URL}/mcp` } }),
  });
  const start = await requireProgram(ports.programs, {
    profile,
    program: launch.program,
    cwd: worktreePath,
  });
  const env = { ...ports.programs.baseEnv, ...launch.env, ...own };
  return ports.terminals.open({
    id: terminalIdOf(agent.id, agent.session),
    program: start.program,
    args: [...start.args, ...launch.args],
    cwd: worktreePath,
    env,
    ...unseenSize,
  });
}

/** Makes again what vanished or was never finished, files of a snapshot included; what stands is left as it is. */
async function requireWorktree(
  worktrees: Worktrees,
  { id, branch, baseRef, snapshotRef, worktreePath }: Agent,
  ctx: EffectContext,
): Promise<string> {
  const { signal } = ctx;
  const facts = await worktrees.provision({
    agent: id,
    branch,
    base: baseRef,
    snapshotRef,
    signal,
  });
  if (facts.worktreePath !== worktreePath)
    await ctx.dispatch({ type: 'agent.provisioned', data: { agent: id, ...facts } });
  return facts.worktreePath;
}

/** The order matters: nothing writes into the worktree any more when it is snapshotted and removed. */
async function retireAgent(
  ports: AgentsPorts,
  data: TerminalData & { worktreePath?: string },
  { signal }: EffectContext,
): Promise<SystemCommand> {
  await ports.terminals.end(data.terminalId, endGraceMs);
  await ports.tokens.revoke(data.agent);
  const { agent, worktreePath } = data;
  if (worktreePath === undefined) return { type: 'agent.removed', data: { agent } };
  const { snapshotRef, isGone } = await ports.worktrees.retire({ agent, worktreePath, signal });
  const missing = isGone ? { missingPath: worktreePath } : {};
  return { type: 'agent.removed', data: { agent, snapshotRef, ...missing } };
}
