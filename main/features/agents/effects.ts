/** The work behind agents' transient states: worktrees and processes. Idempotent; each ends with one report. */
import type { AgentState } from '../../../preload/contract/agents.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { wireOf } from '../../base/result.ts';
import type { EffectContext, EffectHandler, HubState, SystemCommand } from '../../hub/feature.ts';
import type { SetupWish } from '../../../preload/contract/agent-start.ts';
import type { CommandRuns, Terminals } from '../terminals/index.ts';
import { failureReport } from './decide.ts';
import { launchAgent } from './launch.ts';
import { typeNudged } from './reach.ts';
import { choreEffects } from './setup/run-chore.ts';
import { wantTeardown } from './setup/want-chores.ts';
import type {
  AgentFolders,
  ArePortsFree,
  Confirmations,
  HeartbeatFiles,
  Profiles,
  Programs,
  Tokens,
  TreeSettings,
  Worktrees,
} from './ports.ts';

export interface AgentsPorts {
  readonly worktrees: Worktrees;
  readonly terminals: Pick<
    Terminals,
    | ('open' | 'end' | 'list' | 'ended' | 'lastOutputs' | 'pause' | 'resume')
    | ('paste' | 'press' | 'text')
  >;
  readonly runs: CommandRuns;
  readonly programs: Programs;
  readonly tokens: Tokens;
  readonly profiles: Profiles;
  readonly confirmed: Confirmations;
  readonly folders: AgentFolders;
  readonly heartbeats: HeartbeatFiles;
  readonly treeSettings: () => TreeSettings;
  readonly arePortsFree: ArePortsFree;
  /** Its CLI is to tell its cost. Left out: none is. */
  readonly tellsCost?: (
    hub: HubState,
    agent: { readonly id: string; readonly profile: string },
  ) => boolean;
}

/** How long a CLI may take to end by itself before it is killed, milliseconds. */
const endGraceMs = 5_000;

interface ProvisionData {
  readonly agent: string;
  readonly branch: string;
  readonly base: string;
  readonly snapshotRef?: string;
  readonly startAt?: string;
  readonly path?: string;
  readonly adopts?: boolean;
}
interface TerminalData {
  readonly agent: string;
  readonly terminalId: string;
}
export interface RetireData extends TerminalData {
  readonly worktreePath?: string;
  readonly keepsFolder?: boolean;
  /** It goes whatever becomes of its teardown. */
  readonly force?: boolean;
  /** The teardown is over, and this keeps what was there before. */
  readonly isTornDown?: boolean;
  readonly snapshotRef?: string;
}

export function agentEffects(ports: AgentsPorts): Readonly<Record<string, EffectHandler<never>>> {
  const provision: EffectHandler<ProvisionData> = {
    async run(data, { signal }) {
      const facts = await ports.worktrees.provision({ ...data, signal });
      return { type: 'agent.provisioned', data: { agent: data.agent, ...facts } };
    },
    failed: failedDuring('creating'),
  };
  const launch: EffectHandler<{ agent: string; session: number; setup?: SetupWish }> = {
    run: (data, ctx) => launchAgent(ports, data, ctx),
    failed: failedDuring('starting'),
  };
  const halt: EffectHandler<TerminalData & { during: AgentState; error?: WireError }> = {
    async run({ agent, terminalId, error }) {
      await ports.terminals.end(terminalId, endGraceMs);
      return { type: 'agent.halted', data: { agent, ...(error && { error }) } };
    },
    failed: (data, error) => failureReport(data.agent, data.during, wireOf(error)),
  };
  const retire: EffectHandler<RetireData> = {
    run: (data, ctx) => retireAgent(ports, data, ctx),
    failed: failedDuring('destroying'),
  };
  const typeNudge: EffectHandler<{ agent: string; nudge: string; text: string }> = {
    async run({ agent, nudge, text }, { hub }) {
      await typeNudged(ports, { agent, text }, hub);
      return { type: 'agent.nudge_told', data: { agent, nudge, to: 'sent' } };
    },
    failed: ({ agent, nudge }, error) => ({
      type: 'agent.nudge_told',
      data: { agent, nudge, to: 'failed', reason: wireOf(error).message.slice(0, 500) },
    }),
  };
  const forget: EffectHandler<{ agent: string }> = {
    async run({ agent }) {
      await ports.folders.remove(agent);
      return undefined;
    },
  };
  return {
    'agent.forget': forget,
    'agent.type_nudge': typeNudge,
    'agent.provision': provision,
    'agent.launch': launch,
    'agent.halt': halt,
    'agent.retire': retire,
    ...choreEffects(ports),
  } as Record<string, EffectHandler<never>>;
}

function failedDuring(during: AgentState) {
  return (data: { agent: string }, error: unknown): SystemCommand =>
    failureReport(data.agent, during, wireOf(error));
}

/** The order matters: nothing writes into the worktree any more when it is snapshotted and removed. */
async function retireAgent(
  ports: AgentsPorts,
  data: RetireData,
  ctx: EffectContext,
): Promise<SystemCommand> {
  await ports.terminals.end(data.terminalId, endGraceMs);
  const teardown = await wantTeardown(ports, data, ctx);
  if (teardown !== undefined) return teardown;
  await ports.tokens.revoke(data.agent);
  const { agent, worktreePath, keepsFolder = false } = data;
  if (worktreePath === undefined) return { type: 'agent.removed', data: { agent } };
  const ask = { agent, worktreePath, keepsFolder, signal: ctx.signal };
  const { snapshotRef: keptNow, isGone } = await ports.worktrees.retire(ask);
  const { snapshotRef = keptNow } = data;
  const left = isGone ? { missingPath: worktreePath } : keepsFolder && { keptPath: worktreePath };
  return { type: 'agent.removed', data: { agent, snapshotRef, ...left } };
}
