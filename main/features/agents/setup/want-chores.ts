/** Whether commands are to run before a start, or before a worktree is removed; and the operator's own wish for a setup. */
import type { SetupWish } from '../../../../preload/contract/agent-start.ts';
import { agents as contract } from '../../../../preload/contract/agents.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import { ok, refuse, type Result, unwrap } from '../../../base/result.ts';
import type {
  DecideContext,
  Decision,
  EffectContext,
  PrepareContext,
  SystemCommand,
} from '../../../hub/feature.ts';
import { decided, handler, newEvent } from '../../../hub/feature.ts';
import type { AgentsPorts, RetireData } from '../effects.ts';
import { requireState } from '../require.ts';
import type { Agent, AgentsState } from '../slice.ts';
import { requireAgent, selectAgents } from '../slice.ts';
import { mayRun, requireMayRun, setupHash } from './commands.ts';

interface SetupAsk {
  readonly agent: Agent;
  readonly worktreePath: string;
  readonly wish: SetupWish;
}

export function isOnlySetup(wish: SetupWish): boolean {
  return wish === 'only' || wish === 'again';
}

/**
 * What to do in place of the start; undefined where that goes on. A worktree that somebody else made is set up only when
 * that is asked for. Throws COMMANDS_UNCONFIRMED.
 */
export async function wantSetup(
  ports: AgentsPorts,
  { agent: { id: agent, session, adoptedPath }, worktreePath, wish }: SetupAsk,
): Promise<SystemCommand | undefined> {
  const isOnly = isOnlySetup(wish);
  const nothing = isOnly ? { type: 'agent.set_up', data: { agent } } : undefined;
  const { setup } = ports.treeSettings();
  if (setup === undefined || wish === 'skip') return nothing;
  if (adoptedPath !== undefined && !isOnly) return nothing;
  const { commands, timeoutMs } = setup;
  const hash = setupHash(ports, setup);
  if (wish !== 'again' && (await ports.worktrees.setUpAs(worktreePath)) === hash) return nothing;
  requireMayRun(ports, setup);
  const next = isOnly ? {} : { next: { kind: 'agent.launch', data: { agent, session } } };
  return {
    type: 'agent.begin_chore',
    data: { agent, kind: 'setup', commands, timeoutMs, hash, worktreePath, ...next },
  };
}

/** After its files were kept: what the commands do to them is not what the agent had. */
export async function wantTeardown(
  ports: AgentsPorts,
  data: RetireData,
  { signal }: EffectContext,
): Promise<SystemCommand | undefined> {
  const { agent, worktreePath, keepsFolder, isTornDown, force = false } = data;
  const { teardown } = ports.treeSettings();
  if (teardown === undefined || worktreePath === undefined) return undefined;
  if (keepsFolder || isTornDown || !(await ports.worktrees.exists(worktreePath))) return undefined;
  if (force && !mayRun(ports, teardown)) return undefined;
  requireMayRun(ports, teardown);
  const { snapshotRef } = await ports.worktrees.keep({ agent, worktreePath, signal });
  const { commands, timeoutMs } = teardown;
  const next = { kind: 'agent.retire', data: { ...data, isTornDown: true, snapshotRef } };
  const how = { commands, timeoutMs, hash: '', isForced: force, next };
  return { type: 'agent.begin_chore', data: { agent, kind: 'teardown', worktreePath, ...how } };
}

type Ask = CommandData<typeof contract, 'worktree.setup'>;

export function setupHandler(ports: AgentsPorts) {
  return handler({
    prepare: (data: Ask, ctx: PrepareContext) => prepareSetup(ports, data, ctx),
    decide: decideSetup,
  });
}

async function prepareSetup(
  ports: AgentsPorts,
  { agent: id, again }: Ask,
  { hub }: PrepareContext,
): Promise<Result<{ isDone: boolean }>> {
  const { worktreePath } = unwrap(requireAgent(selectAgents(hub), id));
  const { setup } = ports.treeSettings();
  if (setup === undefined) return refuse('SETUP_NONE');
  requireMayRun(ports, setup);
  if (again || worktreePath === undefined) return ok({ isDone: false });
  const as = await ports.worktrees.setUpAs(worktreePath);
  return ok({ isDone: as === setupHash(ports, setup) });
}

function decideSetup(
  { state }: DecideContext<AgentsState>,
  { agent, again }: Ask,
  { isDone }: { isDone: boolean },
): Result<Decision<{ agent: string; begun: boolean }>> {
  const found = requireState(state, { agent, command: 'worktree setup', states: ['stopped'] });
  if (!found.ok) return found;
  if (isDone) return decided({ agent, begun: false }, []);
  const { session } = found.value;
  const data = { agent, session, setup: again ? 'again' : 'only' };
  return decided(
    { agent, begun: true },
    [newEvent(contract, 'agent.state_changed', { agent, to: 'starting' })],
    [{ kind: 'agent.launch', lane: `agent/${agent}`, data }],
  );
}
