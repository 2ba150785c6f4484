/** What becomes history of what was seen of a branch. */
import { commits as contract } from '../../../preload/contract/commits.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import type { DecideContext, Decision, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import type { CommitsState } from './slice.ts';

type Ctx = DecideContext<CommitsState>;
type Told = CommandData<typeof contract, 'commit.tell'>;

/** Nothing, where it is known already or the agent is gone by now. */
export function decideTell(ctx: Ctx, told: Told): Result<Decision<Nothing>> {
  const { agent, branch, from, to, commits, more, lost } = told;
  if (!selectAgents(ctx.hub).byId.has(agent) || ctx.state.get(agent)?.head === to)
    return decided({}, []);
  const events: NewEvent[] = [];
  if (lost !== undefined)
    events.push(newEvent(contract, 'commit.rewound', { agent, branch, from, to, lost }));
  for (const [at, facts] of commits.entries()) {
    const older = at === 0 && more > 0 ? { more } : {};
    events.push(newEvent(contract, 'commit.made', { agent, branch, ...facts, ...older }));
  }
  return decided({}, events);
}

export function decideStray(
  ctx: Ctx,
  told: CommandData<typeof contract, 'commit.tell_stray'>,
): Result<Decision<Nothing>> {
  if (!selectAgents(ctx.hub).byId.has(told.agent)) return decided({}, []);
  return decided({}, [newEvent(contract, 'commit.strayed', told)]);
}

export function decideReturn(ctx: Ctx, { agent }: { agent: string }): Result<Decision<Nothing>> {
  const isBack = ctx.state.get(agent)?.stray !== undefined;
  return decided({}, isBack ? [newEvent(contract, 'commit.returned', { agent })] : []);
}
