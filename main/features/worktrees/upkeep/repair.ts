/** `worktree.repair`: pointers are mended, and agents are told where their worktrees stand. */
import type { worktrees as contract } from '../../../../preload/contract/worktrees.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import type { TreeDeed, WorkItem } from '../../../../preload/contract/worktree-work.ts';
import type { Result } from '../../../base/result.ts';
import { ok, refuse, unwrap, wireOf } from '../../../base/result.ts';
import type { EffectContext, EffectHandler, PrepareContext } from '../../../hub/feature.ts';
import { decided, handler } from '../../../hub/feature.ts';
import type { Agent, AgentsPorts } from '../../agents/index.ts';
import { placeOf, requireAgent, selectAgents } from '../../agents/index.ts';
import type { Upkeep } from '../ports.ts';
import { surveyRows } from './list.ts';
import { planRepair } from './repair-plan.ts';
import { beginWork, type WorksState } from './works.ts';

export interface RepairPorts {
  readonly upkeep: Upkeep;
  readonly worktrees: Pick<AgentsPorts['worktrees'], 'provision'>;
}

type Ask = CommandData<typeof contract, 'worktree.repair'>;

export function repairCommand(ports: RepairPorts) {
  return handler<WorksState, Ask, { work?: string; items: WorkItem[] }, WorkItem[]>({
    prepare: (data, ctx) => plan(ports, data, ctx),
    decide(ctx, { dryRun }, items) {
      if (dryRun) return decided({ items }, []);
      const planned = items.map((item) => ({ item }));
      return beginWork(ctx, 'repair', planned);
    },
  });
}

async function plan(
  ports: RepairPorts,
  { target, renew }: Ask,
  { hub, signal }: PrepareContext,
): Promise<Result<WorkItem[]>> {
  const isPath = target !== undefined && /[/\\]/.test(target);
  const rows = await surveyRows(ports, { hub, signal, near: isPath ? [target] : [] });
  const items = planRepair(rows, { target, renew });
  if (target !== undefined && items.length === 0) return refuse('WORKTREE_UNKNOWN', { target });
  return ok(items);
}

interface RepairData {
  readonly work: string;
  readonly path: string;
  readonly deed: TreeDeed;
  readonly agent?: string;
}

export function repairEffect(ports: RepairPorts): EffectHandler<RepairData> {
  return {
    async run(data, ctx) {
      const { work, path } = data;
      const said = await mend(ports, data, ctx);
      return { type: 'worktree.work_tell', data: { work, path, outcome: 'done', ...said } };
    },
    failed({ work, path }, error) {
      const wire = wireOf(error);
      const told = { outcome: 'left', said: wire.message, error: wire };
      return { type: 'worktree.work_tell', data: { work, path, ...told } };
    },
  };
}

interface Said {
  readonly said: string;
  readonly snapshotRef?: string;
}

async function mend(ports: RepairPorts, data: RepairData, ctx: EffectContext): Promise<Said> {
  const { path, deed, agent: id } = data;
  const agent = id === undefined ? undefined : unwrap(requireAgent(selectAgents(ctx.hub), id));
  if (deed === 'repoint') {
    await ports.upkeep.repoint(path, ctx.signal);
    const isTold = agent !== undefined && (await tellAgent(agent, path, ctx));
    return { said: `git knows it at ${path}${isTold ? `, and ${agent.id} works there` : ''}` };
  }
  if (agent === undefined) throw new Error(`${deed} is for an agent's worktree`);
  if (deed === 'register') return register(ports, agent, ctx);
  return renew(ports, agent, ctx);
}

/** True when it was not known there. */
async function tellAgent(agent: Agent, worktreePath: string, ctx: EffectContext): Promise<boolean> {
  const { id, branch, base, emptySubmodules, worktreePath: before } = agent;
  if (before === undefined || before === worktreePath || base === undefined) return false;
  await ctx.dispatch({
    type: 'agent.provisioned',
    data: { agent: id, branch, base, worktreePath, ...(emptySubmodules && { emptySubmodules }) },
  });
  return true;
}

async function register(
  { worktrees }: RepairPorts,
  agent: Agent,
  { signal }: EffectContext,
): Promise<Said> {
  const { id, branch, baseRef } = agent;
  await worktrees.provision({ agent: id, branch, base: baseRef, ...placeOf(agent), signal });
  return { said: `git knows it again, on branch ${branch}; its files are as they were` };
}

/** Files of a snapshot come back only onto the commit that they were kept on: elsewhere they would undo newer commits. */
async function renew(
  { upkeep, worktrees }: RepairPorts,
  agent: Agent,
  ctx: EffectContext,
): Promise<Said> {
  const { signal } = ctx;
  const { id, branch, baseRef } = agent;
  const newest = await upkeep.newestSnapshot({ agent: id, branch, signal });
  const snapshotRef = newest?.isOfTip ? newest.ref : undefined;
  const facts = await worktrees.provision({
    ...{ agent: id, branch, base: baseRef, ...placeOf(agent), signal },
    ...(snapshotRef !== undefined && { snapshotRef }),
  });
  await ctx.dispatch({ type: 'agent.provisioned', data: { agent: id, ...facts } });
  if (snapshotRef !== undefined)
    return {
      said: `made anew from branch ${branch}, with the files of its newest snapshot`,
      snapshotRef,
    };
  if (newest === undefined)
    return { said: `made anew from branch ${branch}; there was no snapshot of its files` };
  return {
    said: `made anew from branch ${branch}; its newest snapshot is of an older commit and was left alone`,
    snapshotRef: newest.ref,
  };
}
