/** What the operator takes from what an agent said it would change, and gives to another. */
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { IntendedFile, IntentRecord } from '../../../preload/contract/intents.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { withoutCase } from '../../base/without-case.ts';
import type { Decision } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import { requireUnclaimed, told } from './intents.ts';
import { pathOf } from './overlap.ts';
import type { Ctx } from './slice.ts';
import { liveIntents } from './slice.ts';

/** What `to` has grows by what is taken; one that has nothing gets it as it was. */
export function decideSteal(
  ctx: Ctx,
  data: CommandData<typeof contract, 'intent.steal'>,
): Result<Decision<CommandResult<typeof contract, 'intent.steal'>>> {
  const { from, to, reason } = data;
  const robbed = requireIntent(ctx, from);
  if (!robbed.ok) return robbed;
  const parts = partedBy(robbed.value, data.files);
  if (!parts.ok) return parts;
  const { taken: files, left } = parts.value;
  const given =
    to === undefined ? ok(undefined) : requireHeir(ctx, { robbed: robbed.value, to, files });
  if (!given.ok) return given;
  const recipients = [from, ...(to === undefined ? [] : [to])];
  const stolen = { from, files: [...files], left: [...left], reason, recipients, to: given.value };
  return decided({ files: files.map(pathOf) }, [newEvent(contract, 'intent.stolen', stolen)]);
}

function requireIntent(ctx: Ctx, id: string): Result<IntentRecord> {
  const agent = requireAgent(selectAgents(ctx.hub), id);
  if (!agent.ok) return agent;
  const live = liveIntents(ctx.state, ctx.nowMs);
  const found = live.find((intent) => intent.agent === id);
  const known = live.map((intent) => intent.agent).join(', ') || 'none';
  return found === undefined ? refuse('INTENT_NONE', { agent: id, known }) : ok(found);
}

interface Parts {
  readonly taken: readonly IntendedFile[];
  readonly left: readonly IntendedFile[];
}

/** By how they stand in the intent: a pattern is taken whole or not at all. */
function partedBy({ agent, files }: IntentRecord, wanted?: readonly string[]): Result<Parts> {
  if (wanted === undefined) return ok({ taken: files, left: [] });
  const keyOf = (file: IntendedFile) => withoutCase(pathOf(file));
  const keys = new Set(files.map(keyOf));
  const names = new Set(wanted.map(keyOf));
  const unknown = wanted.find((path) => !keys.has(keyOf(path)));
  if (unknown !== undefined)
    return refuse('INTENT_LACKS', {
      agent,
      path: pathOf(unknown),
      files: [...new Set(files.map(pathOf))].slice(0, told.files).join(', '),
    });
  const isTaken = (file: IntendedFile) => names.has(keyOf(file));
  return ok({ taken: files.filter(isTaken), left: files.filter((file) => !isTaken(file)) });
}

function requireHeir(
  ctx: Ctx,
  { robbed, to, files }: { robbed: IntentRecord; to: string; files: readonly IntendedFile[] },
) {
  const agent = requireAgent(selectAgents(ctx.hub), to);
  if (!agent.ok) return agent;
  if (agent.value.state === 'destroyed') {
    const hint = 'Name another agent, or bring this one back first: `musher agent revive`.';
    const needed = { command: 'intent.steal', expected: 'one that stays', hint };
    return refuse('AGENT_NOT_IN_STATE', { agent: to, state: agent.value.state, ...needed });
  }
  if (to === robbed.agent) return refuse('INTENT_SELF', { agent: to });
  const own = liveIntents(ctx.state, ctx.nowMs).find((intent) => intent.agent === to);
  const { summary, exclusive, untilMs } = own ?? robbed;
  const all = own === undefined ? [...files] : [...own.files, ...files];
  const intent = {
    agent: to,
    files: all,
    summary,
    exclusive,
    untilMs: Math.max(untilMs, robbed.untilMs),
  };
  // What `from` keeps of a claim may meet what `to` had; a third one's may meet what was only said.
  const free = requireUnclaimed(withoutTaken(ctx, robbed, files), intent);
  return free.ok ? ok(intent) : free;
}

function withoutTaken(ctx: Ctx, robbed: IntentRecord, taken: readonly IntendedFile[]): Ctx {
  const files = robbed.files.filter((file) => !taken.includes(file));
  const intents = ctx.state.intents.set(robbed.agent, { ...robbed, files });
  return { ...ctx, state: { ...ctx.state, intents } };
}
