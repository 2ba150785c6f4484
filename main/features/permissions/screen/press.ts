/**
 * Types a decision where it was asked for, and nowhere else: a fresh look must find the very prompt that the operator saw, and
 * the terminal host writes the keys only while its screen is the one that was looked at. Then the prompt must go.
 */
import type {
  PermissionScreen,
  permissions as contract,
} from '../../../../preload/contract/permissions.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import { type Clock, sleep } from '../../../base/clock.ts';
import { ok, reasonOf, refuse, type Result } from '../../../base/result.ts';
import type {
  EffectContext,
  EffectHandler,
  HubState,
  PrepareContext,
  SystemCommand,
} from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import { isOnScreen, type PermissionsState } from '../slice.ts';
import { foundWords, isThat, type Look, look } from './look.ts';
import type { ScreenPorts } from './ports.ts';
import type { Press } from './pressing.ts';

/** A screen that is just being drawn is looked at again, so often and so far apart. */
const looks = 5;
const apartMs = 150;
/** Until the prompt has to be gone, milliseconds. */
const goneMs = 5_000;

interface Ports extends ScreenPorts {
  readonly clock: () => Clock;
}

interface Where {
  readonly ports: Ports;
  readonly agent: string;
  readonly screen: PermissionScreen;
  readonly hub: HubState;
  readonly signal: AbortSignal;
}

export function pressEffect(ports: Ports): EffectHandler<Press> {
  return {
    async run(data, ctx) {
      const problem = await pressOnce(ports, data, ctx);
      if (problem === undefined) await tellNote(data, ctx);
      return toReport(data, problem);
    },
    failed: (data, error) => toReport(data, reasonOf(error)),
  };
}

/** Refuses what the screen does not ask any more, before anything is decided. */
export async function requireOnScreen(
  ports: Ports,
  state: PermissionsState | undefined,
  { permission, ctx }: { readonly permission: string; readonly ctx: PrepareContext },
): Promise<Result<undefined>> {
  const one = state?.byId.get(permission);
  if (one === undefined || one.state !== 'open' || !isOnScreen(one)) return ok(undefined);
  const { agent, screen } = one;
  if (selectAgents(ctx.hub).byId.get(agent)?.paused !== undefined)
    return refuse('AGENT_PAUSED', { agent });
  const { hub, signal } = ctx;
  const found = await untilThat({ ports, agent, screen, hub, signal });
  if (isThat(screen, found)) return ok(undefined);
  return refuse('PERMISSION_STALE', { agent, permission, found: foundWords(found) });
}

type Outcome = CommandData<typeof contract, 'permission.keyed'>;

/** `problem`: undefined when its prompt went. */
function toReport({ permission, agent }: Press, problem?: string): SystemCommand {
  const reason = problem?.slice(0, 500);
  const outcome = reason === undefined ? 'taken' : 'stale';
  const why = reason === undefined ? {} : { reason };
  const data: Outcome = { permission, agent, outcome, ...why };
  return { type: 'permission.keyed', data };
}

/** What was said with a no is a prompt of its own, with a receipt of its own. */
async function tellNote({ agent, note: text }: Press, ctx: EffectContext): Promise<void> {
  if (text === undefined) return;
  await ctx.dispatch({ type: 'agent.nudge', data: { agent, text }, onBehalfOf: 'operator' });
}

/** What went wrong, if anything did. */
async function pressOnce(
  ports: Ports,
  { agent, screen, choice }: Press,
  { attempt, hub, signal }: EffectContext,
): Promise<string | undefined> {
  // Whether the keys of that time came is not known, and twice would be an answer to the next prompt.
  if (attempt > 1) return 'Musher ended while it was to type, and does not type it again';
  const where: Where = { ports, agent, screen, hub, signal };
  for (let tries = 0; tries < looks; tries += 1) {
    // It was being drawn, or something was being pasted.
    if (tries > 0) await sleep(ports.clock(), apartMs, signal);
    const found = await untilThat(where);
    if (!isThat(screen, found)) return `nothing was typed: ${foundWords(found)}`;
    const keys = found.prompt.keys[choice];
    const ask = { keys, onScreen: found.text };
    if (await ports.terminals.press(screen.terminalId, ask)) return untilGone(where);
  }
  return 'nothing was typed: its screen does not come to rest';
}

async function untilThat(where: Where): Promise<Look | undefined> {
  let found: Look | undefined;
  for (let tries = 0; tries < looks; tries += 1) {
    if (tries > 0) await sleep(where.ports.clock(), apartMs, where.signal);
    found = await lookOnce(where);
    if (isThat(where.screen, found)) return found;
  }
  return found;
}

/** Twice in a row: between two frames there is nothing as well. */
async function untilGone(where: Where): Promise<string | undefined> {
  const { ports, signal } = where;
  const clock = ports.clock();
  const endMs = clock.elapsed() + goneMs;
  let gone = 0;
  while (clock.elapsed() < endMs && !signal.aborted) {
    await sleep(clock, apartMs, signal);
    gone = isThat(where.screen, await lookOnce(where)) ? 0 : gone + 1;
    if (gone === 2) return undefined;
  }
  return 'its keys were typed, and its prompt is still there';
}

async function lookOnce({ ports, agent, screen, hub }: Where): Promise<Look | undefined> {
  const profile = ports.profiles.get(selectAgents(hub).byId.get(agent)?.profile ?? '');
  return look(ports, screen.terminalId, profile ?? {});
}
