/**
 * A worktree that vanishes while its agent runs is told then, and not first at its next start: what the agent does goes nowhere.
 * A live record says so for as long as it is so; a start refuses as it always did. Looking reads a few small files for each
 * agent that runs, one after another, and never starts git.
 */
import type { LostWorktree } from '../../../../preload/contract/status-evidence.ts';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import type { Worktrees } from '../ports.ts';
import type { Agent, AgentsState } from '../slice.ts';

/** Where all are there, milliseconds. */
const lookMs = 30_000;
/** Where one is not: it may be on its way to another place and back, and who puts it back wants to see that. Milliseconds. */
const soonMs = 2_000;

export function watchWorktrees(
  worktrees: Pick<Worktrees, 'exists'>,
  life: Life<AgentsState>,
): void {
  let cancel = (): void => undefined;
  let doubted: ReadonlySet<string> = new Set();
  const look = async (): Promise<void> => {
    try {
      const missing = await missingOf(worktrees, life);
      showLost(
        life,
        missing.filter(({ id }) => doubted.has(id)),
      );
      doubted = new Set(missing.map(({ id }) => id));
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'worktrees were not looked at');
    }
    if (!life.signal.aborted)
      cancel = life.clock.schedule(look, doubted.size > 0 ? soonMs : lookMs);
  };
  life.own(() => cancel());
  void look();
}

async function missingOf(
  { exists }: Pick<Worktrees, 'exists'>,
  life: Life<AgentsState>,
): Promise<Agent[]> {
  const missing: Agent[] = [];
  for (const { id, worktreePath } of life.state().byId.values().filter(isConcerned)) {
    if (life.signal.aborted || worktreePath === undefined) break;
    if (await exists(worktreePath)) continue;
    // It may have ended, or got another one, while that was looked at.
    const agent = life.state().byId.get(id);
    if (agent?.worktreePath === worktreePath && isConcerned(agent)) missing.push(agent);
  }
  return missing;
}

function isConcerned({ state, worktreePath }: Agent): boolean {
  return state === 'running' && worktreePath !== undefined;
}

function showLost({ live, clock }: Life<AgentsState>, lost: readonly Agent[]): void {
  const known = live.of('lostWorktree');
  const now = new Map(lost.map((agent) => [agent.id, agent]));
  for (const id of [...known.keys()]) if (!now.has(id)) live.remove('lostWorktree', id);
  for (const { id, branch, worktreePath: path = '' } of lost) {
    if (known.get(id) !== undefined) continue;
    const error = toWireError('WORKTREE_MISSING', { agent: id, path, branch });
    live.put('lostWorktree', id, { sinceMs: clock.now(), error } satisfies LostWorktree);
  }
}
