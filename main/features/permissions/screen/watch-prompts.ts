/**
 * Sees the prompts of CLIs that no hook tells of. What a screen ends with counts once it was so in two looks; a prompt that went is
 * taken from the Inbox in the same way. A terminal is read only when it said something since the last look, or something is open.
 */
import { reasonOf } from '../../../base/result.ts';
import type { Life } from '../../../hub/feature.ts';
import { type Agent, selectAgents } from '../../agents/index.ts';
import { isOnScreen, openOnScreen, type PermissionsState } from '../slice.ts';
import { isThat, type Look, look } from './look.ts';
import type { ScreenPorts } from './ports.ts';
import { isSamePrompt } from '../../agents/index.ts';

/** Between two looks, milliseconds. */
const lookMs = 1_000;

/** What is remembered of one screen between looks. */
interface Seen {
  readonly terminalId: string;
  /** Of the output that was read, Unix ms. */
  readonly outputMs: number;
  readonly found: Look | undefined;
  /** Two looks in a row were like this. */
  readonly isSettled: boolean;
  /** The permission that this prompt came to. */
  readonly permission?: string | undefined;
}

export function watchPrompts(ports: ScreenPorts, life: Life<PermissionsState>): void {
  const screens = new Map<string, Seen>();
  let cancel = (): void => undefined;
  const again = async (): Promise<void> => {
    try {
      await lookAtAll(ports, life, screens);
    } catch (error) {
      if (!life.signal.aborted)
        life.logger.warn({ error: reasonOf(error) }, 'prompts could not be looked for');
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(again, lookMs);
  };
  cancel = life.clock.schedule(again, lookMs);
  life.own(() => cancel());
}

async function lookAtAll(
  ports: ScreenPorts,
  life: Life<PermissionsState>,
  screens: Map<string, Seen>,
): Promise<void> {
  const agents = selectAgents(life.hub()).byId.values();
  const watched = agents.filter((agent) => isWatched(ports, agent));
  const ids = new Set(watched.map(({ id }) => id));
  for (const id of screens.keys()) if (!ids.has(id)) screens.delete(id);
  for (const { id } of agents) if (!ids.has(id)) await vanish(life, id);
  if (watched.length === 0) return;
  const outputs = new Map((await ports.terminals.lastOutputs()).map(({ id, atMs }) => [id, atMs]));
  for (const agent of watched) {
    const outputMs = outputs.get(agent.terminalId ?? '');
    if (outputMs === undefined || life.signal.aborted) continue;
    await lookAt(ports, life, { agent, outputMs, screens });
  }
}

function isWatched({ profiles }: ScreenPorts, agent: Agent): boolean {
  const { prompts, hasPermissionHook } = profiles.get(agent.profile) ?? {};
  if (prompts === undefined || agent.state !== 'running' || agent.terminalId === undefined)
    return false;
  return hasPermissionHook !== true || agent.isHooked !== true;
}

interface One {
  readonly agent: Agent;
  readonly outputMs: number;
  readonly screens: Map<string, Seen>;
}

async function lookAt(
  ports: ScreenPorts,
  life: Life<PermissionsState>,
  { agent, outputMs, screens }: One,
): Promise<void> {
  try {
    const seen = await read(ports, { agent, outputMs, before: screens.get(agent.id) });
    // Remembered before it is told: what is not taken is not told each second.
    screens.set(agent.id, seen);
    if (seen.isSettled) screens.set(agent.id, await tell(life, agent, seen));
  } catch (error) {
    if (!life.signal.aborted)
      life.logger.warn({ agent: agent.id, error: reasonOf(error) }, 'a prompt was not told');
  }
}

async function read(
  ports: ScreenPorts,
  { agent, outputMs, before }: Omit<One, 'screens'> & { readonly before: Seen | undefined },
): Promise<Seen> {
  const { terminalId = '', profile } = agent;
  const known = before?.terminalId === terminalId ? before : undefined;
  if (known?.isSettled && known.outputMs === outputMs) return known;
  const found = await look(ports, terminalId, ports.profiles.get(profile) ?? {});
  const isSettled = known !== undefined && isSameLook(known.found, found);
  return { terminalId, outputMs, found, isSettled, permission: known?.permission };
}

function isSameLook(a: Look | undefined, b: Look | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isSamePrompt({ text: a.prompt.text, cols: a.cols }, { text: b.prompt.text, cols: b.cols });
}

async function tell(life: Life<PermissionsState>, agent: Agent, seen: Seen): Promise<Seen> {
  const { found, terminalId } = seen;
  if (found === undefined) {
    await vanish(life, agent.id);
    return { ...seen, permission: undefined };
  }
  const open = openOnScreen(life.state(), agent.id);
  if (open?.screen.terminalId === terminalId && isThat(open.screen, found))
    return { ...seen, permission: open.id };
  const last = life.state().byId.get(seen.permission ?? '');
  const isKnown = last !== undefined && isOnScreen(last) && isThat(last.screen, found);
  if (isKnown && isDealtWith(last)) return seen;
  const { prompt, cols } = found;
  const { tool, input, text, isWhole, isExact } = prompt;
  const screen = { terminalId, text, cols, isWhole, isExact };
  const isAgain = isKnown && last.state === 'stale';
  const data = { agent: agent.id, tool, input, screen, isAgain };
  const { result } = await life.system({ type: 'permission.see', data });
  return { ...seen, permission: (result as { permission?: string }).permission };
}

/** The operator wants it answered in its terminal, or its keys are on their way. */
function isDealtWith({
  state,
  isKeyed,
}: {
  readonly state: string;
  readonly isKeyed?: boolean | undefined;
}): boolean {
  const isDecided = state === 'allowed' || state === 'denied';
  return state === 'returned' || (isDecided && isKeyed !== true);
}

async function vanish(life: Life<PermissionsState>, agent: string): Promise<void> {
  const open = openOnScreen(life.state(), agent);
  if (open !== undefined)
    await life.system({ type: 'permission.vanish', data: { permission: open.id } });
}
