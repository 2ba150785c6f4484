/** A worktree that somebody else made becomes an agent's: added stopped, where it stands. What follows is an agent's life as any. */
import { agents as contract } from '../../../preload/contract/agents.ts';
import { toAgentId } from '../../../preload/contract/agent-id.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, PrepareContext } from '../../hub/feature.ts';
import { decided, handler, newEvent } from '../../hub/feature.ts';
import type { AgentsPorts } from './effects.ts';
import type { Worktrees } from './ports.ts';
import { profileOf, requireConfirmed } from './profiles.ts';
import { requireNew, requireValidName } from './require.ts';
import type { Agent, AgentsState } from './slice.ts';
import { selectAgents } from './slice.ts';

type Data = CommandData<typeof contract, 'worktree.adopt'>;

interface Facts {
  /** As the disk writes it. */
  readonly path: string;
  readonly branch: string;
  readonly baseRef: string;
}

export function adoptHandlers(ports: AgentsPorts) {
  return {
    'worktree.adopt': handler({
      prepare: (data, ctx) => prepareAdopt(ports, data, ctx),
      decide: decideAdopt,
    }),
  };
}

async function prepareAdopt(
  { worktrees, profiles, confirmed, treeSettings }: AgentsPorts,
  data: Data,
  { hub, signal }: PrepareContext,
): Promise<Result<Facts>> {
  const agent = nameOf(data);
  const name = requireValidName(agent);
  if (!name.ok) return name;
  const free = requireNew(selectAgents(hub), agent);
  if (!free.ok) return free;
  const profile = profileOf(profiles, data.profile);
  requireConfirmed(profile, confirmed);
  if (profile.needsCommand && data.command === undefined)
    return refuse('PROFILE_NEEDS_COMMAND', { profile: profile.name, agent });
  const found = await worktrees.inspect(data.path, signal);
  return ok({
    ...found,
    baseRef: data.base ?? treeSettings().base ?? (await worktrees.defaultBase()),
  });
}

function nameOf({ agent, path }: Data): string {
  return agent ?? toAgentId(path.split(/[/\\]/).findLast((part) => part !== '') ?? '');
}

function decideAdopt(
  { state }: DecideContext<AgentsState>,
  data: Data,
  { path, branch, baseRef }: Facts,
): Result<Decision<{ agent: string }>> {
  const agent = nameOf(data);
  const free = requireNew(state, agent);
  if (!free.ok) return free;
  const owner = state.byId.values().find(({ worktreePath }) => worktreePath === path);
  if (owner !== undefined)
    return refuse('WORKTREE_NOT_ADOPTABLE', {
      path,
      reason: `agent "${owner.id}" works there`,
      mend: `Use that agent, or destroy it first: musher agent destroy ${owner.id}`,
    });
  const { profile, command, restart } = data;
  const added = newEvent(contract, 'agent.added', {
    ...{ agent, profile, command, branch, baseRef, start: false, adoptedPath: path },
    ...(restart !== 'never' && { restart }),
  });
  const provision = { agent, branch, base: baseRef, path, adopts: true };
  return decided(
    { agent },
    [added],
    [{ kind: 'agent.provision', lane: `agent/${agent}`, data: provision }],
  );
}

/** Where an agent's worktree is made or taken up again: where it was, or where it stood when it was adopted. */
export function placeOf({
  worktreePath,
  adoptedPath,
}: Pick<Agent, 'worktreePath' | 'adoptedPath'>): Pick<
  Parameters<Worktrees['provision']>[0],
  'path' | 'adopts'
> {
  const path = worktreePath ?? adoptedPath;
  return {
    ...(path !== undefined && { path }),
    ...(adoptedPath !== undefined && { adopts: true }),
  };
}
