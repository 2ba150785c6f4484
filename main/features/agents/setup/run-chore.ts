/** The work of a chore: its commands, from where a hub before this one was, and the note that they have run. */
import type { ChoreKind } from '../../../../preload/contract/agent-chores.ts';
import { toWireError, type WireError } from '../../../../preload/contract/errors.ts';
import { MusherError, reasonOf, unwrap, wireOf } from '../../../base/result.ts';
import type { EffectContext, EffectHandler, SystemCommand } from '../../../hub/feature.ts';
import type { AgentsPorts } from '../effects.ts';
import { portsEnv } from '../port-ranges.ts';
import type { Agent } from '../slice.ts';
import { requireAgent, selectAgents } from '../slice.ts';
import { choreTerminalId } from './chores.ts';
import { type CommandsEnd, runCommands } from './run-commands.ts';

interface ChoreData {
  readonly agent: string;
  readonly run: number;
  readonly kind: ChoreKind;
  readonly commands: ReadonlyArray<readonly string[]>;
  readonly timeoutMs: number;
  readonly hash: string;
  readonly worktreePath: string;
  readonly isForced: boolean;
  readonly next?: object;
}

export function choreEffects(ports: AgentsPorts) {
  const run: EffectHandler<ChoreData> = {
    run: (data, ctx) => runChore(ports, data, ctx),
    failed: (data, error) => ended(data, 'failed', errorOf(data, error)),
  };
  const cut: EffectHandler<{ terminalId: string }> = {
    async run({ terminalId }) {
      await ports.runs.cut(terminalId);
      return undefined;
    },
  };
  return { 'agent.run_chore': run, 'agent.cut_chore': cut };
}

async function runChore(
  ports: AgentsPorts,
  data: ChoreData,
  ctx: EffectContext,
): Promise<SystemCommand> {
  const { run, kind, worktreePath: cwd } = data;
  const agent = unwrap(requireAgent(selectAgents(ctx.hub), data.agent));
  const { index, sinceMs = 0 } = agent.chore?.run === run ? agent.chore : {};
  // What is not run to its end counts for nothing, whatever ran before.
  if (kind === 'setup' && index === undefined) await ports.worktrees.noteSetUp(cwd, undefined);
  const end = await unlessOver(
    runCommands(ports, {
      ...{ cwd, commands: data.commands, timeoutMs: data.timeoutMs, signal: ctx.signal },
      idOf: (at) => choreTerminalId(data, at),
      env: () => envOf(ports, agent, cwd),
      from: index === undefined ? undefined : { index, sinceMs },
      onStep: async (at) => {
        await ctx.dispatch({ type: 'agent.chore_step', data: { agent: agent.id, run, index: at } });
      },
    }),
  );
  if (end.how === 'failed') {
    const { command, reason } = end;
    return ended(data, 'failed', toWireError(codeOf(data), { agent: agent.id, command, reason }));
  }
  if (kind === 'setup' && end.how === 'done') await ports.worktrees.noteSetUp(cwd, data.hash);
  return ended(data, end.how);
}

/** A chore that was withdrawn between two of its commands was cut. */
async function unlessOver(running: Promise<CommandsEnd>): Promise<CommandsEnd> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof MusherError && error.wire.code === 'CHORE_OVER') return { how: 'cut' };
    throw error;
  }
}

/** That of the agent's program, and where the worktree and the operator's checkout are. */
async function envOf(ports: AgentsPorts, agent: Agent, cwd: string) {
  const token = await ports.tokens.issue(agent.id);
  return {
    ...ports.programs.baseEnv,
    ...portsEnv(agent),
    ...ports.programs.agentEnv({ agent: agent.id, token }),
    ...treeEnv(ports, cwd),
  };
}

export function treeEnv({ worktrees }: Pick<AgentsPorts, 'worktrees'>, cwd: string) {
  return { MUSHER_WORKTREE: cwd, MUSHER_ROOT: worktrees.repository.root };
}

function codeOf({ kind }: Pick<ChoreData, 'kind'>) {
  return kind === 'setup' ? 'SETUP_FAILED' : 'TEARDOWN_FAILED';
}

/** One that says what to do by itself stays: a host that does not answer, a program that must not be started. */
function errorOf(data: ChoreData, error: unknown): WireError {
  if (error instanceof MusherError) return wireOf(error);
  const reason = `could not be run: ${reasonOf(error)}`;
  return toWireError(codeOf(data), { agent: data.agent, command: 'a command', reason });
}

function ended(
  { agent, run, isForced, next }: ChoreData,
  how: 'done' | 'failed' | 'cut',
  error?: WireError,
): SystemCommand {
  const goesOn = { isForced, ...(next && { next }) };
  return { type: 'agent.end_chore', data: { agent, run, how, ...goesOn, ...(error && { error }) } };
}
