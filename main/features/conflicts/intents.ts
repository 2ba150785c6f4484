/** What may be declared, claimed and released. Who claimed first, by its place in the log, has it. */
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { IntendedFile, IntentRecord } from '../../../preload/contract/intents.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, Nothing, SystemCommand } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { dueRows } from '../../base/due-rows.ts';
import { reachableAgents, requireActingAgent, selectAgents } from '../agents/index.ts';
import { isOverlapping, overlapOf, pathOf } from './overlap.ts';
import { asPattern, isPattern, mostPatterns, pathProblem } from './paths.ts';
import type { ConflictsState, Ctx } from './slice.ts';
import { liveIntents } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Answer<K extends keyof (typeof contract)['commands']> = Result<
  Decision<CommandResult<typeof contract, K>>
>;

/** How much of what overlaps a declaration is told. */
export const told = { agents: 20, files: 20 };

export function decideDeclare(ctx: Ctx, data: Data<'intent.declare'>): Answer<'intent.declare'> {
  const agents = selectAgents(ctx.hub);
  const self = requireActingAgent(agents, ctx.actor);
  if (!self.ok) return self;
  const { summary, files, forMs: validForMs, exclusive } = data;
  const usable = requirePaths(files);
  if (!usable.ok) return usable;
  const agent = self.value.id;
  const free = requireUnclaimed(ctx, { agent, files, exclusive });
  if (!free.ok) return free;
  const staying = reachableAgents(agents).filter(({ state }) => state !== 'destroying');
  const others = staying.map(({ id }) => id).filter((id) => id !== agent);
  const overlaps = liveIntents(ctx.state, ctx.nowMs).flatMap((other) => {
    const shared = other.agent === agent ? [] : overlapOf(files, other.files);
    const paths = shared.slice(0, told.files).map(({ path }) => path);
    return paths.length === 0 ? [] : [{ agent: other.agent, files: paths }];
  });
  const recipients = ['operator', ...others];
  const intent = { agent, files, summary, validForMs, exclusive, recipients };
  return decided({ untilMs: ctx.nowMs + validForMs, overlaps: overlaps.slice(0, told.agents) }, [
    newEvent(contract, 'intent.declared', intent),
  ]);
}

export function decideRelease(ctx: Ctx): Result<Decision<Nothing>> {
  const self = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!self.ok) return self;
  const agent = self.value.id;
  const isThere = ctx.state.intents.has(agent);
  return decided({}, isThere ? [newEvent(contract, 'intent.released', { agent })] : []);
}

export function decideExpire(
  { state, nowMs }: Ctx,
  { agent }: Data<'intent.expire'>,
): Result<Decision<Nothing>> {
  const intent = state.intents.get(agent);
  if (intent === undefined || intent.untilMs > nowMs) return decided({}, []);
  const { exclusive } = intent;
  const files = intent.files.map(pathOf);
  const expired = { agent, files, exclusive, recipients: [agent] };
  return decided({}, [newEvent(contract, 'intent.expired', expired)]);
}

export function dueIntents({ intents }: ConflictsState, nowMs: number): SystemCommand[] {
  return expiring(intents, nowMs).map(({ agent }) => ({ type: 'intent.expire', data: { agent } }));
}

const expiring = dueRows<IntentRecord>(({ untilMs }) => untilMs);

function requirePaths(files: readonly IntendedFile[]): Result<undefined> {
  const patterns = files.map(pathOf).map(asPattern).filter(isPattern);
  if (patterns.length > mostPatterns) {
    const problem = `is one of ${patterns.length} patterns; at most ${mostPatterns} are taken`;
    return refuse('PATH_UNUSABLE', { path: patterns[mostPatterns] ?? '', problem });
  }
  for (const file of files) {
    const path = typeof file === 'string' ? file : file.path;
    const problem = pathProblem(path);
    if (problem !== undefined) return refuse('PATH_UNUSABLE', { path, problem });
  }
  return ok(undefined);
}

interface Wanted {
  readonly agent: string;
  readonly files: readonly IntendedFile[];
  readonly exclusive: boolean;
}

/** One claim goes before another by its place in the log: what lives already was first. */
export function requireUnclaimed(ctx: Ctx, { agent, files, exclusive }: Wanted): Result<undefined> {
  if (!exclusive) return ok(undefined);
  const holder = liveIntents(ctx.state, ctx.nowMs).find(
    (other) => other.exclusive && other.agent !== agent && isOverlapping(files, other.files),
  );
  if (holder === undefined) return ok(undefined);
  const shared = overlapOf(files, holder.files).map(({ path }) => path);
  const more = shared.length - told.files;
  const named = `${shared.slice(0, told.files).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const until = new Date(holder.untilMs).toISOString();
  const minutes = Math.ceil((holder.untilMs - ctx.nowMs) / 60_000);
  return refuse('CLAIM_TAKEN', { agent: holder.agent, files: named, until, minutes });
}
