/** The operator's and the hub's reach into an agent's terminal. Typing is no fact worth a place in the log. */
import type { Result } from '../../base/result.ts';
import { musherError, ok, refuse, unwrap } from '../../base/result.ts';
import type { HubState } from '../../hub/feature.ts';
import type { Terminals } from '../terminals/index.ts';
import type { Profiles } from './ports.ts';
import { requireAgent, selectAgents } from './slice.ts';

interface Reach {
  readonly terminals: Pick<Terminals, 'paste' | 'text'>;
  readonly profiles: Profiles;
}

const wakePrompt = 'You have new messages from Musher. Run `musher inbox --ack` and act on them.';

export async function typeInto(
  { terminals }: Reach,
  data: { agent: string; text: string; enter: boolean },
  hub: HubState,
): Promise<Result<undefined>> {
  const id = requireTerminal(hub, data.agent);
  if (!id.ok) return id;
  await terminals.paste(id.value, data.text, data.enter);
  return ok(undefined);
}

/** Throws NUDGE_UNREAD where what is typed is no prompt: a shell would run the words. Throws AGENT_PAUSED. */
export async function typeNudged(
  { terminals, profiles }: Reach,
  { agent: id, text }: { agent: string; text: string },
  hub: HubState,
): Promise<void> {
  const { terminalId, profile, state } = unwrap(requireAgent(selectAgents(hub), id));
  if (state !== 'running' || terminalId === undefined)
    throw musherError('TERMINAL_GONE', { agent: id });
  if (profiles.get(profile)?.wakeable !== true)
    throw musherError('NUDGE_UNREAD', { agent: id, profile });
  await terminals.paste(terminalId, text, true);
}

/** Only a CLI that reads what is typed at its prompt can be woken so; a shell would run the words. A paused one is, once it goes on. */
export async function wake(
  { terminals, profiles }: Reach,
  data: { agent: string },
  hub: HubState,
): Promise<Result<undefined>> {
  const agent = requireAgent(selectAgents(hub), data.agent);
  if (!agent.ok) return agent;
  const { state, terminalId, profile, paused } = agent.value;
  if (paused !== undefined) return ok(undefined);
  if (state === 'running' && terminalId !== undefined && profiles.get(profile)?.wakeable)
    await terminals.paste(terminalId, wakePrompt, true);
  return ok(undefined);
}

/** Also of one whose program ended: its last screen often says why. */
export async function readScreen(
  { terminals }: Reach,
  data: { agent: string },
  hub: HubState,
): Promise<Result<{ text: string; cols: number; rows: number }>> {
  const agent = requireAgent(selectAgents(hub), data.agent);
  if (!agent.ok) return agent;
  const { terminalId } = agent.value;
  return terminalId === undefined
    ? refuse('TERMINAL_GONE', { agent: data.agent })
    : ok(await terminals.text(terminalId));
}

/** What it said last, whether or not its terminal is still there. */
export async function readLastScreen(
  { terminals }: Reach,
  data: { agent: string },
  hub: HubState,
): Promise<Result<string>> {
  const terminalId = selectAgents(hub).byId.get(data.agent)?.terminalId;
  if (terminalId === undefined) return ok('');
  return ok(
    await terminals.text(terminalId).then(
      ({ text }) => text,
      () => '',
    ),
  );
}

function requireTerminal(hub: HubState, agentId: string): Result<string> {
  const agent = requireAgent(selectAgents(hub), agentId);
  if (!agent.ok) return agent;
  const { terminalId, state, paused } = agent.value;
  if (paused !== undefined) return refuse('AGENT_PAUSED', { agent: agentId });
  return terminalId === undefined || state !== 'running'
    ? refuse('TERMINAL_GONE', { agent: agentId })
    : ok(terminalId);
}
